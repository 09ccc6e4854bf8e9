"""A Whoosh codec whose segments are plain arrays: Whoosh opens, reads and searches them as its own.

Segments are written in bulk (`WhooshWriter`), never posting by posting, and are pickled into Whoosh's table of
contents, so that class and module names here are part of the format.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from indexer.engine.block import ID_FIELD, RESERVED, WITH_POSITIONS, Block
from indexer.engine.codec_read import ArrayDocuments, ArrayTerms
from indexer.engine.sections import open_sections
from indexer.model.errors import IndexDamaged

CODEC_VERSION = 2  # part of the stamp: raise it when the arrays change their meaning
EXTENSION = ".arr"
INDEX_NAME = "MAIN"


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh carries no types
    """Reads segments of arrays for Whoosh."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        """Whoosh's reader of terms for a segment."""
        return ArrayTerms(segment.block(storage.folder))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """Whoosh's reader of documents for a segment."""
        return ArrayDocuments(segment.block(storage.folder), segment)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        """Not supported: NotImplementedError."""
        raise NotImplementedError("segments of arrays are written in bulk, by WhooshWriter")

    per_document_writer = field_writer

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """A segment without documents."""
        return ArraySegment(self, indexname)


class ArraySegment(W3Segment):  # type: ignore[misc]
    """One file of arrays and the numbers of its deleted documents."""

    def should_assemble(self) -> bool:
        """Whoosh must not pack the segment's one file into another."""
        return False

    def path(self, folder: str | Path) -> Path:
        """The segment's file in the folder of its index."""
        return Path(folder) / str(self.make_filename(EXTENSION))

    def block(self, folder: str | Path) -> Block:
        """The segment's arrays, memory-mapped. IndexDamaged if they are not those that were committed."""
        arrays, facts = open_sections(self.path(folder))
        if facts["documents"] != self.doc_count_all():
            raise IndexDamaged(f"{self.path(folder)} is not the segment that was committed")
        return Block(arrays, facts["documents"])

    def with_deleted(self, deleted: Iterable[int]) -> ArraySegment:
        """The same segment with these documents deleted."""
        return ArraySegment(self.codec(), self.indexname, self.doc_count_all(), self.segid, set(deleted) or None)

    @property
    def deleted(self) -> frozenset[int]:
        """The numbers of its deleted documents."""
        return frozenset(self.deleted_docs())


def segment_of(documents: int) -> ArraySegment:
    """A new, empty-handed segment with a name of its own."""
    return ArraySegment(ArrayCodec(), INDEX_NAME, documents)


def schema_of(facets: Iterable[str]) -> Schema:
    """Whoosh's schema of an index with these facets."""
    text = {name: TEXT(phrase=True, analyzer=None) for name in WITH_POSITIONS}
    keys = {name: KEYWORD(scorable=True) for name in ("pair", "word")}
    facet_fields = {name: KEYWORD(commas=True) for name in facets if name not in RESERVED}
    return Schema(**text, **keys, **facet_fields, **{ID_FIELD: ID(unique=True, stored=True), "entry": STORED()})
