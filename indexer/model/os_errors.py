"""What the operating system and SQLite refuse, as errors that name their remedy and have an exit code of their own."""

from __future__ import annotations

import errno
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.model.errors import DiskFull, IndexDamaged, NotWritable, QuocphongError

NO_SPACE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
NO_RIGHT = {errno.EACCES, errno.EPERM, errno.EROFS}
SQLITE_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
SQLITE_NO_RIGHT = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_CANTOPEN}


@contextmanager
def named(place: Path) -> Iterator[None]:
    """Within the block, failures to write `place` become DiskFull, NotWritable, IndexDamaged or QuocphongError."""
    try:
        yield
    except QuocphongError:
        raise
    except OSError as error:
        raise of_system(error, place) from error
    except sqlite3.DatabaseError as error:
        raise of_sqlite(error, place) from error


def of_system(error: OSError, place: Path) -> QuocphongError:
    """The project's error for one of the operating system about `place`."""
    if error.errno in NO_SPACE:
        return DiskFull(f"No space is left on the disk of {place}, or a limit forbids larger files; the index stays as"
                        " it was. Free some space and run again.")
    if error.errno in NO_RIGHT:
        return NotWritable(f"{error.filename or place} cannot be written ({error.strerror}); the index stays as it was."
                           " Give this user the right to write, or mount the disk for writing.")
    return QuocphongError(f"The system refused: {error}. The index stays as it was.")


def sizes_are_limited() -> bool:
    """Whether a file may grow only so far: SQLite, when it may not, tells of an error in writing and of no more."""
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY


def of_sqlite(error: sqlite3.DatabaseError, place: Path) -> QuocphongError:
    """The project's error for one of SQLite about a database in `place`."""
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if code is not None else None  # the rest of the number tells variants apart
    if primary == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR_WRITE and sizes_are_limited()):
        return of_system(OSError(errno.ENOSPC, str(error)), place)
    if primary in SQLITE_NO_RIGHT:
        return of_system(OSError(errno.EACCES, str(error)), place)
    is_garbled = code is None and isinstance(error, sqlite3.OperationalError)  # a text that is no UTF-8
    if primary in SQLITE_DAMAGED or primary == sqlite3.SQLITE_ERROR or is_garbled:  # an error: tables are not ours
        return IndexDamaged(f"A database in {place} is damaged ({error}). Run: quocphong index --rebuild")
    return QuocphongError(f"The system refused: {error}. The index stays as it was.")
