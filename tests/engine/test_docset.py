"""Sets of documents behave as sets, whichever form they are in."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine.docset import DocSet, union

SIZE = 120
sets = st.one_of(st.sets(st.integers(0, SIZE - 1)), st.sets(st.integers(0, SIZE - 1), min_size=80))
forms = st.sampled_from(["numbers", "mask", "both"])


def matches(documents, form):
    numbers = np.array(sorted(documents), np.intp)
    mask = np.isin(np.arange(SIZE), numbers)
    return DocSet(SIZE, None if form == "mask" else numbers, None if form == "numbers" else mask)


@given(sets, forms, sets, forms)
def test_set_operations(left, left_form, right, right_form):
    ours, theirs = matches(left, left_form), matches(right, right_form)
    for found, expected in (
        (ours & theirs, left & right),
        (ours - theirs, left - right),
        (union([ours, theirs], SIZE), left | right),
    ):
        assert found.numbers.tolist() == sorted(expected)
        assert np.flatnonzero(found.mask).tolist() == sorted(expected)
        assert len(found) == len(expected)


def test_a_union_of_nothing_is_empty():
    assert len(union([], SIZE)) == 0
