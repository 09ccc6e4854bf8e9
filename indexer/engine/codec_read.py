"""Whoosh's reader interfaces (terms, postings, documents) on top of the arrays of a segment.

Our own engine does not use them. They let Whoosh open and search the same files.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.codec.base import FieldCursor, PerDocumentReader, TermsReader
from whoosh.matching import ListMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from indexer.engine.arrays import Array
from indexer.engine.block import ID_FIELD, TEXT_FIELDS, Block, Field

Term = tuple[str, bytes]


class ArrayTerms(TermsReader):  # type: ignore[misc]  # whoosh carries no types
    """The terms and postings of a segment for Whoosh. A term is a pair (field name, UTF-8 bytes)."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._names = sorted(block.fields)

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """The names of the fields, sorted."""
        return self._names

    def terms(self) -> Iterator[Term]:
        """All (field, term) pairs, sorted."""
        for name in self._names:
            yield from ((name, term) for term in self._block.fields[name].lexicon.terms())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The sorted (field, term) pairs that are not below (fieldname, prefix)."""
        for name in self._names[bisect_left(self._names, fieldname) :]:
            lexicon = self._block.fields[name].lexicon
            low = lexicon.at_or_after(prefix) if name == fieldname else 0
            yield from ((name, term) for term in lexicon.terms(low))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """All (field, term) pairs, sorted, each with its statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """The pairs of `terms_from`, each with its statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term, deleted documents included. TermNotFound if the segment does not hold it."""
        field, number = self._find_or_raise(fieldname, text)
        lengths = self._block.arrays["lengths"]
        posting_slice = field.posting_slice(number)
        documents = field.docs[posting_slice]
        weights = np.ones(len(documents)) if field.weights is None else field.weights[posting_slice]
        document_lengths = lengths[documents]
        return TermInfo(
            weight=float(weights.sum()),
            df=len(documents),
            minlength=int(document_lengths.min()),
            maxlength=int(document_lengths.max()),
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The sum of a term's weights over its documents; 0 if the segment does not hold it."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """The document frequency of a term, deleted documents included."""
        found = self._find(fieldname, text)
        return 0 if found is None else int(np.diff(found[0].starts[found[1] : found[1] + 2])[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """An iterator over the posting list of a term. TermNotFound if the segment does not hold it."""
        field, number = self._find_or_raise(fieldname, text)
        term = (fieldname, text)
        return ArrayMatcher(field, number, format_, scorer, term, self.term_info(fieldname, text))

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """A cursor over the terms of a field."""
        return ArrayCursor(self, self._block.fields[fieldname], fieldname, fieldobj)

    def close(self) -> None:
        """Does nothing: the file is unmapped when nothing refers to its arrays any more."""

    def _find(self, fieldname: str, text: bytes) -> tuple[Field, int] | None:
        field = self._block.fields.get(fieldname)
        number = -1 if field is None else field.lexicon.find(text)
        return None if field is None or number < 0 else (field, number)

    def _find_or_raise(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return found


class ArrayMatcher(ListMatcher):  # type: ignore[misc]
    """Whoosh's iterator over one posting list. It reads positions from their array when they are asked for."""

    def __init__(
        self, field: Field, number: int, format_: Any, scorer: Any, term: Term, info: TermInfo, position: int = 0
    ) -> None:
        posting_slice = field.posting_slice(number)
        ids = field.docs[posting_slice].tolist()
        weights = None if field.weights is None else field.weights[posting_slice].astype(float).tolist()
        super().__init__(ids, weights, None, format_, scorer, position, None, term, info)
        self._i: int = position
        self._source = (field, number)
        self._ends: Array | None = None

    def copy(self) -> ArrayMatcher:
        """An independent iterator at the same posting."""
        return ArrayMatcher(*self._source, self._format, self._scorer, self._term, self._terminfo, self._i)

    def skip_to(self, id: int) -> None:
        """Move to the first posting with document number >= `id`. ReadTooFar if the iterator is already at its end."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    def supports(self, astype: str) -> bool:
        """Whether `value_as` knows this form: weight, frequency, or positions where the field has them."""
        return astype in ("weight", "frequency") or (astype == "positions" and self._source[0].positions is not None)

    def value_as(self, astype: str) -> Any:
        """The positions of the current posting for "positions", else its weight."""
        if astype != "positions":
            return self.weight()
        return self._positions().tolist()

    def _positions(self) -> Array:
        field, number = self._source
        assert field.counts is not None and field.positions is not None and field.position_starts is not None
        if self._ends is None:
            counts, start = field.counts[field.posting_slice(number)], int(field.position_starts[number])
            self._ends = np.cumsum(counts, dtype=np.int64) + start
        end = self._ends[self._i]
        return field.positions[end - field.counts[field.posting_slice(number)][self._i] : end]


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Whoosh's cursor over the sorted terms of a field, used for fuzzy terms."""

    def __init__(self, reader: ArrayTerms, field: Field, fieldname: str, fieldobj: Any) -> None:
        self._reader, self._field, self._name, self._fieldobj = reader, field, fieldname, fieldobj
        self._number = 0

    def first(self) -> Any:
        """Move to the first term and return it; None in an empty field."""
        self._number = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Move to the first term >= `term` and return it; None if there is none."""
        self._number = self._field.lexicon.at_or_after(term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> Any:
        """Move to the next term and return it; None at the end."""
        self._number += 1
        return self.text()

    def text(self) -> Any:
        """The current term; None at the end."""
        return self._fieldobj.from_bytes(self._field.lexicon[self._number]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """The statistics of the current term; None at the end."""
        return self._reader.term_info(self._name, self._field.lexicon[self._number]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether the cursor is at a term, not at the end."""
        return self._number < len(self._field.lexicon)


class ArrayDocuments(PerDocumentReader):  # type: ignore[misc]
    """The documents of a segment for Whoosh: counts, deletions, lengths and stored fields."""

    def __init__(self, block: Block, segment: Any) -> None:
        self._block = block
        self._segment = segment
        self._ids: list[bytes] | None = None

    def doc_count(self) -> int:
        """The number of live documents."""
        return self._block.documents - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """The number of documents, deleted ones included."""
        return self._block.documents

    def has_deletions(self) -> bool:
        """Whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> Any:
        """The numbers of the deleted documents."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """False: facets are stored as fields, not as Whoosh columns."""
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a document in syllables for a text field; `default` for other fields."""
        return int(self._block.arrays["lengths"][docnum]) if fieldname in TEXT_FIELDS else default

    def field_length(self, fieldname: str) -> int:
        """The total length of all documents in syllables for a text field; 0 for other fields."""
        return int(self._block.arrays["lengths"].sum()) if fieldname in TEXT_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        """The length of the shortest document for a text field; 0 for other fields."""
        return int(self._block.arrays["lengths"].min(initial=0)) if fieldname in TEXT_FIELDS else 0

    def max_field_length(self, fieldname: str) -> int:
        """The length of the longest document for a text field; 0 for other fields."""
        return int(self._block.arrays["lengths"].max(initial=0)) if fieldname in TEXT_FIELDS else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """The id of a document, and its stored entry as a JSON string."""
        if self._ids is None:
            self._ids = self._block.ids()
        return {ID_FIELD: self._ids[docnum].decode(), "entry": zlib.decompress(self._block.entry(docnum)).decode()}

    def close(self) -> None:
        """Does nothing: the file is unmapped when nothing refers to its arrays any more."""
