"""/silence: no article, no match and a count are three things, and a province that did not exist is none of them."""

from __future__ import annotations

import html
import re

import pytest

from search_app.view.coverage import existed
from tests.search_app.over_time import rows_of, table, total, write_archive

LINK = re.compile(r'href="([^"]+)"')


@pytest.fixture(scope="module")
def reader(make_app, tmp_path_factory):
    return make_app(write_archive(tmp_path_factory.mktemp("silence"))).test_client()


def shown(reader, address):
    response = reader.get(address)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def cells(page):
    """(province, year) -> the cell's markup."""
    years = re.findall(r'<th scope="col">([^<▲]+)', page)[1:]
    return {(re.sub("<.*?>", "", row[0]), year): cell
            for row in table(page) for year, cell in zip(years, row[1:], strict=True)}


@pytest.mark.parametrize("address", ["/silence", "/silence?q=tuyển+quân", "/silence?q=tuyển+quân&map=now",
                                     "/silence?q=huan+luyen&from=2024-01-01", "/silence?province=Kon+Tum&year=2024",
                                     "/silence?q=quân+HOẶC+thăm"])
def test_every_count_leads_to_as_many_articles_as_it_says(reader, address):
    counted = [(cell, int(found[1])) for cell in cells(shown(reader, address)).values()
               if (found := re.search(r">(\d+)</a>", cell))]
    assert counted
    for cell, count in counted:
        assert total(reader, LINK.search(cell)[1]) == count


def test_chosen_years_are_the_columns_and_chosen_provinces_the_rows(reader):
    page = cells(shown(reader, "/silence?year=2024&province=Gia+Lai&province=Kon+Tum"))
    assert {at for at in page if at[1] != "Tổng"} == {("Gia Lai", "2024"), ("Kon Tum", "2024")}
    rows = rows_of(reader, "/silence.csv?year=2024&year=2025&map=now&province_now=Gia+Lai")
    assert {(row["province"], row["year"]) for row in rows} == {("Gia Lai", "2024"), ("Gia Lai", "2025")}


@pytest.mark.parametrize("path", ["/silence", "/silence.csv", "/timeline", "/timeline.csv", "/map", "/compare",
                                  "/compare.csv"])
@pytest.mark.parametrize("of", ["", "q=quân&", "map=now&", "province=Kon+Tum&"])
def test_days_without_any_article_are_shown_as_such(reader, path, of):
    shown(reader, f"{path}?{of}from=1999-01-01&to=1999-06-30")


def test_a_cell_without_a_match_leads_to_what_the_archive_has(reader):
    page = cells(shown(reader, "/silence?q=tuyển+quân"))
    silent = {at: cell for at, cell in page.items() if "○" in cell}
    assert ("Kon Tum", "2021") in silent and ("Gia Lai", "2026") not in silent
    for at, cell in silent.items():
        held = int(re.search(r"kho có (\d+) bài", cell)[1])
        assert total(reader, LINK.search(cell)[1]) == held > 0, at


def test_a_cell_of_which_the_archive_has_nothing_leads_nowhere(reader):
    page = cells(shown(reader, "/silence?q=tuyển+quân"))
    nothing = [cell for cell in page.values() if "–" in cell or "×" in cell]
    assert nothing and not any(LINK.search(cell) for cell in nothing)


@pytest.mark.parametrize(("at", "sign"), [
    (("Kon Tum", "2021"), "○"),  # one article, about training
    (("Kon Tum", "2022"), "–"),  # none of that year at all
    (("Hà Nội", "2024"), "–"),
    (("Kon Tum", "2026"), "×"),  # since July 2025 part of Quảng Ngãi
    (("Gia Lai", "2026"), ">1<"),
])  # fmt: skip
def test_what_is_not_there_is_told_apart_from_what_does_not_match(reader, at, sign):
    assert sign in cells(shown(reader, "/silence?q=tuyển+quân"))[at]


def test_on_todays_map_a_province_holds_what_has_merged_into_it(reader):
    page = cells(shown(reader, "/silence?map=now"))
    assert ">1</a>" in page["Quảng Ngãi", "2021"] and ("Kon Tum", "2021") not in page
    assert not any("×" in cell for cell in page.values())


@pytest.mark.parametrize(("map_", "provinces"), [("then", 63), ("now", 34)])
def test_every_province_has_a_row_and_the_archipelagos_too(reader, map_, provinces):
    names = {name for name, _ in cells(shown(reader, f"/silence?q=khongcogi&map={map_}"))}
    assert len(names - {"chưa rõ"}) == provinces + 2
    assert {"Hoàng Sa (Đà Nẵng)", "Trường Sa (Khánh Hòa)"} <= names


def test_an_archipelago_counts_the_articles_that_name_it(reader):
    page = cells(shown(reader, "/silence?q=tuyển+quân"))
    assert ">1</a>" in page["Trường Sa (Khánh Hòa)", "2024"] and "–" in page["Hoàng Sa (Đà Nẵng)", "2024"]


@pytest.mark.parametrize(("name", "year", "there"), [
    ("Kon Tum", "2025", True), ("Kon Tum", "2026", False), ("Gia Lai", "2026", True), ("Hà Tây", "2008", True),
    ("Hà Tây", "2009", False), ("Kon Tum", "?", True), ("không có", "2020", True)])  # fmt: skip
def test_a_province_exists_in_every_year_it_has_a_day_of(name, year, there):
    assert existed(name, year) is there


def test_no_cell_is_told_by_its_shade_alone(reader):
    for cell in cells(shown(reader, "/silence?q=tuyển+quân")).values():
        assert re.sub("<.*?>", "", cell).strip()


def test_the_file_has_every_cell_and_its_state(reader):
    rows = rows_of(reader, "/silence.csv?q=tuyển+quân")
    at = {(row["province"], row["year"]): row for row in rows}
    assert at["Kon Tum", "2026"]["state"] == "did_not_exist" and at["Kon Tum", "2021"]["state"] == "no_match"
    assert at["Gia Lai", "2026"] == {"map": "then", "province": "Gia Lai", "year": "2026", "state": "found",
                                     "articles": "1", "archive_articles": "1", "share": "1.0000"}
    assert {row["state"] for row in rows} == {"found", "no_match", "no_article", "did_not_exist"}
    assert len(at) == len(rows)


def test_the_pages_lead_to_each_other(reader):
    page = html.unescape(shown(reader, "/silence?q=quân&province=Gia+Lai"))
    for path in ("/search", "/timeline", "/map", "/compare"):
        assert f'href="{path}?q=qu%C3%A2n&province=Gia+Lai"' in page
