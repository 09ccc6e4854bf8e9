"""All segments of an index as one: documents numbered through, postings and columns as arrays over all of them.

Deleted documents are dropped here, once, so that evaluation knows neither segments nor deletions, and document
frequencies, lengths and counts are those of the articles that are really there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import merge as merge_sorted
from typing import Any

import numpy as np

from indexer.engine.arrays import NOTHING, Array, joined, offsets, rows
from indexer.engine.block import Block, Field
from indexer.engine.cache import Cache
from indexer.engine.matches import Matches

CACHE_BYTES = 128 << 20
K1, B = 1.2, 0.75


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
        docs = docs if self.live is None else docs[self.live[docs]]
        return docs.astype(np.intp) + self.first

    def postings(self, field: Field, number: int) -> tuple[Array, Array | None]:
        """Live documents of a term, numbered through, and its weights in them."""
        extent = field.extent(number)
        docs, weights = field.docs[extent].astype(np.intp), field.weights
        weights = None if weights is None else weights[extent]
        if self.live is not None:
            live = self.live[docs]
            docs, weights = docs.compress(live), None if weights is None else weights.compress(live)
        return docs + self.first, weights

    def frequencies(self, field: Field, low: int, high: int) -> Array:
        """How many live documents each of the terms [low, high) has."""
        starts = field.starts[low : high + 1].astype(np.int64)
        if self.live is None or not len(starts):
            return np.diff(starts)
        held = offsets(self.live[field.docs[starts[0] : starts[-1]]])
        return np.diff(held[starts - starts[0]])


@dataclass(frozen=True, slots=True)
class Postings:
    """The live documents that hold a term, with the weight of the term in each (None: all 1)."""

    held: Matches
    weights: Array | None

    @property
    def nbytes(self) -> int:
        return self.held.nbytes + (0 if self.weights is None else int(self.weights.nbytes))


@dataclass(frozen=True, slots=True)
class Spots:
    """Where a term stands: posting i, of document docs[i], has positions[first[i] : first[i] + counts[i]]."""

    docs: Array
    first: Array
    counts: Array
    positions: Array

    @property
    def nbytes(self) -> int:
        return sum(int(array.nbytes) for array in (self.first, self.counts, self.positions))

    def keys(self, documents: Array) -> Array:
        """Every place in `documents` (all hold the term) as document << 32 | position, ascending."""
        at = rows(documents, self.docs)
        counts = self.counts[at]
        posting = np.repeat(np.arange(len(at)), counts)
        before = self.first[at] - offsets(counts)[:-1]
        return (documents << 32)[posting] + self.positions[before[posting] + np.arange(len(posting))]


@dataclass(frozen=True, slots=True)
class Column:
    """A facet by document: keys in order, and for each document the numbers of its keys.

    `single` is the number of each document's only key, or len(keys) for none; None where a document has several.
    """

    keys: list[str]
    number: dict[str, int]
    bounds: Array
    values: Array
    owners: Array
    single: Array | None


class Collection:
    """An index as arrays. Immutable but for caches, and so safe between threads."""

    def __init__(self, blocks: Sequence[tuple[Block, frozenset[int]]]) -> None:
        self.segments: list[Segment] = []
        self.size = 0
        for block, deleted in blocks:
            self.segments.append(Segment(block, self.size, live_mask(block.documents, deleted)))
            self.size += block.documents
        self.deleted = any(segment.live is not None for segment in self.segments)
        self.everything = Matches(self.size, mask=self._live())
        self.nothing = Matches(self.size, NOTHING)
        self.count = len(self.everything)
        self._cache = Cache(CACHE_BYTES)
        self._columns: dict[str, Column] = {}

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

    def id_of(self, document: int) -> str:
        number = self._segment_number(document)
        segment = self.segments[number]
        return segment.block.fields["id"].lexicon[self._ids[number][document - segment.first]].decode()

    def document_of(self, id: str) -> int | None:
        """Number of the live document with this id."""
        for segment in reversed(self.segments):
            found = segment.lookup("id", id.encode())
            if found:
                document = int(found[0].docs[found[1]])
                if segment.live is None or segment.live[document]:
                    return segment.first + document
        return None

    def entry(self, document: int) -> bytes:
        segment = self.segments[self._segment_number(document)]
        return segment.block.entry(document - segment.first)

    def _segment_number(self, document: int) -> int:
        return int(np.searchsorted(self._firsts, document, side="right")) - 1

    @cached_property
    def _firsts(self) -> Array:
        return np.array([segment.first for segment in self.segments])

    # --- terms -------------------------------------------------------------------------------

    def frequency(self, field: str, term: str) -> int:
        """How many live documents hold the term."""
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        return sum(int(segment.frequencies(held[0], held[1], held[1] + 1)[0]) for segment, held in found if held)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The live terms of a field that begin with `prefix`, in order, each with its frequency."""
        last, total = b"", 0
        for term, count in merge_sorted(*(self._terms(segment, field, prefix.encode()) for segment in self.segments)):
            if term != last and total:
                yield last.decode(), total
                total = 0
            last, total = term, total + count
        if total:
            yield last.decode(), total

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
        counts: Counter[bytes] = Counter()
        for segment in self.segments:
            counts.update(dict(self._terms(segment, field, prefix.encode())))
        ranked = sorted(((-count, term) for term, count in counts.items() if count))
        return [term.decode() for _, term in ranked[:bound]]

    # --- postings ----------------------------------------------------------------------------

    def postings(self, field: str, term: str) -> Postings:
        """Who holds the term."""
        return self._cache.get(("docs", field, term), lambda: self._postings(field, term), lambda p: p.nbytes)

    def _postings(self, field: str, term: str) -> Postings:
        found = ((segment, segment.lookup(field, term.encode())) for segment in self.segments)
        parts = [segment.postings(*at) for segment, at in found if at]
        weights = [weight for _, weight in parts if weight is not None]
        return Postings(Matches(self.size, joined([docs for docs, _ in parts])), joined(weights) if weights else None)

    def impacts(self, field: str, term: str) -> Array:
        """BM25 of the term in each document of its postings: idf x w (k1 + 1) / (w + norm), Lucene's idf."""
        return self._cache.get(("bm25", field, term), lambda: self.bm25(field, term), lambda a: int(a.nbytes))

    def bm25(self, field: str, term: str, rows: Any = slice(None)) -> Array:
        """The same for some of its postings, worked out anew: what a query with few matches needs."""
        postings = self.postings(field, term)
        weights = np.float32(1) if postings.weights is None else postings.weights[rows].astype(np.float32)
        gain = np.float32(self.idf(len(postings.held)) * (K1 + 1))
        return np.asarray(gain * weights / (weights + self.norms[postings.held.numbers[rows]]))

    def spread(self, field: str, term: str) -> Array:
        """The impacts laid out over all documents, zero where the term is not: quicker to add for common terms."""
        return self._cache.get(("spread", field, term), lambda: self._spread(field, term), lambda a: int(a.nbytes))

    def _spread(self, field: str, term: str) -> Array:
        laid = np.zeros(self.size, np.float32)
        laid[self.postings(field, term).held.numbers] = self.impacts(field, term)
        return laid

    def idf(self, frequency: int) -> float:
        """Lucene's: ln(1 + (N - df + .5) / (df + .5))."""
        return float(np.log1p((self.count - frequency + 0.5) / (frequency + 0.5)))

    def spots(self, field: str, term: str) -> Spots:
        """Where the term stands (fields with positions)."""
        return self._cache.get(("spots", field, term), lambda: self._spots(field, term), lambda s: s.nbytes)

    def _spots(self, field: str, term: str) -> Spots:
        positions, counts, live = [], [], []
        for segment in self.segments:
            found = segment.lookup(field, term.encode())
            if found:
                held, number = found
                extent = held.extent(number)
                assert held.positions is not None and held.places is not None and held.counts is not None
                positions.append(held.positions[int(held.places[number]) : int(held.places[number + 1])])
                counts.append(held.counts[extent])
                docs = held.docs[extent]
                live.append(np.ones(len(docs), bool) if segment.live is None else segment.live[docs.astype(np.intp)])
        count = joined(counts)
        first = np.cumsum(count, dtype=np.uint32) - count
        if self.deleted:
            keep = joined(live, bool)
            first, count = first.compress(keep), count.compress(keep)
        return Spots(self.postings(field, term).held.numbers, first, count, joined(positions))

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
            self._columns[facet] = self._column(facet)
        return self._columns[facet]

    def _column(self, facet: str) -> Column:
        parts = [(segment, segment.block.fields[facet]) for segment in self.segments if facet in segment.block.fields]
        lists = [field.lexicon.terms() for _, field in parts]
        terms = sorted(set().union(*lists))
        ranks = {term: i for i, term in enumerate(terms)}
        owners, values = [], []
        for (segment, field), names in zip(parts, lists, strict=True):
            counts = segment.frequencies(field, 0, len(field.lexicon))
            owners.append(segment.documents(field, 0, len(field.lexicon)))
            values.append(np.repeat(np.fromiter(map(ranks.__getitem__, names), np.int64, len(names)), counts))
        owner, value = joined(owners), joined(values)
        order = np.argsort(owner, kind="stable")
        owner, value = owner[order], value[order]
        held = np.bincount(owner, minlength=self.size)
        keys = [term.decode() for term in terms]
        number = dict(zip(keys, range(len(keys)), strict=True))
        return Column(keys, number, offsets(held), value, owner, single_keys(held, owner, value, len(keys)))


def single_keys(held: Array, owners: Array, values: Array, none: int) -> Array | None:
    if held.max(initial=0) > 1:
        return None
    single = np.full(len(held), none)
    single[owners] = values
    return single


def live_mask(documents: int, deleted: frozenset[int]) -> Array | None:
    if not deleted:
        return None
    live = np.ones(documents, bool)
    live[list(deleted)] = False
    return live
