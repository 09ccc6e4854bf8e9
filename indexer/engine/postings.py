"""The posting list of a term over all segments, in one of two forms.

Sparse (rare terms): the document numbers, and a weight byte for each. Dense (common terms): a weight byte for every
document of the index, 0 where the term does not occur. The dense form is smaller for common terms, serves as a mask,
and gives the weight of any document by indexing. In these forms the posting lists of hundreds of queries fit in the
cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, indices_in, total_bytes
from indexer.engine.block import Field
from indexer.engine.deletions import without_deleted
from indexer.engine.docset import SPARSE_RATIO, DocSet
from indexer.engine.segment import Segment

TermLocation = tuple[Segment, Field, int]  # a term in a segment: its field there, and its term number


@dataclass(frozen=True, slots=True)
class Postings:
    """The live documents that hold a term, with its weighted frequency in each (1 to 255).

    count    how many documents
    numbers  sparse: the document numbers, ascending; dense: None
    weights  sparse: a byte per element of `numbers`; dense: a byte per document of the index, 0 if the term is absent
    """

    count: int
    weights: Array
    numbers: Array | None

    @property
    def nbytes(self) -> int:
        """The size of the arrays in bytes."""
        return total_bytes(self.weights, self.numbers)

    def documents(self, size: int) -> DocSet:
        """The documents as a set; `size` is the number of documents of the index."""
        return DocSet(size, mask=self.weights != 0) if self.numbers is None else DocSet(size, self.numbers)

    def weights_in(self, found: DocSet) -> tuple[Array | slice, Array]:
        """The weights of the term in the documents `found`: (indices into `found.numbers`, weight of each).

        Documents without the term are left out, or have the weight 0.
        """
        if self.numbers is None:
            return slice(None), self.weights[found.numbers]
        if found.numbers is self.numbers:
            return slice(None), self.weights
        if len(found) * SPARSE_RATIO < self.count:
            indices = indices_in(found.numbers, self.numbers)
            present = np.flatnonzero(indices >= 0)
            return present, self.weights[indices[present]]
        inside = found.mask[self.numbers]
        return np.searchsorted(found.numbers, self.numbers.compress(inside)), self.weights.compress(inside)


def read_postings(locations: Sequence[TermLocation], live: DocSet) -> Postings:
    """The postings of a term. `locations` has an element per segment that holds it, in segment order.

    `live` are the documents that are not deleted.
    """
    slices = [field.posting_slice(number) for _, field, number in locations]
    if sum(part.stop - part.start for part in slices) * SPARSE_RATIO > live.size:
        return dense_postings(locations, slices, live)
    return sparse_postings(locations, slices, live)


def dense_postings(locations: Sequence[TermLocation], slices: Sequence[slice], live: DocSet) -> Postings:
    """The dense form. slices[i] is the posting slice of locations[i]; the rest is as in `read_postings`."""
    weights = np.zeros(live.size, np.uint8)
    for (segment, field, _), part in zip(locations, slices, strict=True):
        in_segment = weights[segment.base : segment.base + segment.block.documents]
        in_segment[field.docs[part].astype(np.intp)] = 1 if field.weights is None else field.weights[part]
    if len(live) < live.size:
        weights *= live.mask
    return Postings(int(np.count_nonzero(weights)), weights, None)


def sparse_postings(locations: Sequence[TermLocation], slices: Sequence[slice], live: DocSet) -> Postings:
    """The sparse form; parameters as in `dense_postings`."""
    total = sum(part.stop - part.start for part in slices)
    numbers, weights, begin = np.empty(total, np.intp), np.ones(total, np.uint8), 0
    for (segment, field, _), part in zip(locations, slices, strict=True):
        end = begin + part.stop - part.start
        np.add(field.docs[part], segment.base, out=numbers[begin:end], casting="unsafe", dtype=np.intp)
        if field.weights is not None:
            weights[begin:end] = field.weights[part]
        begin = end
    kept = without_deleted(live.mask if len(live) < live.size else None, numbers, weights)
    assert kept.weights is not None
    return Postings(len(kept.docs), kept.weights, kept.docs)
