"""What Whoosh's own readers and searchers ask of a segment, answered from its arrays."""

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
    """Whoosh's view of the terms of a segment: (field name, UTF-8) in order."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._names = sorted(block.fields)

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) is not None

    def indexed_field_names(self) -> list[str]:
        """The names of the fields, sorted."""
        return self._names

    def terms(self) -> Iterator[Term]:
        """All (field, term) pairs in order."""
        for name in self._names:
            yield from ((name, term) for term in self._block.fields[name].lexicon.terms())

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """The (field, term) pairs from this one on."""
        for name in self._names[bisect_left(self._names, fieldname) :]:
            lexicon = self._block.fields[name].lexicon
            low = lexicon.at_or_after(prefix) if name == fieldname else 0
            yield from ((name, term) for term in lexicon.terms(low))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """All (field, term) pairs with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """The same from this pair on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """A term's statistics as Whoosh wants them. TermNotFound for a term that is not there."""
        field, number = self._held(fieldname, text)
        lengths = self._block.arrays["lengths"]
        extent = field.extent(number)
        documents = field.docs[extent]
        weights = np.ones(len(documents)) if field.weights is None else field.weights[extent]
        held = lengths[documents]
        return TermInfo(
            weight=float(weights.sum()),
            df=len(documents),
            minlength=int(held.min()),
            maxlength=int(held.max()),
            maxweight=float(weights.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """The summed weight of a term in all documents, 0 for a term that is not there."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents hold a term, deleted ones included."""
        found = self._find(fieldname, text)
        return 0 if found is None else int(np.diff(found[0].starts[found[1] : found[1] + 2])[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """A matcher over the postings of a term."""
        field, number = self._held(fieldname, text)
        term = (fieldname, text)
        return ArrayMatcher(field, number, format_, scorer, term, self.term_info(fieldname, text))

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """A cursor over the terms of a field."""
        return ArrayCursor(self, self._block.fields[fieldname], fieldname, fieldobj)

    def close(self) -> None:
        """Nothing to do: the mapped file goes with its last user."""
        pass

    def _find(self, fieldname: str, text: bytes) -> tuple[Field, int] | None:
        field = self._block.fields.get(fieldname)
        number = -1 if field is None else field.lexicon.find(text)
        return None if field is None or number < 0 else (field, number)

    def _held(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        found = self._find(fieldname, text)
        if found is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return found


class ArrayMatcher(ListMatcher):  # type: ignore[misc]
    """The postings of one term as Whoosh steps through them; positions come straight from their array."""

    def __init__(
        self, field: Field, number: int, format_: Any, scorer: Any, term: Term, info: TermInfo, position: int = 0
    ) -> None:
        extent = field.extent(number)
        ids = field.docs[extent].tolist()
        weights = None if field.weights is None else field.weights[extent].astype(float).tolist()
        super().__init__(ids, weights, None, format_, scorer, position, None, term, info)
        self._i: int = position
        self._source = (field, number)
        self._ends: Array | None = None

    def copy(self) -> ArrayMatcher:
        """An independent matcher at the same place."""
        return ArrayMatcher(*self._source, self._format, self._scorer, self._term, self._terminfo, self._i)

    def skip_to(self, id: int) -> None:
        """Go to the first posting whose document is not below `id`. ReadTooFar past the end."""
        if not self.is_active():
            raise ReadTooFar
        self._i = bisect_left(self._ids, id, self._i)

    def supports(self, astype: str) -> bool:
        """Whether postings can be read as weight, frequency or positions."""
        return astype in ("weight", "frequency") or (astype == "positions" and self._source[0].positions is not None)

    def value_as(self, astype: str) -> Any:
        """The current posting's positions, or its weight."""
        if astype != "positions":
            return self.weight()
        return self._positions().tolist()

    def _positions(self) -> Array:
        field, number = self._source
        assert field.counts is not None and field.positions is not None and field.places is not None
        if self._ends is None:
            self._ends = np.cumsum(field.counts[field.extent(number)], dtype=np.int64) + int(field.places[number])
        end = self._ends[self._i]
        return field.positions[end - field.counts[field.extent(number)][self._i] : end]


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Steps through a field's terms for Whoosh's automata."""

    def __init__(self, reader: ArrayTerms, field: Field, fieldname: str, fieldobj: Any) -> None:
        self._reader, self._field, self._name, self._fieldobj = reader, field, fieldname, fieldobj
        self._number = 0

    def first(self) -> Any:
        """Go to the first term and return it; None in an empty field."""
        self._number = 0
        return self.text()

    def find(self, term: Any) -> Any:
        """Go to the first term not below `term` and return it; None past the end."""
        self._number = self._field.lexicon.at_or_after(term if isinstance(term, bytes) else term.encode())
        return self.text()

    def next(self) -> Any:
        """Go to the next term and return it; None past the end."""
        self._number += 1
        return self.text()

    def text(self) -> Any:
        """The current term; None past the end."""
        return self._fieldobj.from_bytes(self._field.lexicon[self._number]) if self.is_valid() else None

    def term_info(self) -> TermInfo | None:
        """The current term's statistics; None past the end."""
        return self._reader.term_info(self._name, self._field.lexicon[self._number]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether the cursor stands at a term."""
        return self._number < len(self._field.lexicon)


class ArrayDocuments(PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks about documents: how many, which are deleted, how long, and what is stored with them."""

    def __init__(self, block: Block, segment: Any) -> None:
        self._block = block
        self._segment = segment
        self._ids: list[bytes] | None = None

    def doc_count(self) -> int:
        """How many documents are live."""
        return self._block.documents - int(self._segment.deleted_count())

    def doc_count_all(self) -> int:
        """How many documents there are, deleted ones included."""
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
        """Whoosh's columns are not used: facets are fields here."""
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """The length of a document in syllables, for text fields; else `default`."""
        return int(self._block.arrays["lengths"][docnum]) if fieldname in TEXT_FIELDS else default

    def field_length(self, fieldname: str) -> int:
        """The summed length of all documents in syllables, for text fields."""
        return int(self._block.arrays["lengths"].sum()) if fieldname in TEXT_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        """The length of the shortest document, for text fields."""
        return int(self._block.arrays["lengths"].min(initial=0)) if fieldname in TEXT_FIELDS else 0

    def max_field_length(self, fieldname: str) -> int:
        """The length of the longest document, for text fields."""
        return int(self._block.arrays["lengths"].max(initial=0)) if fieldname in TEXT_FIELDS else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """A document's id and its entry as JSON."""
        if self._ids is None:
            self._ids = self._block.ids()
        return {ID_FIELD: self._ids[docnum].decode(), "entry": zlib.decompress(self._block.entry(docnum)).decode()}

    def close(self) -> None:
        """Nothing to do: the mapped file goes with its last user."""
        pass
