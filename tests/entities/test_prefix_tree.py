"""A pattern made of many names finds at each place the longest of them, as a plain list of alternatives would."""

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.unit_keys import prefix_tree

NAMES = st.lists(st.text("ab c.", min_size=1, max_size=5), min_size=1, max_size=8, unique=True)


@given(NAMES, st.text("ab c.", max_size=30))
def test_a_prefix_tree_finds_what_alternatives_longest_first_find(names: list[str], text: str) -> None:
    plain = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    tree = re.compile(rf"{prefix_tree(names)}(?!\w)")
    assert [found.span() for found in tree.finditer(text)] == [found.span() for found in plain.finditer(text)]
