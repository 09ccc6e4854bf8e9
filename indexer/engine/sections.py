"""A file of named arrays: written once, memory-mapped ever after, with a checksum for each array.

Layout: a fixed head (magic, version, place, length and checksum of the directory), the arrays, each on a 64-byte
border, and the directory as JSON. A file that was cut short, or whose directory was altered, is refused when it
is opened; the arrays' own checksums are compared by `damaged`, which reads the whole file.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from indexer.engine.arrays import Array
from indexer.model.errors import IndexDamaged

MAGIC = b"QPARRAYS"
VERSION = 1
HEAD = struct.Struct("<8sIIQQ")  # magic, version, checksum of the directory, its place, its length
BORDER = 64
REBUILD = "Run: quocphong index --rebuild"


def write_sections(path: Path, arrays: Iterable[tuple[str, Array]], facts: Mapping[str, Any]) -> None:
    """Write the arrays as they come, with `facts` (plain JSON) about them, and force them to the disk."""
    with path.open("wb") as file:
        file.write(bytes(HEAD.size))
        directory = {name: write_array(file, array) for name, array in arrays}
        plain = json.dumps({"facts": facts, "sections": directory}).encode()
        place = file.tell()
        file.write(plain)
        file.seek(0)
        file.write(HEAD.pack(MAGIC, VERSION, zlib.crc32(plain), place, len(plain)))
        file.flush()
        os.fsync(file.fileno())


def write_array(file: BinaryIO, array: Array) -> dict[str, Any]:
    """Write an array at the next border of the file; returns its row of the directory."""
    file.write(bytes(-file.tell() % BORDER))
    place = file.tell()
    data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).data.cast("B") if array.size else b""
    file.write(data)
    return {"type": array.dtype.str, "at": place, "length": len(array), "crc": zlib.crc32(data)}


def open_sections(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of a file, mapped and not read, and its facts. IndexDamaged if it is not whole.

    FileNotFoundError passes through: the caller knows whether a commit may just have removed the file.
    """
    mapped = map_file(path)
    directory = read_directory(mapped, path)
    return {name: view(mapped, row, path) for name, row in directory["sections"].items()}, directory["facts"]


def map_file(path: Path) -> mmap.mmap:
    """A file mapped for reading. IndexDamaged if it is too short to have a head."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < HEAD.size:
            raise IndexDamaged(f"{path} is cut short. {REBUILD}")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_directory(mapped: mmap.mmap, path: Path) -> dict[str, Any]:
    """The directory of a segment file: name of each array -> its row. IndexDamaged if the file is cut short or altered.
    """
    magic, version, checksum, place, length = HEAD.unpack_from(mapped)
    if magic != MAGIC or version != VERSION:
        raise IndexDamaged(f"{path} is not a segment of this version. {REBUILD}")
    plain = mapped[place : place + length]
    if place + length != len(mapped) or zlib.crc32(plain) != checksum:
        raise IndexDamaged(f"{path} is cut short or altered. {REBUILD}")
    directory: dict[str, Any] = json.loads(plain)
    return directory


def view(mapped: mmap.mmap, row: Mapping[str, Any], path: Path) -> Array:
    """The array that a row of the directory describes, without a copy. IndexDamaged if it ends past the file."""
    dtype = np.dtype(row["type"])
    if row["at"] + row["length"] * dtype.itemsize > len(mapped):
        raise IndexDamaged(f"{path} is shorter than its directory says. {REBUILD}")
    return np.frombuffer(mapped, dtype, row["length"], row["at"]) if row["length"] else np.zeros(0, dtype)


def damaged(path: Path) -> Iterator[str]:
    """One sentence for each array whose bytes are not those that were written. Reads the whole file."""
    mapped = map_file(path)
    for name, row in read_directory(mapped, path)["sections"].items():
        if zlib.crc32(view(mapped, row, path).data) != row["crc"]:
            yield f"{path.name}: {name} was altered since it was written"
