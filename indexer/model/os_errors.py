"""Translating errors of the operating system and of SQLite into the project's errors."""

from __future__ import annotations

import errno
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.model.errors import DiskFull, IndexDamaged, NotWritable, OutOfMemory, QuocphongError

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_PERMISSION = {errno.EACCES, errno.EPERM, errno.EROFS}
SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
SQLITE_NO_PERMISSION = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN}


@contextmanager
def translate_os_errors(place: Path) -> Iterator[None]:
    """A context in which OSError, MemoryError and sqlite3.DatabaseError become errors of ours that name `place`.

    Raises DiskFull, OutOfMemory, NotWritable, IndexDamaged or QuocphongError. A QuocphongError raised inside passes
    through.
    """
    try:
        yield
    except QuocphongError:
        raise
    except MemoryError as error:
        raise out_of_memory(place) from error
    except OSError as error:
        raise from_os_error(error, place) from error
    except sqlite3.DatabaseError as error:
        raise from_sqlite_error(error, place) from error


def out_of_memory(place: Path) -> OutOfMemory:
    """The error where the machine or a limit gives no more memory for work on `place`."""
    return OutOfMemory(f"No more memory could be had for {place}; the index stays as it was. Use fewer --workers, or"
                       " give the machine or this process (ulimit -v) more.")


def from_os_error(error: OSError, place: Path) -> QuocphongError:
    """The project's error for an OSError about `place`."""
    if error.errno == errno.ENOMEM:  # a file that cannot be mapped
        return out_of_memory(place)
    if error.errno in NO_SPACE:
        return DiskFull(f"No space is left on the disk of {place}, or a limit forbids larger files; the index stays as"
                        " it was. Free some space and run again.")
    if error.errno in NO_PERMISSION:
        return NotWritable(f"{error.filename or place} cannot be written ({error.strerror}); the index stays as it was."
                           " Give this user the right to write, or mount the disk for writing.")
    return QuocphongError(f"The system refused: {error}. The index stays as it was.")


def is_file_size_limited() -> bool:
    """Whether the process has a limit on file sizes (RLIMIT_FSIZE). SQLite reports it as a general write error."""
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


def from_sqlite_error(error: sqlite3.DatabaseError, place: Path) -> QuocphongError:
    """The project's error for an SQLite error about a database in `place`."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None  # the higher bits are the extended result code
    if primary == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR_WRITE and is_file_size_limited()):
        return from_os_error(OSError(errno.ENOSPC, str(error)), place)
    if primary in SQLITE_NO_PERMISSION:
        return from_os_error(OSError(errno.EACCES, str(error)), place)
    is_garbled = code is None and isinstance(error, sqlite3.OperationalError)  # stored text is not UTF-8
    # SQLITE_ERROR: the tables are not the ones we created.
    if primary in SQLITE_DAMAGED or primary == sqlite3.SQLITE_ERROR or is_garbled:
        return IndexDamaged(f"A database in {place} is damaged ({error}). Run: quocphong index --rebuild")
    return QuocphongError(f"The system refused: {error}. The index stays as it was.")
