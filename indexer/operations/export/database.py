"""Articles as an SQLite database that Datasette opens as it is, with its metadata.json."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from indexer.model.atomic_files import replace_json
from indexer.model.errors import QuocphongError
from indexer.operations.export import metadata
from indexer.operations.export.files import unfinished
from indexer.operations.export.rows import Rows
from indexer.operations.export.selection import Selection
from indexer.operations.export.tables import ADD_TEXT, BY_NAME, FINISH, FULL_TEXT, TABLES

# The file is made anew and thrown away if anything fails: it needs no journal, and is flushed to the disk at its end.
FAST = ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -32000", "foreign_keys = OFF",
        "locking_mode = EXCLUSIVE")
METADATA = "metadata.json"
APPLICATION_ID = 0x71706E67  # "qpng", in the header of the file


def files(path: Path) -> tuple[Path, ...]:
    """The files that `write` makes for `path`."""
    return (path, path.with_name(METADATA))


def write(path: Path, selection: Selection, progress: Callable[[int], None], check: Callable[[], None]) -> int:
    """Write the articles to a database at `path`; returns how many. `check` is called before it gets its name."""
    with unfinished(path) as hidden:
        with closing(sqlite3.connect(hidden, isolation_level=None)) as database:
            fill(database, selection, progress)
        check()
        replace_json(path.with_name(METADATA), metadata.of(path.stem, dict(selection.about)))
    return len(selection.ids)


def fill(database: sqlite3.Connection, selection: Selection, progress: Callable[[int], None]) -> None:
    """Make the tables and put the articles in. QuocphongError if a row refers to none."""
    for pragma in (*FAST, f"application_id = {APPLICATION_ID}"):
        database.execute(f"PRAGMA {pragma}").fetchall()
    database.execute("BEGIN")
    for statement in (*(each for table in TABLES for each in table.create()), *FULL_TEXT):
        database.execute(statement)
    database.executemany(BY_NAME["about"].insert(), selection.about)
    add_articles(database, selection, progress)
    for statement in (*(each for table in TABLES for each in table.create_indexes()), *FINISH):
        database.execute(statement)
    if broken := database.execute("PRAGMA foreign_key_check").fetchone():
        raise QuocphongError(f"A row of {broken[0]} refers to none of {broken[2]}; nothing was kept. Please report it.")
    database.execute("COMMIT")


def add_articles(database: sqlite3.Connection, selection: Selection, progress: Callable[[int], None]) -> None:
    """Put the articles in, page by page, then the stories they tell."""
    rows, done = Rows(selection), 0
    for page in selection.entries():
        found, texts = defaultdict(list), []
        for number, entry in enumerate(page, done + 1):
            for table, row in rows.of(number, entry):
                found[table].append(row)
            texts.append(rows.full_text(number, entry))
        for table, values in found.items():
            database.executemany(BY_NAME[table].insert(), values)
        database.executemany(ADD_TEXT, texts)
        done += len(page)
        progress(done)
    database.executemany(BY_NAME["stories"].insert(), rows.stories())
