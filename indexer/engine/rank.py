"""What comes first, and how many of each: scores, pages and facet counts of the documents that matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array, places, runs
from indexer.engine.collection import Collection
from indexer.engine.columns import Column
from indexer.engine.matches import Matches
from indexer.model import Signal

BLOCK = 64  # scores looked at together when only the best few are wanted
COMMON = 8  # a term in more than one of so many documents is laid out over all


def best(index: Collection, found: Matches, signals: Sequence[Signal], count: int) -> list[tuple[int, float]]:
    """The `count` best documents with their scores; ties keep index order."""
    values = scores(index, found, signals)
    top = highest(values, count)
    return list(zip(found.numbers[top].tolist(), values[top].tolist(), strict=True))


def scores(index: Collection, found: Matches, signals: Sequence[Signal]) -> Array:
    """Sum of weight x BM25 over the signals, for each document found.

    Common terms are added over all documents at once, unless few were found; rare ones where they are.
    """
    here, everywhere = np.zeros(len(found), np.float32), np.zeros(index.size, np.float32)
    for signal in signals:
        held, weight = index.postings(signal.field, signal.term).held, np.float32(signal.weight)
        if held is found:
            here += weight * index.impacts(signal.field, signal.term)
        elif found.few_beside(held):
            at = places(found.numbers, held.numbers)
            here[at >= 0] += weight * index.bm25(signal.field, signal.term, at[at >= 0])
        elif len(held) * COMMON > index.size:
            laid = index.spread(signal.field, signal.term)
            if len(found) * COMMON > index.size:
                everywhere += weight * laid
            else:
                here += weight * laid[found.numbers]
        elif len(held):
            everywhere[held.numbers] += weight * index.impacts(signal.field, signal.term)
    return here + everywhere[found.numbers]


def highest(values: Array, count: int) -> Array:
    """Places of the `count` highest values, highest first, earlier first among equals.

    The count-th highest of the blocks' maxima is a floor that at least `count` values reach, so that only few
    remain to be sorted.
    """
    candidates = np.arange(len(values))
    whole = len(values) // BLOCK
    if 0 < count < whole:
        maxima = values[: whole * BLOCK].reshape(whole, BLOCK).max(axis=1)
        candidates = np.flatnonzero(values >= np.partition(maxima, whole - count)[whole - count])
    return candidates[np.argsort(-values[candidates], kind="stable")[:count]]


def dated(order: Array, found: Matches, count: int) -> list[tuple[int, float]]:
    """The first `count` of the documents found, in a given order of all documents."""
    chosen = order if len(found) == len(order) else order[found.mask[order]]
    return [(document, 0.0) for document in chosen[:count].tolist()]


def counted(column: Column, found: Matches, most: int, chosen: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The `most` commonest keys of the documents found, then by key; the chosen ones always, even at zero."""
    counts = key_counts(column, found)
    top = commonest(counts, most)
    ranked = [(column.keys[number], held) for number, held in zip(top.tolist(), counts[top].tolist(), strict=True)]
    missing = [key for key in dict.fromkeys(chosen) if key not in dict(ranked)]
    if not missing:
        return tuple(ranked)
    ranked += [(key, int(counts[column.number[key]]) if key in column.number else 0) for key in missing]
    return tuple(sorted(ranked, key=lambda row: (-row[1], row[0])))


def key_counts(column: Column, found: Matches) -> Array:
    if column.single is not None:
        return np.bincount(column.single[found.numbers], minlength=len(column.keys) + 1)[:-1]
    if len(found) * 4 < len(column.values):
        first = column.bounds[found.numbers]
        values = column.values[runs(first, column.bounds[found.numbers + 1] - first)]
    else:
        values = column.values.compress(found.mask[column.owners])  # 3 x quicker than indexing with the mask
    return np.bincount(values, minlength=len(column.keys))


def commonest(counts: Array, most: int) -> Array:
    """Numbers of the `most` highest counts above zero; lower numbers, that is earlier keys, first among equals."""
    held = np.flatnonzero(counts)
    if 0 < most < len(held):
        floor = np.partition(counts[held], len(held) - most)[len(held) - most]
        held = held[counts[held] >= floor]
    return held[np.argsort(-counts[held], kind="stable")[:most]]
