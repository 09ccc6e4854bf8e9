"""All segments of an index as one: documents numbered through, postings and columns as arrays over all of them.

Deleted documents are dropped here, once, so that evaluation knows neither segments nor deletions, and document
frequencies, lengths and counts are those of the articles that are really there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.engine.arrays import NOTHING, Array, joined, offsets
from indexer.engine.block import Block
from indexer.engine.cache import Cache
from indexer.engine.deletions import live_mask
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column, column_of, key_counts
from indexer.engine.facet_matrix import facet_matrix_of
from indexer.engine.postings import Postings, read
from indexer.engine.segment import Segment, TermPositions

CACHE_BYTES = 40 << 20  # with it a serving process of 100,000 articles stays below 300 MB of its own
MATCHED_BYTES = 8 << 20  # what matched lately: a page asks for the same articles by year, as stories and beside others
FACET_MATRIX_BYTES = 16 << 20  # the facets of a page, with the provinces of either map
A_COUNT = 300  # bytes that a number remembered takes, its key included
A_FEW = 4  # facets up to which each is counted for itself
A_PAGE, PLACED = 100, 5_000  # ids found together whose documents are remembered, and how many are
K1, B = 1.2, 0.75


class IndexReader:
    """An index as arrays. Immutable but for caches, and so safe between threads."""

    def __init__(self, blocks: Sequence[tuple[Block, frozenset[int]]]) -> None:
        self.segments: list[Segment] = []
        self.size = 0
        for block, deleted in blocks:
            self.segments.append(Segment(block, self.size, live_mask(block.documents, deleted)))
            self.size += block.documents
        self.everything = DocSet(self.size, mask=self._live())
        self.nothing = DocSet(self.size, NOTHING)
        self.count = len(self.everything)
        self._cache = Cache(CACHE_BYTES)
        self._columns: dict[str, Column] = {}
        self._placed: dict[str, int] = {}
        self.facet_matrices = Cache(FACET_MATRIX_BYTES)
        self.matched = Cache(MATCHED_BYTES)

    def prepare(self) -> None:
        """Make now what every query needs, so that the first reader does not wait for it."""
        for facet in {name for segment in self.segments for name in segment.block.facets}:
            self.column(facet)
        _ = self.norms, self.titles, self.newest, self.oldest, self._ids, self._firsts

    # --- per document ------------------------------------------------------------------------

    @cached_property
    def norms(self) -> Array:
        """The length part of BM25: k1 x (1 - b + b x length / mean length of the live documents)."""
        lengths = self._per_document("lengths").astype(np.float32)
        mean = float(lengths[self.everything.numbers].mean(dtype=np.float64)) if self.count else 0.0
        return (K1 * (1 - B + B * lengths / (mean or 1.0))).astype(np.float32)

    @cached_property
    def titles(self) -> Array:
        """Where each title ends: its zone is the positions below."""
        return self._per_document("titles")

    @cached_property
    def newest(self) -> Array:
        """Live documents, newest first, those without a day last, in index order within a day."""
        documents = self.everything.numbers
        return documents[np.argsort(-self._per_document("days")[documents], kind="stable")]

    @cached_property
    def oldest(self) -> Array:
        """Live documents, oldest first, those without a day last."""
        documents = self.everything.numbers
        days = self._per_document("days")[documents]
        return documents[np.argsort(np.where(days, days, np.iinfo(np.int32).max), kind="stable")]

    def _per_document(self, name: str) -> Array:
        return joined([segment.block.arrays[name] for segment in self.segments])

    def _live(self) -> Array:
        return joined([np.ones(s.block.documents, bool) if s.live is None else s.live for s in self.segments], bool)

    # --- ids and entries ---------------------------------------------------------------------

    @cached_property
    def _ids(self) -> list[Array]:
        """For each segment, the number of each document's id among the sorted ids."""
        orders = []
        for segment in self.segments:
            docs = segment.block.fields["id"].docs
            order = np.empty(len(docs), np.int32)
            order[docs] = np.arange(len(docs))
            orders.append(order)
        return orders

    def ids_of(self, documents: Array) -> list[str]:
        """The ids of the documents, in their order; a whole result at once costs little more than one."""
        found = self._ids_of(documents)
        if len(found) <= A_PAGE:  # whose entries are likely to be asked for next
            if len(self._placed) > PLACED:
                self._placed.clear()
            self._placed.update(zip(found, documents.tolist(), strict=True))
        return found

    def _ids_of(self, documents: Array) -> list[str]:
        holders = np.searchsorted(self._firsts, documents, side="right") - 1
        found = np.empty(len(documents), object)
        for number in np.unique(holders).tolist():
            here, segment = np.flatnonzero(holders == number), self.segments[number]
            lexicon = segment.block.fields["id"].lexicon
            found[here] = lexicon.some(self._ids[number][documents[here] - segment.first])
        ids: list[str] = found.tolist()
        return ids

    def document_of(self, id: str) -> int | None:
        """Number of the live document with this id."""
        placed = self._placed.get(id)
        return self._look_up(id) if placed is None else placed

    def _look_up(self, id: str) -> int | None:
        for segment in reversed(self.segments):
            found = segment.lookup("id", id.encode())
            if found:
                document = int(found[0].docs[found[1]])
                if segment.live is None or segment.live[document]:
                    return segment.first + document
        return None

    def entry(self, document: int) -> bytes:
        """The stored, compressed entry of a document."""
        segment = self.segments[self._segment_number(document)]
        return segment.block.entry(document - segment.first)

    def deleted(self, most: int) -> list[int]:
        """At most `most` deleted documents, the first and the last among them."""
        documents = np.flatnonzero(~self._live())
        if len(documents) > most:
            documents = documents[np.linspace(0, len(documents) - 1, most).astype(np.intp)]
        return documents.tolist()

    def _segment_number(self, document: int) -> int:
        return int(np.searchsorted(self._firsts, document, side="right")) - 1

    @cached_property
    def _firsts(self) -> Array:
        return np.array([segment.first for segment in self.segments])

    # --- terms -------------------------------------------------------------------------------

    def frequency(self, field: str, term: str) -> int:
        """How many live documents hold the term."""
        return self._cache.get(("df", field, term), lambda: self._frequency(field, term), lambda count: A_COUNT)

    def _frequency(self, field: str, term: str) -> int:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        return sum(segment.frequency(*held) for segment, held in found if held)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The live terms of a field that begin with `prefix`, in order, each with its frequency."""
        counts = self._counts(field, prefix)
        for term in sorted(counts):
            if count := counts[term]:
                yield term.decode(), count

    def _counts(self, field: str, prefix: str) -> dict[bytes, int]:
        counts: dict[bytes, int] = {}
        for segment in self.segments:
            for term, count in self._terms(segment, field, prefix.encode()):
                counts[term] = counts.get(term, 0) + count
        return counts

    def _terms(self, segment: Segment, field: str, prefix: bytes) -> list[tuple[bytes, int]]:
        held = segment.block.fields.get(field)
        if held is None:
            return []
        low, high = held.lexicon.span(prefix)
        return list(zip(held.lexicon.terms(low, high), segment.frequencies(held, low, high).tolist(), strict=True))

    def commonest(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, commonest first, then in order."""
        key = ("prefix", field, prefix, bound)
        return self._cache.get(key, lambda: self._commonest(field, prefix, bound), lambda terms: 100 * len(terms))

    def _commonest(self, field: str, prefix: str, bound: int) -> list[str]:
        counts = self._counts(field, prefix)
        ranked = sorted(((-count, term) for term, count in counts.items() if count))
        return [term.decode() for _, term in ranked[:bound]]

    # --- postings ----------------------------------------------------------------------------

    def postings(self, field: str, term: str) -> Postings:
        """Who holds the term, with its weights."""
        return self._cache.get(("docs", field, term), lambda: self._postings(field, term), lambda p: p.nbytes)

    def _postings(self, field: str, term: str) -> Postings:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        return read([(segment, *at) for segment, at in found if at], self.everything)

    def held(self, field: str, term: str) -> DocSet:
        """The documents that hold the term; the same object as long as it is remembered."""
        return self.matched.get((field, term), lambda: self.postings(field, term).held(self.size), lambda m: m.nbytes)

    def idf(self, frequency: int) -> float:
        """Lucene's: ln(1 + (N - df + .5) / (df + .5))."""
        return float(np.log1p((self.count - frequency + 0.5) / (frequency + 0.5)))

    def positions(self, field: str, term: str) -> TermPositions:
        """Where the term stands (fields with positions)."""
        return self._cache.get(("positions", field, term), lambda: self._positions(field, term), lambda s: s.nbytes)

    def _positions(self, field: str, term: str) -> TermPositions:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        parts = [segment.places(*at) for segment, at in found if at]
        counts, positions = joined([counts for counts, _ in parts]), joined([positions for _, positions in parts])
        return TermPositions(offsets(counts)[:-1].astype(np.uint32), counts, positions)

    def between(self, field: str, low: bytes, high: bytes | None) -> Array:
        """A mask of the live documents with a term in [low, high]."""
        mask = np.zeros(self.size, bool)
        for segment in self.segments:
            held = segment.block.fields.get(field)
            if held:
                last = len(held.lexicon) if high is None else held.lexicon.at_or_after(high + b"\0")
                mask[segment.documents(held, min(held.lexicon.at_or_after(low), last), last)] = True
        return mask

    # --- facets ------------------------------------------------------------------------------

    def column(self, facet: str) -> Column:
        """A facet's keys by document."""
        if facet not in self._columns:
            self._columns[facet] = column_of(facet, self.segments, self.size)
        return self._columns[facet]

    def counts(self, facets: Sequence[str], found: DocSet) -> list[Array]:
        """For each facet, how many of the documents found hold each of its keys."""
        columns = [self.column(facet) for facet in facets]
        if len(columns) < A_FEW:
            return [key_counts(column, found) for column in columns]
        matrix = self.facet_matrices.get(
            tuple(facets), lambda: facet_matrix_of(columns, self.size), lambda made: made.nbytes)
        return matrix.counts(found, self.everything)
