"""The file of a manifest: its tables, how to tell one that this version wrote, and how to set another one aside."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from functools import cache
from pathlib import Path
from typing import Any

from indexer.model.errors import IndexDamaged

FILE = "manifest.sqlite"
ASIDE = "manifest.unreadable.sqlite"  # the last one that could not be read, kept for people to look at
SUFFIXES = ("-journal", "-wal", "")  # SQLite would take an old journal for the new file's: the journal goes first
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS roots (path TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS claims (
    path TEXT NOT NULL, line INTEGER NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, text_digest TEXT NOT NULL,
    address TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (path, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks (path TEXT PRIMARY KEY, marks BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, duplicate_of TEXT, root TEXT NOT NULL, path TEXT NOT NULL,
    since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS problems (path TEXT NOT NULL, line INTEGER, why TEXT NOT NULL);
"""
ADDED = {"marks"}  # tables that came without a new stamp: a manifest without them is whole
Table = tuple[str, tuple[tuple[Any, ...], ...]]  # its name; of each column its name, type, and place in the key


def opened(path: Path) -> sqlite3.Connection:
    """The database at `path`, with all tables of SCHEMA. IndexDamaged if it has others; sqlite3.Error."""
    if path.exists() and not path.is_file():
        raise IndexDamaged(f"{path} is no file. Run: quocphong index")
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA trusted_schema = OFF")  # a file from elsewhere runs no functions of ours
        database.execute("PRAGMA synchronous = FULL")
        if unlike := tables_unlike(SCHEMA, database):
            raise IndexDamaged(f"{path} is of another version (tables: {', '.join(unlike)}). Run: quocphong index")
        database.executescript(SCHEMA)
    except BaseException:
        database.close()
        raise
    return database


def roots_in(folder: Path) -> set[str]:
    """The roots the manifest of a generation names, whatever else of it cannot be read. They are unchecked."""
    if (folder / FILE).is_file():
        with suppress(sqlite3.Error), closing(sqlite3.connect(folder / FILE)) as database:
            return {path for (path,) in database.execute("SELECT path FROM roots") if isinstance(path, str)}
    return set()


def set_aside(folder: Path) -> None:
    """Give the manifest of a generation the name ASIDE; one that has it already is given up. OSError."""
    for suffix in SUFFIXES:
        aside = folder / (ASIDE + suffix)
        aside.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            os.replace(folder / (FILE + suffix), aside)


def tables_unlike(schema: str, database: sqlite3.Connection) -> list[str]:
    """Names of tables that are not as in `schema`, missing, or too many; none in an empty database."""
    found, known = tables_of(database), tables_by(schema)
    missing = {table for table in known - found if table[0] not in ADDED} if found else set()
    return sorted({name for name, _ in (found - known) | missing})


def tables_of(database: sqlite3.Connection) -> frozenset[Table]:
    """The tables of a database, and views, triggers and indexes like them, without SQLite's own."""
    made = database.execute("SELECT name, type, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    columns = "SELECT name, type, pk FROM pragma_table_info(?)"
    return frozenset((name, tuple(database.execute(columns, (name,))) if kind == "table" else ((kind, sql, 0),))
                     for name, kind, sql in made.fetchall())


@cache
def tables_by(schema: str) -> frozenset[Table]:
    """The tables that the statements of `schema` make."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(schema)
        return tables_of(database)
