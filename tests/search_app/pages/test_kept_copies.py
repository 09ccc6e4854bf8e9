"""Copies of an article's page: a link to the Wayback Machine, and for who sits here what the fetcher keeps, as text."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from indexer.fetch.kept import kept_versions
from indexer.model import Article, Entities, Entry, Published
from search_app.view.kept_copies import wayback_link
from tests.search_app.conftest import FETCHED
from tests.search_app.test_every_route import OUTSIDE

ARTICLE = "/article/kontum/tuyen-quan"
COPY = "/article-copy?id=kontum/tuyen-quan"
HERE = re.compile(r'href="((?:/en)?/article-copy[^"]*)"')


def entry(url: str | None, date: str | None) -> Entry:
    return Entry(Article("a", "a.html", "Tin", "Văn bản.", url=url),
                 Entities(published=Published(date, None, "meta" if date else "none")))


@pytest.mark.parametrize(("url", "date", "link"), [
    ("https://bao.example/1?a=2&b=3#dau", "2022-01-20", "https://web.archive.org/web/20220120/https://bao.example/1?a=2&b=3"),
    ("http://bao.example/", "2022", "https://web.archive.org/web/2022/http://bao.example/"),
    ("https://bao.example/1", None, "https://web.archive.org/web/*/https://bao.example/1"),
    ("javascript:alert(1)", "2022", None), (None, "2022", None), ("https://x/ \"onclick=", "2022", None),
])
def test_the_wayback_machine_is_asked_for_the_capture_nearest_to_the_day(url, date, link):
    assert wayback_link(entry(url, date)) == link


@pytest.mark.parametrize("reader", [{}, *OUTSIDE.values()])
def test_every_reader_gets_the_link_and_tells_nobody_where_from(client, reader):
    page = client.get(ARTICLE, environ_base=reader.get("base", {}), headers=reader.get("headers")).text
    [tag] = re.findall(r'<a href="https://web\.archive\.org[^>]*>', page)
    assert "/web/20220120/https://baokontum.example/tuyen-quan" in tag
    assert {"noreferrer", "nofollow", "noopener"} <= set(re.search(r'rel="([^"]*)"', tag)[1].split())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_who_sits_here_gets_every_version_kept_the_newest_first(client, prefix):
    links = [unescape(link) for link in HERE.findall(client.get(f"{prefix}{ARTICLE}").text)]
    texts = [client.get(link).text for link in links]
    assert len(links) == len(FETCHED) and all(link.startswith(f"{prefix}/") for link in links)
    assert ["(bản đầu)" in text for text in texts] == [False, True]
    assert client.get(COPY).text == texts[0]


def test_a_copy_is_text_to_save_that_no_browser_runs(client):
    answer = client.get(COPY)
    assert answer.content_type == "text/plain; charset=utf-8" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;") and "<h1>" in answer.text
    assert answer.headers["Content-Disposition"].endswith('.txt"')


@pytest.mark.parametrize("allowed", ["no", "yes"])
@pytest.mark.parametrize("reader", OUTSIDE)
def test_readers_elsewhere_get_none_whatever_is_allowed_and_also_after_one_who_sits_here(make_app, allowed, reader):
    client = make_app(public_fulltext=allowed).test_client()
    tag = client.get(COPY).headers["ETag"]
    assert HERE.search(client.get(ARTICLE).text)
    told = {"environ_base": OUTSIDE[reader].get("base", {}),
            "headers": OUTSIDE[reader].get("headers", {}) | {"If-None-Match": tag}}
    assert client.get(COPY, **told).status_code == 404
    assert not HERE.search(client.get(ARTICLE, **told).text)


@pytest.mark.parametrize("asked", ["id=kontum/dien-tap", "id=none", "", "id=kontum/tuyen-quan&at=1999",
                                   "id=../../etc/passwd", "id=kontum/tuyen-quan&at=../../x"])
def test_what_is_not_kept_is_not_there(client, asked):
    assert client.get(f"/article-copy?{asked}").status_code == 404
    assert not HERE.search(client.get("/article/kontum/dien-tap").text)


# -- the record, which someone may have altered -------------------------------------------------------------


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    (tmp_path / "fetched" / ".raw" / "bao").mkdir(parents=True)
    (tmp_path / "fetched" / ".raw" / "bao" / "1.html").write_text("trang", encoding="utf-8")
    (tmp_path / "secret.html").write_text("bí mật", encoding="utf-8")
    (tmp_path / "fetched" / "plain.html").write_text("không phải bản lưu", encoding="utf-8")
    (tmp_path / "fetched" / ".raw" / "link.html").symlink_to(tmp_path / "secret.html")
    return tmp_path / "fetched"


@pytest.mark.parametrize("record", [
    "{", "[]", "null", '{"versions": 3}', '{"versions": [3]}', '{"versions": [{"raw": 1, "at": 2}]}', "[" * 100_000,
    *(json.dumps({"versions": [{"raw": raw, "at": "2022"}]}) for raw in (
        "../secret.html", "/etc/passwd", ".raw/../../secret.html", ".raw/link.html", "plain.html", ".raw/bao/none.html",
        ".raw/bao", "a\x00b")),
])
def test_no_record_leads_out_of_the_versions_or_breaks_a_page(fetched: Path, record: str) -> None:
    (fetched / "a.page.json").write_text(record, encoding="utf-8")
    assert kept_versions(fetched, str(fetched), "a.page.json") == []


def test_versions_are_found_from_a_corpus_root_above_and_never_from_a_record_elsewhere(fetched: Path) -> None:
    (fetched / "a.page.json").write_text('{"versions": [{"raw": ".raw/bao/1.html", "at": "2022"}]}', encoding="utf-8")
    (fetched.parent / "b.page.json").write_text((fetched / "a.page.json").read_text(), encoding="utf-8")
    [kept] = kept_versions(fetched, str(fetched.parent), "fetched/a.page.json")
    assert kept.path.read_text(encoding="utf-8") == "trang" and kept.charset == "utf-8"
    assert kept_versions(fetched, str(fetched.parent), "b.page.json") == []
    assert kept_versions(fetched, str(fetched.parent), "fetched/../b.page.json") == []
    assert kept_versions(fetched, str(fetched), "a.jsonl") == []
