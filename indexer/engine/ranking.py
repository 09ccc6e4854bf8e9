"""Ranking the documents that match: BM25 scores, the top k by score or date, and the top keys of a facet."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column
from indexer.engine.reader import K1, IndexReader
from indexer.model import ScoringTerm

BLOCK_SIZE = 64  # scores per block in `top_indices`


def top_by_score(
    index: IndexReader, found: DocSet, scoring: Sequence[ScoringTerm], count: int
) -> list[tuple[int, float]]:
    """The `count` documents with the highest scores: (document number, score). Equal scores keep index order."""
    values = bm25_scores(index, found, scoring)
    top = top_indices(values, count)
    return list(zip(found.numbers[top].tolist(), values[top].tolist(), strict=True))


def bm25_scores(index: IndexReader, found: DocSet, scoring: Sequence[ScoringTerm]) -> Array:
    """The score of each document `found`, as float32: the sum over scoring terms of weight x BM25.

        BM25 = idf x w (k1 + 1) / (w + norm)        norm = k1 (1 - b + b x length / mean length)

    where w is the weighted term frequency. Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25
    and Beyond" (2009). The idf is Lucene's (see `IndexReader.idf`).
    """
    total, norms = np.zeros(len(found), np.float32), index.norms[found.numbers]
    for scoring_term in scoring:
        postings = index.postings(scoring_term.field, scoring_term.term)
        indices, weight_bytes = postings.weights_in(found)
        weights = weight_bytes.astype(np.float32)
        gain = np.float32(scoring_term.weight * index.idf(postings.count) * (K1 + 1))
        total[indices] += gain * (weights / (weights + norms[indices]))
    return total


def top_indices(values: Array, count: int) -> Array:
    """The indices of the `count` highest values, highest first; of equal values the earlier one first.

    Only values that reach a lower bound are sorted. The bound is the count-th highest of the maxima of blocks of
    BLOCK_SIZE values: at least `count` values reach it.
    """
    candidates = np.arange(len(values))
    blocks = len(values) // BLOCK_SIZE
    if 0 < count < blocks:
        maxima = values[: blocks * BLOCK_SIZE].reshape(blocks, BLOCK_SIZE).max(axis=1)
        candidates = np.flatnonzero(values >= np.partition(maxima, blocks - count)[blocks - count])
    return candidates[np.argsort(-values[candidates], kind="stable")[:count]]


def top_by_date(order: Array, found: DocSet, count: int) -> list[tuple[int, float]]:
    """The first `count` documents of `order` (all documents, sorted by date) that are in `found`, with score 0.0."""
    chosen = order if len(found) == len(order) else order[found.mask[order]]
    return [(document, 0.0) for document in chosen[:count].tolist()]


def facet_rows(column: Column, counts: Array, limit: int, chosen: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """The rows of a facet: (key, count), highest count first, then by key.

    `counts` has a count per key of the column. The rows are the `limit` commonest keys with a count above 0, and the
    `chosen` keys whatever their count.
    """
    top = commonest_keys(counts, limit)
    ranked = [(column.keys[number], count) for number, count in zip(top.tolist(), counts[top].tolist(), strict=True)]
    missing = [key for key in dict.fromkeys(chosen) if key not in dict(ranked)]
    if not missing:
        return tuple(ranked)
    ranked += [(key, int(counts[column.number_of[key]]) if key in column.number_of else 0) for key in missing]
    return tuple(sorted(ranked, key=lambda row: (-row[1], row[0])))


def commonest_keys(counts: Array, limit: int) -> Array:
    """The key numbers of the `limit` highest counts above 0; of equal counts the lower key number first."""
    nonzero = np.flatnonzero(counts)
    return nonzero[top_indices(counts[nonzero], limit)]
