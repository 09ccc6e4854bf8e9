"""Packed answers: the same text for a quarter of the bytes, to those who take them."""

from __future__ import annotations

import gzip

import pytest

from tests.search_app.test_every_route import ADDRESSES, NOT_FOR_CACHES

TAKES = {"Accept-Encoding": "br, gzip;q=0.8"}
PATHS = [path for paths in ADDRESSES.values() for path in paths]


@pytest.mark.parametrize("path", PATHS)
def test_who_takes_gzip_gets_the_same_packed(app, client, path):
    app.extensions["pages"]._pages.clear()
    plain = client.get(path)
    app.extensions["pages"]._pages.clear()
    for _ in ("made", "remembered"):
        packed = client.get(path, headers=TAKES)
        if path.partition("?")[0] in NOT_FOR_CACHES or plain.mimetype == "image/png":
            assert "Content-Encoding" not in packed.headers and "Vary" not in packed.headers
            continue
        assert packed.headers["Vary"] == "Accept-Encoding" == plain.headers["Vary"]
        body = packed.data
        if packed.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
            assert packed.content_length == len(packed.data)
        else:
            assert len(body) < 1_000
        if "json" not in plain.mimetype:  # which tells how long it took
            assert body == plain.data
        assert packed.headers["ETag"].removeprefix("W/") == plain.headers["ETag"].removeprefix("W/")
    assert "Content-Encoding" not in client.get(path).headers
    assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "gzip;q=0, br"}).headers


@pytest.mark.parametrize("path", ["/search?q=qu%C3%A2n", "/search.csv?q=qu%C3%A2n", "/static/style.css", "/map.svg"])
def test_a_head_and_an_answer_that_is_known_are_as_they_should_be(make_app, path):
    client = make_app().test_client()
    packed, head = client.get(path, headers=TAKES), client.head(path, headers=TAKES)
    assert not head.data and {**head.headers, "Date": ""} == {**packed.headers, "Date": ""}
    for accepts in (TAKES, {}):
        known = client.get(path, headers={**accepts, "If-None-Match": packed.headers["ETag"]})
        assert known.status_code == 304 and not known.data
        assert known.headers["Vary"] == "Accept-Encoding" and "Content-Encoding" not in known.headers


def test_a_page_goes_out_as_it_was_remembered_for_a_quarter_of_the_bytes(make_app):
    app = make_app()
    packed = app.test_client().get("/search?q=qu%C3%A2n", headers=TAKES)
    [kept] = app.extensions["pages"]._pages.values()
    assert kept.packed == packed.data
    assert len(packed.data) < len(app.test_client().get("/search?q=qu%C3%A2n").data) / 3
