"""One writer at a time: a lock the kernel holds and drops when the process ends, however it ends."""

from __future__ import annotations

import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from indexer.model.errors import IndexLocked

LOCK_FILE = "lock"


@contextmanager
def hold(index_dir: Path, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the index's writer lock for the block. Raises IndexLocked, naming the holder, after `wait_seconds`."""
    index_dir.mkdir(parents=True, exist_ok=True)
    with (index_dir / LOCK_FILE).open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + wait_seconds
        while not try_lock(file.fileno()):
            if time.monotonic() >= deadline:
                raise IndexLocked(f"Another run is writing {index_dir} ({holder(file)}). Wait for it, or stop it.")
            time.sleep(0.1)
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "since": datetime.now().astimezone().isoformat(timespec="seconds"),
                   "command": " ".join(sys.argv)}, file)
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


def holder_of(index_dir: Path) -> str | None:
    """Who holds the index's writer lock, by the holder's note; None if nobody does.

    Trying the lock itself would make a run that starts at this moment believe that another one is writing.
    """
    try:
        with (index_dir / LOCK_FILE).open(encoding="utf-8") as file:
            os.kill(json.load(file)["pid"], 0)
            return holder(file)
    except PermissionError:  # there is such a process, another user's
        return "a process of another user"
    except (OSError, ValueError, KeyError, TypeError):
        return None


def try_lock(descriptor: int) -> bool:
    """Whether the lock could be taken at once."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holder(file: object) -> str:
    """Who holds the lock, as the holder wrote it down; the note may be missing, the lock itself is the kernel's."""
    try:
        file.seek(0)  # type: ignore[attr-defined]
        note = json.load(file)  # type: ignore[arg-type]
        return f"process {note['pid']} since {note['since']}: {note['command']}"
    except (ValueError, KeyError, TypeError):
        return "by a process that left no note"
