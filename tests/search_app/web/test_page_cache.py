"""Pages that were made before: the same as made anew, for the same reader only, and no more than fit."""

from __future__ import annotations

import json

import pytest
from flask import template_rendered
from hypothesis import given
from hypothesis import strategies as st

from indexer.ingest.run import build
from search_app.web.page_cache import PageCache, Remembered
from tests.search_app.conftest import article

PAGE = "/search?q=tuy%E1%BB%83n+qu%C3%A2n"
AFAR = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}, "headers": {"Host": "example.vn"}}


@pytest.fixture
def made():
    """The names of the templates made into pages."""
    names = []

    def heard(sender, template, context, **extra):
        names.append(template.name)

    with template_rendered.connected_to(heard):
        yield names


def test_a_page_asked_for_again_is_the_same_and_is_not_made_again(make_app, made):
    client = make_app().test_client()
    first, again = client.get(PAGE), client.get(PAGE)
    assert made == ["results.html"]
    assert again.data == first.data
    assert {**again.headers, "Date": ""} == {**first.headers, "Date": ""}
    assert client.head(PAGE).headers["Content-Length"] == first.headers["Content-Length"]


def test_without_memory_every_page_is_made_anew(make_app, made):
    client = make_app(pages_mb="0").test_client()
    assert client.get(PAGE).data == client.get(PAGE).data
    assert made == ["results.html"] * 2


@pytest.mark.parametrize("path", ["/", "/search?q=qu%C3%A2n", "/search?q=qu%C3%A2n&page=2", "/en/search?q=qu%C3%A2n",
                                  "/article/kontum/tuyen-quan", "/about", "/officials", "/timeline?q=qu%C3%A2n"])
def test_pages_that_differ_are_told_apart(make_app, path):
    client, anew = make_app().test_client(), make_app(pages_mb="0").test_client()
    for each in (path, PAGE, path):
        assert client.get(each).data == anew.get(each).data


def test_a_whole_article_made_for_this_machine_is_not_given_to_others(make_app):
    app = make_app()
    here = app.test_client().get("/article/kontum/tuyen-quan").get_data(as_text=True)
    afar = app.test_client().get("/article/kontum/tuyen-quan", **AFAR).get_data(as_text=True)
    assert "chủ trì cuộc họp" in here
    assert here != afar == app.test_client().get("/article/kontum/tuyen-quan", **AFAR).get_data(as_text=True)


def test_a_page_made_for_one_host_is_not_given_to_another(make_app, made):
    client = make_app().test_client()
    for host in ("localhost", "example.vn", "localhost"):
        client.get(PAGE, headers={"Host": host})
    assert made == ["results.html"] * 2


def test_what_a_run_brings_in_is_shown_at_once(make_app, tmp_path):
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    corpus.mkdir()
    client = make_app(folder).test_client()
    for name in ("gia-lai/1", "kon-tum/2"):
        row = article(name, "Tuyển quân", "Tuyển quân năm 2022.", "2022-01-20")
        (corpus / f"{name[-1]}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
        build(folder, [str(corpus)], workers=1)
        for _ in range(2):
            assert f'href="/article/{name}"' in client.get(PAGE).get_data(as_text=True)


def test_a_page_that_something_overtook_while_it_was_made_is_made_again(make_app, tmp_path, made):
    corrections = tmp_path / "corrections.csv"
    client = make_app(corrections=str(corrections)).test_client()
    with template_rendered.connected_to(lambda *_, **__: corrections.write_text("who,when,why,source,action,keys\n")):
        client.get("/officials")
    client.get("/officials")
    assert made == ["officials.html"] * 2


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_is_remembered_for_those_who_ask_for_it_and_for_no_other_method(make_app, method):
    client = make_app().test_client()
    before = client.open(PAGE, method=method)
    client.get(PAGE)
    after = client.open(PAGE, method=method)
    assert (after.status_code, after.data, after.headers.get("Allow")) == (
        before.status_code, before.data, before.headers.get("Allow"))


def test_a_failure_is_not_remembered(make_app):
    client = make_app().test_client()
    assert client.get("/article/nowhere").status_code == client.get("/article/nowhere").status_code == 404


@given(st.lists(st.tuples(st.integers(0, 9), st.binary(max_size=200), st.binary(max_size=200)), max_size=60))
def test_never_more_is_held_than_fits_and_what_is_held_is_what_was_put(puts):
    pages, latest = PageCache(500), {}
    for number, packed, shown in puts:
        latest[f"{number}"] = Remembered(packed, shown)
        pages.put(f"{number}", latest[f"{number}"])
        assert all(pages.get(tag) in (None, held) for tag, held in latest.items())
    held = [each for tag in latest if (each := pages.get(tag)) is not None]
    assert sum(len(each.packed) + len(each.shown) for each in held) <= 500


def test_what_was_asked_for_last_stays_longest():
    pages = PageCache(40)
    for tag in ("a", "b"):
        pages.put(tag, Remembered(tag.encode() * 13))
    pages.get("a")
    for tag in ("c", "d", "e"):
        pages.put(tag, Remembered(tag.encode() * 13))
        pages.get("a")
    assert pages.get("a") == Remembered(b"a" * 13) and pages.get("b") is None
