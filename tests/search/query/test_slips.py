"""What one slip of the keyboard costs, and what is one."""

from __future__ import annotations

import csv
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.query.slips import slip_between, slips, thresholds
from indexer.text import fold

SLIPS = [
    # typed, meant, the slip
    ("quôc", "quốc", "tone_missing"),
    ("quãng", "quảng", "hoi_nga"),
    ("quộc", "quốc", "tone"),
    ("quóc", "quốc", "mark_missing"),
    ("quơn", "quôn", "mark"),
    ("dẫn", "đan", "tone_and_mark"),
    ("quoc", "quốc", "bare"),
    ("sỹ", "sĩ", "i_y"),
    ("quânn", "quân", "doubled"),
    ("tyuển", "tuyển", "swapped"),
    ("quâm", "quân", "next_key"),
    ("dụ", "dục", "dropped"),
    ("quqân", "quân", "extra"),
    ("quâp", "quân", "other_key"),
]


@pytest.mark.parametrize(("typed", "meant", "slip"), SLIPS)
def test_each_slip_is_told_by_its_name(typed: str, meant: str, slip: str) -> None:
    row = slips()[slip]
    assert slip_between(typed, meant) == (row.kind, row.cost)


@pytest.mark.parametrize(("typed", "meant"), [("quân", "sự"), ("tuyn", "tuyển quân"), ("an", "binh"), ("abcd", "badc")])
def test_more_than_one_slip_of_a_letter_is_none(typed: str, meant: str) -> None:
    assert slip_between(typed, meant) is None


@given(st.text("abcdeghiklmnopqrstuvxyăâđêôơưáàảãạ", min_size=1, max_size=8))
def test_a_syllable_typed_right_costs_nothing_and_without_accents_little(word: str) -> None:
    assert slip_between(word, word) == ("", 0.0)
    bare = slip_between(fold(word), word)
    assert bare is not None and 0 <= bare[1] <= slips()["bare"].cost


def test_every_numeral_has_a_figure_and_every_term_a_translation() -> None:
    data = resources.files("indexer.search.query") / "data"
    for name, columns in (("numerals.csv", ("figure", "roman", "words")), ("english.csv", ("english", "vietnamese"))):
        rows = list(csv.DictReader((data / name).read_text(encoding="utf-8").splitlines()))
        assert rows and all(row[column] for row in rows for column in columns)


def test_a_reading_is_offered_only_on_better_evidence_than_it_is_applied() -> None:
    assert thresholds()["offer"] > thresholds()["apply"]
