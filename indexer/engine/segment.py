"""A segment in its place among the others, and where a term stands in its documents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import Array, offsets, rows, runs, size_of
from indexer.engine.block import Block, Field
from indexer.engine.deletions import without_deleted


@dataclass(frozen=True, slots=True)
class Segment:
    """A block in its place: `first` is the number of its first document, `live` masks what is not deleted."""

    block: Block
    first: int
    live: Array | None

    def lookup(self, field: str, term: bytes) -> tuple[Field, int] | None:
        """The field and the number of the term in it, where the segment holds it."""
        held = self.block.fields.get(field)
        number = -1 if held is None else held.lexicon.find(term)
        return None if held is None or number < 0 else (held, number)

    def documents(self, field: Field, low: int, high: int) -> Array:
        """Live documents, numbered through, of the terms [low, high), term by term."""
        docs = field.docs[int(field.starts[low]) : int(field.starts[high])]
        return without_deleted(self.live, docs).docs.astype(np.intp) + self.first

    def frequency(self, field: Field, number: int) -> int:
        """How many live documents a term has."""
        return len(without_deleted(self.live, field.docs[field.extent(number)]).docs)

    def places(self, field: Field, number: int) -> tuple[Array, Array]:
        """How many positions each live document has of a term, and these positions end to end."""
        assert field.positions is not None and field.places is not None and field.counts is not None
        extent, span = field.extent(number), slice(int(field.places[number]), int(field.places[number + 1]))
        kept = without_deleted(self.live, field.docs[extent], None, field.counts[extent], field.positions[span])
        assert kept.counts is not None and kept.positions is not None
        return kept.counts, kept.positions

    def frequencies(self, field: Field, low: int, high: int) -> Array:
        """How many live documents each of the terms [low, high) has."""
        starts = field.starts[low : high + 1].astype(np.int64)
        if self.live is None or not len(starts):
            return np.diff(starts)
        kept = without_deleted(self.live, field.docs[starts[0] : starts[-1]])
        assert kept.mask is not None
        return np.diff(offsets(kept.mask)[starts - starts[0]])


@dataclass(frozen=True, slots=True)
class TermPositions:
    """Where a term stands in live documents: its i-th posting has positions[first[i] : first[i] + counts[i]], and
    these follow each other without a gap."""

    first: Array
    counts: Array
    positions: Array

    @property
    def nbytes(self) -> int:
        """What the arrays take in memory."""
        return size_of(self.first, self.counts, self.positions)

    def keys(self, held: Array, documents: Array) -> Array:
        """Every place in `documents`, some of the term's documents `held`, as document << 32 | position, ascending."""
        whole = len(documents) == len(held)
        at = slice(None) if whole else rows(documents, held)
        counts = self.counts[at]
        keys = np.repeat(documents << 32, counts)
        keys += self.positions if whole else self.positions[runs(self.first[at], counts)]
        return keys
