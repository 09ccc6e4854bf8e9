"""Each formula gives what its source printed, and what another way of writing it gives."""

from __future__ import annotations

from math import inf, isclose, log, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.statistics import measures
from tests.search.statistics.naive import two_by_two

# Dunning 1993, table 1: -2 log lambda, and how often A and B stand together, A without B, B without A, neither.
DUNNING = [
    ("the swiss", 270.72, 110, 2442, 111, 29114),
    ("can be", 263.90, 29, 13, 123, 31612),
    ("previous year", 256.84, 31, 23, 139, 31584),
    ("mineral water", 167.23, 10, 0, 3, 31764),
    ("at the", 157.21, 76, 104, 2476, 29121),
]


@pytest.mark.parametrize(("pair", "printed", "both", "first", "second", "neither"), DUNNING)
def test_log_likelihood_is_what_dunning_printed(pair, printed, both, first, second, neither):
    found = measures.log_likelihood(both, both + first, both + second, both + first + second + neither)
    assert abs(float(found) - printed) < 0.01


tables = st.tuples(*[st.integers(0, 500)] * 4).filter(sum)


@given(tables)
def test_log_likelihood_is_the_ratio_of_binomial_likelihoods(cells):
    both, first, second, _ = cells
    table = both, both + first, both + second, sum(cells)
    assert isclose(float(measures.log_likelihood(*table)), max(0.0, two_by_two(*table)), abs_tol=1e-6)


@given(tables)
def test_log_likelihood_is_never_negative_and_does_not_care_which_word_is_first(cells):
    both, first, second, _ = cells
    one = float(measures.log_likelihood(both, both + first, both + second, sum(cells)))
    two = float(measures.log_likelihood(both, both + second, both + first, sum(cells)))
    assert one >= 0 and isclose(one, two, abs_tol=1e-6)


@pytest.mark.parametrize(("row", "expected"), [
    ((10, 10, 10), 14.0),  # only together: Rychlý's highest value
    ((5, 10, 10), 13.0),  # half of the time: one less
    ((1, 1, 1023), 14 + log2(2 / 1024)),
    ((0, 5, 5), -inf),
])
def test_log_dice_is_14_where_two_words_only_go_together_and_one_less_is_half(row, expected):
    assert float(measures.log_dice(*row)) == pytest.approx(expected)


def test_mutual_information_is_how_many_times_as_often_as_by_chance():
    by_chance = measures.expected(20, 50, 1000)
    assert float(by_chance) == 1.0 and float(measures.mutual_information(8, by_chance)) == 3.0
    assert float(measures.mutual_information(0, by_chance)) == -inf


@given(st.integers(0, 300), st.integers(300, 5000), st.integers(0, 300), st.integers(300, 5000))
def test_keyness_is_the_sum_of_rayson_and_garside(a, c, b, d):
    e1, e2 = c * (a + b) / (c + d), d * (a + b) / (c + d)
    written = 2 * ((a * log(a / e1) if a else 0) + (b * log(b / e2) if b else 0))
    assert isclose(float(measures.keyness(a, c, b, d)), max(0.0, written), abs_tol=1e-6)


@pytest.mark.parametrize(("row", "expected"), [
    ((20, 1000, 10, 1000), 1.0), ((10, 1000, 40, 1000), -2.0), ((10, 1000, 10, 2000), 1.0),
    ((4, 1000, 0, 1000), 3.0),  # a count of 0 is taken as 0.5
])
def test_log_ratio_counts_doublings(row, expected):
    assert float(measures.log_ratio(*row)) == pytest.approx(expected)
