"""Facet columns: the keys of a facet by document, over all segments (doc values in Lucene's terms).

Counting a facet reads its column. Keys are numbered in sorted order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, concat, concat_ranges, offsets
from indexer.engine.docset import DocSet
from indexer.engine.segment import Segment

LOOKUP_RATIO = 16  # values per document found: from this ratio on, only the values of the documents found are read
INDEX_TYPE = np.int32  # of document and key numbers; 64 bits are not faster to count and take twice the memory


@dataclass(frozen=True, slots=True)
class Column:
    """The keys of one facet by document.

    keys       the facet's keys, sorted; `number_of` maps each to its number
    values     key numbers, by document: document d has the keys values[bounds[d] : bounds[d + 1]]
    documents  the document of each element of `values`
    first      per document: the number of its first key, or len(keys) if it has none
    further, further_documents   the key numbers after the first of each document, and the document of each
    """

    keys: list[str]
    number_of: dict[str, int]
    bounds: Array
    values: Array
    documents: Array
    first: Array
    further: Array
    further_documents: Array

    @property
    def single(self) -> bool:
        """Whether every document has at most one key."""
        return not len(self.further)


def build_column(facet: str, segments: Sequence[Segment], size: int) -> Column:
    """The column of `facet` over all segments, without deleted documents. `size` is the number of documents."""
    parts = [(segment, segment.block.fields[facet]) for segment in segments if facet in segment.block.fields]
    lists = [field.lexicon.terms() for _, field in parts]
    terms = sorted(set().union(*lists))
    ranks = {term: i for i, term in enumerate(terms)}
    document_parts, key_parts = [], []
    for (segment, field), names in zip(parts, lists, strict=True):
        counts = segment.frequencies(field, 0, len(field.lexicon))
        document_parts.append(segment.documents(field, 0, len(field.lexicon)))
        key_parts.append(np.repeat(np.fromiter(map(ranks.__getitem__, names), INDEX_TYPE, len(names)), counts))
    documents, values = concat(document_parts), concat(key_parts, INDEX_TYPE)
    order = np.argsort(documents, kind="stable")
    keys = [term.decode() for term in terms]
    return column_from_pairs(keys, documents[order].astype(INDEX_TYPE), values[order], size)


def column_from_pairs(keys: list[str], documents: Array, values: Array, size: int) -> Column:
    """The column made of pairs (documents[i], values[i]), sorted by document; `values` are numbers of `keys`."""
    is_first = np.ones(len(documents), bool)
    np.not_equal(documents[1:], documents[:-1], out=is_first[1:])
    first = np.full(size, len(keys), INDEX_TYPE)
    first[documents.compress(is_first)] = values.compress(is_first)
    bounds = offsets(np.bincount(documents, minlength=size)).astype(INDEX_TYPE)
    number_of = dict(zip(keys, range(len(keys)), strict=True))
    return Column(keys, number_of, bounds, values, documents, first, values.compress(~is_first),
                  documents.compress(~is_first))


def count_keys(column: Column, found: DocSet) -> Array:
    """How many of the documents `found` hold each key: an array with a count per key.

    Three methods give the same counts; the one that reads the fewest values is taken.
    """
    keys = len(column.keys)
    if column.single or len(found) < len(column.values) < LOOKUP_RATIO * len(found):
        counts = np.bincount(column.first[found.numbers], minlength=keys + 1)[:-1]
        return counts if column.single else counts + np.bincount(further_keys(column, found), minlength=keys)
    if len(column.values) <= len(found):
        return np.bincount(column.values.compress(found.mask[column.documents]), minlength=keys)
    starts = column.bounds[found.numbers]
    values = column.values[concat_ranges(starts, column.bounds[found.numbers + 1] - starts)]
    return np.bincount(values, minlength=keys)


def further_keys(column: Column, found: DocSet) -> Array:
    """The key numbers that the documents `found` hold, without the first of each document."""
    # compress is three times faster than indexing with the mask.
    further: Array = column.further.compress(found.mask[column.further_documents])
    return further
