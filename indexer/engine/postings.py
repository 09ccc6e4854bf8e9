"""A term's postings over all segments: who holds it, and with which weight.

Few are kept as numbers. Many are laid out over all documents, a byte each, which says both at once: that is smaller,
and a score picks the weights of the documents found by their numbers, whichever those are. The terms of hundreds of
queries fit into the cache like this; with numbers, masks and scores kept for each, those of fifty did.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, places, size_of
from indexer.engine.block import Field
from indexer.engine.deletions import without_deleted
from indexer.engine.docset import FEW, DocSet
from indexer.engine.segment import Segment

Place = tuple[Segment, Field, int]  # where a segment has the term: its field, and the term's number there


@dataclass(frozen=True, slots=True)
class Postings:
    """The live documents that hold a term. `weights` is a byte for each of `numbers`, in their order; or, where
    `numbers` is None, for every document of the index, 0 where the term is not."""

    count: int
    weights: Array
    numbers: Array | None

    @property
    def nbytes(self) -> int:
        """What the postings take in memory."""
        return size_of(self.weights, self.numbers)

    def held(self, size: int) -> DocSet:
        """The documents as a set out of `size`."""
        return DocSet(size, mask=self.weights != 0) if self.numbers is None else DocSet(size, self.numbers)

    def weights_in(self, found: DocSet) -> tuple[Array | slice, Array]:
        """The weights in the documents found, with the places of these in `found.numbers`; some may be 0."""
        if self.numbers is None:
            return slice(None), self.weights[found.numbers]
        if found.numbers is self.numbers:
            return slice(None), self.weights
        if len(found) * FEW < self.count:
            rows = places(found.numbers, self.numbers)
            at = np.flatnonzero(rows >= 0)
            return at, self.weights[rows[at]]
        inside = found.mask[self.numbers]
        return np.searchsorted(found.numbers, self.numbers.compress(inside)), self.weights.compress(inside)


def read(held: Sequence[Place], live: DocSet) -> Postings:
    """The postings at these places, in the order of segments; `live` are the documents not deleted."""
    extents = [field.extent(number) for _, field, number in held]
    if sum(extent.stop - extent.start for extent in extents) * FEW > live.size:
        return dense_postings(held, extents, live)
    return sparse_postings(held, extents, live)


def dense_postings(held: Sequence[Place], extents: Sequence[slice], live: DocSet) -> Postings:
    """The postings as a weight for every document; parameters as in `read`, `extents` are their places in each field.
    """
    laid = np.zeros(live.size, np.uint8)
    for (segment, field, _), extent in zip(held, extents, strict=True):
        here = laid[segment.first : segment.first + segment.block.documents]
        here[field.docs[extent].astype(np.intp)] = 1 if field.weights is None else field.weights[extent]
    if len(live) < live.size:
        laid *= live.mask
    return Postings(int(np.count_nonzero(laid)), laid, None)


def sparse_postings(held: Sequence[Place], extents: Sequence[slice], live: DocSet) -> Postings:
    """The postings as document numbers with their weights; parameters as in `dense_postings`."""
    total = sum(extent.stop - extent.start for extent in extents)
    numbers, weights, at = np.empty(total, np.intp), np.ones(total, np.uint8), 0
    for (segment, field, _), extent in zip(held, extents, strict=True):
        end = at + extent.stop - extent.start
        np.add(field.docs[extent], segment.first, out=numbers[at:end], casting="unsafe", dtype=np.intp)
        if field.weights is not None:
            weights[at:end] = field.weights[extent]
        at = end
    kept = without_deleted(live.mask if len(live) < live.size else None, numbers, weights)
    assert kept.weights is not None
    return Postings(len(kept.docs), kept.weights, kept.docs)
