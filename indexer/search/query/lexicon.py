"""What reading a query needs to know of the index, and all the query room ever sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Lexicon(Protocol):
    """The terms of an index and how many articles hold each. Every engine is one."""

    def count(self) -> int:
        """How many articles there are."""

    def frequency(self, field: str, term: str) -> int:
        """How many articles hold `term` in `field`: syllable, folded, pair, word or a facet name."""

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of `field` that begin with `prefix`, in order, each with its article count."""
