"""What comes first, and how many of each: scores, pages and facet counts of the documents that matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array, mask_of, places, runs
from indexer.engine.collection import Collection, Column
from indexer.model import Signal

BLOCK = 64  # scores looked at together when only the best few are wanted


def best(index: Collection, docs: Array, signals: Sequence[Signal], count: int) -> list[tuple[int, float]]:
    """The `count` best documents with their scores; ties keep index order."""
    found = scores(index, docs, signals)
    top = highest(found, count)
    return list(zip(docs[top].tolist(), found[top].tolist(), strict=True))


def scores(index: Collection, docs: Array, signals: Sequence[Signal]) -> Array:
    """Sum of weight x BM25 over the signals, for each of `docs`."""
    found, dense = np.zeros(len(docs), np.float32), np.zeros(0, np.float32)
    for signal in signals:
        held = index.postings(signal.field, signal.term).docs
        gains = np.float32(signal.weight) * index.impacts(signal.field, signal.term)
        if len(docs) * 16 < len(held):
            at = places(docs, held)
            found += np.where(at >= 0, gains[at], np.float32(0))
        elif len(held):
            dense = dense if len(dense) else np.zeros(index.size, np.float32)
            dense[held] += gains
    return found + dense[docs] if len(dense) else found


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


def dated(order: Array, docs: Array, size: int, count: int) -> list[tuple[int, float]]:
    """The first `count` of `docs` in a given order of all documents."""
    chosen = order if len(docs) == len(order) else order[mask_of(docs, size)[order]]
    return [(document, 0.0) for document in chosen[:count].tolist()]


def counted(column: Column, docs: Array, size: int, most: int, chosen: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The `most` commonest keys among `docs`, then by key; the chosen ones always, even at zero."""
    counts = key_counts(column, docs, size)
    top = commonest(counts, most)
    ranked = [(column.keys[number], held) for number, held in zip(top.tolist(), counts[top].tolist(), strict=True)]
    missing = [key for key in dict.fromkeys(chosen) if key not in dict(ranked)]
    if not missing:
        return tuple(ranked)
    ranked += [(key, int(counts[column.number[key]]) if key in column.number else 0) for key in missing]
    return tuple(sorted(ranked, key=lambda row: (-row[1], row[0])))


def key_counts(column: Column, docs: Array, size: int) -> Array:
    if column.single is not None:
        return np.bincount(column.single[docs], minlength=len(column.keys) + 1)[:-1]
    if len(docs) * 4 < len(column.values):
        first = column.bounds[docs]
        values = column.values[runs(first, column.bounds[docs + 1] - first)]
    else:
        values = column.values[mask_of(docs, size)[column.owners]]
    return np.bincount(values, minlength=len(column.keys))


def commonest(counts: Array, most: int) -> Array:
    """Numbers of the `most` highest counts above zero; lower numbers, that is earlier keys, first among equals."""
    held = np.flatnonzero(counts)
    if 0 < most < len(held):
        floor = np.partition(counts[held], len(held) - most)[len(held) - most]
        held = held[counts[held] >= floor]
    return held[np.argsort(-counts[held], kind="stable")[:most]]
