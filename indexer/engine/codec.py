"""A Whoosh codec that stores each segment as one file of arrays. Whoosh itself can open, read and search the index.

`WhooshWriter` writes segments in bulk, never posting by posting. Whoosh's table of contents holds pickled ArraySegment
objects, so the names of this module and of its classes are part of the file format: do not rename them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3Segment
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from indexer.engine.array_file import open_array_file
from indexer.engine.block import ID_FIELD, POSITIONAL_FIELDS, RESERVED_NAMES, Block
from indexer.engine.codec_read import ArrayDocuments, ArrayTerms
from indexer.model.errors import IndexDamaged

CODEC_VERSION = 2  # part of the version stamp: increase it when an array changes its meaning
EXTENSION = ".arr"
INDEX_NAME = "MAIN"


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh carries no types
    """The codec object through which Whoosh reads our segments; it cannot write."""

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        """The reader of a segment's terms and postings."""
        return ArrayTerms(segment.block(storage.folder))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """The reader of a segment's documents: lengths, deletions, stored fields."""
        return ArrayDocuments(segment.block(storage.folder), segment)

    def field_writer(self, storage: Any, segment: Any) -> Any:
        """Raises NotImplementedError: WhooshWriter writes segments."""
        raise NotImplementedError("segments of arrays are written in bulk, by WhooshWriter")

    per_document_writer = field_writer

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        """An empty segment, as Whoosh's interface asks for it."""
        return ArraySegment(self, indexname)


class ArraySegment(W3Segment):  # type: ignore[misc]
    """A segment as Whoosh's table of contents stores it: the name of its file and its deleted document numbers."""

    def should_assemble(self) -> bool:
        """False: Whoosh does not pack the file into a compound file."""
        return False

    def path(self, folder: str | Path) -> Path:
        """The path of the segment's file, for an index in `folder`."""
        return Path(folder) / str(self.make_filename(EXTENSION))

    def block(self, folder: str | Path) -> Block:
        """The segment's arrays, memory-mapped.

        FileNotFoundError if the file is missing. IndexDamaged if it is incomplete or not the file that was committed.
        """
        arrays, metadata = open_array_file(self.path(folder))
        if metadata["documents"] != self.doc_count_all():
            raise IndexDamaged(f"{self.path(folder)} is not the segment that was committed")
        return Block(arrays, metadata["documents"])

    def with_deleted(self, deleted: Iterable[int]) -> ArraySegment:
        """A copy of the segment whose deleted documents are exactly `deleted`."""
        return ArraySegment(self.codec(), self.indexname, self.doc_count_all(), self.segid, set(deleted) or None)

    @property
    def deleted(self) -> frozenset[int]:
        """The numbers of the deleted documents."""
        return frozenset(self.deleted_docs())


def create_segment(documents: int) -> ArraySegment:
    """A segment of `documents` documents with a new name. Its file is not written yet."""
    return ArraySegment(ArrayCodec(), INDEX_NAME, documents)


def schema_of(facets: Iterable[str]) -> Schema:
    """The Whoosh schema of an index with these facets."""
    text = {name: TEXT(phrase=True, analyzer=None) for name in POSITIONAL_FIELDS}
    keys = {name: KEYWORD(scorable=True) for name in ("pair", "word")}
    facet_fields = {name: KEYWORD(commas=True) for name in facets if name not in RESERVED_NAMES}
    return Schema(**text, **keys, **facet_fields, **{ID_FIELD: ID(unique=True, stored=True), "entry": STORED()})
