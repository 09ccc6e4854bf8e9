"""Who is named together: officials with officials or with provinces, by the articles that name both.

A person is one as `indexer.search.people` makes one: a key with its province or body, or several keys that an article
or an editor joins. Namesakes stay apart, and nobody is listed who is no official.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.facets import UNKNOWN
from indexer.model import All, Node, Query, Value, budget
from indexer.search.counting import how_many
from indexer.search.people import People
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import measures
from indexer.search.statistics.corpus import read_query
from indexer.search.statistics.ranking import best
from indexer.search.statistics.tables import NamedTogether, Together

OFFICIAL, PROVINCE = "official", "province"
SECONDS = (OFFICIAL, PROVINCE)
ORDERS = ("articles", "log_likelihood", "log_dice", "mutual_information")
ARTICLE_SECONDS = 2e-6  # to cross the officials of an article; measured: tests/bench/statistics.py
MOST_RECOUNTED = 200  # pairs with a person of several keys, counted one by one

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which pairs to list: officials with officials or provinces (`second`), in at least `minimum` articles."""

    second: str = OFFICIAL
    order: str = ORDERS[0]
    minimum: int = 2
    limit: int = 50


COMMONEST = Wish()


@dataclass(frozen=True)
class Side:
    """The values that pairs are made of, by id: the keys of each in `facet`, its name, the articles that name it."""

    facet: str
    keys: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    articles: Mapping[str, int]

    def node(self, id: str) -> Node:
        """The articles that name the value."""
        return Value(self.facet, self.keys[id])

    @cached_property
    def owners(self) -> dict[str, str]:
        """The id of the value that has each key."""
        return {key: id for id, keys in self.keys.items() for key in keys}


def named_together(
    engine: Engine, search: SavedSearch, people: People, *, wish: Wish = COMMONEST
) -> NamedTogether:
    """Who is named together in the result of `search`. Raises OverBudget."""
    query = read_query(engine, search)
    total = how_many(engine, query.match, query.filters)
    budget.plan(total * ARTICLE_SECONDS)
    first = officials(engine, query, people)
    second = first if wish.second == OFFICIAL else provinces(engine, query)
    pairs = recounted(engine, query, summed(engine.crosstab(query, OFFICIAL, wish.second), first, second), first,
                      second, wish.minimum)
    return NamedTogether(query, total, len(pairs), ranked(pairs, first, second, total, wish))


def officials(engine: Engine, query: Query, people: People) -> Side:
    """The officials whom the result names."""
    counts = counts_of(engine, query, OFFICIAL)
    found = {person.id: person for key in counts if (person := people.get(key))}
    keys = {id: person.keys for id, person in found.items()}
    articles = {id: counts[held[0]] if len(held) == 1 else how_many(
        engine, All((query.match, Value(OFFICIAL, held))), query.filters) for id, held in keys.items()}
    return Side(OFFICIAL, keys, {id: person.name for id, person in found.items()}, articles)


def provinces(engine: Engine, query: Query) -> Side:
    """The provinces of the articles of the result."""
    counts = {key: count for key, count in counts_of(engine, query, PROVINCE).items() if key != UNKNOWN}
    return Side(PROVINCE, {key: (key,) for key in counts}, {key: label(PROVINCE, key) for key in counts}, counts)


def counts_of(engine: Engine, query: Query, facet: str) -> dict[str, int]:
    """How many articles of the result hold each key of a facet."""
    return {key: count for (key, other), count in engine.crosstab(query, facet, facet).items() if key == other}


def summed(pairs: Mapping[Pair, int], first: Side, second: Side) -> Counter[Pair]:
    """The counts of pairs of keys as those of pairs of ids. Two officials are one pair in whatever order."""
    found: Counter[Pair] = Counter()
    for (key, other), count in pairs.items():
        one, two = first.owners.get(key), second.owners.get(other)
        if one and two and (first is not second or one < two):
            found[one, two] += count
    return found


def recounted(
    engine: Engine, query: Query, pairs: Counter[Pair], first: Side, second: Side, minimum: int
) -> dict[Pair, int]:
    """The pairs of at least `minimum` articles.

    An article may hold two keys of one person. Therefore the commonest pairs with somebody of several keys are counted
    anew, and the others left out.
    """
    common = {pair: count for pair, count in pairs.most_common() if count >= minimum}
    several = [pair for pair in common if max(len(first.keys[pair[0]]), len(second.keys[pair[1]])) > 1]
    for pair in several[:MOST_RECOUNTED]:
        both = All((query.match, first.node(pair[0]), second.node(pair[1])))
        common[pair] = how_many(engine, both, query.filters)
    left_out = set(several[MOST_RECOUNTED:])
    return {pair: count for pair, count in common.items() if count >= minimum and pair not in left_out}


def ranked(pairs: Mapping[Pair, int], first: Side, second: Side, total: int, wish: Wish) -> tuple[Together, ...]:
    """The best pairs."""
    listed = list(pairs)
    names = [f"{first.names[one]} {second.names[two]}" for one, two in listed]
    joint = np.array([pairs[pair] for pair in listed], np.int64)
    here = np.array([first.articles[one] for one, _ in listed], np.int64)
    there = np.array([second.articles[two] for _, two in listed], np.int64)
    scores = {
        "articles": joint,
        "log_likelihood": measures.log_likelihood(joint, here, there, total),
        "log_dice": measures.log_dice(joint, here, there),
        "mutual_information": measures.mutual_information(joint, measures.expected(here, there, total)),
    }
    return tuple(
        Together(one, first.names[one], two, second.names[two], int(joint[at]), int(here[at]), int(there[at]),
                 *(float(scores[measure][at]) for measure in ORDERS[1:]))
        for at in best(scores[wish.order], names, wish.limit)
        for one, two in [listed[at]]
    )
