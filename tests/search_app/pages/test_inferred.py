"""A year that the text only lets us infer says so on every page and in every file, and can be left out."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree

import pytest

from indexer.cli import main
from indexer.entities.post_keys import Bound
from search_app.view.people import years_named
from tests.archives import index_of

POST = "Đại tá Hà Văn Bốn, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum chủ trì."
ARTICLES = [
    {"id": "given", "title": "Kon Tum huấn luyện", "date": "2023-03-01",
     "text": f"Bộ Chỉ huy Quân sự tỉnh Kon Tum huấn luyện dân quân. {POST}"},
    {"id": "inferred", "title": "Kon Tum tổng kết công tác quốc phòng năm 2022",
     "text": f"Bộ Chỉ huy Quân sự tỉnh Kon Tum tổng kết công tác quốc phòng năm 2022. {POST}"},
    {"id": "undated", "title": "Kon Tum huấn luyện", "text": f"Bộ Chỉ huy Quân sự tỉnh Kon Tum huấn luyện. {POST}"},
]
PERSON = "hà văn bốn@Kon Tum"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inferred")
    index_of(folder, ARTICLES)
    return folder


@pytest.fixture
def client(folder, make_app):
    return make_app(folder / "index").test_client()


def get(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.get_data(as_text=True)


@pytest.mark.parametrize("path", [
    "/search?q=tổng+kết", "/article/inferred", f"/officials/{PERSON}", "/officials", "/provinces/kon-tum",
    "/kwic?q=tổng+kết", "/article-cite?id=inferred",
])  # fmt: skip
def test_every_page_says_that_a_year_is_inferred(client, path):
    assert "2022 (suy ra)" in get(client, path) or "1 bài có năm suy ra" in get(client, path)


def test_a_year_that_the_page_gives_is_not_called_inferred(client):
    assert "(suy ra)" not in get(client, "/article/given")


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ([("2022", "suy ra"), ("2023", "")], "2022 (suy ra)–2023"),
        ([("2022", "suy ra"), ("2022", "")], "2022"),
        ([("2022", "suy ra")], "2022 (suy ra)"),
        ([("", "")], ""),
    ],
)
def test_a_span_of_years_is_inferred_where_no_article_gives_its_end(bounds, said):
    assert years_named([Bound("a", year=year, dated=dated) for year, dated in bounds]) == said


# --- left out --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("no_inferred=1", {"given", "undated"}),
        ("q=suyra:không", {"given", "undated"}),
        ("q=suyra:khong+huấn+luyện", {"given", "undated"}),
        ("q=suyra:có", {"inferred"}),
        ("q=-suyra:có", {"given", "undated"}),
        ("no_inferred=1&year=2022", set()),
        ("no_inferred=0", {"given", "inferred", "undated"}),
    ],
)
def test_inferred_years_can_be_left_out(client, query, found):
    assert {hit["id"] for hit in client.get(f"/api/search?{query}").json["hits"]} == found
    rows = csv.DictReader(io.StringIO(get(client, f"/search.csv?{query}").removeprefix("\ufeff")))
    assert {row["id"] for row in rows} == found


def test_the_page_has_a_box_for_it_that_counts_what_is_left_and_a_chip_that_takes_it_back(client):
    html = get(client, "/search?q=Kon+Tum")
    assert 'name="no_inferred" value="1"><span>Không tính năm suy ra</span> <b>2</b>' in html
    html = get(client, "/search?q=Kon+Tum&no_inferred=1")
    assert 'name="no_inferred" value="1" checked' in html and 'type="hidden" name="no_inferred"' not in html
    assert '<a rel="nofollow" href="/search?q=Kon+Tum"><span class="vh">Bỏ lọc </span>Không tính năm suy ra' in html


def test_there_is_no_box_where_no_year_is_inferred(client):
    assert "no_inferred" not in get(client, "/search?q=huấn+luyện")


def test_pages_without_the_box_keep_the_choice(client):
    for page in ("/map", "/facet/year"):
        assert 'type="hidden" name="no_inferred" value="1"' in get(client, f"{page}?q=Kon+Tum&no_inferred=1")


def test_a_search_left_empty_by_it_says_so(client):
    html = get(client, "/search?q=tổng+kết&no_inferred=1")
    assert "Bỏ lọc Năm suy ra (1 bài)" in html and 'href="/search?q=t%E1%BB%95ng+k%E1%BA%BFt">' in html


def test_the_command_line_leaves_them_out_too(folder, capsys):
    def ids(*arguments):
        assert main([*arguments, "--index", str(folder / "index"), "--json"]) == 0
        return capsys.readouterr().out

    assert '"id": "inferred"' in ids("search", "Kon Tum")
    assert '"id": "inferred"' not in ids("search", "Kon Tum", "--no-inferred")
    assert '"id": "inferred"' not in ids("mentions", "--no-inferred")
    assert '"id": "inferred"' not in ids("kwic", "Kon Tum", "--no-inferred")


# --- its basis in every file -------------------------------------------------------------------------------


def row_of(text):
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return next(row for row in rows if row["id"] == "inferred")


@pytest.mark.parametrize(
    ("path", "column"),
    [("/search.csv", "date_basis"), ("/mentions.csv", "published_basis"), ("/kwic.csv?q=tổng+kết+công", "date_basis")],
)
def test_a_table_has_a_column_for_the_basis(client, path, column):
    assert row_of(get(client, path))[column] == "years"


def test_json_has_the_basis(client):
    expected = {"date": "2022", "precision": "year", "basis": "years"}
    whole = {row["id"]: row["published"] for row in client.get("/search.json").json["articles"]}
    lines = {row["id"]: row["published"] for row in map(json.loads, get(client, "/search.jsonl").splitlines())}
    asked = {row["id"]: row["published"] for row in client.get("/api/search").json["hits"]}
    assert whole["inferred"] == lines["inferred"] == asked["inferred"] == expected


NOTE = "ngày đăng suy ra từ các năm nhắc đến trong bài [years]"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/search.ris?q=tổng+kết", f"N1  - {NOTE}"),
        ("/search.bib?q=tổng+kết", f"note = {{{NOTE}}}"),
        ("/article-cite?id=inferred&format=csl", f'"note": "{NOTE}"'),
        ("/article-cite?id=inferred&format=csl", '"circa": true'),
    ],
)
def test_citations_say_what_the_date_rests_on(client, path, said):
    assert said in get(client, path)


def test_the_feed_says_what_the_date_rests_on(client):
    feed = ElementTree.fromstring(get(client, "/search.atom?q=Kon+Tum"))
    bases = [{c.get("term") for c in entry.iter(f"{ATOM}category") if c.get("scheme") == "urn:quocphong:date-basis"}
             for entry in feed.iter(f"{ATOM}entry")]  # fmt: skip
    assert sorted(map(sorted, bases)) == [[], ["meta"], ["years"]]
    [summary] = [e.text for e in feed.iter(f"{ATOM}summary") if "2022 (suy ra)" in e.text]
    assert summary.startswith("[2022 (suy ra): suy ra từ các năm nhắc đến trong bài]")
