"""Which articles match: one rule for each kind of query node, evaluated in arrays.

Every rule returns live document numbers, ascending. Nothing loops over postings.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from indexer.engine.arrays import NOTHING, Array, common, joined, mask_of, places
from indexer.engine.collection import Collection
from indexer.model import All, AnyOf, Between, Node, Not, Phrase, Prefix, Share, Value, Word

EXPANSIONS = 200  # terms a prefix stands for at most; the two commonest letters begin far fewer syllables


def matching(index: Collection, node: Node) -> Array:
    """The documents that match `node`."""
    return RULES[type(node)](index, node)


def word(index: Collection, node: Word) -> Array:
    docs = index.postings(field_of(node), node.text).docs
    return in_title(index, node, docs) if node.title else docs


def in_title(index: Collection, node: Word, docs: Array) -> Array:
    """Those whose first occurrence stands in the title, which begins at position 0."""
    spots = index.spots(field_of(node), node.text)
    return docs[spots.positions[spots.first] < index.titles[docs]] if len(docs) else docs


def field_of(node: Word | Prefix) -> str:
    return "folded" if node.folded else "syllable"


def phrase(index: Collection, node: Phrase) -> Array:
    if len(node.words) < 2:
        return word(index, node.words[0]) if node.words else NOTHING
    held = sorted((index.postings(field_of(each), each.text).docs for each in node.words), key=len)
    docs = reduce(lambda left, right: common(left, right, index.size), held)
    if not len(docs):
        return NOTHING
    return near(index, node, docs) if node.slop else adjacent(index, node, docs)


def adjacent(index: Collection, node: Phrase, docs: Array) -> Array:
    """Those of `docs` where the words stand in a row: word i at the place of the first + i, rarest word first."""
    starts: Array | None = None
    by_rarity = sorted(enumerate(node.words), key=lambda at: len(index.postings(field_of(at[1]), at[1].text).docs))
    for i, each in by_rarity:
        keys = spots_of(index, each, docs) - i
        starts = keys if starts is None else starts[places(starts, keys) >= 0]
        docs = documents_of(starts + i)
    return docs


def near(index: Collection, node: Phrase, docs: Array) -> Array:
    """Those of `docs` with all the words, as often as asked, within len(words) + slop places in any order."""
    asked = {each: node.words.count(each) for each in node.words}
    keys = {each: spots_of(index, each, docs) for each in asked}
    begins = np.sort(joined(list(keys.values())))
    last = begins + len(node.words) + node.slop - 1
    fits = np.ones(len(begins), bool)
    for each, times in asked.items():
        at = np.searchsorted(keys[each], begins) + times - 1
        fits &= at < len(keys[each])
        fits[fits] &= keys[each][at[fits]] <= last[fits]
    return documents_of(begins[fits])


def spots_of(index: Collection, each: Word, docs: Array) -> Array:
    """Places of a word in `docs` as document << 32 | position, in the title only if it asks for that."""
    keys = index.spots(field_of(each), each.text).keys(docs)
    return keys[(keys & 0xFFFFFFFF) < index.titles[keys >> 32]] if each.title else keys


def documents_of(keys: Array) -> Array:
    documents = (keys >> 32).astype(np.int32)
    return documents[np.flatnonzero(np.diff(documents, prepend=-1))]


def prefix(index: Collection, node: Prefix) -> Array:
    mask = np.zeros(index.size, bool)
    for term in index.commonest(field_of(node), node.text, EXPANSIONS):
        mask[word(index, Word(term, node.folded, node.title))] = True
    return documents(mask)


def value(index: Collection, node: Value) -> Array:
    mask = np.zeros(index.size, bool)
    for key in node.keys:
        mask[index.postings(node.facet, key).docs] = True
    return documents(mask)


def between(index: Collection, node: Between) -> Array:
    high = None if node.high is None else node.high.encode()
    return documents(index.between(node.facet, (node.low or "").encode(), high))


def every(index: Collection, node: All) -> Array:
    """Documents in all nodes: the fewest first, exclusions last."""
    wanted = sorted((matching(index, each) for each in node.nodes if not isinstance(each, Not)), key=len)
    docs = reduce(lambda left, right: common(left, right, index.size), wanted) if wanted else index.everything
    for each in node.nodes:
        if isinstance(each, Not) and len(docs):
            docs = docs[~mask_of(matching(index, each.node), index.size)[docs]]
    return docs


def any_of(index: Collection, node: AnyOf) -> Array:
    mask = np.zeros(index.size, bool)
    for each in node.nodes:
        mask[matching(index, each)] = True
    return documents(mask)


def neither(index: Collection, node: Not) -> Array:
    return every(index, All((node,)))


def share(index: Collection, node: Share) -> Array:
    """Documents with enough of the nodes, each counted by its idf.

    A node that no document matches weighs nothing: no article can be asked for a misspelt word. A document must
    match at least one node, whatever the share.
    """
    mass, total = np.zeros(index.size), 0.0
    for each in node.nodes:
        docs = matching(index, each)
        weight = index.idf(len(docs)) if len(docs) else 0.0
        mass[docs] += weight
        total += weight
    # The sums were rounded in another order than the total: a share of 1.0 must not fail on the last bit.
    return documents((mass > 0) & (mass >= node.share * total - 1e-9))


def documents(mask: Array) -> Array:
    return np.flatnonzero(mask).astype(np.int32)


RULES: dict[type[Any], Callable[[Collection, Any], Array]] = {
    Word: word,
    Phrase: phrase,
    Prefix: prefix,
    Value: value,
    Between: between,
    All: every,
    AnyOf: any_of,
    Not: neither,
    Share: share,
}
