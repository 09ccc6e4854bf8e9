"""Where the words of a query stand among the syllables of articles: the nodes whose neighbours are counted.

The places are those of the concordance (`indexer.search.kwic`): every word, prefix and phrase of the query, and of two
places one of which lies in the other only the longer one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.model import Node, Phrase, Prefix, Word
from indexer.search.query.marker import wanted
from indexer.search.statistics.units import Ints, Mask, Running, bare_names

Spans = tuple[Ints, Ints]  # where places begin, and behind which syllable they end


class NoPlaces(ValueError):
    """The query asks for no word that stands in one place: it has none, or only words near each other."""


def places(syllables: Running, match: Node) -> Spans:
    """The places of the words of `match`, ascending. Raises NoPlaces."""
    leaves = [leaf for leaf in wanted(match) if not (isinstance(leaf, Phrase) and leaf.slop)]
    if not leaves:
        raise NoPlaces
    found = Finder(syllables)
    spans = [found.spans(leaf) for leaf in leaves]
    starts = np.concatenate([starts for starts, _ in spans])
    ends = np.concatenate([ends for _, ends in spans])
    return outermost(starts, ends)


def has_places(match: Node) -> bool:
    """Whether `places` finds the words of `match`: it has some, and none that need only stand near each other."""
    leaves = list(wanted(match))
    return bool(leaves) and not any(isinstance(leaf, Phrase) and leaf.slop for leaf in leaves)


def outermost(starts: Ints, ends: Ints) -> Spans:
    """The spans without those inside another, each once, ascending."""
    order = np.lexsort((-ends, starts))
    starts, ends = starts[order], ends[order]
    before = np.maximum.accumulate(np.concatenate((np.zeros(1, np.int64), ends)))[:-1]
    return starts[ends > before], ends[ends > before]


class Finder:
    """Finds words in a row of syllables."""

    def __init__(self, syllables: Running) -> None:
        self._syllables = syllables
        self._bare: list[str] | None = None

    def spans(self, leaf: Word | Phrase | Prefix) -> Spans:
        """Where a leaf of a query stands."""
        if isinstance(leaf, Prefix):
            starts = self._where(self._beginning(leaf), leaf.title)
            return starts, starts + 1
        words = leaf.words if isinstance(leaf, Phrase) else (leaf,)
        starts = self._in_a_row(words)
        return starts, starts + len(words)

    def _in_a_row(self, words: Sequence[Word]) -> Ints:
        """Where these words begin to stand in a row within one zone."""
        if not words:
            return np.zeros(0, np.int64)
        zones = self._syllables.zones
        starts = self._where(self._named(words[0]), words[0].title)
        starts = starts[starts + len(words) <= len(zones)]
        starts = starts[zones[starts] == zones[starts + len(words) - 1]]
        for at, word in enumerate(words[1:], start=1):
            named = self._named(word)
            starts = starts[named[self._syllables.units[starts + at]]]
        return np.asarray(starts)

    def _where(self, wanted: Mask, title: bool) -> Ints:
        """Where the units of the mask `wanted` stand; with `title`, in titles."""
        found = np.flatnonzero(wanted[self._syllables.units])
        return found[self._syllables.zones[found] % 2 == 0] if title else found

    def _named(self, word: Word) -> Mask:
        """A mask of the syllables that are the word."""
        return self._mask(name == word.text for name in self._names(word.folded))

    def _beginning(self, prefix: Prefix) -> Mask:
        """A mask of the syllables that begin with the prefix."""
        return self._mask(name.startswith(prefix.text) for name in self._names(prefix.folded))

    def _names(self, folded: bool) -> list[str]:
        if not folded:
            return self._syllables.names
        if self._bare is None:
            self._bare = bare_names(self._syllables.names)
        return self._bare

    def _mask(self, chosen: Iterator[bool]) -> Mask:
        return np.fromiter(chosen, np.bool_, len(self._syllables.names))
