"""Keyness: the words that one result uses more often, or less often, than another or than the rest of the archive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.forward import WordCounts
from indexer.engine.port import Engine
from indexer.model import All, Query
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import Filters, articles_with, outside, read_query
from indexer.search.statistics.ranking import best
from indexer.search.statistics.stop_words import content
from indexer.search.statistics.tables import Keyness, KeyWord, Read
from indexer.search.statistics.units import Ints, aligned, as_text, unit_counts

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


def keyness(
    engine: Engine, text: str, *, filters: Filters | None = None, against: str = "", wish: Wish = Wish(), seed: int = 1
) -> Keyness:
    """The key words of the result of `text` under `filters`.

    against   a query that finds what it is compared with, without the filters; "" is the rest of the archive
    seed      of the draw, where the engine cannot count all articles

    Only differences of a log-likelihood of SURE or more are listed, highest first. Raises OverBudget.
    """
    query = read_query(engine, text, filters or {})
    other = read_query(engine, against, {}) if against else outside(query, Query(match=All(())))
    return compared(engine, query, other, wish, seed)


def compared(engine: Engine, query: Query, other: Query, wish: Wish, seed: int) -> Keyness:
    """The key words of one query against another."""
    here, there = engine.word_counts(query, seed), engine.word_counts(other, seed)
    names, counts, others = side_by_side(here, there, wish.unit)
    size, other_size = int(counts.sum()), int(others.sum())
    scores = measures.keyness(counts, size, others, other_size)
    ratio = measures.log_ratio(counts, size, others, other_size)
    wanted = (counts + others >= wish.minimum) & (scores >= SURE)
    wanted &= ratio > 0 if wish.over else ratio < 0
    wanted &= np.ones(len(names), np.bool_) if wish.stop_words else content(names)
    candidates = np.flatnonzero(wanted)
    rows = tuple(
        KeyWord(as_text(names[at]), int(counts[at]), int(others[at]), float(measures.per_million(counts[at], size)),
                float(measures.per_million(others[at], other_size)), float(scores[at]), float(ratio[at]),
                articles_with(engine, query, names[at]), articles_with(engine, other, names[at]))
        for at in best(candidates, scores, names, wish.limit)
    )
    return Keyness(query, other, Read(here.articles, here.read, seed), Read(there.articles, there.read, seed), size,
                   other_size, len(candidates), rows)


def side_by_side(here: WordCounts, there: WordCounts, unit: str) -> tuple[list[str], Ints, Ints]:
    """The names of all units of two results, and how often each stands in the first and in the second."""
    names, counts = unit_counts(here.vocabulary, here.counts, unit)
    other_names, others = unit_counts(there.vocabulary, there.counts, unit)
    if names is other_names or names == other_names:
        return names, counts, others
    every = sorted({*names, *other_names})
    return every, aligned(every, names, counts), aligned(every, other_names, others)
