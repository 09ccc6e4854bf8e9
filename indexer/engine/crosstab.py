"""Cross tabulation of two facets: how many documents of a set hold each pair of keys.

A pair of keys (a, b) is encoded as one number: a x (how many keys the second facet has) + b.
"""

from __future__ import annotations

import numpy as np

from indexer.engine.arrays import Array, concat_ranges
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column

DENSE_LIMIT = 1 << 20  # possible pairs: up to this many, an array of counters is faster than sorting the pairs

PairCounts = dict[tuple[str, str], int]


def count_pairs(first: Column, second: Column, found: DocSet) -> PairCounts:
    """For each pair of keys, how many of the documents `found` hold both; pairs that none holds are left out."""
    if not first.keys or not second.keys:
        return {}
    pairs = pairs_single_valued if first.single and second.single else pairs_multi_valued
    numbers, counts = count_values(pairs(first, second, found), len(first.keys) * len(second.keys))
    rows, columns = np.divmod(numbers, len(second.keys))
    return {
        (first.keys[row], second.keys[column]): count
        for row, column, count in zip(rows.tolist(), columns.tolist(), counts.tolist(), strict=True)
    }


def pairs_single_valued(first: Column, second: Column, found: DocSet) -> Array:
    """The encoded pair of each document that has a key of both facets. For facets with at most one key per document."""
    left, right = first.first[found.numbers].astype(np.int64), second.first[found.numbers]
    return (left * len(second.keys) + right).compress((left < len(first.keys)) & (right < len(second.keys)))


def pairs_multi_valued(first: Column, second: Column, found: DocSet) -> Array:
    """All encoded pairs of all documents `found`. For facets with any number of keys per document."""
    documents, left = keys_of_documents(first, found)
    starts = second.bounds[documents]
    counts = second.bounds[documents + 1] - starts
    right = second.values[concat_ranges(starts, counts)]
    return np.repeat(left.astype(np.int64), counts) * len(second.keys) + right


def keys_of_documents(column: Column, found: DocSet) -> tuple[Array, Array]:
    """Two parallel arrays: a document of `found`, and the number of a key it holds."""
    starts = column.bounds[found.numbers]
    counts = column.bounds[found.numbers + 1] - starts
    return np.repeat(found.numbers, counts), column.values[concat_ranges(starts, counts)]


def count_values(pairs: Array, possible: int) -> tuple[Array, Array]:
    """The distinct values of `pairs`, ascending, and how often each occurs. All are below `possible`."""
    if possible > DENSE_LIMIT:
        numbers, counts = np.unique(pairs, return_counts=True)
        return numbers, counts
    counters = np.bincount(pairs, minlength=1)
    numbers = np.flatnonzero(counters)
    return numbers, counters[numbers]
