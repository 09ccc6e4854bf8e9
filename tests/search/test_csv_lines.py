"""No cell of a CSV file is run by a spreadsheet as a formula, whatever stands before it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.csv_lines import csv_lines, line

HIDDEN = st.text("\u200b\u200c\u200d\u2060\ufeff\u00ad\u00a0\u2003 \t\r\n\u202e\u0000", max_size=4)


def cell(value):
    [[read]] = csv.reader(io.StringIO(line([value]), newline=""))
    return read


@given(HIDDEN, st.sampled_from("=+-@|%＝＋－＠"), st.text(max_size=9))
def test_a_formula_gets_an_apostrophe_behind_whatever_it_hides(before, sign, after):
    assert cell(f"{before}{sign}{after}") == f"'{before}{sign}{after}"


@pytest.mark.parametrize("text", ["Gia Lai", "5 % số bài", "(+84) 12", "“trích”", "\u200bGia Lai", "1|2", ""])
def test_other_texts_stay(text):
    assert cell(text) == text


@pytest.mark.parametrize("number", [-3, 2.5, 0])
def test_numbers_stay(number):
    assert cell(number) == str(number)


def test_the_mark_stands_before_the_header():
    assert "".join(csv_lines(("a",), [(None,)])) == "\ufeffa\r\n\"\"\r\n"
