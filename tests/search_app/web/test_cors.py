"""Scripts of other sites read the API only where the operator allows their site, and then no whole articles."""

from __future__ import annotations

import pytest

from indexer.model.errors import UsageError
from indexer.model.settings import load
from tests.archives import index_of
from tests.search_app.test_every_route import LONG, SENTENCES, told

SITE, OTHER = "https://nghiencuu.example", "https://khac.example"
OPEN = ["/api/search?q=quân", "/api/status", "/search.json?q=quân", "/openapi.json", "/api/none", "/api/search?x=1"]
PAGES = ["/", "/search?q=quân", "/report", "/healthz", "/search.csv?q=quân"]


@pytest.fixture(scope="module")
def allowing(make_app):
    return make_app(cors=f"{SITE} http://localhost:3000").test_client()


@pytest.mark.parametrize("path", OPEN)
def test_a_named_site_may_read_the_api_and_what_goes_wrong_there(allowing, path):
    response = allowing.get(path, headers={"Origin": SITE})
    assert response.headers["Access-Control-Allow-Origin"] == SITE
    assert "Link" in response.headers["Access-Control-Expose-Headers"]
    assert "Origin" in response.headers["Vary"] and "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.parametrize("path", OPEN)
def test_any_other_site_may_not_and_caches_know_it(allowing, path):
    for headers in ({"Origin": OTHER}, {"Origin": "null"}, {"Origin": f"{SITE}.evil.example"}, {}):
        response = allowing.get(path, headers=headers)
        assert "Access-Control-Allow-Origin" not in response.headers and "Origin" in response.headers["Vary"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_never_opened(allowing, path):
    assert "Access-Control-Allow-Origin" not in allowing.get(path, headers={"Origin": SITE}).headers


@pytest.mark.parametrize("path", [*OPEN, *PAGES])
def test_it_is_off_by_default(client, path):
    response = client.get(path, headers={"Origin": SITE})
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


def test_a_preflight_is_answered(allowing):
    asked = {"Origin": SITE, "Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    response = allowing.options("/api/search", headers=asked)
    assert response.status_code == 200 and response.headers["Access-Control-Allow-Origin"] == SITE
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "POST" not in response.headers["Access-Control-Allow-Methods"]
    assert "if-none-match" in response.headers["Access-Control-Allow-Headers"].lower()
    refused = allowing.options("/api/search", headers=asked | {"Origin": OTHER})
    assert "Access-Control-Allow-Methods" not in refused.headers


def test_what_a_browser_holds_is_not_sent_again_and_may_still_be_read(allowing):
    tag = allowing.get(OPEN[0], headers={"Origin": SITE}).headers["ETag"]
    response = allowing.get(OPEN[0], headers={"Origin": SITE, "If-None-Match": tag})
    assert response.status_code == 304 and response.headers["Access-Control-Allow-Origin"] == SITE


def test_another_site_gets_excerpts_from_the_machine_whose_reader_gets_whole_articles(make_app, tmp_path):
    client = make_app(index_of(tmp_path, [LONG]), cors="*").test_client()
    whole, asked = told(client, "/api/articles/dai"), told(client, "/api/articles/dai", headers={"Origin": SITE})
    assert whole == len(SENTENCES) and asked <= len(SENTENCES) // 4
    assert told(client, "/api/articles/dai", headers={"Origin": "http://localhost"}) == len(SENTENCES)


@pytest.mark.parametrize("value", ["example.vn", "https://example.vn/", "https://example.vn/path", "ftp://a", "**"])
def test_what_is_no_origin_is_refused_by_name(value):
    with pytest.raises(UsageError, match="cors"):
        load(environment={"QUOCPHONG_CORS": value})
