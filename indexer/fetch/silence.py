"""Which feeds have fallen silent? A feed that announced articles for weeks and now gives none answers as before:
only what it used to give shows that something is wrong with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from indexer.fetch.feeds import Feed
from indexer.fetch.state import FILE

WEEK = timedelta(days=7)
LOOKED_AT = 8  # weeks before the last new article, from which a feed's usual number is taken
REGULAR = 3  # of these weeks with new articles: fewer are no habit
PATIENCE = 4  # times a feed's usual pause between two articles, and at least two weeks
PAGES = ("SELECT coalesce(nullif(fetched_at, ''), checked_at) FROM pages"
         " WHERE feed = ? AND verdict != 'failed' ORDER BY 1")


@dataclass(frozen=True, slots=True)
class Silence:
    """A feed that used to give `weekly` new articles a week and has given none since the day `since` (ISO, UTC)."""

    url: str
    name: str
    weekly: int
    since: str

    def __str__(self) -> str:
        return f"{self.name} ({self.url}): gave {self.weekly} a week, none since {self.since}"


def silent_feeds(folder: Path, feeds: Iterable[Feed], now: datetime | None = None) -> tuple[Silence, ...]:
    """The feeds that have fallen silent, by the state file in `folder`; none where there is no state file.

    The first day's articles do not count towards what is usual: a feed's first reading brings its past with it.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    moment = now or datetime.now(UTC)
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as rows:
        found = (silence_of(feed, [at for (at,) in rows.execute(PAGES, (feed.url,))], moment) for feed in feeds)
        try:
            return tuple(each for each in found if each)
        except sqlite3.DatabaseError:  # without tables nothing was fetched yet; of damage the next fetch tells
            return ()


def silence_of(feed: Feed, seen: list[str], now: datetime) -> Silence | None:
    """The feed's silence, if it is one; `seen` are the times at which its articles were first seen, oldest first."""
    times = [datetime.fromisoformat(each) for each in seen if each]
    later = [each for each in times if each - times[0] >= timedelta(days=1)]
    if not later:
        return None
    last = later[-1]
    recent = [each for each in later if last - each < LOOKED_AT * WEEK]
    weeks = {(last - each) // WEEK for each in recent}
    span = max(weeks) + 1
    if len(weeks) < REGULAR or now - last < max(2 * WEEK, PATIENCE * (span * WEEK / len(recent))):
        return None
    return Silence(feed.url, feed.name, max(1, round(len(recent) / span)), last.date().isoformat())
