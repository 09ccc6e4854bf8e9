"""Whose fault an exception is: a site's, which costs that feed or page, or this machine's, which ends the run."""

from __future__ import annotations

import sqlite3

from indexer.fetch.worker import Unread
from indexer.model.errors import QuocphongError
from indexer.model.os_errors import NO_PERMISSION, NO_SPACE


def is_ours(error: Exception) -> bool:
    """Whether the folder or its state file cannot be written or read: every other page would fail in the same way."""
    if isinstance(error, OSError):
        return error.errno in NO_SPACE | NO_PERMISSION
    return isinstance(error, sqlite3.Error | QuocphongError)


def why_of(error: Exception) -> str:
    """What an exception says of a feed or page, as one line."""
    if isinstance(error, Unread):
        return str(error)
    if isinstance(error, MemoryError):
        return "cannot be read: it takes too much memory"
    return " ".join(f"cannot be read: {type(error).__name__}: {error}".split())[:300]
