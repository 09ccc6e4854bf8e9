"""Cursors: all of a list in order, none of it twice; only where given out, and only while the index stands."""

from __future__ import annotations

import json

import pytest

from indexer.ingest.run import build
from search_app.api.paging import DEEPEST, cursor
from tests.search_app.conftest import ARTICLES

LISTS = [
    ("/api/search?province=Lâm Đồng&limit=7", "hits", 25),
    ("/api/search?q=tuyển quân&sort=oldest&limit=2", "hits", None),
    ("/api/officials?limit=1", "items", None),
    ("/api/people?limit=1", "items", None),
    ("/api/kwic?q=tỉnh&limit=10", "lines", None),
    ("/api/mentions?limit=10", "items", None),
]


def followed(client, address, name):
    """Every item of a list, by `next`, and how many answers that took."""
    found, answers = [], 0
    while address:
        response = client.get(address)
        assert response.status_code == 200, response.text
        told = response.headers.get("Link", "")
        address = response.json["next"]
        assert told == (f'<{address}>; rel="next"' if address else "")
        found, answers = found + response.json[name], answers + 1
    return found, answers


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("address", "name", "count"), LISTS)
def test_a_list_is_followed_to_its_end_without_gaps_and_repeats(client, prefix, address, name, count):
    found, answers = followed(client, prefix + address, name)
    known = [json.dumps(each, sort_keys=True) for each in found]
    assert len(set(known)) == len(known) and (count is None or len(known) == count)
    total = client.get(address).json.get("total", client.get(address).json.get("sampled"))
    assert name != "items" or "mentions" in address or len(known) == total
    assert answers >= 1


def test_a_cursor_leads_where_the_page_leads(client):
    first = client.get("/api/search?province=Lâm Đồng&limit=10")
    by_cursor, by_page = client.get(first.json["next"]).json, client.get(
        "/api/search?province=Lâm Đồng&limit=10&page=2").json
    assert by_cursor["hits"] == by_page["hits"] and by_cursor["next"] == by_page["next"]


def given_out(client):
    address = client.get("/api/search?province=Lâm Đồng&limit=10").json["next"]
    return address.rpartition("=")


def test_an_altered_cursor_is_refused(client):
    head, _, token = given_out(client)
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        response = client.get(f"{head}={token[:at]}{other}{token[at + 1:]}")
        assert response.status_code == 400 and response.json["parameter"] == "cursor"


@pytest.mark.parametrize("token", ["x", "%00", "MQ", "e30=", "ậ" * 10, "A" * 200, "A" * 5000, "MS4xLjA"])
def test_what_never_was_a_cursor_is_refused(client, token):
    response = client.get("/api/search", query_string={"cursor": token})
    assert response.status_code == 400 and response.json["code"] == "invalid_parameter"


@pytest.mark.parametrize("address", ["/api/search?province=Lâm Đồng&limit=11", "/api/search?province=Kon Tum&limit=10",
                                     "/api/people?limit=10"])
def test_a_cursor_of_another_request_is_refused(client, address):
    _, _, token = given_out(client)
    assert client.get(f"{address}&cursor={token}").status_code == 400


def test_page_and_cursor_together_are_refused(client):
    head, _, token = given_out(client)
    response = client.get(f"{head}={token}&page=2")
    assert response.status_code == 400 and response.json["parameter"] == "page"


def test_a_cursor_leads_no_deeper_than_stated(app, client):
    with app.test_request_context("/api/search?q=a"):
        token = cursor(client.get("/healthz").json["generation"], DEEPEST + 10)
    assert client.get(f"/api/search?q=a&cursor={token}").status_code == 400


def test_a_cursor_of_another_generation_says_where_to_begin_again(make_app, tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()

    def written(articles):
        lines = (json.dumps(each, ensure_ascii=False) for each in articles)
        (corpus / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        build(tmp_path / "index", [str(corpus)], workers=1)

    written(ARTICLES[:5])
    client = make_app(tmp_path / "index").test_client()
    following = client.get("/api/search?q=quân&limit=2").json["next"]
    assert client.get(following).status_code == 200
    written(ARTICLES[:6])
    response = client.get(f"/en{following}")
    assert (response.status_code, response.json["code"]) == (410, "cursor_expired")
    assert response.mimetype == "application/problem+json" and "Begin again" in response.json["detail"]
    again = client.get(response.json["first"])
    assert again.status_code == 200 and client.get(again.json["next"]).status_code == 200
