"""All segments of an index as one index. Document numbers run through all segments.

Posting lists and columns leave out deleted documents. Query evaluation therefore knows neither segments nor deletions,
and all statistics (document frequency, mean length, counts) are those of live documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from indexer.engine.arrays import EMPTY, Array, concat, offsets
from indexer.engine.block import Block
from indexer.engine.cache import Cache
from indexer.engine.deletions import live_mask
from indexer.engine.docset import DocSet
from indexer.engine.facet_columns import Column, build_column, count_keys
from indexer.engine.facet_matrix import build_facet_matrix
from indexer.engine.forward_read import ForwardReader
from indexer.engine.postings import Postings, read_postings
from indexer.engine.segment import Segment, TermPositions
from indexer.model import budget

CACHE_BYTES = 40 << 20  # with this, a process that serves 100,000 articles stays below 300 MB of private memory
MATCH_CACHE_BYTES = 8 << 20  # one page uses the same matches several times
FACET_MATRIX_CACHE_BYTES = 16 << 20  # the facets of a page, with old or with present provinces
COUNT_BYTES = 400  # size of a cached document frequency, with its key and its places in the cache
MIN_FACETS_FOR_MATRIX = 4  # below this number of facets, each is counted on its own
PAGE_IDS = 100  # results up to this size are a page, whose entries are likely to be read next
MAX_KNOWN_IDS = 5_000  # ids whose document numbers are cached
K1, B = 1.2, 0.75  # BM25 parameters, Lucene's defaults


class IndexReader:
    """The live documents of an index. Thread-safe: immutable apart from its caches.

    `blocks` are the segments in index order, each with its deleted document numbers. `size` is the number of documents,
    deleted ones included; `count` is the number of live documents.
    """

    def __init__(self, blocks: Sequence[tuple[Block, frozenset[int]]]) -> None:
        self.segments: list[Segment] = []
        self.size = 0
        for block, deleted in blocks:
            self.segments.append(Segment(block, self.size, live_mask(block.documents, deleted)))
            self.size += block.documents
        self.all_documents = DocSet(self.size, mask=self._live_mask())
        self.no_documents = DocSet(self.size, EMPTY)
        self.count = len(self.all_documents)
        self._cache = Cache(CACHE_BYTES)
        self._columns: dict[str, Column] = {}
        self._known_documents: dict[str, int] = {}
        self.facet_matrix_cache = Cache(FACET_MATRIX_CACHE_BYTES)
        self.match_cache = Cache(MATCH_CACHE_BYTES)

    def prepare(self) -> None:
        """Compute what every query needs, so that the first query is not slow.

        Raises IndexError or ValueError if arrays of the index hold impossible numbers.
        """
        for facet in {name for segment in self.segments for name in segment.block.facets}:
            self.column(facet)
        _ = self.norms, self.title_ends, self.newest_first, self.oldest_first, self._id_ranks, self._segment_bases

    # --- per document ------------------------------------------------------------------------

    @cached_property
    def norms(self) -> Array:
        """The length norm of BM25 per document, float32: k1 x (1 - b + b x length / mean length of live documents)."""
        lengths = self._per_document("lengths").astype(np.float32)
        mean = float(lengths[self.all_documents.numbers].mean(dtype=np.float64)) if self.count else 0.0
        return (K1 * (1 - B + B * lengths / (mean or 1.0))).astype(np.float32)

    @cached_property
    def title_ends(self) -> Array:
        """Per document: the position at which the title ends."""
        return self._per_document("titles")

    @cached_property
    def newest_first(self) -> Array:
        """Live documents by day, newest first, those without a day last; index order within a day."""
        documents = self.all_documents.numbers
        return documents[np.argsort(-self._per_document("days")[documents], kind="stable")]

    @cached_property
    def oldest_first(self) -> Array:
        """Live documents by day, oldest first, those without a day last; index order within a day."""
        documents = self.all_documents.numbers
        days = self._per_document("days")[documents]
        return documents[np.argsort(np.where(days, days, np.iinfo(np.int32).max), kind="stable")]

    def _per_document(self, name: str) -> Array:
        return concat([segment.block.arrays[name] for segment in self.segments])

    def _live_mask(self) -> Array:
        return concat([np.ones(s.block.documents, bool) if s.live is None else s.live for s in self.segments], bool)

    # --- ids and entries ---------------------------------------------------------------------

    @cached_property
    def _id_ranks(self) -> list[Array]:
        """For each segment: an array, document number -> rank of its id among the sorted ids."""
        orders = []
        for segment in self.segments:
            docs = segment.block.fields["id"].docs
            order = np.empty(len(docs), np.int32)
            order[docs] = np.arange(len(docs))
            orders.append(order)
        return orders

    def ids_of(self, documents: Array) -> list[str]:
        """The ids of these documents, in their order. One call for many documents is much faster than many calls."""
        found = self._ids_of(documents)
        if len(found) <= PAGE_IDS:
            if len(self._known_documents) > MAX_KNOWN_IDS:
                self._known_documents.clear()
            self._known_documents.update(zip(found, documents.tolist(), strict=True))
        return found

    def _ids_of(self, documents: Array) -> list[str]:
        segment_numbers = np.searchsorted(self._segment_bases, documents, side="right") - 1
        found = np.empty(len(documents), object)
        for number in np.unique(segment_numbers).tolist():
            indices, segment = np.flatnonzero(segment_numbers == number), self.segments[number]
            lexicon = segment.block.fields["id"].lexicon
            found[indices] = lexicon.terms_at(self._id_ranks[number][documents[indices] - segment.base])
        ids: list[str] = found.tolist()
        return ids

    def document_of(self, id: str) -> int | None:
        """The number of the live document with this id; None if there is none."""
        known = self._known_documents.get(id)
        return self._find_document(id) if known is None else known

    def _find_document(self, id: str) -> int | None:
        for segment in reversed(self.segments):
            found = segment.lookup("id", id.encode())
            if found:
                document = int(found[0].docs[found[1]])
                if segment.live is None or segment.live[document]:
                    return segment.base + document
        return None

    def entry(self, document: int) -> bytes:
        """The stored entry of a document, still compressed (see `stored_entries.unpack`)."""
        segment = self.segments[self._segment_number(document)]
        return segment.block.entry(document - segment.base)

    def deleted(self, limit: int) -> list[int]:
        """At most `limit` deleted documents, evenly spaced over all of them."""
        documents = np.flatnonzero(~self._live_mask())
        if len(documents) > limit:
            documents = documents[np.linspace(0, len(documents) - 1, limit).astype(np.intp)]
        return documents.tolist()

    def _segment_number(self, document: int) -> int:
        return int(np.searchsorted(self._segment_bases, document, side="right")) - 1

    @cached_property
    def _segment_bases(self) -> Array:
        return np.array([segment.base for segment in self.segments])

    # --- terms -------------------------------------------------------------------------------

    def frequency(self, field: str, term: str) -> int:
        """The document frequency of the term, among live documents."""
        return self._cache.get(("df", field, term), lambda: self._frequency(field, term), lambda count: COUNT_BYTES)

    def _frequency(self, field: str, term: str) -> int:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        return sum(segment.frequency(*location) for segment, location in found if location)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of a field that begin with `prefix`, sorted, each with its document frequency (1 or more)."""
        counts = self._term_counts(field, prefix)
        for term in sorted(counts):
            if count := counts[term]:
                yield term.decode(), count

    def _term_counts(self, field: str, prefix: str) -> dict[bytes, int]:
        counts: dict[bytes, int] = {}
        for segment in self.segments:
            for term, count in self._segment_terms(segment, field, prefix.encode()):
                counts[term] = counts.get(term, 0) + count
        return counts

    def _segment_terms(self, segment: Segment, field: str, prefix: bytes) -> list[tuple[bytes, int]]:
        terms = segment.block.fields.get(field)
        if terms is None:
            return []
        low, high = terms.lexicon.prefix_range(prefix)
        return list(zip(terms.lexicon.terms(low, high), segment.frequencies(terms, low, high).tolist(), strict=True))

    def commonest_terms(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, highest document frequency first, then sorted."""
        key = ("prefix", field, prefix, bound)
        return self._cache.get(key, lambda: self._commonest_terms(field, prefix, bound), lambda terms: 100 * len(terms))

    def _commonest_terms(self, field: str, prefix: str, bound: int) -> list[str]:
        counts = self._term_counts(field, prefix)
        ranked = sorted(((-count, term) for term, count in counts.items() if count))
        return [term.decode() for _, term in ranked[:bound]]

    # --- postings ----------------------------------------------------------------------------

    def postings(self, field: str, term: str) -> Postings:
        """The posting list of the term; empty if no live document holds it."""
        return self._cache.get(("docs", field, term), lambda: self._postings(field, term), lambda p: p.nbytes)

    def _postings(self, field: str, term: str) -> Postings:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        return read_postings([(segment, *at) for segment, at in found if at], self.all_documents)

    def documents_with(self, field: str, term: str) -> DocSet:
        """The live documents that hold the term. Repeated calls return the same object while it is cached."""
        return self.match_cache.get(
            (field, term), lambda: self.postings(field, term).documents(self.size), lambda found: found.nbytes)

    def idf(self, frequency: int) -> float:
        """Inverse document frequency as in Lucene's BM25Similarity: ln(1 + (N - df + 0.5) / (df + 0.5)).

        N is the number of live documents, df the document frequency.
        """
        return float(np.log1p((self.count - frequency + 0.5) / (frequency + 0.5)))

    def positions(self, field: str, term: str) -> TermPositions:
        """The positions of the term in each live document. Only for the fields syllable and folded."""
        return self._cache.get(("positions", field, term), lambda: self._positions(field, term), lambda s: s.nbytes)

    def _positions(self, field: str, term: str) -> TermPositions:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        parts = [segment.term_positions(*at) for segment, at in found if at]
        counts, positions = concat([counts for counts, _ in parts]), concat([positions for _, positions in parts])
        return TermPositions(offsets(counts)[:-1].astype(np.uint32), counts, positions)

    def documents_between(self, field: str, low: bytes, high: bytes | None) -> Array:
        """A mask of length `size`: live documents with a term in [low, high]; `high` None means no upper bound."""
        mask = np.zeros(self.size, bool)
        for segment in self.segments:
            terms = segment.block.fields.get(field)
            if terms:
                last = len(terms.lexicon) if high is None else terms.lexicon.at_or_after(high + b"\0")
                mask[segment.documents(terms, min(terms.lexicon.at_or_after(low), last), last)] = True
        return mask

    @cached_property
    def forward(self) -> ForwardReader:
        """The forward index, read on first use: a few tenths of a second, which no request's budget pays for."""
        with budget.aside():
            return ForwardReader(self.segments, self.all_documents, self.ids_of)

    # --- facets ------------------------------------------------------------------------------

    def column(self, facet: str) -> Column:
        """The column of a facet, built on first use. Empty for an unknown facet."""
        if facet not in self._columns:
            self._columns[facet] = build_column(facet, self.segments, self.size)
        return self._columns[facet]

    def facet_counts(self, facets: Sequence[str], found: DocSet) -> list[Array]:
        """For each facet an array with a count per key: how many of the documents `found` hold it."""
        columns = [self.column(facet) for facet in facets]
        if len(columns) < MIN_FACETS_FOR_MATRIX:
            return [count_keys(column, found) for column in columns]
        matrix = self.facet_matrix_cache.get(
            tuple(facets), lambda: build_facet_matrix(columns, self.size), lambda made: made.nbytes)
        return matrix.counts(found, self.all_documents)
