"""What happens to one page: fetched for the first time, or looked at again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from indexer.fetch.address import Sites, is_home
from indexer.fetch.blame import is_ours, why_of
from indexer.fetch.exchange import Answer, Failure
from indexer.fetch.feeds import Feed
from indexer.fetch.listing import Link
from indexer.fetch.report import Tally, Trouble
from indexer.fetch.state import FAILED, KEPT, OUT, PageState, State
from indexer.fetch.store import Store
from indexer.fetch.visit import Visitor, unusable, validators
from indexer.model.canonical_url import host_of

DAY = timedelta(days=1)
LONGEST = 60 * DAY  # between two looks at an old article
TOO_FAR = LONGEST + DAY  # a time that lies further ahead was written by a wrong clock: look now
GONE = (404, 410)
NOT_FOR_GOOD = 2  # 404s in a row until an article counts as taken down; 410 says so itself
FOR_GOOD = 8  # failures in a row, over five days, until a page that was never had is given up


@dataclass(frozen=True, slots=True)
class Judged:
    """What a page turned out to be: its declared address, its words' digest, and whether it belongs, and why.

    `texts` identify it as an index does, sign by sign and by its words; `withdrawn`: it is the text of an article that
    was withdrawn.
    """

    canonical: str | None
    title: str
    digest: str
    belongs: bool
    score: float
    reason: str
    texts: frozenset[str] = frozenset()
    withdrawn: bool = False


# (page, its address, the feed that announced it) -> what it is, or one sentence why it is no article. What it raises is
# the page's failure.
Judge = Callable[[bytes, str, Feed], Judged | str]


class Pages:
    """The pages of a folder. Safe to use from the threads of several sites."""

    def __init__(self, state: State, store: Store, visitor: Visitor, judge: Judge, sites: Sites,
                 is_withdrawn: Callable[[str], bool], now: Callable[[], datetime]) -> None:
        self.state, self.store, self.visitor, self.judge, self.sites = state, store, visitor, judge, sites
        self.is_withdrawn, self.now, self.tally = is_withdrawn, now, Tally()

    # -- a page seen for the first time -----------------------------------------------------------

    def take(self, link: Link, feed: Feed, known: PageState | None, until: float = float("inf"),
             forced: bool = False) -> bool:
        """Fetch a page, judge it and store it if it belongs. False if there was no time to ask for it."""
        identity = self.sites.identity(link.url) or link.url
        page = PageState(identity, link.url, FAILED, title=link.title, feed=feed.url, changed=link.changed,
                         checked_at=self.stamp(), forced=forced, misses=known.misses if known else 0)
        answer = self.visitor.visit(link.url, until=until, allowed=feed.inside)
        if isinstance(answer, Failure) and answer.left:
            return False
        try:
            why = answer.why if isinstance(answer, Failure) else unusable(answer)
            if isinstance(answer, Failure) or why:
                self.postpone(page, why)
            else:
                self.judge_new(page, answer, feed)
        except Exception as error:
            if is_ours(error):
                raise
            self.postpone(page, why_of(error))
        return True

    def judge_new(self, page: PageState, answer: Answer, feed: Feed) -> None:
        """Judge what a page answered the first time, and store it if it belongs."""
        judged = self.judge(answer.body, answer.url, feed) if is_page(answer) else "not a web page"
        if isinstance(judged, str):
            self.tally.count("ruled_out")
            self.state.save(replace(page, verdict=OUT, reason=judged))
            return
        addresses = {page.identity, self.sites.identity(answer.url) or page.identity}
        page = replace(page, identity=self.name(judged, answer), url=answer.url, title=judged.title, misses=0,
                       digest=judged.digest, score=judged.score, reason=judged.reason, fetched_at=page.checked_at)
        self.enter(page, answer, judged, addresses, feed)

    def enter(self, page: PageState, answer: Answer, judged: Judged, addresses: set[str], feed: Feed) -> None:
        """Store a judged page under its identity, unless it is withdrawn, held already, or does not belong."""
        held = self.state.page(page.identity)
        if judged.withdrawn or any(map(self.is_withdrawn, {page.identity, *addresses})):
            self.tally.count("withdrawn")
        elif held and held.verdict == KEPT:
            self.state.save(replace(held, url=page.url), addresses)
        elif judged.belongs or page.forced:
            reason = page.reason if judged.belongs else f"asked for by the owner; the rule: {page.reason}"
            etag, modified = validators(answer)
            page = replace(page, verdict=KEPT, check_at=self.stamp(DAY), reason=reason, etag=etag, modified=modified)
            self.store.add(page, answer, {"source": feed.name, "published": page.changed})
            self.state.save(page, addresses)
            self.tally.count("new")
        else:
            self.state.save(replace(page, verdict=OUT), addresses)
            self.tally.count("ruled_out")

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
        """Try again after 1, 2, 4 … hours; what fails for good is listed with what does not belong."""
        misses = page.misses + 1
        verdict, reason = (FAILED, why) if misses < FOR_GOOD else (OUT, f"failed {misses} times: {why}")
        later = DAY * 2**page.misses / 24
        self.state.save(replace(page, verdict=verdict, reason=reason, misses=misses, check_at=self.stamp(later)))
        self.tally.count("pages", Trouble(page.url, why, newly=page.misses == 0))

    # -- a page that is held ----------------------------------------------------------------------

    def look_again(self, page: PageState, feed: Feed, link: Link, until: float) -> bool:
        """Has it been altered or taken down? What is stored stays; a new version is added. False if not asked."""
        asked = {"If-None-Match": page.etag, "If-Modified-Since": page.modified}
        asked = {name: value for name, value in asked.items() if value}
        answer = self.visitor.visit(page.url, asked, until, feed.inside)
        page = replace(page, checked_at=self.stamp(), check_at=self.stamp(self.interval(page)), changed=link.changed)
        if isinstance(answer, Failure):
            return not answer.left and self.unseen(page, answer.why)
        try:
            self.judge_again(page, answer, feed)
        except Exception as error:
            if is_ours(error):
                raise
            self.unseen(page, why_of(error))
        return True

    def judge_again(self, page: PageState, answer: Answer, feed: Feed) -> None:
        """Follow what a held page answered."""
        if answer.status in GONE or (answer.hops and is_home(answer.url)):
            self.missed(page, for_good=answer.status == 410)
        elif answer.status == 304:
            self.state.save(replace(page, misses=0))
        elif why := unusable(answer):
            self.unseen(page, why)
        else:
            self.compare(page, answer, feed)

    def unseen(self, page: PageState, why: str) -> bool:
        """Whether it is still there cannot be told today; that is all there is to do in this run."""
        self.tally.count("pages", Trouble(page.url, why))
        self.state.save(replace(page, check_at=self.stamp(DAY / 4)))
        return True

    def missed(self, page: PageState, for_good: bool) -> None:
        """Count a page that was not found; after the second time, or at once `for_good`, it is taken down."""
        page = replace(page, misses=page.misses + 1, check_at=self.stamp(DAY) if not for_good else page.check_at)
        if (for_good or page.misses >= NOT_FOR_GOOD) and page.online != "gone":
            page = replace(page, online="gone", online_at=page.checked_at)
            self.store.mark(page)
            self.tally.count("gone")
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
            if back:
                altered_at = self.store.altered_at(page)
                page = replace(page, online="altered" if altered_at else "", online_at=altered_at)
                self.store.mark(page)
        else:
            page = replace(page, online="altered", online_at=page.checked_at, digest=judged.digest, title=judged.title)
            self.store.add(page, answer, {})
            self.tally.count("altered")
        self.state.save(page, {now})

    def interval(self, page: PageState) -> timedelta:
        """As long as the article is old: after 1, 2, 4 … days, at last every sixty."""
        age = self.now() - datetime.fromisoformat(page.fetched_at)
        return min(max(age, DAY), LONGEST)

    def stamp(self, later: timedelta = timedelta()) -> str:
        """Now, or later, as times are written down."""
        return (self.now() + later).astimezone(UTC).isoformat(timespec="seconds")


def is_page(answer: Answer) -> bool:
    """Whether an answer is HTML, by its media type or, without one, by its first sign."""
    kind = answer.header("content-type").lower()
    return "html" in kind or (not kind and answer.body.lstrip()[:1] == b"<")
