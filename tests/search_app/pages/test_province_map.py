"""The chart by year and the map: every figure is that of the search it leads to, none is told by colour alone."""

from __future__ import annotations

import csv
import html
import re

import pytest

from indexer.entities.places import gazetteer
from search_app.view.provinces import TILES
from search_app.view.provinces import tiles as tile_rows
from search_app.view.shares import percent, shade

BAR = re.compile(r'<a rel="nofollow" href="([^"]+)" aria-label="(\d{4}): ([\d.]+) bài([^"]*)"')
TILE = re.compile(
    r'<li class="(c\d) (r\d+) (s\d)( island)?(?: few)?"><a rel="nofollow" href="([^"]+)".*?<span>([^<]+).*?"n">([\d.]+)'
)


def bars(client, address):
    found = BAR.findall(client.get(address).get_data(as_text=True))
    return [(html.unescape(href), year, int(count), rest) for href, year, count, rest in found]


def tiles(client, address):
    found = TILE.findall(client.get(address).get_data(as_text=True))
    return {name.strip(): (html.unescape(href), int(count), shade, bool(island))
            for _, _, shade, island, href, name, count in found}


def total(client, href):
    return client.get(href.replace("/search?", "/api/search?")).json["total"]


# --- by year ------------------------------------------------------------------------------------------


CHARTS = ["/search?q=tuyển+quân", "/search?q=tuyển+quân&province=Gia+Lai", "/search?sort=newest"]
MAPS = ["/map?q=tuyển+quân", "/map?q=tuyển+quân&map=now", "/map", "/map?q=hải+quân&year=2023"]


@pytest.mark.parametrize("address", CHARTS)
def test_every_bar_leads_to_as_many_articles_as_it_says(client, address):
    for href, _, count, _ in bars(client, address):
        assert total(client, href) == count


def test_years_run_on_without_gaps_also_where_there_is_nothing(client):
    found = bars(client, "/search?q=tuyển+quân")
    assert [(year, count) for _, year, count, _ in found] == [("2022", 3), ("2023", 0), ("2024", 1)]


def test_each_bar_says_its_share_of_what_the_archive_holds(client):
    held = {year: count for _, year, count, _ in bars(client, "/search?sort=newest")}
    for _, year, count, rest in bars(client, "/search?q=tuyển+quân"):
        assert f", {percent(count, held[year])} số bài của kho năm ấy" in rest


def test_a_chosen_year_is_the_only_one_drawn_by_its_months(client):
    [*months] = bars(client, "/search?q=tuyển+quân&year=2022")
    assert {year for _, year, _, _ in months} <= {f"{month:02}/2022" for month in range(1, 13)}
    assert sum(count for _, _, count, _ in months) <= 3


def test_the_table_says_the_same_and_counts_the_undated(client):
    page = client.get("/search?sort=newest").get_data(as_text=True)
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td class="count">([\d.]+)</td>', page))
    assert rows["chưa rõ"] == "1" and rows["2021"] == "25"


def test_one_year_needs_no_chart(client):
    assert not bars(client, "/search?province=Lâm+Đồng")


@pytest.mark.parametrize(("count", "of", "said"), [(0, 5, "0 %"), (1, 3, "33 %"), (1, 30, "3,3 %"), (1, 9999, "0,1 %"),
                                                   (5, 5, "100 %"), (0, 0, "")])
def test_shares_are_written_as_vietnamese_readers_write_them(count, of, said):
    assert percent(count, of) == said


# --- by province --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", MAPS)
def test_every_tile_leads_to_as_many_articles_as_it_says(client, address):
    found = tiles(client, address)
    assert sum(count for _, count, _, _ in found.values())
    for name, (href, count, _, _) in found.items():
        assert total(client, href) == count, name


@pytest.mark.parametrize("address", ["/map", "/map?map=now", "/map?q=khongcogi", "/map?q=khongcogi&map=now"])
def test_the_archipelagos_are_always_there_with_their_province(client, address):
    page = client.get(address).get_data(as_text=True)
    assert "Hoàng Sa <small>(Đà Nẵng)</small>" in page and "Trường Sa <small>(Khánh Hòa)</small>" in page


@pytest.mark.parametrize(("name", "day", "count"), [("then", "2025-06-30", 63), ("now", "9999-12-31", 34)])
def test_each_map_has_every_province_of_its_day_once(name, day, count):
    rows = tile_rows(name)
    provinces = {row["name"] for row in rows if not row["part_of"]}
    eras = [row for each in gazetteer().eras.values() for row in each]
    assert provinces == {row.name for row in eras if row.since <= day <= (row.until or "9999-12-31")}
    assert len(provinces) == count and len(rows) == count + 2
    assert {row["part_of"] for row in rows} - {""} <= provinces
    assert len({(row["column"], row["row"]) for row in rows}) == len(rows)


def test_the_tiles_say_where_they_come_from():
    with TILES.open(encoding="utf-8", newline="") as file:
        assert all(row["source"] and row["checked"] for row in csv.DictReader(file))


STEPS = [(0, 0, "s0"), (0, 9, "s0"), (1, 100, "s1"), (2, 100, "s1"), (3, 100, "s2"), (25, 100, "s4"), (26, 100, "s5")]


@pytest.mark.parametrize(("count", "of", "step"), STEPS)
def test_a_shade_says_the_share(count, of, step):
    assert shade(count, of) == step


def test_map_and_results_lead_to_each_other_with_their_filters(client):
    page = client.get("/search?q=tuyển+quân&year=2022").get_data(as_text=True)
    assert 'href="/map?q=tuy%E1%BB%83n+qu%C3%A2n&amp;year=2022"' in page
    back = client.get("/map?q=tuyển+quân&year=2022").get_data(as_text=True)
    for path in ("/search", "/timeline", "/silence", "/compare"):
        assert f'href="{path}?q=tuy%E1%BB%83n+qu%C3%A2n&amp;year=2022"' in page or path == "/search"
        assert f'href="{path}?q=tuy%E1%BB%83n+qu%C3%A2n&amp;year=2022"' in back
    assert '<meta name="robots" content="noindex' in back
    assert '<input type="hidden" name="year" value="2022">' in back
