"""Several facets counted at once: the keys of all of them stand beside each other, document by document.

One by one, thirteen facets of a few hundred documents take seven times as long, most of it for getting started.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from indexer.engine.arrays import Array, offsets, runs, size_of
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import NUMBER, Column


@dataclass(frozen=True, slots=True)
class FacetMatrix:
    """Document d has the keys values[bounds[d] : bounds[d + 1]]; those of facet f are the numbers from starts[f] to
    starts[f + 1]. `totals` counts each key in all live documents."""

    starts: tuple[int, ...]
    bounds: Array
    values: Array
    totals: Array

    @property
    def nbytes(self) -> int:
        """What the matrix takes in memory."""
        return size_of(self.bounds, self.values, self.totals)

    def counts(self, found: DocSet, live: DocSet) -> list[Array]:
        """For each facet, how many of the documents found hold each of its keys. Of many, the others are counted."""
        few = 2 * len(found) <= len(live)
        held = self._held((found if few else live - found).numbers)
        held = held if few else self.totals - held
        return [held[first:last] for first, last in pairwise(self.starts)]

    def _held(self, documents: Array) -> Array:
        begins = self.bounds[documents]
        values = self.values[runs(begins, self.bounds[documents + 1] - begins)]
        return np.bincount(values, minlength=self.starts[-1])


def facet_matrix_of(columns: Sequence[Column], size: int) -> FacetMatrix:
    """The columns of `size` documents beside each other."""
    starts = offsets(np.array([len(column.keys) for column in columns]))
    owners = np.concatenate([column.owners for column in columns])
    values = np.concatenate([column.values + NUMBER(start) for column, start in zip(columns, starts, strict=False)])
    bounds = offsets(np.bincount(owners, minlength=size)).astype(NUMBER)
    totals = np.bincount(values, minlength=int(starts[-1]))
    return FacetMatrix(tuple(starts.tolist()), bounds, values[np.argsort(owners, kind="stable")], totals)
