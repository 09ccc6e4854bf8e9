"""Postings without those of deleted documents: the one place where deletions narrow arrays.

A posting is a document number. Arrays beside it hold its weight, how many positions it has, and the positions.
Leaving out a document shortens all of them alike, wherever in the list the document stands.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.engine.arrays import Array


class Kept(NamedTuple):
    """The postings that are left, in their order. `mask` says which of the postings given they are (None: all)."""

    docs: Array
    weights: Array | None = None
    counts: Array | None = None
    positions: Array | None = None
    mask: Array | None = None
    position_mask: Array | None = None


def live_mask(documents: int, deleted: frozenset[int]) -> Array | None:
    """A mask of `documents` documents, false at the deleted ones; None where none is deleted."""
    if not deleted:
        return None
    live = np.ones(documents, bool)
    live[list(deleted)] = False
    return live


def without_deleted(live: Array | None, docs: Array, weights: Array | None = None, counts: Array | None = None,
                    positions: Array | None = None) -> Kept:
    """The postings whose document is live.

    `live` is a mask over the numbers in `docs` (None: nothing is deleted, and the arrays are given back as they are).
    `weights` and `counts` have an element for each posting, `positions` as many as `counts` sums up to.
    """
    if live is None:
        return Kept(docs, weights, counts, positions)
    mask = live[docs.astype(np.intp, copy=False)]
    spread = None if counts is None or positions is None else np.repeat(mask, counts)
    return Kept(docs.compress(mask), compressed(weights, mask), compressed(counts, mask),
                compressed(positions, spread), mask, spread)


def compressed(array: Array | None, mask: Array | None) -> Array | None:
    """The elements of an array that the mask keeps; the array itself where either is None."""
    return array if array is None or mask is None else array.compress(mask)
