"""A segment within the document numbers of the whole index, and the positions of a term."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, concat_ranges, indices_of_subset, offsets, total_bytes
from indexer.engine.block import Block, Field
from indexer.engine.deletions import without_deleted


@dataclass(frozen=True, slots=True)
class Segment:
    """A block as part of an index.

    base  the number in the whole index of the block's first document
    live  a mask of the block's documents, false where deleted; None if none is deleted
    """

    block: Block
    base: int
    live: Array | None

    def lookup(self, field: str, term: bytes) -> tuple[Field, int] | None:
        """The field and the term's number in it; None if the segment does not hold the term."""
        found = self.block.fields.get(field)
        number = -1 if found is None else found.lexicon.find(term)
        return None if found is None or number < 0 else (found, number)

    def documents(self, field: Field, low: int, high: int) -> Array:
        """The live documents of the terms with numbers [low, high), term by term, as numbers in the whole index."""
        docs = field.docs[int(field.starts[low]) : int(field.starts[high])]
        return without_deleted(self.live, docs).docs.astype(np.intp) + self.base

    def frequency(self, field: Field, number: int) -> int:
        """The document frequency of term `number`, among live documents."""
        return len(without_deleted(self.live, field.docs[field.posting_slice(number)]).docs)

    def term_positions(self, field: Field, number: int) -> tuple[Array, Array]:
        """Per live document of term `number`: how many positions it has; and all these positions, concatenated."""
        assert field.positions is not None and field.position_starts is not None and field.counts is not None
        part = field.posting_slice(number)
        positions = field.positions[int(field.position_starts[number]) : int(field.position_starts[number + 1])]
        kept = without_deleted(self.live, field.docs[part], None, field.counts[part], positions)
        assert kept.counts is not None and kept.positions is not None
        return kept.counts, kept.positions

    def frequencies(self, field: Field, low: int, high: int) -> Array:
        """The document frequency of each of the terms with numbers [low, high), among live documents."""
        starts = field.starts[low : high + 1].astype(np.int64)
        if self.live is None or not len(starts):
            return np.diff(starts)
        live = without_deleted(self.live, field.docs[starts[0] : starts[-1]])
        assert live.mask is not None
        return np.diff(offsets(live.mask)[starts - starts[0]])


@dataclass(frozen=True, slots=True)
class TermPositions:
    """The positions of a term: its i-th live document has positions[first[i] : first[i] + counts[i]], without gaps."""

    first: Array
    counts: Array
    positions: Array

    @property
    def nbytes(self) -> int:
        """The size of the arrays in bytes."""
        return total_bytes(self.first, self.counts, self.positions)

    def occurrences(self, all_documents: Array, documents: Array) -> Array:
        """The occurrences of the term in `documents`, each as document << 32 | position, ascending.

        `all_documents` are the documents of the term, in the order of `first`; `documents` is a subset. Both ascend.
        """
        whole = len(documents) == len(all_documents)
        indices = slice(None) if whole else indices_of_subset(documents, all_documents)
        counts = self.counts[indices]
        occurrences = np.repeat(documents << 32, counts)
        occurrences += self.positions if whole else self.positions[concat_ranges(self.first[indices], counts)]
        return occurrences
