"""One run over all feeds: what is announced is fetched, what is held is looked at again, sites side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from indexer.fetch.address import Sites
from indexer.fetch.blame import is_ours, why_of
from indexer.fetch.discover import Announce, Listings, at_once
from indexer.fetch.feeds import Feed, FeedsFile
from indexer.fetch.listing import Link
from indexer.fetch.pages import TOO_FAR, Judge, Pages
from indexer.fetch.report import FetchReport, Trouble
from indexer.fetch.silence import silent_feeds
from indexer.fetch.state import FAILED, KEPT, PageState, State
from indexer.fetch.store import Store
from indexer.fetch.visit import Visitor
from indexer.model.canonical_url import host_of


def fetch(
    source: FeedsFile,
    folder: Path,
    visitor: Visitor,
    judge: Judge,
    *,
    is_withdrawn: Callable[[str], bool] = lambda address: False,
    include: Sequence[str] = (),
    parallel: int = 8,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    announce: Announce = at_once,
) -> FetchReport:
    """Bring `folder` up to date with the feeds. `include`: addresses to take in whatever the rule says of them.

    Never raises for what sites do, nor for what `judge` and `announce` raise: that feed or page has failed. OSError or
    sqlite3.Error if the folder cannot be written.
    """
    started = time.monotonic()
    state = State(folder)
    try:
        pages = Pages(state, Store(folder), visitor, judge, Sites(source.moves), is_withdrawn, now)
        Run(pages, visitor, announce).all_of(source.feeds, include, parallel)
    finally:
        state.close()
    report = pages.tally.report
    report.feeds, report.unchecked = len(source.feeds), sum(not feed.checked for feed in source.feeds)
    report.silent = silent_feeds(folder, source.feeds, now())
    report.seconds = time.monotonic() - started
    return report


class Run:
    """One run over all feeds: which pages were seen already, and what is counted."""

    def __init__(self, pages: Pages, visitor: Visitor, announce: Announce) -> None:
        self.pages, self.visitor, self.limits, self.announce = pages, visitor, visitor.limits, announce
        self.state, self.sites, self.tally = pages.state, pages.sites, pages.tally
        self.seen: set[str] = set()
        self.seeing, self.stop = threading.Lock(), visitor.manners.stopping

    def all_of(self, feeds: Sequence[Feed], include: Sequence[str], parallel: int) -> None:
        """Sites side by side, the feeds of one site one after the other."""
        sites: dict[str, list[Feed]] = {}
        for feed in feeds:
            sites.setdefault(self.sites.now(host_of(feed.url)), []).append(feed)
        until = time.monotonic() + self.limits.feed
        for url in include:
            self.include(url, feeds, until)
        with ThreadPoolExecutor(max(1, parallel), "fetch") as threads:
            try:
                for done in [threads.submit(self.site, group) for group in sites.values()]:
                    done.result()
            except BaseException:
                self.stop.set()
                threads.shutdown(cancel_futures=True)
                raise

    def include(self, url: str, feeds: Sequence[Feed], until: float) -> None:
        """Take in one page that the owner asked for, whatever the rule says of it."""
        known = self.state.page(self.sites.identity(url) or "")
        feed = next((f for f in feeds if self.sites.together(url, f.url)), Feed(url, host_of(url)))
        if known is None or known.verdict != KEPT:
            taken = self.pages.take(Link(known.url if known else url), feed, known, until, forced=True)
            if not taken:
                why = "not asked for: its site lets us in again after this run's time"
                self.tally.count("pages", Trouble(url, why))

    def site(self, feeds: Sequence[Feed]) -> None:
        """Read the feeds of one site, one after the other, within the time a site has."""
        until = time.monotonic() + self.limits.feed
        for feed in feeds:
            if not self.stop.is_set():
                self.guarded(feed, until)

    def guarded(self, feed: Feed, until: float) -> None:
        """Read a feed. Whatever it raises is its failure, and the others are read."""
        try:
            self.read(feed, until)
        except Exception as error:
            if is_ours(error):
                raise
            self.failed(feed, why_of(error))

    def failed(self, feed: Feed, why: str) -> None:
        """Write down that a feed could not be read, and why."""
        before = self.state.feed(feed.url)
        self.tally.count("failed", Trouble(feed.url, why, newly=not before.why))
        self.state.save_feed(replace(before, why=why))

    # -- a feed -----------------------------------------------------------------------------------

    def read(self, feed: Feed, until: float) -> None:
        """A feed's new pages, then the held ones that are due. Validators are kept only once all its news is in."""
        found = Listings(self.state, self.visitor, feed, until, self.announce, self.pages.stamp())
        found.look(Link(feed.url), 0)
        left = self.take_all(found, feed, until)
        self.tally.count("left", left)
        if found.why:
            self.failed(feed, found.why)
            return
        self.tally.count("read" if found.read else "unchanged")
        self.state.save_feed(replace(self.state.feed(feed.url), why=""))
        for listing in found.read if not left else ():
            self.state.save_feed(replace(listing, read_at=self.pages.stamp()))

    def take_all(self, found: Listings, feed: Feed, until: float) -> int:
        """Take in what the listings of a feed announce, and look at held pages; returns how many are left."""
        budget, left = self.limits.pages, 0
        for link in found.pages:
            if (needed := self.needed(link, feed)) and budget > 0 and not self.stop.is_set():
                budget -= 1
                left += not needed(until)
            else:
                left += needed is not None
        now, too_far = self.pages.stamp(), self.pages.stamp(TOO_FAR)
        for page in self.state.due(now, too_far, feed.url, max(0, budget)):
            if not self.stop.is_set() and not self.pages.is_withdrawn(page.identity):
                self.due(page, feed, until)
        return left

    def due(self, page: PageState, feed: Feed, until: float) -> None:
        """Look at a held page again, or try one that failed, whether or not it is still announced."""
        link = Link(page.url, page.title, page.changed)
        if page.verdict == KEPT:
            self.pages.look_again(page, feed, link, until)
        else:
            self.pages.take(link, feed, page, until)

    def needed(self, link: Link, feed: Feed) -> Callable[[float], bool] | None:
        """What an announced page calls for in this run, if anything: told until when, it says whether it was done."""
        identity = self.sites.identity(link.url)
        if identity is None or not self.sites.together(link.url, feed.url):
            self.tally.count("elsewhere")
            return None
        if self.claimed(identity):
            return None
        self.tally.count("announced")
        if self.pages.is_withdrawn(identity):
            self.tally.count("withdrawn")
            return None
        known = self.state.page(identity)
        waits = known is not None and self.pages.stamp() < known.check_at <= self.pages.stamp(TOO_FAR)
        if known is None or (known.verdict == FAILED and not waits):
            return partial(self.pages.take, link, feed, known)
        if known.verdict == KEPT and link.changed > max(known.changed, known.fetched_at):
            return partial(self.pages.look_again, known, feed, link)
        return None

    def claimed(self, identity: str) -> bool:
        """Whether another feed of this run dealt with it already."""
        with self.seeing:
            before = identity in self.seen
            self.seen.add(identity)
        return before
