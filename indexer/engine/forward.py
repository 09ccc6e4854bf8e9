"""The forward index: the words of each article in the order of its text, for statistics.

Posting lists tell which articles hold a word; the forward index tells which words an article holds, one after another.
It has the words of title and running text, as segmented when the article was indexed, and not those of the entities.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np

from indexer.engine.arrays import Array, offsets

WORD_SECONDS = 30e-9  # to read a word of the forward index; measured: tests/bench/statistics.py
WORD_BYTES = 24  # held at once for each word read


@dataclass(frozen=True, slots=True)
class SyllableTable:
    """The syllables of the words of a vocabulary: word w has the syllables numbers[bounds[w] : bounds[w + 1]].

    `names` are the distinct syllables, sorted; `numbers` are indices into them.
    """

    names: list[str]
    bounds: Array
    numbers: Array

    @property
    def lengths(self) -> Array:
        """How many syllables each word has."""
        return np.diff(self.bounds)

    def of(self, words: Array) -> Array:
        """The syllables of these words, word after word."""
        lengths = self.lengths[words]
        places = np.cumsum(lengths, dtype=np.int32) - lengths
        starts = self.bounds[words]
        found = np.empty(int(lengths.sum()), self.numbers.dtype)
        at = 0
        while len(places):  # the first syllable of all words, then the second of those that have one …
            found[places + at] = self.numbers[starts + at]
            at += 1
            more = lengths > at
            places, starts, lengths = places[more], starts[more], lengths[more]
        return found


class Vocabulary:
    """The distinct words that the numbers of a forward index stand for, syllables joined by "_"."""

    def __init__(self, words: list[str]) -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def syllables(self) -> SyllableTable:
        """The syllables of the words. Made on first use: a tenth of a second for 100,000 words."""
        parts = [word.split("_") for word in self.words]
        names = sorted({syllable for each in parts for syllable in each})
        number = dict(zip(names, range(len(names)), strict=True))
        numbers = np.array([number[syllable] for each in parts for syllable in each], np.int32)
        bounds = offsets(np.array([len(each) for each in parts], np.int64)).astype(np.int32)
        return SyllableTable(names, bounds, numbers)


@dataclass(frozen=True, slots=True, eq=False)
class ForwardWords:
    """The words of some articles in order.

    articles    how many articles match; `ids` are those that were read: all, or a draw
    words       the number in `vocabulary` of each word, article after article
    bounds      article i has words[bounds[i] : bounds[i + 1]]
    titles      how many of the words of article i are those of its title, which come first
    """

    articles: int
    ids: tuple[str, ...]
    vocabulary: Vocabulary
    words: Array
    bounds: Array
    titles: Array

    @property
    def share(self) -> float:
        """The share of the matching articles that was read; 1 where none matches."""
        return len(self.ids) / self.articles if self.articles else 1.0


@dataclass(frozen=True, slots=True, eq=False)
class WordCounts:
    """How often each word of `vocabulary` stands in the articles that match.

    articles  how many articles match; `read` of them were counted: all, or a draw
    counts    one number for each word of the vocabulary
    """

    articles: int
    read: int
    vocabulary: Vocabulary
    counts: Array


def drawn(articles: int, most: int, seed: int) -> list[int]:
    """The numbers, ascending, of `most` of so many articles in the order of their ids, drawn without repeats.

    The draw depends on the ids and the seed alone, not on the engine or the order of its index.
    """
    return sorted(Random(seed).sample(range(articles), most))
