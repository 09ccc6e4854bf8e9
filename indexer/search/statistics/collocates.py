"""Collocates: the words that stand near the words of a query more often than chance has them there.

The tokens of the corpus that are no part of a place of the query's words are counted in a two-by-two table: within
reach of a place or not, the collocate or not (Stefan Evert, "Corpora and collocations", 2008, surface cooccurrence).
A token within reach of several places counts once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.forward import WordCounts
from indexer.engine.port import Engine
from indexer.search.kwic import as_asked
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import around, readable
from indexer.search.statistics.neighbours import Neighbours, Reach
from indexer.search.statistics.nodes import NoPlaces, has_places
from indexer.search.statistics.ranking import best
from indexer.search.statistics.stop_words import listed
from indexer.search.statistics.tables import Collocate, Collocates, Read
from indexer.search.statistics.units import Ints, Texts, aligned, as_text, unit_counts

ARTICLES, WORDS = 5_000, 2_500_000  # that are read; of more articles a draw
WIDEST = 10
ORDERS = ("log_likelihood", "log_dice", "mutual_information", "joint")
NEARBY = Reach()


@dataclass(frozen=True, slots=True)
class Wish:
    """Which collocates to list.

    order            one of ORDERS; all but joint leave out words that are there less often than by chance
    minimum          how often a word must stand within reach, and in how many articles (`least_articles`)
    stop_words       whether function words are listed too
    """

    order: str = ORDERS[0]
    minimum: int = 3
    least_articles: int = 1
    stop_words: bool = False
    limit: int = 50


BEST = Wish()


def collocates(
    engine: Engine, search: SavedSearch, *, reach: Reach = NEARBY, wish: Wish = BEST,
    seed: int = 1, most: int = ARTICLES,
) -> Collocates:  # fmt: skip
    """The collocates of the words of `search`, which are read as the concordance reads them.

    The words of at most `most` articles are read; of more a draw by `seed`, and the corpus around is scaled down with
    it, so that all counts are of a sample of one size. Raises NoPlaces for a query without words, and OverBudget.
    """
    query, _ = as_asked(engine, search.q, search.filters, 0)
    if not has_places(query.match):
        raise NoPlaces
    read = engine.forward_words(query, readable(engine, query, seed, most, WORDS), seed)
    seen = Neighbours(Texts(read), query.match, reach)
    counted = engine.word_counts(around(query), seed)
    corpus = corpus_counts(counted, seen, reach.unit, read.share)
    rows, found, reached = ranked(seen, corpus, wish)
    return Collocates(query, Read(read.articles, len(read.ids), seed), len(seen.spans[0]), reached, int(corpus.sum()),
                      Read(counted.articles, counted.read, seed), found, rows)


def corpus_counts(counted: WordCounts, seen: Neighbours, unit: str, share: float) -> Ints:
    """How often each unit stands in the corpus, the places of the query's words left out.

    `share` is the share of the articles of the query that was read: the corpus is taken to the same share. Units that
    the vocabulary of the articles does not have are summed up in one more element, the last.
    """
    names, counts = unit_counts(counted.vocabulary, counted.counts, unit)
    scale = share * counted.articles / counted.read if counted.read else 0.0
    shared = aligned(seen.running.names, names, counts)
    own = seen.own()
    corpus = np.maximum(np.rint(scale * shared).astype(np.int64), seen.running.count()) - own
    return np.append(corpus, round(scale * float(counts.sum() - shared.sum())))


def ranked(seen: Neighbours, corpus: Ints, wish: Wish) -> tuple[tuple[Collocate, ...], int, int]:
    """The best collocates, how many there are, and how many units are within reach."""
    names, size, corpus = seen.running.names, int(corpus.sum()), corpus[:-1]
    reached, lines = seen.within_reach()
    joint = np.bincount(seen.running.units[reached], minlength=len(names))
    by_chance = measures.expected(len(reached), corpus, size)
    wanted = (joint >= max(1, wish.minimum)) & ((joint > by_chance) | (wish.order == "joint"))
    wanted &= listed(names, wish.stop_words)
    articles = seen.articles(reached, wanted)
    candidates = np.flatnonzero(wanted & (articles >= wish.least_articles))
    counts = joint[candidates], corpus[candidates]
    scores = {
        "log_likelihood": measures.log_likelihood(counts[0], len(reached), counts[1], size),
        "log_dice": measures.log_dice(counts[0], len(seen.spans[0]), counts[1]),
        "mutual_information": measures.mutual_information(counts[0], by_chance[candidates]),
        "joint": counts[0],
    }
    rows = tuple(
        Collocate(as_text(names[unit]), int(joint[unit]), float(by_chance[unit]), int(lines[unit]),
                  int(articles[unit]), int(corpus[unit]), *(float(scores[measure][at]) for measure in ORDERS[:3]))
        for at in best(scores[wish.order], [names[unit] for unit in candidates.tolist()], wish.limit)
        for unit in [int(candidates[at])]
    )
    return rows, len(candidates), len(reached)
