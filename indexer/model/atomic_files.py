"""Atomic and durable writes: after a power cut or on a full disk a file has its old or its new content.

A file is written under a temporary name in the same folder, flushed to the disk (fsync), then renamed. A line is
appended as a whole or not at all.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, data: str | bytes) -> None:
    """Replace the content of `path` by `data`; text is encoded as UTF-8. On OSError the old file is unchanged."""
    with replacing(path) as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)


def replace_json(path: Path, value: object) -> None:
    """Replace the content of `path` by `value` as JSON for people to read. Raises as `replace_file` does."""
    replace_file(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A context that gives a binary file to write to. It replaces `path` if the block ends without an error.

    Its temporary name is ".<name>.new". Hidden files are not read as articles or as parts of an index.
    """
    unfinished = path.with_name(f".{path.name}.new")
    with unfinished.open("wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, path)
    sync(path.parent)


def append_line(path: Path, line: str, is_complete: Callable[[bytes], bool] = lambda line: True) -> None:
    """Append `line` and a newline to the file at `path`, created if missing, and flush it to the disk.

    If the write fails (OSError), the file is truncated to its old size. A last line without newline is the rest of an
    interrupted write: it gets its newline if `is_complete(line)` is true, else it is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+", buffering=0) as file:
        size = repair_last_line(file, is_complete)
        try:
            write_all(file, line.encode() + b"\n")
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            os.fsync(file.fileno())
            raise
    sync(path.parent)


def repair_last_line(file: io.FileIO, is_complete: Callable[[bytes], bool]) -> int:
    """Complete or remove a last line without newline, as `append_line` says. Returns the size of the file."""
    file.seek(0)
    content = file.read()
    end = content.rfind(b"\n") + 1
    if end == len(content):
        return end
    if is_complete(content[end:]):
        write_all(file, b"\n")
        return len(content) + 1
    file.truncate(end)
    return end


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write all bytes. A single write may take only a part, e.g. on a nearly full disk."""
    while data:
        data = data[file.write(data):]


def sync(path: Path) -> None:
    """Flush a file, or the directory entries of a folder, to the disk (fsync)."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
