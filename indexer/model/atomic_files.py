"""Files that are either the old or the new after a power cut or a full disk.

A whole file is written under another name in the same folder, forced to the disk, then renamed. A line is appended
whole or not at all.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, data: str | bytes) -> None:
    """Put `data`, text as UTF-8, in `path`, at once and for good. Raises OSError; the old file stays then."""
    with replacing(path) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` at once and for good when the block ends without an error.

    Its name until then, ".<name>.new", is hidden: nobody takes it for an article or for part of an index.
    """
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    sync(path.parent)


def append_line(path: Path, line: str, whole: Callable[[bytes], bool] = lambda line: True) -> None:
    """Add `line` and a newline to the file at `path` (made if need be), for good before this returns.

    Where the write is refused (OSError) the file is cut back to what it was. A last line without its newline is what an
    earlier refused write has left: it is completed if it is `whole`, else cut off.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        size = mend_last_line(file, whole)
        try:
            write_all(file, line.encode() + b"\n")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            os.fsync(file.fileno())
            raise
    sync(path.parent)


def mend_last_line(file: io.FileIO, whole: Callable[[bytes], bool]) -> int:
    """Make the file end with a newline, or empty; returns its size then."""
    file.seek(0)
    held = file.read()
    end = held.rfind(b"\n") + 1
    if end == len(held):
        return end
    if whole(held[end:]):
        write_all(file, b"\n")
        return len(held) + 1
    file.truncate(end)
    return end


def write_all(file: io.FileIO, data: bytes) -> None:
    """A file at the limit of its size takes a part of the bytes first and refuses the rest."""
    while data:
        data = data[file.write(data):]


def sync(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
