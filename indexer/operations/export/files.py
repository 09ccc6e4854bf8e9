"""A file that is whole or not there: written under another name, on the disk before it gets its own."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.model.atomic_files import sync
from indexer.model.errors import UsageError
from indexer.model.os_errors import translate_os_errors


def refuse_taken(paths: Sequence[Path], force: bool, not_below: Sequence[Path] = ()) -> None:
    """UsageError for a path that is no file, for a folder that is not there, and unless `force` for files that are.

    Nothing may be written below the folders `not_below`: a run would take the file for articles or for a part of the
    index.
    """
    for path in paths:
        if home := next((each for each in not_below if path.resolve().is_relative_to(each.resolve())), None):
            raise UsageError(f"{path} lies in {home}, whose files are read by runs. Name a file outside of it.")
        if path.is_dir():
            raise UsageError(f"{path} is a folder. Name a file.")
        if path.exists() and not force:
            raise UsageError(f"{path} is there already. Name another file, or replace it: --force")
        if not path.parent.is_dir():
            raise UsageError(f"There is no folder {path.parent}. Make it, or name another.")


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """A path to write to. It becomes `path` if the block ends without an error, else it is deleted.

    Its name is ".<name>.new". A file that a killed process left there is written over. UsageError if another process
    writes it now; OSError and SQLite's errors become the project's.
    """
    hidden = path.with_name(f".{path.name}.new")
    with translate_os_errors(path.absolute().parent), locked(hidden):
        try:
            yield hidden
            sync(hidden)
            os.replace(hidden, path)
        except BaseException:
            hidden.unlink(missing_ok=True)
            raise
        sync(path.absolute().parent)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The file at `path`, made if need be, emptied and held for this process alone. UsageError if another holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(f"Another export is writing {path}. Wait for it, or name another file.") from None
        if not path.exists() or os.fstat(descriptor).st_ino != path.stat().st_ino:  # it has got its name meanwhile
            raise UsageError(f"Another export has just written {path}. Name another file, or run it again.")
        os.ftruncate(descriptor, 0)
        yield
    finally:
        os.close(descriptor)
