"""Which articles match: one rule for each kind of query node, evaluated in arrays.

Nothing loops over postings.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from operator import and_
from typing import Any

import numpy as np

from indexer.engine.arrays import Array, joined, shared
from indexer.engine.docset import DocSet, union
from indexer.engine.reader import IndexReader
from indexer.model import All, AnyOf, Between, Node, Not, Phrase, Prefix, Share, Value, Word

EXPANSIONS = 200  # syllables a prefix stands for at most
BYTE = 8  # nodes of a share told apart in one byte


def matching(index: IndexReader, node: Node) -> DocSet:
    """The documents that match `node`; what took work is remembered for a while."""
    rule = RULES[type(node)]
    if type(node) not in REMEMBERED:
        return rule(index, node)
    return index.matched.get(node, lambda: rule(index, node), lambda found: found.nbytes)


def word(index: IndexReader, node: Word) -> DocSet:
    """Documents that hold a syllable, in the title only if it asks for that."""
    held = index.held(field_of(node), node.text)
    return in_title(index, node, held) if node.title and len(held) else held


def in_title(index: IndexReader, node: Word, held: DocSet) -> DocSet:
    """Those whose first occurrence stands in the title, which begins at position 0."""
    spots = index.positions(field_of(node), node.text)
    return DocSet(index.size, held.numbers[spots.positions[spots.first] < index.titles[held.numbers]])


def field_of(node: Word | Prefix) -> str:
    """The field of a word: accent-free or as written."""
    return "folded" if node.folded else "syllable"


def phrase(index: IndexReader, node: Phrase) -> DocSet:
    """Documents with the words in a row, or within `slop` further words in any order."""
    if len(node.words) < 2:
        return word(index, node.words[0]) if node.words else index.nothing
    held = [index.held(field_of(each), each.text) for each in node.words]
    docs = reduce(and_, sorted(held, key=len)).numbers
    if len(docs):
        docs = near(index, node, docs) if node.slop else adjacent(index, node, docs)
    return DocSet(index.size, docs)


def adjacent(index: IndexReader, node: Phrase, docs: Array) -> Array:
    """Those of `docs` where the words stand in a row: word i at the place of the first + i, rarest word first."""
    by_rarity = sorted(enumerate(node.words), key=lambda at: index.postings(field_of(at[1]), at[1].text).count)
    (i, rarest), *others = by_rarity
    starts = positions_of(index, rarest, docs) - i
    for i, each in others:
        starts = shared(starts, positions_of(index, each, docs) - i)
        docs = documents_of(starts + i)
    return docs


def near(index: IndexReader, node: Phrase, docs: Array) -> Array:
    """Those of `docs` with all the words, as often as asked, within len(words) + slop places in any order."""
    asked = {each: node.words.count(each) for each in node.words}
    keys = {each: positions_of(index, each, docs) for each in asked}
    begins = np.sort(joined(list(keys.values())))
    last = begins + len(node.words) + node.slop - 1
    fits = np.ones(len(begins), bool)
    for each, times in asked.items():
        at = np.searchsorted(keys[each], begins) + times - 1
        fits &= at < len(keys[each])
        fits[fits] &= keys[each][at[fits]] <= last[fits]
    return documents_of(begins[fits])


def positions_of(index: IndexReader, each: Word, docs: Array) -> Array:
    """Places of a word in `docs` as document << 32 | position, in the title only if it asks for that."""
    keys = index.positions(field_of(each), each.text).keys(index.held(field_of(each), each.text).numbers, docs)
    return keys[(keys & 0xFFFFFFFF) < index.titles[keys >> 32]] if each.title else keys


def documents_of(keys: Array) -> Array:
    """The documents of ascending keys (document << 32 | position), each once."""
    documents = keys >> 32
    first = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=first[1:])
    return documents.compress(first)


def prefix(index: IndexReader, node: Prefix) -> DocSet:
    """Documents that hold one of the commonest terms with this beginning."""
    terms = index.commonest(field_of(node), node.text, EXPANSIONS)
    return union((word(index, Word(term, node.folded, node.title)) for term in terms), index.size)


def value(index: IndexReader, node: Value) -> DocSet:
    """Documents that hold one of the facet's keys."""
    return union((index.held(node.facet, key) for key in node.keys), index.size)


def between(index: IndexReader, node: Between) -> DocSet:
    """Documents with a key of the facet from `low` to `high`, both included."""
    high = None if node.high is None else node.high.encode()
    return DocSet(index.size, mask=index.between(node.facet, (node.low or "").encode(), high))


def every(index: IndexReader, node: All) -> DocSet:
    """Documents in all nodes: the fewest first, exclusions last."""
    wanted = sorted((matching(index, each) for each in node.nodes if not isinstance(each, Not)), key=len)
    found = reduce(and_, wanted) if wanted else index.everything
    for each in node.nodes:
        if isinstance(each, Not) and len(found):
            found = found - matching(index, each.node)
    return found


def any_of(index: IndexReader, node: AnyOf) -> DocSet:
    """Documents in any of the nodes."""
    return union((matching(index, each) for each in node.nodes), index.size)


def neither(index: IndexReader, node: Not) -> DocSet:
    """Documents that do not match the node."""
    return index.everything - matching(index, node.node)


def share(index: IndexReader, node: Share) -> DocSet:
    """Documents with enough of the nodes, each counted by its idf.

    A node that no document matches weighs nothing: no article can be asked for a misspelt word. A document must
    match at least one node, whatever the share.
    """
    held = [found for found in (matching(index, each) for each in node.nodes) if len(found)]
    mass = np.zeros(index.size)
    for some in (held[at : at + BYTE] for at in range(0, len(held), BYTE)):
        mass += table_of([index.idf(len(found)) for found in some])[bits_of(some, index.size)]
    total = sum(index.idf(len(found)) for found in held)
    # The sums were rounded in another order than the total: a share of 1.0 must not fail on the last bit.
    return DocSet(index.size, mask=mass >= max(node.share * total - 1e-9, np.finfo(float).tiny))


def bits_of(some: Sequence[DocSet], size: int) -> Array:
    """A byte for each document that says which of up to eight sets it is in."""
    bits = np.zeros(size, np.uint8)
    for place, found in enumerate(some):
        bits |= found.mask.view(np.uint8) << np.uint8(place)
    return bits


def table_of(weights: list[float]) -> Array:
    """The summed weight of each combination of up to eight sets, by their byte."""
    chosen = (np.arange(1 << len(weights))[:, np.newaxis] >> np.arange(len(weights))) & 1
    return np.asarray(chosen @ np.array(weights))


RULES: dict[type[Any], Callable[[IndexReader, Any], DocSet]] = {
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
REMEMBERED = (Phrase, Prefix, All, AnyOf, Share)
