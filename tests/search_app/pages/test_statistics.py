"""Statistics on the site: every number leads to as many articles or lines as it says, in page, file and API alike."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup

ELSEWHERE = {"X-Forwarded-For": "203.0.113.9"}


def page(client, view, **asked):
    response = client.get(f"/statistics/{view}?{urlencode(asked)}")
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def table(shown):
    """The rows of the page: {name of the column: cell}."""
    names = [cell.text for cell in shown.select("main table thead th")]
    return [dict(zip(names, row.select("th, td"), strict=True)) for row in shown.select("main table tbody tr")]


def number(cell):
    return int(cell.text.replace(".", ""))


def file(client, view, **asked):
    text = client.get(f"/statistics/{view}.csv?{urlencode(asked)}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def api(client, view, **asked):
    return client.get(f"/api/statistics/{view}?{urlencode(asked)}").json


def total(client, address):
    """How many articles a result page finds."""
    return client.get(address.replace("/search?", "/api/search?")).json["total"]


COLLOCATES = [
    {"q": "tuyển quân"}, {"q": "tuyen quan", "units": "syllable"}, {"q": "tỉnh", "span": "left", "window": "2"},
    {"q": "quốc phòng", "year": "2021", "order": "joint", "stop": "1"}, {"q": "tuyển quân", "province": "Gia Lai"},
]


@pytest.mark.parametrize("asked", COLLOCATES)
def test_a_collocate_leads_to_as_many_lines_as_it_says(client, asked):
    rows = table(page(client, "collocates", min="1", **asked))
    assert rows
    for row in rows[:12]:
        lines = BeautifulSoup(client.get(row["Dòng"].a["href"]).get_data(as_text=True), "lxml")
        assert lines.select_one(".total strong").text == row["Dòng"].text
        articles = lines.select(".total strong")[1].text
        assert articles == row["Bài"].text


@pytest.mark.parametrize(("view", "asked", "column"), [
    ("frequency", {"q": "tuyển quân"}, "Bài"),
    ("frequency", {"q": "tuyen quan", "units": "syllable"}, "Bài"),
    ("frequency", {"n": "2", "province": "Kon Tum"}, "Bài"),
    ("frequency", {"n": "3", "q": "tuyển quân OR diễn tập"}, "Bài"),
    ("keyness", {"year": "2022"}, "Bài ở đây"),
    ("keyness", {"q": "tuyển quân", "stop": "1"}, "Bài ở đây"),
    ("keyness", {"year": "2022", "against": "năm:2021"}, "Bài bên kia"),
    ("together", {}, "Bài chung"),
    ("together", {"with": "province"}, "Bài chung"),
    ("together", {"with": "province", "q": "tuyển quân"}, "Bài bên trái"),
])
def test_a_number_of_articles_leads_to_as_many(client, view, asked, column):
    rows = [row for row in table(page(client, view, min="1", **asked)) if row[column].a]
    assert rows or (view, asked) == ("together", {})
    for row in rows[:10]:
        assert total(client, row[column].a["href"]) == number(row[column])


@pytest.mark.parametrize(("view", "asked"), [
    ("collocates", {"q": "tuyển quân", "min": "1"}), ("keyness", {"year": "2022", "min": "1"}),
    ("frequency", {"n": "2"}), ("together", {"min": "1", "with": "province"}),
])
def test_page_file_and_api_have_the_same_figures(client, view, asked):
    shown, lines, data = table(page(client, view, **asked)), file(client, view, **asked), api(client, view, **asked)
    assert lines[: len(data["rows"])] == [{name: "" if value is None else str(value) for name, value in row.items()}
                                          for row in data["rows"]]
    assert len(shown) == len(data["rows"]) > 0 and data["found"] == len(lines)
    first = next(iter(data["rows"][0]))
    if view != "together":
        assert [next(iter(row.values())).text for row in shown] == [row[first] for row in data["rows"]]


def test_what_2022_said_more_than_2021_is_told(client):
    words = [row["Từ"].text for row in table(page(client, "keyness", year="2022", against="năm:2021", min="1"))]
    assert "tuyển quân" in words or "tuyển" in words
    assert "giáo dục" not in words
    fewer = [row["Từ"].text for row in table(page(client, "keyness", year="2022", against="năm:2021", use="under"))]
    assert "giáo dục" in fewer


def test_who_is_named_together_keeps_namesakes_apart(client):
    rows = table(page(client, "together", min="1", **{"with": "province"}))
    assert "Trịnh Ngọc Sơn (Kon Tum)" in {row["Cán bộ"].text for row in rows}
    assert all(row["Cán bộ"].a["href"].startswith("/officials/") for row in rows)


def test_readers_elsewhere_see_no_collocate_and_no_pair_that_few_articles_hold(client):
    for view, asked in (("collocates", {"q": "tuyển quân", "min": "1"}), ("frequency", {"n": "2", "q": "tuyển quân"})):
        here = api(client, view, **asked)
        there = client.get(f"/api/statistics/{view}?{urlencode(asked)}", headers=ELSEWHERE).json
        assert {row["word"] for row in there["rows"]} < {row["word"] for row in here["rows"]}
        assert min((row["articles"] for row in there["rows"]), default=3) >= 3


@pytest.mark.parametrize("q", ["", "tỉnh:Huế", '"tuyển quân"~4'])
def test_a_query_without_places_says_what_to_write(client, q):
    shown = page(client, "collocates", q=q)
    assert not shown.select("table") and "Hãy viết một từ" in shown.text
    assert file(client, "collocates", q=q) == []


@pytest.mark.parametrize("asked", [{"window": "99"}, {"units": "x"}, {"order": "articles"}, {"min": "-1"}, {"n": "4"}])
def test_a_page_leaves_out_what_makes_no_sense_and_the_api_refuses_it(client, asked):
    assert table(page(client, "collocates", q="tuyển quân", **asked)) is not None
    response = client.get(f"/api/statistics/collocates?{urlencode({'q': 'tuyển quân', **asked})}")
    assert response.status_code == 400 and list(response.json["error"]["parameters"]) == list(asked)


def test_the_views_keep_the_search_and_its_filters(client):
    shown = page(client, "frequency", q="tuyển quân", province="Gia Lai")
    tabs = shown.select("nav[aria-label='Các bảng thống kê'] a")
    assert len(tabs) == 3 and all("province=Gia+Lai" in tab["href"] for tab in tabs)
    assert shown.select_one("form.statbox input[name=province]")["value"] == "Gia Lai"
