"""Whoosh's table of contents: which segments make up the index. Read with patience, written durably."""

from __future__ import annotations

import os
import time
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, clean_files

from indexer.engine.atomic_files import sync
from indexer.engine.block import Block
from indexer.engine.codec import INDEX_NAME, ArraySegment, schema_of
from indexer.model.errors import IndexDamaged, IndexMissing

PATIENCE = 20  # a commit may replace the table between our listing and our opening it
PAUSE = 0.01
SEAL, SEALED = Struct("<8sI"), b"QPSEALED"  # at the end of a table of contents: a mark, and the checksum of the rest

Part = tuple[ArraySegment, Block]


class DurableStorage(FileStorage):  # type: ignore[misc]  # whoosh carries no types
    """Whoosh's storage, but a renamed file and its new name have reached the disk when the call returns.

    A checksum is added at the end, where Whoosh does not look: a pickle with one bit altered may well be read.
    """

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Seal the table of contents with a checksum, force it to the disk, then give it its name."""
        folder = Path(self.folder)
        with (folder / oldname).open("r+b") as table:
            checksum = crc32(table.read())
            table.write(SEAL.pack(SEALED, checksum))
        sync(folder / oldname)
        os.rename(folder / oldname, folder / newname)
        sync(folder)


def create_toc(folder: Path) -> None:
    """An index without segments."""
    TOC(schema_of(()), [], 0).write(DurableStorage(str(folder)), INDEX_NAME)


def read_parts(folder: Path) -> tuple[TOC, list[Part]]:
    """The committed table of contents and its segments, mapped. IndexMissing or IndexDamaged if that cannot be."""
    for attempt in range(PATIENCE):
        try:
            toc = read_toc(folder)
            return toc, [(segment, segment.block(folder)) for segment in toc.segments]
        except FileNotFoundError as missing:
            if attempt == PATIENCE - 1:
                raise IndexDamaged(f"{missing.filename} is missing. Run: quocphong index --rebuild") from missing
            time.sleep(PAUSE)
    raise AssertionError("unreachable")


def read_toc(folder: Path) -> TOC:
    """The table of contents of the newest commit. IndexMissing, IndexDamaged, or FileNotFoundError where it has just
    been replaced."""
    try:
        toc = TOC.read(FileStorage(str(folder)), INDEX_NAME)
    except EmptyIndexError:
        raise IndexMissing(f"There is no index in {folder}. Run: quocphong index") from None
    except FileNotFoundError:
        raise
    except Exception as broken:  # a cut or altered pickle can raise anything
        raise IndexDamaged(
            f"The table of contents in {folder} cannot be read ({broken}). Run: quocphong index --rebuild"
        ) from broken
    check_seal(folder / TOC._filename(INDEX_NAME, toc.generation))
    if not all(isinstance(segment, ArraySegment) for segment in toc.segments):
        raise IndexDamaged(f"{folder} has segments of another codec. Run: quocphong index --rebuild")
    return toc


def check_seal(path: Path) -> None:
    """Raise IndexDamaged unless the table of contents ends with its checksum."""
    data = path.read_bytes()
    if data[-SEAL.size:] != SEAL.pack(SEALED, crc32(data[:-SEAL.size])):
        raise IndexDamaged(f"{path} was altered since it was written. Run: quocphong index --rebuild")


def write_toc(folder: Path, facets: set[str], segments: list[ArraySegment], generation: int) -> None:
    """Make `segments` the index, at once; then remove the files no longer named (readers keep what they mapped)."""
    storage = DurableStorage(str(folder))
    sync(folder)
    TOC(schema_of(facets), segments, generation).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, generation, segments)


def latest_generation(folder: Path) -> int:
    """The generation committed last; -1 if there is no index."""
    return int(TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME))


def write_lock(folder: Path) -> Any:
    """The lock Whoosh's own writers take, so that neither they nor we write beside the other."""
    return FileStorage(str(folder)).lock(INDEX_NAME + "_WRITELOCK")
