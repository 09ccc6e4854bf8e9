"""Frequency lists: how often each word, pair or row of three words stands in a result.

Longer rows are not counted: they would give the texts themselves away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indexer.engine.arrays import sorted_unique
from indexer.engine.port import Engine
from indexer.model import Query, budget
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import articles_with, read_query, readable
from indexer.search.statistics.ranking import best
from indexer.search.statistics.stop_words import content, listed
from indexer.search.statistics.tables import Frequencies, Frequency, Read
from indexer.search.statistics.units import Ints, Mask, Running, Texts, as_text, unit_counts

ARTICLES, WORDS = 3_000, 2_000_000  # that are read for rows of words; of more articles a draw
LONGEST = 3
ROW_SECONDS = 80e-9  # to count a row of words; measured: tests/bench/statistics.py
ROW_BYTES = 40


@dataclass(frozen=True, slots=True)
class Wish:
    """What to list.

    size            how many words a row has: 1, 2 or 3
    minimum         how often it must stand in the result
    least_articles  in how many articles a row of two or three must stand
    stop_words      whether function words are listed too; else also rows that begin or end with one are left out
    """

    unit: str = "word"
    size: int = 1
    minimum: int = 1
    least_articles: int = 1
    stop_words: bool = False
    limit: int = 50


SINGLE_WORDS = Wish()


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted: names, counts of each, a mask of those to list, and the number of words of the result."""

    names: Sequence[str]
    counts: Ints
    wanted: Mask
    size: int


def frequencies(
    engine: Engine, search: SavedSearch, *, wish: Wish = SINGLE_WORDS, seed: int = 1,
    most: int = ARTICLES,
) -> Frequencies:  # fmt: skip
    """The frequency list of the result of `search`, commonest first.

    Single words are counted in all articles where the engine can; rows of words in at most `most` articles, of more in
    a draw by `seed`. Rows do not reach from a title into the running text; marks between their words do not count.
    Raises OverBudget, and ValueError for rows of more than LONGEST words.
    """
    if not 1 <= wish.size <= LONGEST:
        raise ValueError(f"rows of {wish.size} words are not counted, only of 1 to {LONGEST}")
    query = read_query(engine, search)
    read, found = single(engine, query, wish, seed) if wish.size == 1 else rows_of(engine, query, wish, seed, most)
    candidates = np.flatnonzero(found.wanted & (found.counts >= wish.minimum))
    counts, names = found.counts[candidates], Chosen(found.names, candidates)
    rows = tuple(
        Frequency(as_text(names[at]), int(counts[at]), float(measures.per_million(counts[at], found.size)),
                  articles_with(engine, query, names[at]))
        for at in best(counts, names, wish.limit)
    )
    return Frequencies(query, read, found.size, len(candidates), rows)


def single(engine: Engine, query: Query, wish: Wish, seed: int) -> tuple[Read, Counted]:
    """Single words."""
    found = engine.word_counts(query, seed)
    names, counts = unit_counts(found.vocabulary, found.counts, wish.unit)
    wanted = listed(names, wish.stop_words)
    return Read(found.articles, found.read, seed), Counted(names, counts, wanted & (counts > 0), int(counts.sum()))


def rows_of(engine: Engine, query: Query, wish: Wish, seed: int, most: int) -> tuple[Read, Counted]:
    """Rows of two or three words."""
    read = engine.forward_words(query, readable(engine, query, seed, most, WORDS), seed)
    running = Texts(read).running(wish.unit)
    budget.plan(len(running.units) * ROW_SECONDS, len(running.units) * ROW_BYTES)
    keys, zones = row_keys(running, wish)
    ordered = np.sort(keys)
    first = np.flatnonzero(np.diff(ordered, prepend=-1))
    counts = np.diff(np.append(first, len(ordered)))
    common = counts >= wish.minimum
    found, counts = ordered[first][common], counts[common]
    wanted = np.ones(len(found), np.bool_)
    if wish.least_articles > 1:
        wanted = articles_of(keys, zones, found) >= wish.least_articles
    names = Names(found, running.names, wish.size)
    size = len(running.units)
    return Read(read.articles, len(read.ids), seed), Counted(names, counts, wanted, size)


def row_keys(running: Running, wish: Wish) -> tuple[Ints, Ints]:
    """A number for each row of words in the order of the texts, equal for equal rows, and the zone of each."""
    last = wish.size - 1
    units, zones = running.units.astype(np.int64), running.zones
    count = max(0, len(units) - last)
    inside = zones[:count] == zones[last:]
    if not wish.stop_words:
        kept = content(running.names)
        inside &= kept[units[:count]] & kept[units[last:]]
    keys = units[:count]
    for at in range(1, wish.size):
        keys = keys * len(running.names) + units[at : at + count]
    return keys[inside], zones[:count][inside]


def articles_of(keys: Ints, zones: Ints, found: Ints) -> Ints:
    """In how many articles each of the rows `found` (ascending) stands."""
    numbers = np.searchsorted(found, keys)
    numbers[numbers == len(found)] = 0
    known = found[numbers] == keys if len(found) else np.zeros(len(keys), np.bool_)
    most = int(zones.max(initial=0)) // 2 + 1
    pairs = sorted_unique(numbers[known] * most + zones[known] // 2)
    return np.bincount(pairs // most, minlength=len(found))


class Names(Sequence[str]):
    """The rows of words that keys stand for, spelled when they are asked for."""

    def __init__(self, keys: Ints, names: list[str], size: int) -> None:
        self._keys, self._names, self._size = keys, names, size

    def __len__(self) -> int:
        return len(self._keys)

    def __getitem__(self, at: Any) -> Any:
        key, parts = int(self._keys[at]), list[str]()
        for _ in range(self._size):
            key, unit = divmod(key, len(self._names))
            parts.append(self._names[unit])
        return " ".join(reversed(parts))


class Chosen(Sequence[str]):
    """Some of the names, by their indices."""

    def __init__(self, names: Sequence[str], chosen: Ints) -> None:
        self._names, self._chosen = names, chosen

    def __len__(self) -> int:
        return len(self._chosen)

    def __getitem__(self, at: Any) -> Any:
        return self._names[int(self._chosen[at])]
