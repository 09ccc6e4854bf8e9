"""Hostile text and queries, headers, caching, who may read whole articles, and what is said when there is no index."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from indexer.ingest.run import build
from tests.search_app.conftest import HOSTILE

DATA = ["/api/search", "/healthz", "/robots.txt", "/static/style.css"]
PAGES = ["/", "/search?q=qu%C3%A2n", "/article/kontum/tuyen-quan", "/help", "/about", "/none", "/api/search?q=a",
         "/healthz", "/robots.txt", "/static/style.css"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_security_headers(client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", [p for p in PAGES if p.partition("?")[0] not in DATA])
def test_no_page_needs_inline_script_or_style_or_another_host(client, path):
    html = client.get(path).get_data(as_text=True)
    scripts = re.findall(r"<script[^>]*>[^<]*", html)
    ours = re.compile(r'<script src="/static/[\w.?=]+" defer( data-\w+="[^"]*")*>')
    assert all(map(ours.fullmatch, scripts)), scripts
    for forbidden in ("<style", " style=", " onclick=", ' src="http', "@import"):
        assert forbidden not in html


def test_only_web_addresses_become_source_links(client):
    html = client.get("/article/hue/giao-quan").get_data(as_text=True)
    assert "javascript:" not in html


@pytest.mark.parametrize("path", ["/article/hostile", "/search?q=tuy%E1%BB%83n+qu%C3%A2n", "/search?year=2022"])
def test_hostile_article_text_is_shown_never_run(client, path):
    html = client.get(path).get_data(as_text=True)
    assert "alert(1)" in html
    for live in ("<script>", "<img", 'href="javascript:', "60481729"):
        assert live not in html


HOSTILE_QUERIES = [HOSTILE, '"><script>alert(1)</script>', "((((", '"', "\x00", "*", "tỉnh:", "🪖", "a" * 5000]


@pytest.mark.parametrize("query", HOSTILE_QUERIES)
def test_hostile_queries_get_a_page(client, query):
    for path in ("/search", "/api/search"):
        response = client.get(path, query_string={"q": query})
        html = response.get_data(as_text=True)
        assert response.status_code in (200, 302, 400)
        assert "<script>" not in html or path == "/api/search"


def test_result_pages_keep_crawlers_out(client):
    html = client.get("/search?q=qu%C3%A2n").get_data(as_text=True)
    assert '<meta name="robots" content="noindex' in html
    facets = [a for a in html.split("<a ") if a.find("/search?") in range(60)]
    assert facets and all("nofollow" in a.split(">")[0] for a in facets)
    assert "Disallow: /search" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/search?q=qu%C3%A2n", "/article/kontum/tuyen-quan", "/api/search?q=qu%C3%A2n"])
def test_an_unchanged_page_is_not_sent_twice(client, path):
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304 and not again.data


def test_an_unchanged_page_is_told_so_before_any_work_is_done(make_app):
    app = make_app(pages_mb="0")
    client = app.test_client()
    tag = client.get("/search?q=qu%C3%A2n").headers["ETag"]
    archive = app.extensions["archive"]
    archive._engine = SimpleNamespace(generation=archive.engine().generation, stale=lambda: False)  # finds nothing
    assert client.get("/search?q=qu%C3%A2n", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/search?q=qu%C3%A2n").status_code == 500


def test_different_searches_have_different_tags(client):
    assert client.get("/search?q=a").headers["ETag"] != client.get("/search?q=b").headers["ETag"]


WHOLE = "họp bàn công tác tuyển quân"  # in the text of the article below, far enough from its beginning
LONG = "/article/kontum/tuyen-quan"


@pytest.mark.parametrize(
    ("settings", "request_headers", "whole"),
    [
        ({}, {}, True),
        ({"host": "::1"}, {"Host": "[::1]:8000"}, True),
        ({"host": "0.0.0.0"}, {}, False),
        ({"host": "192.168.1.5"}, {"Host": "192.168.1.5"}, False),
        ({}, {"Host": "tin.example.vn"}, False),
        ({}, {"X-Forwarded-For": "203.0.113.9"}, False),
        ({}, {"Forwarded": "for=203.0.113.9"}, False),
        ({"host": "0.0.0.0", "public_fulltext": "yes"}, {"Host": "tin.example.vn"}, True),
    ],
)
def test_whole_articles_are_for_this_machine_unless_the_owner_allows_more(make_app, settings, request_headers, whole):
    html = make_app(**settings).test_client().get(LONG, headers=request_headers).get_data(as_text=True)
    assert ("Trang này chỉ trích một đoạn ngắn" in html) is not whole


def test_an_excerpt_withholds_the_rest_of_the_text(make_app):
    html = make_app(host="0.0.0.0").test_client().get("/article/hostile").get_data(as_text=True)
    assert "Tuyển quân tại tỉnh Gia Lai" in html


def test_the_contact_stands_on_article_pages(client):
    assert 'href="mailto:toasoan@example.vn"' in client.get(LONG).get_data(as_text=True)


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/article/x", "/api/search?q=a"])
def test_without_an_index_the_site_explains_itself(make_app, tmp_path, path):
    response = make_app(tmp_path / "none").test_client().get(path)
    assert response.status_code == 503
    assert "quocphong index" in response.get_data(as_text=True)
    assert response.headers["Retry-After"]


def test_an_outdated_index_is_refused_with_the_command_that_mends_it(make_app, index_dir, tmp_path):
    copy = tmp_path / "index"
    shutil.copytree(index_dir, copy)
    for stamp in copy.rglob("stamp.json"):
        stamp.write_text(json.dumps({"schema": "of another age"}), encoding="utf-8")
    response = make_app(copy).test_client().get("/search?q=a")
    assert response.status_code == 503
    assert "quocphong index --rebuild" in response.get_data(as_text=True)


def test_help_works_without_an_index(make_app, tmp_path):
    client = make_app(tmp_path / "none").test_client()
    assert client.get("/help").status_code == client.get("/about").status_code == 200


def test_health_says_how_the_index_is(client, make_app, tmp_path):
    well = client.get("/healthz")
    assert well.status_code == 200
    assert well.json["ok"] is True and well.json["articles"] > 0 and well.json["age_seconds"] >= 0
    ill = make_app(tmp_path / "none").test_client().get("/healthz")
    assert ill.status_code == 503 and ill.json["ok"] is False and ill.json["error"] == "IndexMissing"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/none", 404),
        ("/article/none", 404),
        ("/article", 404),
        ("/article/%2e%2e/secret", 404),
        ("/facet/secret", 404),
        ("/search?q=" + "a" * 20_000, 414),
    ],
)
def test_what_is_not_there_is_said_in_vietnamese(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert f"Mã {status}" in response.get_data(as_text=True)


def test_only_reading_is_allowed(client):
    assert client.post("/search", data={"q": "a"}).status_code == 405


def test_our_own_failure_tells_no_secrets(make_app):
    app = make_app()
    app.add_url_rule("/broken", view_func=lambda: 1 / 0)
    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert "Máy chủ gặp lỗi" in response.get_data(as_text=True)
    assert "ZeroDivisionError" not in response.get_data(as_text=True)


def test_an_unchanged_index_is_opened_once(app, client):
    archive = app.extensions["archive"]
    client.get("/")
    before = archive.engine()
    client.get("/search?q=a")
    assert archive.engine() is before


def test_many_readers_at_once_get_the_same_answer(app):
    def ask(n):
        answer = app.test_client().get("/api/search", query_string={"q": ("tuyển quân", "hải quân")[n % 2]}).json
        return n % 2, answer["total"], [hit["id"] for hit in answer["hits"]]

    with ThreadPoolExecutor(8) as readers:
        answers = {str(answer) for answer in readers.map(ask, range(80))}
    assert len(answers) == 2


def test_a_new_generation_is_served_without_a_restart(make_app, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    write = lambda rows: (corpus / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))  # noqa: E731
    first = {"id": "1", "title": "Tuyển quân", "text": "Tỉnh Gia Lai tuyển quân.", "date": "2022-01-01"}
    write([first])
    build(tmp_path / "index", [str(corpus)], workers=1)
    client = make_app(tmp_path / "index").test_client()
    before = client.get("/healthz").json
    tag = client.get("/search?q=a").headers["ETag"]
    write([first, first | {"id": "2", "title": "Diễn tập"}])
    build(tmp_path / "index", [str(corpus)], workers=1)
    assert (before["articles"], client.get("/healthz").json["articles"]) == (1, 2)
    assert client.get("/search?q=a").headers["ETag"] != tag
