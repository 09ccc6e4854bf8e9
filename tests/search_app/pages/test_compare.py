"""/compare: up to four searches by year; each figure leads to its articles, and no line is told by colour alone."""

from __future__ import annotations

import html
import re
from itertools import pairwise

import pytest

from tests.search_app.over_time import rows_of, table, total, write_archive

FIGURE = re.compile(r'href="([^"]+)">([\d.]+)</a>')
POINT = re.compile(r'<a href="([^"]+)" tabindex="-1"[^>]*><title>([^<]+)</title>')
THREE = "/compare?q=tuyển+quân&q=huấn+luyện&q=Trường+Sa"


@pytest.fixture(scope="module")
def reader(make_app, tmp_path_factory):
    return make_app(write_archive(tmp_path_factory.mktemp("compare"))).test_client()


def shown(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@pytest.mark.parametrize("address", [THREE, f"{THREE}&show=share", f"{THREE}&province=Gia+Lai&from=2023-01-01",
                                     "/en/compare?q=tuyển+quân"])
def test_every_figure_and_point_leads_to_as_many_articles_as_it_says(reader, address):
    page = shown(reader, address)
    figures = [figure for row in table(page) for cell in row[2:] for figure in FIGURE.findall(cell)]
    points = [(href, re.search(r": ([\d.]+) \w+$", said)[1]) for href, said in POINT.findall(page)]
    assert sum(int(count) for _, count in figures) == sum(int(count) for _, count in points) > 0
    for href, count in (*figures, *points):
        assert total(reader, href) == int(count)


def test_a_line_breaks_where_the_archive_has_nothing(reader):
    paths = re.findall(r'class="line" d="M(\d[^"]+)"', shown(reader, "/compare?q=tỉnh"))
    assert [path.count("L") for path in paths] == [0, 3]  # 2021, nothing of 2022, then 2023 to 2026


def test_a_year_that_only_the_archive_has_is_zero_and_not_missing(reader):
    rows = {row["year"]: row for row in rows_of(reader, "/compare.csv?q=Trường+Sa&q=tin")}
    assert (rows["2023"]["query"], rows["2023"]["archive_articles"]) == ("tin", "1")
    alone = rows_of(reader, "/compare.csv?q=thứ&q=thăm")
    assert {(row["year"], row["articles"], row["archive_articles"]) for row in alone if row["series"] == "B"} >= {
        ("2023", "0", "1"), ("2024", "2", "6"), ("2022", "0", "0")}


def test_each_line_has_its_own_dash_mark_and_letter(reader):
    page = shown(reader, f"{THREE}&q=tỉnh")
    assert [f'<g class="k{n}">' in page for n in (1, 2, 3, 4)] == [True] * 4
    marks = {re.search(r'class="mark" d="([^"]+)"', key)[1] for key in re.findall(r'<svg class="key.*?</svg>', page)}
    assert len(marks) == 4
    assert sorted(re.findall(r'class="end"[^>]*>(\w)<', page)) == ["A", "B", "C", "D"]


def test_letters_at_the_ends_of_lines_do_not_cover_each_other(reader):
    ends = re.findall(r'class="end" x="\d+" y="(\d+)"', shown(reader, "/compare?q=tỉnh&q=tin&q=lần&q=số"))
    assert all(int(after) - int(before) >= 14 for before, after in pairwise(ends))


def test_empty_and_repeated_searches_are_left_out_and_a_fifth_is_refused_kindly(reader):
    page = shown(reader, "/compare?q=&q=tuyển+quân&q=++&q=tuyển+quân")
    assert re.findall(r'name="q" value="([^"]*)"', page) == ["tuyển quân", "", "", ""]
    page = shown(reader, "/compare?q=a&q=b&q=c&q=d&q=e")
    assert "Chỉ so sánh bốn câu đầu" in page and "Câu tìm D" in page and 'value="e"' not in page
    assert "Hãy viết một hay nhiều câu tìm" in shown(reader, "/compare?q=")


@pytest.mark.parametrize("q", ['"', "(((", "năm:xyz", "-", "*", "x" * 900, "<script>alert(1)</script>", "=1+1",
                               "ngày:99/99/2020"])
def test_a_search_that_cannot_be_read_spoils_nothing(reader, q):
    page = reader.get("/compare", query_string={"q": [q, "tuyển quân"]})
    assert page.status_code == 200 and "<script>alert" not in page.get_data(as_text=True)
    assert "tuyển quân" in page.get_data(as_text=True)


def test_the_file_has_every_figure_of_the_table(reader):
    rows = rows_of(reader, THREE.replace("/compare", "/compare.csv"))
    cells = [re.findall(r">([\d.]+)</a>", cell)[0] for row in table(shown(reader, THREE)) for cell in row[2:]]
    assert [row["articles"] for row in rows] == cells
    assert rows[0] == {"series": "A", "query": "tuyển quân", "year": "2021", "articles": "0", "archive_articles": "1",
                       "share": "0.0000", "sources": "0"}


def test_no_cell_of_the_file_is_run_as_a_formula(reader):
    text = reader.get("/compare.csv", query_string={"q": "=tỉnh+1 HOẶC tỉnh"}).get_data(as_text=True)
    assert "'=tỉnh" in text and not re.search(r"[\n,]=", text)


def test_the_table_names_sources_and_share_and_the_reform(reader):
    row = next(row for row in table(shown(reader, "/compare?q=tuyển+quân")) if row[0].startswith("2024"))
    assert "50 % · 2 nguồn" in html.unescape(row[2])
    assert 'class="reform"' in shown(reader, "/compare?q=tỉnh")


def test_filters_hold_for_all_and_are_kept_by_the_form(reader):
    page = shown(reader, f"{THREE}&province=Gia+Lai&year=2024")
    assert '<input type="hidden" name="province" value="Gia Lai">' in page
    assert '<input type="hidden" name="year" value="2024">' in page
    rows = rows_of(reader, f"{THREE.replace('/compare', '/compare.csv')}&year=2024")
    assert {row["year"] for row in rows} == {"2024"}
