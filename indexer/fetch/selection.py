"""Feeds -> fetch -> corpus. Tells the fetcher what it does not know: which pages are articles that belong."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from indexer import __version__
from indexer.fetch import Feed, FetchReport, Judged, Limits, PageState, State, Visitor, fetch, read_feeds
from indexer.fetch.listing import Announced, announced
from indexer.fetch.scope import in_scope
from indexer.fetch.state import FILE as STATE_FILE
from indexer.fetch.worker import Workers
from indexer.model.canonical_url import canonical
from indexer.model.errors import IndexDamaged, UsageError
from indexer.model.os_errors import translate_os_errors
from indexer.model.settings import Settings
from indexer.sources.fetched import read_bytes
from indexer.storage.lock import hold
from indexer.storage.manifest import text_digest, words_digest
from indexer.storage.tombstones import Tombstones
from indexer.text import normalize

BELONGS_BY_SECTION = "chuyên mục {}"


def bring_in(
    feeds: Path,
    folder: Path,
    index_dir: Path,
    contact: str,
    *,
    limits: Limits | None = None,
    include: Sequence[str] = (),
    parallel: int = 8,
    wait_seconds: float = 0.0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> FetchReport:
    """Fetch what the feeds announce into `folder`, leaving out what is withdrawn from the index in `index_dir`.

    UsageError without a contact or for a feeds file that makes no sense; IndexLocked while another run is fetching.
    """
    if not contact.strip():
        raise UsageError("Newspapers must be able to reach their visitors: set contact to an e-mail or web address.")
    source = read_feeds(feeds)
    withdrawn, learning = Tombstones(index_dir), Lock()

    limits = limits or Limits()
    workers = Workers()

    def announce(body: bytes, url: str, most: int, until: float) -> Announced | str:
        seconds = min(limits.work, max(1.0, until - time.monotonic()))
        return workers.call(announced, body, url, most, seconds=seconds)

    def judge(page: bytes, url: str, feed: Feed) -> Judged | str:
        found = workers.call(judged, page, url, feed, seconds=limits.work)
        if isinstance(found, Judged) and not withdrawn.texts.isdisjoint(found.texts):
            with learning:
                withdrawn.learn(canonical(url) or url, url, found.texts)
                withdrawn.write_down()
            return replace(found, withdrawn=True)
        return found

    def is_withdrawn(address: str) -> bool:
        return withdrawn.covers(address, address)

    visitor = Visitor(f"quocphong/{__version__} (+{contact.strip()})", limits)
    with translate_os_errors(folder), hold(folder, wait_seconds), state_named(folder), closing(workers):
        return fetch(source, folder, visitor, judge, is_withdrawn=is_withdrawn, include=include, parallel=parallel,
                     now=now, announce=announce)


@contextmanager
def state_named(folder: Path) -> Iterator[None]:
    """Within the block a damaged state file becomes IndexDamaged with its own remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise IndexDamaged(f"{folder / STATE_FILE} is damaged ({error}). Delete it: what is stored stays, and the"
                               " feeds are read once more.") from error
        raise


def bring_in_by(settings: Settings, include: Sequence[str] = (), wait_seconds: float = 0.0) -> FetchReport:
    """`bring_in`, as the settings say."""
    limits = Limits(document=settings.max_file_mb * 1_000_000, delay=settings.fetch_delay, pages=settings.fetch_pages,
                    feed=settings.fetch_minutes * 60)
    return bring_in(settings.feeds, settings.fetched, settings.index, settings.contact, limits=limits, include=include,
                    parallel=settings.fetch_parallel, wait_seconds=wait_seconds)


def ruled_out(folder: Path) -> list[PageState]:
    """What was fetched and does not belong, the likeliest to be wanted first."""
    with closing(State(folder)) as state:
        return state.ruled_out()


def judged(page: bytes, url: str, feed: Feed) -> Judged | str:
    """What a page is: an article with its verdict, or why it is none. A feed's defence section needs no rule."""
    found = read_bytes(page, url)
    if isinstance(found, str):
        return found
    text = f"{found.lead}\n{found.body}" if found.lead else found.body
    verdict = in_scope(found.title, text)
    reason = BELONGS_BY_SECTION.format(feed.section) if feed.section else verdict.reason
    belongs = bool(feed.section) or verdict.belongs
    return Judged(found.url, found.title, digest(found.title, text), belongs, verdict.score, reason,
                  frozenset({text_digest(found.title, text), words_digest(found.title, text)} - {""}))


def digest(title: str, text: str) -> str:
    """Identifies what a reader reads: case, spaces and signs do not count."""
    words = re.findall(r"\w+", normalize(f"{title}\n{text}").lower())
    return blake2b(" ".join(words).encode(), digest_size=12).hexdigest()
