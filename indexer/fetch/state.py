"""What the fetcher remembers between runs: feeds and pages with their validators, verdicts and other addresses.

One SQLite file beside the pages. Losing it costs a second reading of what the feeds still announce, nothing stored.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

FILE = "state.sqlite"
KEPT, OUT, FAILED = "kept", "out", "failed"


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed as last read. `why` is what went wrong last time, "" if nothing did."""

    url: str
    etag: str = ""
    modified: str = ""
    read_at: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class PageState:
    """An article as last seen. Times are ISO, UTC.

    identity  its canonical address, the id of the article;  url  the address that gave it last
    verdict   kept, out (does not belong, see `reason`) or failed (see `reason`; tried again at `check_at`)
    changed   the time its feed gave last;  digest  identifies its text
    misses    checks in a row that found it gone;  online  "" as published, "altered" or "gone"
    forced    the owner asked for it: no rule decides
    online_at when it was first seen altered, the last time, or gone
    """

    identity: str
    url: str
    verdict: str
    title: str = ""
    feed: str = ""
    score: float = 0.0
    reason: str = ""
    etag: str = ""
    modified: str = ""
    changed: str = ""
    digest: str = ""
    fetched_at: str = ""
    checked_at: str = ""
    check_at: str = ""
    misses: int = 0
    online: str = ""
    forced: bool = False
    online_at: str = ""  # new fields go last: a state file of an older version gets them added


def columns(row: type) -> str:
    """A table's columns as SQL: the fields of `row`, the first one its key."""
    first, *rest = [field.name for field in fields(row)]
    return ", ".join([f"{first} PRIMARY KEY", *rest])


SCHEMA = f"""
CREATE TABLE IF NOT EXISTS feeds ({columns(FeedState)});
CREATE TABLE IF NOT EXISTS pages ({columns(PageState)});
CREATE TABLE IF NOT EXISTS aliases (url PRIMARY KEY, identity) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS due ON pages (verdict, feed, check_at);
CREATE INDEX IF NOT EXISTS texts ON pages (digest);
"""


class State:
    """The state file. Safe to share between threads; each write is a transaction."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows = sqlite3.connect(folder / FILE, check_same_thread=False)
        self._rows.executescript(SCHEMA)
        self._add_missing("pages", PageState)
        self._lock = threading.Lock()

    def feed(self, url: str) -> FeedState:
        """The feed as last read, or a blank one."""
        with self._lock:
            row = self._rows.execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
        return FeedState(*row) if row else FeedState(url)

    def page(self, address: str) -> PageState | None:
        """The page known under a canonical address, its own or another that led to it."""
        with self._lock:
            row = self._rows.execute(
                "SELECT * FROM pages WHERE identity = coalesce((SELECT identity FROM aliases WHERE url = ?), ?)",
                (address, address)).fetchone()
        return page_of(row) if row else None

    def due(self, now: str, too_far: str, feed: str, most: int) -> list[PageState]:
        """Kept and failed pages of a feed whose time to be asked for again has come, the longest overdue first, and
        those whose time lies beyond `too_far`."""
        condition = ("verdict IN ('kept', 'failed') AND feed = ? AND (check_at <= ? OR check_at > ?)"
                     " ORDER BY check_at LIMIT ?")
        return self._pages(condition, (feed, now, too_far, most))

    def ruled_out(self) -> list[PageState]:
        """Pages that do not belong, the likeliest to be wanted first."""
        return self._pages("verdict = 'out' ORDER BY score DESC, identity", ())

    def same_text(self, digest: str) -> list[PageState]:
        """Kept pages whose text has this digest."""
        return self._pages("verdict = 'kept' AND digest = ?", (digest,))

    def join(self, page: PageState, identity: str) -> None:
        """`page` turned out to be the article known as `identity`: from now on its addresses lead there."""
        with self._lock, self._rows as rows:
            rows.execute("DELETE FROM pages WHERE identity = ?", (page.identity,))
            rows.execute("UPDATE aliases SET identity = ? WHERE identity = ?", (identity, page.identity))
            rows.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?)", (page.identity, identity))

    def save(self, page: PageState, aliases: Iterable[str] = ()) -> None:
        """Write a page, and the other addresses that lead to it."""
        with self._lock, self._rows as rows:
            rows.execute(f"INSERT OR REPLACE INTO pages VALUES ({marks(page)})", astuple(page))
            rows.executemany("INSERT OR REPLACE INTO aliases VALUES (?, ?)",
                             ((alias, page.identity) for alias in aliases if alias != page.identity))

    def save_feed(self, feed: FeedState) -> None:
        """Write a feed."""
        with self._lock, self._rows as rows:
            rows.execute(f"INSERT OR REPLACE INTO feeds VALUES ({marks(feed)})", astuple(feed))

    def close(self) -> None:
        """Close the file."""
        self._rows.close()

    def _add_missing(self, table: str, row: type) -> None:
        held = {name for _, name, *_ in self._rows.execute(f"PRAGMA table_info({table})")}
        for each in fields(row):
            if each.name not in held:
                self._rows.execute(f"ALTER TABLE {table} ADD COLUMN {each.name} DEFAULT ''")

    def _pages(self, condition: str, values: tuple[object, ...]) -> list[PageState]:
        with self._lock:
            return [page_of(row) for row in self._rows.execute(f"SELECT * FROM pages WHERE {condition}", values)]


def page_of(row: tuple[object, ...]) -> PageState:
    """The page in a row of the table."""
    page = PageState(*row)  # type: ignore[arg-type]
    return replace(page, forced=bool(page.forced))  # SQLite has no truth values


def marks(row: FeedState | PageState) -> str:
    """A question mark for each field, as SQL takes values."""
    return ", ".join("?" * len(fields(row)))
