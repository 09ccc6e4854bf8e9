"""One run over all feeds: what is announced is fetched, what is held is looked at again, sites side by side."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from indexer.fetch.address import Sites, host_of, is_home
from indexer.fetch.discover import Listings
from indexer.fetch.exchange import Answer, Failure
from indexer.fetch.feeds import Feed, FeedsFile
from indexer.fetch.listing import Link
from indexer.fetch.report import FetchReport, Trouble
from indexer.fetch.state import FAILED, KEPT, OUT, PageState, State
from indexer.fetch.store import Store
from indexer.fetch.visit import Visitor, unusable, validators

DAY = timedelta(days=1)
LONGEST = 60 * DAY  # between two looks at an old article
GONE = (404, 410)
NOT_FOR_GOOD = 2  # 404s in a row until an article counts as taken down; 410 says so itself


@dataclass(frozen=True, slots=True)
class Judged:
    """What a page turned out to be: its declared address, its text's digest, and whether it belongs, and why."""

    canonical: str | None
    title: str
    digest: str
    belongs: bool
    score: float
    reason: str


# (page, its address, the feed that announced it) -> what it is, or one sentence why it is no article
Judge = Callable[[bytes, str, Feed], Judged | str]


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
) -> FetchReport:
    """Bring `folder` up to date with the feeds. `include`: addresses to take in whatever the rule says of them.

    Never raises for what sites do; OSError if the folder cannot be written.
    """
    started = time.monotonic()
    state = State(folder)
    try:
        run = Run(source, state, Store(folder), visitor, judge, is_withdrawn, now)
        run.all_of(source.feeds, include, parallel)
    finally:
        state.close()
    run.report.seconds = time.monotonic() - started
    return run.report


class Run:
    def __init__(self, source: FeedsFile, state: State, store: Store, visitor: Visitor, judge: Judge,
                 is_withdrawn: Callable[[str], bool], now: Callable[[], datetime]) -> None:
        self.state, self.store, self.visitor, self.judge = state, store, visitor, judge
        self.is_withdrawn, self.now = is_withdrawn, now
        self.sites, self.limits = Sites(source.moves), visitor.limits
        self.report = FetchReport(feeds=len(source.feeds), unchecked=sum(not feed.checked for feed in source.feeds))
        self.seen: set[str] = set()
        self.counting, self.stop = threading.Lock(), visitor.manners.stopping

    def all_of(self, feeds: Sequence[Feed], include: Sequence[str], parallel: int) -> None:
        """Sites side by side, the feeds of one site one after the other."""
        sites: dict[str, list[Feed]] = {}
        for feed in feeds:
            sites.setdefault(self.sites.now(host_of(feed.url)), []).append(feed)
        for url in include:
            self.include(url, feeds)
        with ThreadPoolExecutor(max(1, parallel), "fetch") as threads:
            try:
                for done in [threads.submit(self.site, group) for group in sites.values()]:
                    done.result()
            except BaseException:
                self.stop.set()
                threads.shutdown(cancel_futures=True)
                raise

    def include(self, url: str, feeds: Sequence[Feed]) -> None:
        known = self.state.page(self.sites.identity(url) or "")
        feed = next((f for f in feeds if self.sites.together(url, f.url)), Feed(url, host_of(url)))
        if known is None or known.verdict != KEPT:
            self.take(Link(known.url if known else url), feed, known, forced=True)

    def site(self, feeds: Sequence[Feed]) -> None:
        until = time.monotonic() + self.limits.feed
        for feed in feeds:
            if not self.stop.is_set():
                self.read(feed, until)

    # -- a feed -----------------------------------------------------------------------------------

    def read(self, feed: Feed, until: float) -> None:
        """A feed's new pages, then the held ones that are due. Validators are kept only once all its news is in."""
        before = self.state.feed(feed.url)
        found = Listings(self.state, self.visitor, feed, until)
        found.look(Link(feed.url), 0)
        if found.why:
            self.count("failed", Trouble(feed.url, found.why, newly=not before.why))
        else:
            self.count("read" if found.read else "unchanged")
        self.state.save_feed(replace(before, why=found.why))
        budget, left = self.limits.pages, 0
        for link in found.pages:
            if (needed := self.needed(link, feed)) and budget > 0 and not self.stop.is_set():
                budget -= 1
                left += not needed(until)
            else:
                left += needed is not None
        for page in self.state.due(self.stamp(), feed.url, max(0, budget)):
            if not self.stop.is_set() and not self.is_withdrawn(page.identity):
                self.look_again(page, feed, Link(page.url, changed=page.changed), until)
        self.count("left", left)
        for listing in found.read if not left and not found.why else ():
            self.state.save_feed(replace(listing, read_at=self.stamp()))

    def needed(self, link: Link, feed: Feed) -> Callable[[float], bool] | None:
        """What an announced page calls for in this run, if anything: told until when, it says whether it was done."""
        identity = self.sites.identity(link.url)
        if identity is None or not self.sites.together(link.url, feed.url):
            self.count("elsewhere")
            return None
        if self.claimed(identity):
            return None
        self.count("announced")
        if self.is_withdrawn(identity):
            self.count("withdrawn")
            return None
        known = self.state.page(identity)
        if known is None or (known.verdict == FAILED and known.check_at <= self.stamp()):
            return partial(self.take, link, feed, known)
        if known.verdict == KEPT and link.changed > max(known.changed, known.fetched_at):
            return partial(self.look_again, known, feed, link)
        return None

    def claimed(self, identity: str) -> bool:
        """Whether another feed of this run dealt with it already."""
        with self.counting:
            before = identity in self.seen
            self.seen.add(identity)
        return before

    # -- a page seen for the first time -----------------------------------------------------------

    def take(self, link: Link, feed: Feed, known: PageState | None, until: float = float("inf"),
             forced: bool = False) -> bool:
        """Fetch a page, judge it and store it if it belongs. False if there was no time to ask for it."""
        identity = self.sites.identity(link.url) or link.url
        page = PageState(identity, link.url, FAILED, title=link.title, feed=feed.url, changed=link.changed,
                         checked_at=self.stamp(), forced=forced, misses=known.misses if known else 0)
        answer = self.visitor.visit(link.url, until=until)
        if isinstance(answer, Failure) or (why := unusable(answer)):
            if isinstance(answer, Failure) and answer.left:
                return False
            self.postpone(page, answer.why if isinstance(answer, Failure) else why)
            return True
        judged = self.judge(answer.body, answer.url, feed) if is_page(answer) else "not a web page"
        if isinstance(judged, str):
            self.count("ruled_out")
            self.state.save(replace(page, verdict=OUT, reason=judged))
            return True
        page = replace(page, identity=self.name(judged, answer), url=answer.url, title=judged.title, misses=0,
                       digest=judged.digest, score=judged.score, reason=judged.reason, fetched_at=page.checked_at)
        self.enter(page, answer, judged, {identity, self.sites.identity(answer.url) or identity}, feed)
        return True

    def enter(self, page: PageState, answer: Answer, judged: Judged, addresses: set[str], feed: Feed) -> None:
        """Store a judged page under its identity, unless it is withdrawn, held already, or does not belong."""
        held = self.state.page(page.identity)
        if any(map(self.is_withdrawn, {page.identity, *addresses})):
            self.count("withdrawn")
        elif held and held.verdict == KEPT:
            self.state.save(replace(held, url=page.url), addresses)
        elif judged.belongs or page.forced:
            reason = page.reason if judged.belongs else f"asked for by the owner; the rule: {page.reason}"
            etag, modified = validators(answer)
            page = replace(page, verdict=KEPT, check_at=self.stamp(DAY), reason=reason, etag=etag, modified=modified)
            self.store.add(page, answer, {"source": feed.name, "published": page.changed})
            self.state.save(page, addresses)
            self.count("new")
        else:
            self.state.save(replace(page, verdict=OUT), addresses)
            self.count("ruled_out")

    def name(self, judged: Judged, answer: Answer) -> str:
        """The article's identity: that of the same text under the newspaper's other name, else the declared address
        where it can be believed, else the address that answered."""
        here = self.sites.identity(answer.url) or answer.url
        for twin in self.state.same_text(judged.digest):
            if host_of(twin.url) != host_of(answer.url) and self.sites.together(twin.url, answer.url):
                return twin.identity
        declared = judged.canonical
        if not declared or is_home(declared) or not self.sites.together(declared, answer.url):
            return here
        identity = self.sites.identity(declared) or here
        holder = self.state.page(identity)  # some sites declare one address for all their articles
        return identity if holder is None or holder.digest in ("", judged.digest) else here

    def postpone(self, page: PageState, why: str) -> None:
        """Try again later, at growing intervals."""
        later = DAY * 2 ** min(page.misses, 5) / 24
        self.state.save(replace(page, reason=why, misses=page.misses + 1, check_at=self.stamp(later)))
        self.count("pages", Trouble(page.url, why, newly=page.misses == 0))

    # -- a page that is held ----------------------------------------------------------------------

    def look_again(self, page: PageState, feed: Feed, link: Link, until: float) -> bool:
        """Has it been altered or taken down? What is stored stays; a new version is added. False if not asked."""
        asked = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
        answer = self.visitor.visit(page.url, {name: value for name, value in asked.items() if value}, until)
        page = replace(page, checked_at=self.stamp(), check_at=self.stamp(self.interval(page)), changed=link.changed)
        if isinstance(answer, Failure):
            return self.unseen(page, answer.why) or not answer.left
        if answer.status in GONE or (answer.hops and is_home(answer.url)):
            self.missed(page, for_good=answer.status == 410)
        elif answer.status == 304:
            self.state.save(replace(page, misses=0))
        elif why := unusable(answer):
            self.unseen(page, why)
        else:
            self.compare(page, answer, feed)
        return True

    def unseen(self, page: PageState, why: str) -> bool:
        """Whether it is still there cannot be told today."""
        self.count("pages", Trouble(page.url, why))
        self.state.save(replace(page, check_at=self.stamp(DAY / 4)))
        return False

    def missed(self, page: PageState, for_good: bool) -> None:
        page = replace(page, misses=page.misses + 1, check_at=self.stamp(DAY) if not for_good else page.check_at)
        if (for_good or page.misses >= NOT_FOR_GOOD) and page.online != "gone":
            page = replace(page, online="gone")
            self.store.mark(page)
            self.count("gone")
        self.state.save(page)

    def compare(self, page: PageState, answer: Answer, feed: Feed) -> None:
        """The page answers: under another name, with another text, or as it was."""
        now = self.sites.identity(answer.url) or page.identity
        other = self.state.page(now)
        if other and other.identity != page.identity and other.verdict == KEPT:
            self.store.mark(page, same_as=other.identity)
            self.state.join(page, other.identity)
            return
        judged = self.judge(answer.body, answer.url, feed)
        stored = self.store.newest(page)
        held = self.judge(stored, page.url, feed) if stored is not None else "lost"  # by today's reading, not then's
        same = isinstance(judged, Judged) and isinstance(held, Judged) and judged.digest == held.digest
        etag, modified = validators(answer)
        page = replace(page, url=answer.url, misses=0, etag=etag, modified=modified)
        if same or isinstance(judged, str):
            back = page.online == "gone"
            page = replace(page, online="" if back else page.online)
            if back:
                self.store.mark(page)
        else:
            page = replace(page, online="altered", digest=judged.digest, title=judged.title)
            self.store.add(page, answer, {})
            self.count("altered")
        self.state.save(page, {now})

    def interval(self, page: PageState) -> timedelta:
        """As long as the article is old: after 1, 2, 4 … days, at last every sixty."""
        age = self.now() - datetime.fromisoformat(page.fetched_at)
        return min(max(age, DAY), LONGEST)

    # -- bookkeeping ------------------------------------------------------------------------------

    def stamp(self, later: timedelta = timedelta()) -> str:
        return (self.now() + later).astimezone(UTC).isoformat(timespec="seconds")

    def count(self, what: str, more: int | Trouble = 1) -> None:
        with self.counting:
            counted = getattr(self.report, what)
            if isinstance(more, Trouble):
                counted.append(more)
            else:
                setattr(self.report, what, counted + more)


def is_page(answer: Answer) -> bool:
    kind = answer.header("content-type").lower()
    return "html" in kind or (not kind and answer.body.lstrip()[:1] == b"<")
