"""Searches across the reform of 1 July 2025: what is offered, and that each offer holds as many articles as it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.entities.places import gazetteer
from indexer.search.query.reforms import of_province, taken_in
from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of

# id: (day, province); every article says the same of another place.
ARTICLES = {
    "gl22": ("2022-02-14", "Gia Lai"), "gl25": ("2025-08-14", "Gia Lai"),
    "bd22": ("2022-02-15", "Bình Định"), "bd24": ("2024-02-15", "Bình Định"), "bd25": ("2025-06-30", "Bình Định"),
    "kt24": ("2024-03-01", "Kon Tum"), "qn24": ("2024-03-01", "Quảng Ngãi"),
    "qn-last": ("2025-06-30", "Quảng Ngãi"), "qn-first": ("2025-07-01", "Quảng Ngãi"),
    "qn-may": ("2025-05", "Quảng Ngãi"), "qn-july": ("2025-07", "Quảng Ngãi"), "qn-some-day": ("2025", "Quảng Ngãi"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("two-maps")
    text = "Tại tỉnh {0}, UBND tỉnh {0} tổ chức lễ giao nhận quân cho tân binh lên đường nhập ngũ."
    rows = ({"id": id, "title": f"Giao quân {id}", "text": text.format(name), "date": day}
            for id, (day, name) in ARTICLES.items())
    index_of(folder, rows)
    return folder


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[ServedEngine]:
    engine = open_engine(folder / "index")
    yield engine
    engine.close()


def found(engine: ServedEngine, text: str, filters: dict[str, list[str]] | None = None) -> set[str]:
    return {hit.entry.id for hit in search(engine, text, filters=filters, limit=50).hits}


@pytest.mark.parametrize(
    ("text", "filters", "label", "more"),
    [
        ("nhập ngũ", {"province": ["Gia Lai"]}, "Gộp cả Bình Định trước 1/7/2025 (+3)", {"bd22", "bd24", "bd25"}),
        ("tỉnh:gia lai", {}, "Gộp cả Bình Định trước 1/7/2025 (+3)", {"bd22", "bd24", "bd25"}),
        ("", {"province": ["Gia Lai"], "year": ["2022"]}, "Gộp cả Bình Định trước 1/7/2025 (+1)", {"bd22"}),
        ("ngày:2024..", {"province": ["Gia Lai"]}, "Gộp cả Bình Định trước 1/7/2025 (+2)", {"bd24", "bd25"}),
        ("nhập ngũ", {"province": ["Kon Tum"]}, "Gộp cả Quảng Ngãi từ 1/7/2025 (+2)", {"qn-first", "qn-july"}),
        ('tỉnh:"Kon Tum"', {}, "Gộp cả Quảng Ngãi từ 1/7/2025 (+2)", {"qn-first", "qn-july"}),
    ],
)
def test_an_offer_adds_what_it_says_and_is_not_taken_unasked(
    engine: ServedEngine, text: str, filters: dict[str, list[str]], label: str, more: set[str]
) -> None:
    results = search(engine, text, filters=filters, limit=50)
    offer = next(each for each in results.offers if each.label == label)
    before = {hit.entry.id for hit in results.hits}
    kept = {facet: list(keys) for facet, keys in {**filters, **offer.filters}.items() if keys}
    after = found(engine, offer.text, kept)
    assert not before & more
    assert after == before | more and len(after) == results.total + offer.more


def test_a_day_bounds_a_search_also_as_a_filter(engine: ServedEngine) -> None:
    july = {"qn-first", "qn-july", "gl25"}
    assert found(engine, "ngày:2025-07-01..") == found(engine, "", {"day": ["2025-07-01.."]}) == july
    assert found(engine, "", {"day": ["..2022"]}) == {"gl22", "bd22"}
    assert found(engine, "ngày:2025") == {id for id, (day, _) in ARTICLES.items() if day.startswith("2025")}


def test_every_name_on_both_maps_with_other_borders_offers_what_it_took_in() -> None:
    """23 of the 34: 11 kept their borders. Hà Nội took Hà Tây in on 1 August 2008 and kept its borders in 2025."""
    reformed = {name: rows["1/7/2025"] for name, rows in taken_in().items() if "1/7/2025" in rows}
    assert len(reformed) == 23
    assert sum(map(len, reformed.values())) == 63 - 34
    for name, former in reformed.items():
        (offer,) = (each for each in of_province(name, 0, 0) if "1/7/2025" in each.label)
        assert offer.names == tuple(former) and name in gazetteer().eras


def test_the_command_line_takes_the_days_and_refuses_what_is_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from indexer.cli import main

    assert main(["search", "--index", str(folder / "index"), "--from", "2025-07-01", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 3
    assert main(["search", "--index", str(folder / "index"), "--to", "mai"]) == 2
