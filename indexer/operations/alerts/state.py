"""What each alert knows, what it has still to tell, and whom it has told: a database beside the generations.

    index/alerts.sqlite

An alert keeps a list of events in order (a new story, a correction, a withdrawal …), and each recipient a place in it:
what lies behind the place was told. So recipients that fail stay behind by themselves, and get later what they missed.
Events that everybody was told are deleted. Nothing of an article's text is kept, and names of people as digests only:
messages are made of the index at the moment they are sent. No rebuild, rollback or restore touches the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from indexer.model.errors import IndexDamaged
from indexer.model.os_errors import translate_os_errors

FILE = "alerts.sqlite"
SILENT, TOLD, WITHDRAWN = 0, 1, 2  # of what an alert knows: not told, told, told as withdrawn
SCHEMA = """
CREATE TABLE IF NOT EXISTS alerts (
    name TEXT PRIMARY KEY, definition TEXT NOT NULL, looked TEXT NOT NULL, generation INTEGER NOT NULL,
    seen TEXT NOT NULL, slot TEXT NOT NULL, next INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS known (
    alert TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, told INTEGER NOT NULL,
    PRIMARY KEY (alert, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
    alert TEXT NOT NULL, number INTEGER NOT NULL, generation INTEGER NOT NULL, kind TEXT NOT NULL,
    article TEXT NOT NULL, more TEXT NOT NULL, PRIMARY KEY (alert, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recipients (
    alert TEXT NOT NULL, name TEXT NOT NULL, shown TEXT NOT NULL, at INTEGER NOT NULL, prepared INTEGER NOT NULL,
    tries INTEGER NOT NULL, again TEXT NOT NULL, failing TEXT NOT NULL, why TEXT NOT NULL, sent TEXT NOT NULL,
    held TEXT NOT NULL,
    PRIMARY KEY (alert, name)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """When an alert looked last.

    definition  what it asked for then;  generation  of the index
    looked      generation and withdrawals as one text: while it stays, there is nothing new
    seen        of each generation folder, by number, the last commit there: articles of a later one are new
    slot        the day or week for which it looked, of a daily or weekly alert
    next        number of the next event
    """

    definition: str
    looked: str
    generation: int
    seen: Mapping[str, int]
    slot: str = ""
    next: int = 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell. `more`: the copies of a new story, or what else a message needs; see `news.py`."""

    number: int
    generation: int
    kind: str
    article: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a recipient is.

    at        number of the first event not told
    prepared  number behind the last event of a message that may have been sent already; 0 for none
    tries     failures in a row;  again  ISO time before which it is not tried again;  failing  since when
    why       of the last failure;  sent  when something was last sent
    held      events behind the place that were not told: their articles are missing, and may come back
    """

    name: str
    shown: str
    at: int
    prepared: int = 0
    tries: int = 0
    again: str = ""
    failing: str = ""
    why: str = ""
    sent: str = ""
    held: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Failing:
    """A recipient that could not be reached lately: since when, how often tried, when next, and why."""

    alert: str
    recipient: str
    since: str
    tries: int
    again: str
    why: str

    def __str__(self) -> str:
        return (f"{self.recipient} ({self.alert}): since {self.since}, {self.tries} times, next after {self.again}:"
                f" {self.why}")


class AlertState:
    """The opened database. `commit` puts on the disk what was changed since the last one, all at once."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._rows = database

    def commit(self) -> None:
        """Everything so far is on the disk when this returns."""
        self._rows.commit()

    def discard(self) -> None:
        """Take back what was changed since the last commit."""
        self._rows.rollback()

    # --- an alert -----------------------------------------------------------------------------------------

    def looked(self, alert: str) -> Looked | None:
        """When an alert looked last; None for a new one."""
        row = self._rows.execute("SELECT definition, looked, generation, seen, slot, next FROM alerts WHERE name = ?",
                                 (alert,)).fetchone()
        return Looked(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5]) if row else None

    def set_looked(self, alert: str, looked: Looked) -> None:
        """Write down that it has looked."""
        self._rows.execute("INSERT OR REPLACE INTO alerts VALUES (?, ?, ?, ?, ?, ?, ?)", (
            alert, looked.definition, looked.looked, looked.generation, json.dumps(looked.seen), looked.slot,
            looked.next))

    def known(self, alert: str) -> dict[str, tuple[str, int]]:
        """Everything an alert knows: (digest, SILENT, TOLD or WITHDRAWN) by key."""
        rows = self._rows.execute("SELECT key, digest, told FROM known WHERE alert = ?", (alert,))
        return {key: (digest, told) for key, digest, told in rows}

    def learn(self, alert: str, rows: Iterable[tuple[str, str, int]]) -> None:
        """Write down (key, digest, told)."""
        self._rows.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?)", ((alert, *row) for row in rows))

    def add_events(self, alert: str, events: Iterable[Event]) -> None:
        """Append events."""
        self._rows.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", (
            (alert, e.number, e.generation, e.kind, e.article, json.dumps(e.more)) for e in events))

    def events(self, alert: str, start: int, end: int) -> list[Event]:
        """The events from number `start` to before `end`."""
        rows = self._rows.execute("SELECT number, generation, kind, article, more FROM events WHERE alert = ?"
                                  " AND number >= ? AND number < ? ORDER BY number", (alert, start, end))
        return [Event(number, generation, kind, article, tuple(json.loads(more)))
                for number, generation, kind, article, more in rows]

    def keep_alerts(self, names: Collection[str]) -> None:
        """Forget alerts that the table does not name any more: one that returns begins anew. What it knew stays, so
        that nothing is told twice."""
        held = {name for (name,) in self._rows.execute("SELECT name FROM alerts")}
        for gone in held - {*names}:
            for table, column in (("alerts", "name"), ("events", "alert"), ("recipients", "alert")):
                self._rows.execute(f"DELETE FROM {table} WHERE {column} = ?", (gone,))

    # --- its recipients -----------------------------------------------------------------------------------

    def standings(self, alert: str) -> dict[str, Standing]:
        """How far each recipient of an alert is, by name."""
        rows = self._rows.execute("SELECT name, shown, at, prepared, tries, again, failing, why, sent, held"
                                  " FROM recipients WHERE alert = ?", (alert,))
        return {name: Standing(name, shown, at, prepared, tries, again, failing, why, sent, events_of(held))
                for name, shown, at, prepared, tries, again, failing, why, sent, held in rows}

    def set_standing(self, alert: str, new: Standing) -> None:
        """Write down how far a recipient is."""
        self._rows.execute("INSERT OR REPLACE INTO recipients VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (
            alert, new.name, new.shown, new.at, new.prepared, new.tries, new.again, new.failing, new.why, new.sent,
            json.dumps([astuple(event) for event in new.held])))

    def keep_recipients(self, alert: str, names: Collection[str]) -> None:
        """Forget the recipients that an alert does not name any more, and the events that all others were told."""
        for gone in self.standings(alert).keys() - {*names}:
            self._rows.execute("DELETE FROM recipients WHERE alert = ? AND name = ?", (alert, gone))
        self._rows.execute("DELETE FROM events WHERE alert = ? AND number < (SELECT min(at) FROM recipients"
                           " WHERE alert = ?)", (alert, alert))

    def failing(self) -> list[Failing]:
        """The recipients that could not be reached lately, the longest first."""
        rows = self._rows.execute("SELECT alert, shown, failing, tries, again, why FROM recipients WHERE tries > 0"
                                  " ORDER BY failing, alert, name")
        return [Failing(*row) for row in rows]

    def last_sent(self) -> str:
        """When something was last sent; "" for never."""
        return str(self._rows.execute("SELECT coalesce(max(sent), '') FROM recipients").fetchone()[0])


def events_of(written: str) -> tuple[Event, ...]:
    """The events in a text of JSON."""
    return tuple(Event(number, generation, kind, article, tuple(more))
                 for number, generation, kind, article, more in json.loads(written))


@contextmanager
def opened(index_dir: Path, passing: bool = False) -> Iterator[AlertState]:
    """The state of the alerts of an index for the block, made if there is none. `passing`: nothing of what is changed
    in the block stays. IndexDamaged, which says what to do, if it cannot be read; NotWritable, DiskFull."""
    path = index_dir / FILE
    with translate_os_errors(path), named_damage(path):
        if not passing and not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # it holds addresses
        with closing(connected(path, passing)) as database:
            yield AlertState(database)


def connected(path: Path, passing: bool) -> sqlite3.Connection:
    """A connection to the database; a passing one to a copy in memory."""
    if not passing:
        database = sqlite3.connect(path)
        database.execute("PRAGMA synchronous = EXTRA")  # the folder's entry too, when the journal goes
    else:
        database = sqlite3.connect(":memory:")
        if path.exists():
            with closing(existing(path)) as kept:
                kept.backup(database)
    database.execute("PRAGMA trusted_schema = OFF")
    database.executescript(SCHEMA)
    return database


def existing(path: Path) -> sqlite3.Connection:
    """A connection to a database that is there. It may write: a run that was killed may have left something to undo."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True)


@contextmanager
def named_damage(path: Path) -> Iterator[None]:
    """Within the block a damaged database becomes IndexDamaged with its own remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise IndexDamaged(f"{path} is damaged ({error}). Take the one of a backup; or delete it: then every alert"
                               " begins anew, and what was not told yet is not told.") from error
        raise


def delivery(index_dir: Path) -> tuple[tuple[Failing, ...], str]:
    """The recipients that could not be reached lately, and when something was last sent ("" for never).

    Nothing where there is no state, or none that can be read.
    """
    with suppress(sqlite3.Error), closing(existing(index_dir / FILE)) as database:
        state = AlertState(database)
        return tuple(state.failing()), state.last_sent()
    return (), ""
