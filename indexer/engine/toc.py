"""Whoosh's table of contents (TOC): the file that lists the segments of a commit.

Reading is retried, because a commit may replace the file meanwhile. Writing is durable (fsync) and atomic (rename).
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from struct import Struct
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, EmptyIndexError, clean_files

from indexer.engine.block import Block
from indexer.engine.codec import INDEX_NAME, ArraySegment, schema_of
from indexer.model.atomic_files import sync
from indexer.model.errors import IndexDamaged, IndexMissing

MAX_ATTEMPTS, PAUSE_SECONDS = 20, 0.01  # a commit may replace the file between finding and opening it
TRAILER, TRAILER_MARK = Struct("<8sI"), b"QPSEALED"  # the end of the file: mark, and CRC-32 of all before it

OpenedSegment = tuple[ArraySegment, Block]


class DurableStorage(FileStorage):  # type: ignore[misc]  # whoosh carries no types
    """Whoosh's file storage, with a durable rename and a checksum at the end of the renamed file.

    Whoosh ignores bytes after the pickle. The checksum is needed because an altered pickle can still be readable.
    """

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Append the checksum to the file, flush it to the disk, then rename it. `safe` is ignored."""
        folder = Path(self.folder)
        with (folder / oldname).open("r+b") as table:
            checksum = crc32(table.read())
            table.write(TRAILER.pack(TRAILER_MARK, checksum))
        sync(folder / oldname)
        os.rename(folder / oldname, folder / newname)
        sync(folder)


def create_toc(folder: Path) -> None:
    """Write the table of contents of an empty index."""
    TOC(schema_of(()), [], 0).write(DurableStorage(str(folder)), INDEX_NAME)


def open_segments(folder: Path) -> tuple[TOC, list[OpenedSegment]]:
    """The table of contents of the last commit, and its segments, memory-mapped.

    IndexMissing if there is no index, IndexDamaged if a file is missing or altered.
    """
    for attempt in range(MAX_ATTEMPTS):
        try:
            toc = read_toc(folder)
            return toc, [(segment, segment.block(folder)) for segment in toc.segments]
        except FileNotFoundError as missing:
            if attempt == MAX_ATTEMPTS - 1:
                raise IndexDamaged(f"{missing.filename} is missing. Run: quocphong index --rebuild") from missing
            time.sleep(PAUSE_SECONDS)
    raise AssertionError("unreachable")


def read_toc(folder: Path) -> TOC:
    """The table of contents of the last commit.

    Raises IndexMissing, IndexDamaged, or FileNotFoundError if a commit has just replaced the file.
    """
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
    verify_checksum(folder / TOC._filename(INDEX_NAME, toc.generation))
    if not all(isinstance(segment, ArraySegment) for segment in toc.segments):
        raise IndexDamaged(f"{folder} has segments of another codec. Run: quocphong index --rebuild")
    return toc


def verify_checksum(path: Path) -> None:
    """Raise IndexDamaged if the file at `path` does not end with the checksum of its content."""
    data = path.read_bytes()
    if data[-TRAILER.size:] != TRAILER.pack(TRAILER_MARK, crc32(data[:-TRAILER.size])):
        raise IndexDamaged(f"{path} was altered since it was written. Run: quocphong index --rebuild")


def write_toc(folder: Path, facets: set[str], segments: list[ArraySegment], generation: int) -> None:
    """Commit: make `segments` the content of the index in one step, then delete the files of other segments.

    Readers that have mapped a deleted file keep it until they close it.
    """
    storage = DurableStorage(str(folder))
    sync(folder)
    TOC(schema_of(facets), segments, generation).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, generation, segments)


def latest_generation(folder: Path) -> int:
    """The generation number of the last commit; -1 if there is no index."""
    return int(TOC._latest_generation(FileStorage(str(folder)), INDEX_NAME))


def write_lock(folder: Path) -> Any:
    """The write lock, not yet acquired. Whoosh's own writers take the same lock."""
    return FileStorage(str(folder)).lock(INDEX_NAME + "_WRITELOCK")
