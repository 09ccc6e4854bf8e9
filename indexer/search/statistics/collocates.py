"""Collocates: the words that stand near the words of a query more often than chance has them there.

The tokens of the corpus that are no part of a place of the query's words are counted in a two-by-two table: within
reach of a place or not, the collocate or not (Stefan Evert, "Corpora and collocations", 2008, surface cooccurrence).
A token within reach of several places counts once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.port import Engine
from indexer.model import Query
from indexer.search.kwic import as_asked
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import Filters, around, outside
from indexer.search.statistics.neighbours import Neighbours, Reach
from indexer.search.statistics.nodes import NoPlaces, has_places
from indexer.search.statistics.ranking import best
from indexer.search.statistics.stop_words import content
from indexer.search.statistics.tables import Collocate, Collocates, Read
from indexer.search.statistics.units import Ints, Texts, aligned, as_text, unit_counts

ARTICLES = 5_000  # whose words are read; of more a draw
WIDEST = 10
ORDERS = ("log_likelihood", "log_dice", "mutual_information", "joint")


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


def collocates(
    engine: Engine, text: str, *, filters: Filters | None = None, reach: Reach = Reach(), wish: Wish = Wish(),
    seed: int = 1, most: int = ARTICLES,
) -> Collocates:  # fmt: skip
    """The collocates of the words of `text`, which are read as the concordance reads them.

    The words of at most `most` articles are read; of more a draw by `seed`, and the corpus around is scaled down with
    it, so that all counts are of a sample of one size. Raises NoPlaces for a query without words, and OverBudget.
    """
    query, _ = as_asked(engine, text, filters or {}, 0)
    if not has_places(query.match):
        raise NoPlaces
    read = engine.forward_words(query, most, seed)
    seen = Neighbours(Texts(read), query.match, reach)
    corpus, corpus_read = corpus_counts(engine, query, seen, reach.unit, len(read.ids) / max(1, read.articles), seed)
    rows, found, reached = ranked(seen, corpus, wish)
    return Collocates(query, Read(read.articles, len(read.ids), seed), len(seen.spans[0]), reached, int(corpus.sum()),
                      corpus_read, found, rows)


def corpus_counts(
    engine: Engine, query: Query, seen: Neighbours, unit: str, share: float, seed: int
) -> tuple[Ints, Read]:
    """How often each unit stands in the corpus, and the articles beside those of the query that were counted.

    The units that the articles of the query do not hold are summed up in one more element, the last. `share` is the
    share of these articles that was read: the others are counted to the same share.
    """
    rest = engine.word_counts(outside(query, around(query)), seed)
    names, counts = unit_counts(rest.vocabulary, rest.counts, unit)
    scale = share * rest.articles / rest.read if rest.read else 0.0
    shared = aligned(seen.running.names, names, counts)
    both = seen.others() + np.rint(scale * shared).astype(np.int64)
    others = round(scale * float(counts.sum() - shared.sum()))
    return np.append(both, others), Read(rest.articles, rest.read, seed)


def ranked(seen: Neighbours, corpus: Ints, wish: Wish) -> tuple[tuple[Collocate, ...], int, int]:
    """The best collocates, how many there are, and how many units are within reach."""
    names, size, corpus = seen.running.names, int(corpus.sum()), corpus[:-1]
    reached = seen.within_reach()
    joint = np.bincount(seen.running.units[reached], minlength=len(names))
    by_chance = measures.expected(len(reached), corpus, size)
    wanted = joint >= max(1, wish.minimum)
    wanted &= (joint > by_chance) | (wish.order == "joint")
    wanted &= np.ones(len(names), np.bool_) if wish.stop_words else content(names)
    articles = seen.articles(reached, wanted)
    wanted &= articles >= wish.least_articles
    scores = {
        "log_likelihood": measures.log_likelihood(joint, len(reached), corpus, size),
        "log_dice": measures.log_dice(joint, len(seen.spans[0]), corpus),
        "mutual_information": measures.mutual_information(joint, by_chance),
        "joint": joint,
    }
    candidates, lines = np.flatnonzero(wanted), seen.lines()
    rows = tuple(
        Collocate(as_text(names[at]), int(joint[at]), float(by_chance[at]), int(lines[at]), int(articles[at]),
                  int(corpus[at]), *(float(scores[measure][at]) for measure in ORDERS[:3]))
        for at in best(candidates, scores[wish.order], names, wish.limit)
    )
    return rows, len(candidates), len(reached)
