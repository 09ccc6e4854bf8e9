"""What a query costs, estimated before any posting is read: the sizes of its posting lists stand in the lexicons.

The factors were measured on 35,529 articles (12 million syllables) with `python -m tests.bench.budget`. They are the
high end of what was seen, so that an estimate errs towards too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

import numpy as np

from indexer.engine.matching import MAX_EXPANSIONS, field_of
from indexer.engine.reader import IndexReader
from indexer.model import All, AnyOf, Between, Node, Not, Pair, Phrase, Prefix, Query, Share, Value, Word, budget

TERM_SECONDS = 30e-6  # to find a term in the lexicon of a segment
COUNT_SECONDS = 1e-6  # to count the documents of a term of a prefix
POSTING_SECONDS = 4e-9  # to read a posting and set it in a set of documents
POSITION_SECONDS = 12e-9  # to read a position and intersect it
NEAR_SECONDS = 130e-9  # the same within a window: positions are sorted and searched
DOCUMENT_SECONDS = 3e-9  # to combine two sets, for each document of the index
SCORE_SECONDS = 12e-9  # to score a document for one term
POSITION_BYTES, NEAR_BYTES = 24, 56  # held at once for each position
FACET_SECONDS = 25e-9  # to count one facet of a document


class Cost(NamedTuple):
    """Seconds of processor, and the most bytes held at once."""

    seconds: float
    size: int

    def __or__(self, other: Cost) -> Cost:
        """The cost of one after the other."""
        return Cost(self.seconds + other.seconds, max(self.size, other.size))


FREE = Cost(0.0, 0)


def plan_search(index: IndexReader, match: Node, query: Query) -> None:
    """Tell the budget, if there is one, what `query` costs; `match` is its tree. Raises OverBudget."""
    if budget.current() is None:
        return
    cost = estimate(index, match)
    counting = index.size * len(query.facets) * FACET_SECONDS
    scoring = index.size * (len(query.scoring) * SCORE_SECONDS if query.limit and query.sort == "relevance" else 0.0)
    budget.plan(cost.seconds + counting + scoring, cost.size)


def estimate(index: IndexReader, node: Node) -> Cost:
    """What evaluating `node` costs. A node whose documents are cached costs nothing."""
    return FREE if index.match_cache.holds(node) else RULES[type(node)](index, node)


def of_word(index: IndexReader, node: Word) -> Cost:
    """A posting list; with `title` its positions too."""
    documents, positions = term_size(index, field_of(node), node.text)
    return listed(index, documents, positions if node.title else 0)


def listed(index: IndexReader, documents: int, positions: int = 0) -> Cost:
    """A posting list of so many documents, and so many positions that are read."""
    read = Cost(TERM_SECONDS * len(index.segments) + documents * POSTING_SECONDS, documents * 9)
    return read | Cost(positions * POSITION_SECONDS, positions * POSITION_BYTES)


def of_pair(index: IndexReader, node: Pair) -> Cost:
    """A posting list."""
    documents, _ = term_size(index, "pair", node.text)
    return listed(index, documents)


def of_phrase(index: IndexReader, node: Phrase) -> Cost:
    """The positions of all words; for a window all at once, else those that the rarest leaves."""
    sizes = {word: term_size(index, field_of(word), word.text) for word in node.words}
    lists = together(listed(index, documents, held if word.title else 0) for word, (documents, held) in sizes.items())
    positions = [held for _, held in sizes.values()]
    if node.slop:
        return lists | Cost(sum(positions) * NEAR_SECONDS, sum(positions) * NEAR_BYTES)
    return lists | Cost(sum(positions) * POSITION_SECONDS, max(positions, default=0) * POSITION_BYTES)


def of_prefix(index: IndexReader, node: Prefix) -> Cost:
    """All terms of the prefix are counted, the commonest are read."""
    field, terms, postings = field_of(node), 0, 0
    for segment in index.segments:
        if held := segment.block.fields.get(field):
            low, high = held.lexicon.prefix_range(node.text.encode())
            terms, postings = terms + high - low, postings + int(held.starts[high]) - int(held.starts[low])
    united = min(terms, MAX_EXPANSIONS) * index.size * DOCUMENT_SECONDS
    found = TERM_SECONDS * len(index.segments) + terms * COUNT_SECONDS
    return Cost(found + postings * 2 * POSTING_SECONDS + united, postings * 9 + index.size * 2)


def of_value(index: IndexReader, node: Value) -> Cost:
    """A posting list for each key."""
    documents = sum(term_size(index, node.facet, key)[0] for key in node.keys)
    return Cost(TERM_SECONDS * len(node.keys) + documents * POSTING_SECONDS, documents * 9)


def of_between(index: IndexReader, node: Between) -> Cost:
    """A pass over all postings of the facet at most."""
    return Cost(index.size * 4 * POSTING_SECONDS, index.size * 16)


def of_nodes(index: IndexReader, node: All | AnyOf | Share) -> Cost:
    """Every node, and one pass for each to combine them."""
    combined = Cost(len(node.nodes) * index.size * DOCUMENT_SECONDS, index.size * 10)
    return together(estimate(index, each) for each in node.nodes) | combined


def of_not(index: IndexReader, node: Not) -> Cost:
    """The inner node, and one pass."""
    return estimate(index, node.node) | Cost(index.size * DOCUMENT_SECONDS, index.size)


def together(costs: Iterable[Cost]) -> Cost:
    """The cost of all, one after the other."""
    return reduce(or_, costs, FREE)


def term_size(index: IndexReader, field: str, term: str) -> tuple[int, int]:
    """How many postings and positions the term has, those of deleted documents included."""
    documents = positions = 0
    for segment in index.segments:
        if located := segment.lookup(field, term.encode()):
            found, number = located
            documents += span(found.starts, number)
            positions += span(found.position_starts, number) if found.position_starts is not None else 0
    return documents, positions


def span(starts: Sequence[int] | np.ndarray[Any, Any], number: int) -> int:
    """The length of part `number` of the parts that begin at `starts`."""
    return int(starts[number + 1]) - int(starts[number])


RULES: dict[type[Any], Callable[[IndexReader, Any], Cost]] = {
    Word: of_word,
    Pair: of_pair,
    Phrase: of_phrase,
    Prefix: of_prefix,
    Value: of_value,
    Between: of_between,
    All: of_nodes,
    AnyOf: of_nodes,
    Not: of_not,
    Share: of_nodes,
}
