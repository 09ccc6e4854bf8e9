"""What no article holds as typed is read otherwise, and the reading is named."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.search.service import search
from indexer.storage.index_folder import open_engine

READ_OTHERWISE = [
    # typed, the kind of reading taken, an official of the first article
    ("quoocs phongf", "typing", None),
    ("Nguye6n4 Thanh Ngoc", "typing", "Nguyễn Thanh Ngọc"),
    ("nguyeenx thanh ngocj", "typing", "Nguyễn Thanh Ngọc"),
    ("kmak", "spelling", None),
    ("chỉ huy trưong", "marks", None),
]


@pytest.mark.parametrize(("typed", "kind", "official"), READ_OTHERWISE)
def test_the_reading_taken_is_named_and_finds_the_article(sample_index: Path, typed, kind, official) -> None:
    with closing(open_engine(sample_index)) as engine:
        results = search(engine, typed)
    assert kind in [applied.kind for applied in results.query.applied]
    assert official in [None, *(o.name for o in results.hits[0].entry.entities.officials)]


@pytest.mark.parametrize("typed", ["BCHQS", "bchqs"])
def test_an_abbreviation_with_two_readings_is_offered_never_applied(sample_index: Path, typed: str) -> None:
    with closing(open_engine(sample_index)) as engine:
        results = search(engine, typed)
    assert results.query.applied == () and len(results.offers) == 2


@pytest.mark.parametrize("typed", ["tỉnh:gialai", "tinh:gialai", 'tinh:"gia lai"', "tỉnh:Gia-Lai", "TỈNH:GIALAI"])
def test_a_province_is_understood_in_any_spelling(sample_index: Path, typed: str) -> None:
    with closing(open_engine(sample_index)) as engine:
        results = search(engine, typed)
    assert results.total == 4 and not results.query.unread
