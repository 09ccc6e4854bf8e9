"""Results as files: every article of a search, no formula run, no text that the reader may not have."""

from __future__ import annotations

import csv
import io
import json

import pytest

from search_app.exports import results
from tests.search_app.conftest import ARTICLES, HOSTILE

EVERY = "/search.{}?sort=newest"


def rows(response):
    assert response.data.startswith(b"\xef\xbb\xbf")  # the mark by which a spreadsheet knows UTF-8
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))


def ids(client, ending, address=EVERY):
    response = client.get(address.format(ending))
    assert response.status_code == 200
    if ending == "csv":
        return [row["id"] for row in rows(response)]
    if ending == "jsonl":
        return [json.loads(line)["id"] for line in response.get_data(as_text=True).splitlines()]
    return [row["id"] for row in response.json["articles"]]


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
@pytest.mark.parametrize("page", [1, 3, 200])
def test_every_article_is_in_the_file_once_and_in_order(client, monkeypatch, ending, page):
    monkeypatch.setattr(results, "PAGE", page)
    pages = [client.get(f"/api/search?sort=newest&limit=100&page={n}").json["hits"] for n in (1, 2)]
    assert ids(client, ending) == [hit["id"] for hits in pages for hit in hits]
    assert len(ids(client, ending)) == len(ARTICLES)


@pytest.mark.parametrize(("ending", "mark"), [("ris", "TY  - NEWS"), ("bib", "@article{")])
def test_reference_files_hold_every_article(client, ending, mark):
    assert client.get(EVERY.format(ending)).get_data(as_text=True).count(mark) == len(ARTICLES)


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl"])
def test_filters_narrow_the_file_as_they_narrow_the_page(client, ending):
    found = ids(client, ending, "/search.{}?q=tuyển+quân&province=Kon+Tum&year=2022")
    assert found == ["kontum/tuyen-quan"]


def test_a_row_says_what_its_date_and_province_rest_on(client):
    [row] = rows(client.get("/search.csv?q=tuyển+quân&province=Kon+Tum"))
    assert (row["date"], row["date_precision"], row["date_basis"]) == ("2022-01-20", "day", "meta")
    assert (row["provinces"], row["provinces_now"]) == ("Kon Tum", "Quảng Ngãi")
    assert row["province_basis"] and row["officials"] == "Trịnh Ngọc Sơn" and row["story"] == row["id"]


def test_no_cell_is_run_as_a_formula_and_hostile_text_stays_text(client):
    found = rows(client.get("/search.csv"))
    assert not [cell for row in found for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    assert any(HOSTILE[:20] in row["title"] for row in found)


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "ris", "bib", "atom"])
def test_whole_texts_stay_on_this_machine(make_app, client, ending):
    address = f"/search.{ending}?q=tuyển+quân&province=Kon+Tum"
    public = make_app(host="0.0.0.0").test_client().get(address).get_data(as_text=True)
    here = client.get(address).get_data(as_text=True)
    assert ('"text": "Sáng 20/1' in here) is (ending in ("json", "jsonl"))
    assert public and '"text":' not in public


@pytest.mark.parametrize("query", ["sort=best", "provinces=Hue", "year=" + "a" * 999])
def test_what_makes_no_sense_is_refused_rather_than_left_out(client, query):
    assert client.get(f"/search.csv?{query}").status_code == 400


def test_an_empty_result_is_an_empty_file(client):
    assert rows(client.get("/search.csv?q=khongcogi")) == []
    assert client.get("/search.json?q=khongcogi").json["articles"] == []


def test_crawlers_are_kept_out_and_other_endings_are_unknown(client):
    assert client.get("/search.csv?q=a").headers["X-Robots-Tag"] == "noindex"
    assert client.get("/search.exe").status_code == 404


def test_the_result_page_links_to_each_file_with_its_filters(client):
    html = client.get("/search?q=tuyển+quân&province=Kon+Tum&page=1&limit=5").get_data(as_text=True)
    for ending in ("csv", "json", "jsonl", "ris", "bib", "atom"):
        assert f'href="/search.{ending}?q=tuy%E1%BB%83n+qu%C3%A2n&amp;province=Kon+Tum"' in html


def test_a_known_file_is_not_sent_again(client):
    tag = client.get("/search.csv?q=a").headers["ETag"]
    assert client.get("/search.csv?q=a", headers={"If-None-Match": tag}).status_code == 304
