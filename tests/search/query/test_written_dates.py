"""A date in a query is one day or month, in every spelling that newspapers use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query.written_dates import forms, written_dates
from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from indexer.text import syllables
from tests.archives import index_of

# What an article writes; the date of all is the same but for the last three.
WRITTEN = {
    "slash": "Hội nghị ngày 1/7/2025 bàn giao.", "zeros": "Lễ bàn giao hôm 01/07/2025.",
    "dash": "Sáng 1-7-2025 bàn giao.",
    "dots": "Bàn giao 01.07.2025.", "words": "Ngày 1 tháng 7 năm 2025, đơn vị bàn giao.",
    "mixed": "Từ ngày 1/7 năm 2025 bàn giao.", "letters": "Ngày 1 tháng bảy năm 2025 bàn giao.",
    "scattered": "Lớp 7 có 1 đội năm 2025.", "other": "Ngày 17/2025 và 1/17 bàn giao.",
    "month": "Tháng 7 năm 2025 bàn giao.",
}
REST = "Cán bộ, chiến sĩ và bà con trong vùng cùng nhau dọn vệ sinh, trồng cây, sửa đường làng."
ONE_DAY = {"slash", "zeros", "dash", "dots", "words", "mixed", "letters"}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    rows = ({"id": id, "title": "Tin", "text": f"{REST} {text} {REST}", "date": "2026-02-03"}
            for id, text in WRITTEN.items())
    engine = open_engine(index_of(tmp_path_factory.mktemp("dates"), rows))
    yield engine
    engine.close()


def found(engine: ServedEngine, text: str, **options: object) -> set[str]:
    return {hit.entry.id for hit in search(engine, text, limit=50, **options).hits}  # type: ignore[arg-type]


@pytest.mark.parametrize("text", [
    "1/7/2025", "01/07/2025", "1-7-2025", "01-07-2025", "1.7.2025", "1 / 7 / 2025", "2025-07-01", "ngày 1/7/2025",
    "mùng 1/7/2025", "ngày mùng 1 tháng 7 năm 2025", "mồng một tháng bảy năm 2025", "ngay mung mot thang 7 nam 2025",
    "1 tháng bảy 2025", "1/7/25", "ngày 01/07/25",
    "ngày 1 tháng 7 năm 2025", "ngay 01 thang 07 nam 2025", "1 tháng 7, 2025", "1/7 năm 2025",
])
def test_a_day_is_found_in_every_spelling(engine: ServedEngine, text: str) -> None:
    assert found(engine, text) == ONE_DAY


@pytest.mark.parametrize("text", ["7/2025", "07/2025", "tháng 7 năm 2025", "thang 7/2025", "tháng 07-2025",
                                  "tháng bảy 2025"])
def test_a_month_is_found_in_every_spelling_and_by_its_days(engine: ServedEngine, text: str) -> None:
    assert found(engine, text) >= {"month", "slash", "words"} and "scattered" not in found(engine, text)


def test_how_a_date_was_read_is_named_and_can_be_switched_off(engine: ServedEngine) -> None:
    [applied] = search(engine, "1/7/2025").query.applied
    assert (applied.kind, applied.text) == ("date", "1/7/2025")
    off = search(engine, "1/7/2025", off=["date"])
    assert [each.kind for each in off.query.applied] != ["date"] and {hit.entry.id for hit in off.hits} != ONE_DAY


@pytest.mark.parametrize("text", [
    "1-7", "31/2/2025", "17/2025", '"1/7/2025"', "ngày:1/7/2025", "28-NQ/TW", "12/2022/QĐ", "số 12/2022", "quý 1/2025",
    "nghị định 15/2022", "đợt 2/2024", "0912/2022", "1/7/20255",
])
def test_what_is_no_whole_date_stays_as_typed(engine: ServedEngine, text: str) -> None:
    assert [each.kind for each in search(engine, text).query.applied if each.kind == "date"] == []


def test_words_beside_a_date_are_wanted_too(engine: ServedEngine) -> None:
    assert found(engine, "hội nghị 1/7/2025") == {"slash"}


def test_a_date_excluded_or_in_an_alternative_is_read_alike(engine: ServedEngine) -> None:
    assert found(engine, "lớp OR 1/7/2025") == ONE_DAY | {"scattered"}


def test_a_date_no_article_writes_finds_what_was_published_then(engine: ServedEngine) -> None:
    results = search(engine, "3/2/2026")
    assert results.total == len(WRITTEN) and "published" in [each.kind for each in results.query.applied]
    assert search(engine, "3/2/2026", off=["published"]).total == 0


def test_a_date_is_offered_as_the_day_of_publication(engine: ServedEngine) -> None:
    results = search(engine, "bàn giao 3/2/2026", off=["published", "share"])
    assert [part.keys for part in results.recognised] == [("2026-02-03..2026-02-03",)]


@given(st.dates())
def test_every_form_of_a_day_is_read_as_that_day(day: object) -> None:
    iso = str(day)
    if iso < "1900" or iso > "2100":
        return
    for form in forms(iso):
        text = form if "tháng" in form else form.replace(" năm ", "/").replace(" ", "/")
        assert [date.iso for date in written_dates(text)] == [iso], text
        assert [s.text for s in syllables(form)] == form.split()
