"""The file format of a segment: named arrays, written once, then memory-mapped. Each array has a checksum.

Layout: a header (magic, version, and checksum, offset and length of the directory), the arrays (each at a multiple of
64 bytes), and the directory as JSON:

    {"facts": {metadata}, "sections": {name: {"type": dtype, "at": offset, "length": elements, "crc": CRC-32}}}

`open_array_file` refuses a file that is cut short or whose directory is altered. `find_damage` reads the whole file and
compares the checksums of the arrays.
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
HEADER = struct.Struct("<8sIIQQ")  # magic, version, then of the directory: checksum, offset, length
ALIGNMENT = 64
REBUILD_HINT = "Run: quocphong index --rebuild"


def write_array_file(path: Path, arrays: Iterable[tuple[str, Array]], metadata: Mapping[str, Any]) -> None:
    """Write arrays (name, array) to a new file, in the given order, and flush it to the disk (fsync).

    `metadata` is a JSON object that `open_array_file` gives back.
    """
    with path.open("wb") as file:
        file.write(bytes(HEADER.size))
        directory = {name: write_array(file, array) for name, array in arrays}
        encoded = json.dumps({"facts": metadata, "sections": directory}).encode()
        offset = file.tell()
        file.write(encoded)
        file.seek(0)
        file.write(HEADER.pack(MAGIC, VERSION, zlib.crc32(encoded), offset, len(encoded)))
        file.flush()
        os.fsync(file.fileno())


def write_array(file: BinaryIO, array: Array) -> dict[str, Any]:
    """Write an array at the next aligned offset of the file; returns its row of the directory."""
    file.write(bytes(-file.tell() % ALIGNMENT))
    offset = file.tell()
    data = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).data.cast("B") if array.size else b""
    file.write(data)
    return {"type": array.dtype.str, "at": offset, "length": len(array), "crc": zlib.crc32(data)}


def open_array_file(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of a file, memory-mapped, and its metadata.

    IndexDamaged if the file is cut short or altered. FileNotFoundError if it is missing: a commit may just have removed
    it, so the caller decides what that means.
    """
    mapped = map_file(path)
    directory = read_directory(mapped, path)
    return {name: array_view(mapped, row, path) for name, row in directory["sections"].items()}, directory["facts"]


def map_file(path: Path) -> mmap.mmap:
    """The file, memory-mapped for reading. IndexDamaged if it is shorter than a header."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < HEADER.size:
            raise IndexDamaged(f"{path} is cut short. {REBUILD_HINT}")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_directory(mapped: mmap.mmap, path: Path) -> dict[str, Any]:
    """The directory of a mapped file, in the form shown above. IndexDamaged if the file is cut short or altered."""
    magic, version, checksum, offset, length = HEADER.unpack_from(mapped)
    if magic != MAGIC or version != VERSION:
        raise IndexDamaged(f"{path} is not a segment of this version. {REBUILD_HINT}")
    encoded = mapped[offset : offset + length]
    if offset + length != len(mapped) or zlib.crc32(encoded) != checksum:
        raise IndexDamaged(f"{path} is cut short or altered. {REBUILD_HINT}")
    directory: dict[str, Any] = json.loads(encoded)
    return directory


def array_view(mapped: mmap.mmap, row: Mapping[str, Any], path: Path) -> Array:
    """The array that a row of the directory describes, without a copy. IndexDamaged if the file is too short for it."""
    dtype = np.dtype(row["type"])
    if row["at"] + row["length"] * dtype.itemsize > len(mapped):
        raise IndexDamaged(f"{path} is shorter than its directory says. {REBUILD_HINT}")
    return np.frombuffer(mapped, dtype, row["length"], row["at"]) if row["length"] else np.zeros(0, dtype)


def find_damage(path: Path) -> Iterator[str]:
    """One sentence for each array whose checksum differs. Reads the whole file."""
    mapped = map_file(path)
    for name, row in read_directory(mapped, path)["sections"].items():
        if zlib.crc32(array_view(mapped, row, path).data) != row["crc"]:
            yield f"{path.name}: {name} was altered since it was written"
