"""The words of articles in the unit that is asked for: syllables, or words as pyvi cuts them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from indexer.engine.forward import ForwardWords, Vocabulary
from indexer.search.query.marker import folded_text

Ints = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Running:
    """Articles as one row of units.

    units      the number of each unit, an index into `names`
    zones      the zone of each: 2 i in the title of article i, 2 i + 1 in its running text; ascending
    names      what the numbers stand for, sorted; syllables of a word joined by "_"
    """

    units: Ints
    zones: Ints
    names: list[str]

    def count(self) -> Ints:
        """How often each unit stands there."""
        return np.bincount(self.units, minlength=len(self.names))


class Texts:
    """The texts of some articles, as words and as syllables."""

    def __init__(self, read: ForwardWords) -> None:
        self.read = read

    @cached_property
    def words(self) -> Running:
        """The texts as words."""
        lengths = np.diff(self.read.bounds)
        articles = np.arange(len(lengths), dtype=np.int32)
        parts = np.stack((self.read.titles, lengths - self.read.titles), axis=1).ravel()
        zones = np.stack((2 * articles, 2 * articles + 1), axis=1).ravel()
        return Running(self.read.words, np.repeat(zones, parts), self.read.vocabulary.words)

    @cached_property
    def syllables(self) -> Running:
        """The texts as syllables."""
        table = self.read.vocabulary.syllables
        lengths = table.lengths[self.read.words]
        return Running(table.of(self.read.words), np.repeat(self.words.zones, lengths), table.names)

    def running(self, unit: str) -> Running:
        """The texts in `unit`, "word" or "syllable"."""
        return self.words if unit == "word" else self.syllables

    def words_at(self, syllables: Ints) -> Ints:
        """The indices of the words that the syllables with these indices are part of."""
        return np.searchsorted(self._word_starts, syllables, side="right") - 1

    @cached_property
    def _word_starts(self) -> Ints:
        """The index of the first syllable of each word."""
        lengths = self.read.vocabulary.syllables.lengths[self.read.words]
        return np.cumsum(lengths) - lengths


def unit_counts(vocabulary: Vocabulary, counts: Ints, unit: str) -> tuple[list[str], Ints]:
    """Counts of words as counts of units: the names of the units, and the count of each."""
    if unit == "word":
        return vocabulary.words, counts
    table = vocabulary.syllables
    spread = np.repeat(counts, table.lengths)
    return table.names, np.bincount(table.numbers, spread, minlength=len(table.names)).round().astype(np.int64)


def aligned(names: list[str], other_names: list[str], other_counts: Ints) -> Ints:
    """`other_counts` in the order of `names`: 0 for a name that the other list does not have."""
    if names is other_names or names == other_names:
        return other_counts
    counts = dict(zip(other_names, other_counts.tolist(), strict=True))
    return np.fromiter((counts.get(name, 0) for name in names), np.int64, len(names))


def as_text(name: str) -> str:
    """A unit as readers see it: "quốc_phòng" is "quốc phòng"."""
    return name.replace("_", " ")


def bare_names(names: list[str]) -> list[str]:
    """The names without accents."""
    return folded_text("\n".join(names)).split("\n") if names else []
