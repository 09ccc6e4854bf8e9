"""What comes first, and how many of each: scores, pages and facet counts of the documents that matched."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column
from indexer.engine.reader import K1, IndexReader
from indexer.model import ScoringTerm

BLOCK = 64  # scores looked at together when only the best few are wanted


def best(index: IndexReader, found: DocSet, scoring: Sequence[ScoringTerm], count: int) -> list[tuple[int, float]]:
    """The `count` best documents with their scores; ties keep index order."""
    values = scores(index, found, scoring)
    top = highest(values, count)
    return list(zip(found.numbers[top].tolist(), values[top].tolist(), strict=True))


def scores(index: IndexReader, found: DocSet, scoring: Sequence[ScoringTerm]) -> Array:
    """Sum of weight x BM25 over the scoring, for each document found: idf x w (k1 + 1) / (w + norm), Lucene's idf."""
    total, norms = np.zeros(len(found), np.float32), index.norms[found.numbers]
    for scoring_term in scoring:
        postings = index.postings(scoring_term.field, scoring_term.term)
        at, held = postings.weights_in(found)
        weights, gain = held.astype(np.float32), np.float32(scoring_term.weight * index.idf(postings.count) * (K1 + 1))
        total[at] += gain * (weights / (weights + norms[at]))
    return total


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


def dated(order: Array, found: DocSet, count: int) -> list[tuple[int, float]]:
    """The first `count` of the documents found, in a given order of all documents."""
    chosen = order if len(found) == len(order) else order[found.mask[order]]
    return [(document, 0.0) for document in chosen[:count].tolist()]


def counted(column: Column, counts: Array, most: int, chosen: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The `most` commonest keys by their counts, then by key; the chosen ones always, even at zero."""
    top = commonest(counts, most)
    ranked = [(column.keys[number], held) for number, held in zip(top.tolist(), counts[top].tolist(), strict=True)]
    missing = [key for key in dict.fromkeys(chosen) if key not in dict(ranked)]
    if not missing:
        return tuple(ranked)
    ranked += [(key, int(counts[column.number[key]]) if key in column.number else 0) for key in missing]
    return tuple(sorted(ranked, key=lambda row: (-row[1], row[0])))


def commonest(counts: Array, most: int) -> Array:
    """Numbers of the `most` highest counts above zero; lower numbers, that is earlier keys, first among equals."""
    held = np.flatnonzero(counts)
    return held[highest(counts[held], most)]
