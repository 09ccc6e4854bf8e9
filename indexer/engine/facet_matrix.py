"""Counting several facets in one pass: one array holds the keys of all facets, document by document.

For thirteen facets and a few hundred documents this is seven times faster than counting facet by facet, because the
fixed cost of the NumPy calls is paid once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.engine.arrays import Array, concat_ranges, offsets, total_bytes
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import INDEX_TYPE, Column


@dataclass(frozen=True, slots=True)
class FacetMatrix:
    """The keys of several facets by document; the keys of all facets share one numbering.

    starts  the keys of facet f have the numbers starts[f] to starts[f + 1] - 1
    values  key numbers, by document: document d has the keys values[bounds[d] : bounds[d + 1]]
    totals  per key: how many live documents hold it
    """

    starts: tuple[int, ...]
    bounds: Array
    values: Array
    totals: Array

    @property
    def nbytes(self) -> int:
        """The size of the arrays in bytes."""
        return total_bytes(self.bounds, self.values, self.totals)

    def counts(self, found: DocSet, live: DocSet) -> list[Array]:
        """For each facet, an array with a count per key: how many of the documents `found` hold it.

        If `found` is more than half of `live`, the other live documents are counted and subtracted from `totals`.
        """
        count_found = 2 * len(found) <= len(live)
        counts = self._count((found if count_found else live - found).numbers)
        counts = counts if count_found else self.totals - counts
        return [counts[first:last] for first, last in pairwise(self.starts)]

    def _count(self, documents: Array) -> Array:
        starts = self.bounds[documents]
        values = self.values[concat_ranges(starts, self.bounds[documents + 1] - starts)]
        return np.bincount(values, minlength=self.starts[-1])


def build_facet_matrix(columns: Sequence[Column], size: int) -> FacetMatrix:
    """The matrix of these columns, in their order. `size` is the number of documents."""
    starts = offsets(np.array([len(column.keys) for column in columns]))
    documents = np.concatenate([column.documents for column in columns])
    values = np.concatenate([column.values + INDEX_TYPE(start) for column, start in zip(columns, starts, strict=False)])
    bounds = offsets(np.bincount(documents, minlength=size)).astype(INDEX_TYPE)
    totals = np.bincount(values, minlength=int(starts[-1]))
    return FacetMatrix(tuple(starts.tolist()), bounds, values[np.argsort(documents, kind="stable")], totals)
