"""Removing deleted documents from posting lists. No other module does this.

A posting list is an array of document numbers. Parallel arrays hold the weight and the number of positions of each
posting, and a further array holds the positions. Removing a posting shortens all of them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from indexer.engine.arrays import Array


class LivePostings(NamedTuple):
    """The postings of live documents, in the given order.

    `mask` has an element per posting given, true if it was kept; `position_mask` the same per position. None: all kept.
    """

    docs: Array
    weights: Array | None = None
    counts: Array | None = None
    positions: Array | None = None
    mask: Array | None = None
    position_mask: Array | None = None


def live_mask(documents: int, deleted: frozenset[int]) -> Array | None:
    """A boolean mask of length `documents`, false at the deleted documents; None if no document is deleted."""
    if not deleted:
        return None
    live = np.ones(documents, bool)
    live[list(deleted)] = False
    return live


def without_deleted(live: Array | None, docs: Array, weights: Array | None = None, counts: Array | None = None,
                    positions: Array | None = None) -> LivePostings:
    """The postings whose document is live.

    `live` is a mask over document numbers; None means that nothing is deleted, and the arrays are returned unchanged.
    `weights` and `counts` have an element per posting; `positions` has sum(counts) elements.
    """
    if live is None:
        return LivePostings(docs, weights, counts, positions)
    mask = live[docs.astype(np.intp, copy=False)]
    position_mask = None if counts is None or positions is None else np.repeat(mask, counts)
    return LivePostings(docs.compress(mask), compressed(weights, mask), compressed(counts, mask),
                        compressed(positions, position_mask), mask, position_mask)


def compressed(array: Array | None, mask: Array | None) -> Array | None:
    """The elements of `array` where `mask` is true; `array` unchanged if either is None."""
    return array if array is None or mask is None else array.compress(mask)
