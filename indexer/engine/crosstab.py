"""Two facets at once: how many of the documents found hold each pair of their keys."""

from __future__ import annotations

import numpy as np

from indexer.engine.arrays import Array, runs
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column

LAID_OUT = 1 << 20  # pairs that may be: up to so many, a counter for each is quicker than sorting what there is

Crossed = dict[tuple[str, str], int]


def crossed(first: Column, second: Column, found: DocSet) -> Crossed:
    """Counts by pair of keys, those above zero: one pass over what the documents hold."""
    if not first.keys or not second.keys:
        return {}
    pairs = of_single if first.single and second.single else of_several
    numbers, counts = tallied(pairs(first, second, found), len(first.keys) * len(second.keys))
    rows, columns = np.divmod(numbers, len(second.keys))
    return {
        (first.keys[row], second.keys[column]): count
        for row, column, count in zip(rows.tolist(), columns.tolist(), counts.tolist(), strict=True)
    }


def of_single(first: Column, second: Column, found: DocSet) -> Array:
    """The pair of each document that holds one, as one number; facets of one key a document, like years."""
    left, right = first.first[found.numbers].astype(np.int64), second.first[found.numbers]
    return (left * len(second.keys) + right).compress((left < len(first.keys)) & (right < len(second.keys)))


def of_several(first: Column, second: Column, found: DocSet) -> Array:
    """The same for any facets: every key of one beside every key of the other."""
    owners, left = held_by(first, found)
    begins = second.bounds[owners]
    times = second.bounds[owners + 1] - begins
    return np.repeat(left.astype(np.int64), times) * len(second.keys) + second.values[runs(begins, times)]


def held_by(column: Column, found: DocSet) -> tuple[Array, Array]:
    """Each key that one of the documents holds, with the document that holds it."""
    begins = column.bounds[found.numbers]
    times = column.bounds[found.numbers + 1] - begins
    return np.repeat(found.numbers, times), column.values[runs(begins, times)]


def tallied(pairs: Array, possible: int) -> tuple[Array, Array]:
    """The pairs there are, in order, and how often each stands there."""
    if possible > LAID_OUT:
        numbers, counts = np.unique(pairs, return_counts=True)
        return numbers, counts
    laid = np.bincount(pairs, minlength=1)
    numbers = np.flatnonzero(laid)
    return numbers, laid[numbers]
