"""Terms are found whatever comes before and after them, and however many samples a lexicon has."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import block
from indexer.engine.block import Lexicon

TERMS = st.lists(st.binary(max_size=3), unique=True, max_size=200).map(sorted)


def lexicon(terms):
    bounds = np.cumsum([0, *map(len, terms)]).astype(np.uint32)
    return Lexicon(np.frombuffer(b"".join(terms), np.uint8), bounds)


@given(TERMS, st.lists(st.binary(max_size=3), max_size=20), st.integers(1, 40), st.integers(1, 8))
def test_a_lookup_gives_the_number_that_binary_search_over_all_terms_gives(terms, others, step, samples):
    least, most = block.MIN_SAMPLE_STEP, block.MAX_SAMPLES
    block.MIN_SAMPLE_STEP, block.MAX_SAMPLES = step, samples
    try:
        held = lexicon(terms)
        for term in [*terms, *others]:
            assert held.at_or_after(term) == bisect_left(terms, term)
            assert held.find(term) == (terms.index(term) if term in terms else -1)
    finally:
        block.MIN_SAMPLE_STEP, block.MAX_SAMPLES = least, most
