"""Other forms of places and numerals, and English terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.search.query import plan
from indexer.search.query.english import translations
from indexer.search.query.written import other_ways
from indexer.storage.index_folder import open_engine


@pytest.mark.parametrize(("written", "kind", "form"), [
    ("daklak", "name", "Đắk Lắk"), ("kontum", "name", "Kon Tum"), ("saigon", "name", "Sài Gòn"),
    ("brvt", "name", "Bà Rịa - Vũng Tàu"), ("thanhhoa", "name", "Thanh Hóa"), ("ban mê thuột", "name", "Buôn Ma Thuột"),
    ("hcmc", "name", "Hồ Chí Minh"), ("ho chi minh city", "name", "Hồ Chí Minh"), ("plây cu", "name", "Pleiku"),
    ("pleicu", "name", "Pleiku"), ("hòn gai", "name", "Hồng Gai"), ("camranh", "name", "Cam Ranh"),
    ("bảy", "numeral", "7"), ("vii", "numeral", "7"), ("mười hai", "numeral", "XII"), ("7", "numeral", "VII"),
])  # fmt: skip
def test_a_table_knows_the_other_form(written: str, kind: str, form: str) -> None:
    assert (kind, form) in other_ways(written.split(), bare=written.isascii())


@pytest.mark.parametrize("written", ["nam", "ba", "hai", "thanh", "quân", "ubnd"])
def test_a_word_that_may_be_anything_stands_for_nothing_else(written: str) -> None:
    assert other_ways([written], bare=True) == ()


@pytest.mark.parametrize(("typed", "first"), [
    ("conscription", "tuyển quân"), ("military service", "nghĩa vụ quân sự"),
    ("Border Guard 2022", "Bộ đội Biên phòng 2022"),
    ("commander of Military Region 4", "chỉ huy trưởng quân khu 4"),
    ("Who is the commander of the border guard", "ai là chỉ huy trưởng Bộ đội Biên phòng"),
    ("who commands Military Region 4 in 2018", "ai chỉ huy quân khu 4 2018"),
    ("coast guard rescue Nghe An", "Cảnh sát biển cứu hộ Nghe An"),
])  # fmt: skip
def test_an_english_term_is_translated_within_the_query(sample_index: Path, typed: str, first: str) -> None:
    engine = open_engine(sample_index)
    assert translations(plan(typed, engine), engine)[0] == first
    engine.close()


@pytest.mark.parametrize("typed", ["tuyển quân", "dan quan tu ve", '"military service"', "xã", ""])
def test_vietnamese_is_not_english(sample_index: Path, typed: str) -> None:
    engine = open_engine(sample_index)
    assert translations(plan(typed, engine), engine) == []
    engine.close()
