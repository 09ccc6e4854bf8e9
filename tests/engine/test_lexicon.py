"""Terms are found whatever stands before and after them, and however many signposts a lexicon has."""

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
def test_a_term_stands_where_halving_all_terms_puts_it(terms, others, step, signposts):
    least, most = block.LEAST_STEP, block.MOST_SIGNPOSTS
    block.LEAST_STEP, block.MOST_SIGNPOSTS = step, signposts
    try:
        held = lexicon(terms)
        for term in [*terms, *others]:
            assert held.at_or_after(term) == bisect_left(terms, term)
            assert held.find(term) == (terms.index(term) if term in terms else -1)
    finally:
        block.LEAST_STEP, block.MOST_SIGNPOSTS = least, most
