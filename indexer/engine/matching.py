"""Evaluating a query tree: which documents match. One function per kind of node (`RULES`).

Every function works on whole arrays; no Python loop runs over postings. An occurrence of a term is one 64-bit number,
document << 32 | position, so that sorted arrays of occurrences can be intersected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_
from typing import Any

import numpy as np

from indexer.engine.arrays import Array, concat, intersect_sorted
from indexer.engine.docset import SPARSE_RATIO, DocSet, union
from indexer.engine.reader import IndexReader
from indexer.model import All, AnyOf, Between, Node, Not, Pair, Phrase, Prefix, Share, Value, Word, budget

MAX_EXPANSIONS = 200  # a prefix is expanded to at most this many terms
BITS = 8  # nodes of a Share whose matches fit in one byte per document


def evaluate(index: IndexReader, node: Node) -> DocSet:
    """The documents that match `node`. Results of compound nodes are cached in `index.match_cache`.

    Raises OverBudget if this request has no time left.
    """
    budget.check()
    rule = RULES[type(node)]
    if type(node) not in CACHED_NODES:
        return rule(index, node)
    return index.match_cache.get(node, lambda: rule(index, node), lambda found: found.nbytes)


def match_word(index: IndexReader, node: Word) -> DocSet:
    """Documents that hold the syllable; with `node.title`, in their title."""
    documents = index.documents_with(field_of(node), node.text)
    return starts_in_title(index, node, documents) if node.title and len(documents) else documents


def starts_in_title(index: IndexReader, node: Word, documents: DocSet) -> DocSet:
    """The `documents` that hold the syllable in their title: its first position is before the end of the title."""
    term = index.positions(field_of(node), node.text)
    first_positions = term.positions[term.first]
    return DocSet(index.size, documents.numbers[first_positions < index.title_ends[documents.numbers]])


def field_of(node: Word | Prefix) -> str:
    """The field to look in: "folded" (accent-free) or "syllable" (as written)."""
    return "folded" if node.folded else "syllable"


def match_pair(index: IndexReader, node: Pair) -> DocSet:
    """Documents that hold the two syllables side by side."""
    return index.documents_with("pair", node.text)


def match_phrase(index: IndexReader, node: Phrase) -> DocSet:
    """Documents that hold the syllables at consecutive positions; with `slop`, in any order within a window."""
    if len(node.words) < 2:
        return match_word(index, node.words[0]) if node.words else index.no_documents
    sets = [index.documents_with(field_of(each), each.text) for each in node.words]
    docs = reduce(and_, sorted(sets, key=len)).numbers
    if len(docs):
        docs = filter_near(index, node, docs) if node.slop else filter_adjacent(index, node, docs)
    return DocSet(index.size, docs)


def filter_adjacent(index: IndexReader, node: Phrase, docs: Array) -> Array:
    """The `docs` in which syllable i of the phrase is at position p + i, for some p. The rarest syllable goes first."""
    by_rarity = sorted(enumerate(node.words), key=lambda at: index.postings(field_of(at[1]), at[1].text).count)
    (i, rarest), *others = by_rarity
    starts = occurrences_of(index, rarest, docs) - i
    for i, each in others:
        starts = intersect_sorted(starts, occurrences_of(index, each, docs) - i)
        docs = documents_of_occurrences(starts + i)
    return docs


def filter_near(index: IndexReader, node: Phrase, docs: Array) -> Array:
    """The `docs` with a window of len(words) + slop positions that holds all syllables of the phrase.

    A syllable that the phrase has n times must occur n times in the window. The order does not matter. Each occurrence
    of any of the syllables is tried as the start of a window.
    """
    required = {syllable: node.words.count(syllable) for syllable in node.words}
    occurrences = {syllable: occurrences_of(index, syllable, docs) for syllable in required}
    starts = np.sort(concat(list(occurrences.values())))
    last = starts + len(node.words) + node.slop - 1
    fits = np.ones(len(starts), bool)
    for syllable, times in required.items():
        last_indices = np.searchsorted(occurrences[syllable], starts) + times - 1
        fits &= last_indices < len(occurrences[syllable])
        fits[fits] &= occurrences[syllable][last_indices[fits]] <= last[fits]
    return documents_of_occurrences(starts[fits])


def occurrences_of(index: IndexReader, each: Word, docs: Array) -> Array:
    """The occurrences of a syllable in `docs`, ascending; only those in the title if `each.title`."""
    holders = index.documents_with(field_of(each), each.text).numbers
    occurrences = index.positions(field_of(each), each.text).occurrences(holders, docs)
    return occurrences[(occurrences & 0xFFFFFFFF) < index.title_ends[occurrences >> 32]] if each.title else occurrences


def documents_of_occurrences(occurrences: Array) -> Array:
    """The distinct documents of ascending occurrences, ascending."""
    documents = occurrences >> 32
    first = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents.compress(first)


def match_prefix(index: IndexReader, node: Prefix) -> DocSet:
    """Documents that hold one of the MAX_EXPANSIONS commonest terms with the prefix."""
    terms = index.commonest_terms(field_of(node), node.text, MAX_EXPANSIONS)
    return union((match_word(index, Word(term, node.folded, node.title)) for term in terms), index.size)


def match_value(index: IndexReader, node: Value) -> DocSet:
    """Documents that hold at least one of the keys of the facet."""
    return union((index.documents_with(node.facet, key) for key in node.keys), index.size)


def match_between(index: IndexReader, node: Between) -> DocSet:
    """Documents that hold a key of the facet in [low, high]."""
    high = None if node.high is None else node.high.encode()
    return DocSet(index.size, mask=index.documents_between(node.facet, (node.low or "").encode(), high))


def match_all(index: IndexReader, node: All) -> DocSet:
    """Documents that match all nodes. The smallest sets are intersected first; Not nodes are subtracted last."""
    wanted = sorted((evaluate(index, each) for each in node.nodes if not isinstance(each, Not)), key=len)
    found = reduce(and_, wanted) if wanted else index.all_documents
    for each in node.nodes:
        if isinstance(each, Not) and len(found):
            found = found - evaluate(index, each.node)
    return found


def match_any(index: IndexReader, node: AnyOf) -> DocSet:
    """Documents that match at least one node."""
    return union((evaluate(index, each) for each in node.nodes), index.size)


def match_not(index: IndexReader, node: Not) -> DocSet:
    """All documents that do not match the inner node."""
    return index.all_documents - evaluate(index, node.node)


def match_share(index: IndexReader, node: Share) -> DocSet:
    """Documents whose matching nodes have at least `node.share` of the summed idf of all nodes, or of the largest sum.

    A node that matches no document (a misspelt word) is left out of the sum. A document must match at least one node,
    even if the share is 0. The sums of large sets use a table: one byte per document says which of eight nodes match.
    """
    matches = [found for found in (evaluate(index, each) for each in node.nodes) if len(found)]
    sums = np.zeros(index.size)
    small = [found for found in matches if len(found) * SPARSE_RATIO < index.size]
    for found in small:
        sums[found.numbers] += index.idf(len(found))
    large = [found for found in matches if len(found) * SPARSE_RATIO >= index.size]
    for group in (large[at : at + BITS] for at in range(0, len(large), BITS)):
        sums += weight_table([index.idf(len(found)) for found in group])[membership_bits(group, index.size)]
    total = float(sums.max(initial=0.0)) if node.of_best else sum(index.idf(len(found)) for found in matches)
    # Sums and total are rounded in different orders. The tolerance lets a share of 1.0 match.
    return DocSet(index.size, mask=sums >= max(node.share * total - 1e-9, np.finfo(float).tiny))


def membership_bits(sets: Sequence[DocSet], size: int) -> Array:
    """A byte per document: bit i is set if the document is in sets[i]. At most eight sets."""
    bits = np.zeros(size, np.uint8)
    for bit, found in enumerate(sets):
        bits |= found.mask.view(np.uint8) << np.uint8(bit)
    return bits


def weight_table(weights: list[float]) -> Array:
    """The summed weight for each byte of `membership_bits`: an array of 2 ** len(weights) sums."""
    memberships = (np.arange(1 << len(weights))[:, np.newaxis] >> np.arange(len(weights))) & 1
    return np.asarray(memberships @ np.array(weights))


RULES: dict[type[Any], Callable[[IndexReader, Any], DocSet]] = {
    Word: match_word,
    Pair: match_pair,
    Phrase: match_phrase,
    Prefix: match_prefix,
    Value: match_value,
    Between: match_between,
    All: match_all,
    AnyOf: match_any,
    Not: match_not,
    Share: match_share,
}
CACHED_NODES = (Phrase, Prefix, All, AnyOf, Share)
