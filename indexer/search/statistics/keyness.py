"""Keyness: the words that one result uses more often, or less often, than another or than the rest of the archive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.forward import WordCounts
from indexer.engine.port import Engine
from indexer.model import All, Query
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import articles_with, outside, read_query
from indexer.search.statistics.ranking import best
from indexer.search.statistics.stop_words import listed
from indexer.search.statistics.tables import Keyness, KeyWord, Read
from indexer.search.statistics.units import Ints, aligned, as_text, unit_counts

EVERYTHING = Query(match=All(()))
SURE = 6.63  # log-likelihood: below it a difference is left out (1 %)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which words to list.

    over        those used more often than in the other result; else those used less often
    minimum     how often a word must stand in both together
    stop_words  whether function words are listed too
    """

    unit: str = "word"
    over: bool = True
    minimum: int = 5
    stop_words: bool = False
    limit: int = 50


OVER = Wish()


def keyness(
    engine: Engine, search: SavedSearch, *, against: SavedSearch | None = None, wish: Wish = OVER, seed: int = 1
) -> Keyness:
    """The key words of the result of `search`.

    against   what it is compared with; None is the rest of the archive
    seed      of the draw, where the engine cannot count all articles

    Only differences of a log-likelihood of SURE or more are listed, highest first. Raises OverBudget.
    """
    query = read_query(engine, search)
    here = engine.word_counts(query, seed)
    other = read_query(engine, against) if against else outside(query, EVERYTHING)
    there = engine.word_counts(other, seed) if against else counts_outside(engine, query, here, seed)
    names, counts, others = side_by_side(here, there, wish.unit)
    rows, found = ranked(engine, (query, other), names, (counts, others), wish)
    return Keyness(query, other, Read(here.articles, here.read, seed), Read(there.articles, there.read, seed),
                   int(counts.sum()), int(others.sum()), found, rows)


def counts_outside(engine: Engine, query: Query, here: WordCounts, seed: int) -> WordCounts:
    """The counts of the rest of the archive: those of all of it less those of the result, if both are whole."""
    whole = engine.word_counts(EVERYTHING, seed)
    if whole.read < whole.articles or here.read < here.articles or whole.vocabulary is not here.vocabulary:
        return engine.word_counts(outside(query, EVERYTHING), seed)
    rest = whole.articles - here.articles
    return WordCounts(rest, rest, whole.vocabulary, whole.counts - here.counts)


def ranked(
    engine: Engine, queries: tuple[Query, Query], names: list[str], counts: tuple[Ints, Ints], wish: Wish
) -> tuple[tuple[KeyWord, ...], int]:
    """The best key words, and how many there are."""
    (here, there), size, other_size = counts, int(counts[0].sum()), int(counts[1].sum())
    candidates = np.flatnonzero((here + there >= wish.minimum) & listed(names, wish.stop_words))
    here, there, names = here[candidates], there[candidates], [names[at] for at in candidates.tolist()]
    scores = measures.keyness(here, size, there, other_size)
    ratio = measures.log_ratio(here, size, there, other_size)
    key = np.flatnonzero((scores >= SURE) & (ratio > 0 if wish.over else ratio < 0))
    rows = tuple(
        KeyWord(as_text(names[at]), int(here[at]), int(there[at]), float(measures.per_million(here[at], size)),
                float(measures.per_million(there[at], other_size)), float(scores[at]), float(ratio[at]),
                articles_with(engine, queries[0], names[at]), articles_with(engine, queries[1], names[at]))
        for at in key[best(scores[key], [names[at] for at in key.tolist()], wish.limit)].tolist()
    )
    return rows, len(key)


def side_by_side(here: WordCounts, there: WordCounts, unit: str) -> tuple[list[str], Ints, Ints]:
    """The names of all units of two results, and how often each stands in the first and in the second."""
    names, counts = unit_counts(here.vocabulary, here.counts, unit)
    other_names, others = unit_counts(there.vocabulary, there.counts, unit)
    if names is other_names or names == other_names:
        return names, counts, others
    every = sorted({*names, *other_names})
    return every, aligned(every, names, counts), aligned(every, other_names, others)
