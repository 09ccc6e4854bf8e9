"""From one row of the feeds file to all it announces: front page -> feeds, sitemap index -> sitemaps."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from indexer.fetch.exchange import Answer, Failure, Limits
from indexer.fetch.feeds import Feed
from indexer.fetch.listing import MOST, Announced, Link, announced
from indexer.fetch.state import FeedState, State
from indexer.fetch.visit import Visitor, unusable, validators

IS_A_PAGE = "is a web page and no {}"
NAMES_NONE = "is a web page that names no feed, and its site's sitemap cannot be read: {}"
DEPTH = 3  # front page -> sitemap index -> sitemap

# (body, its address, the most bytes unpacked, until when) -> what is announced, or why nothing can be read
Announce = Callable[[bytes, str, int, float], Announced | str]


def at_once(body: bytes, url: str, limit: int, until: float) -> Announced | str:
    """`announced`, in this process, however long it takes."""
    return announced(body, url, limit)


class Listings:
    """The listings behind one feed row: the pages they announce, and each listing's validators."""

    def __init__(self, state: State, visitor: Visitor, feed: Feed, until: float, announce: Announce,
                 now: str) -> None:
        self.state, self.visitor, self.feed, self.until, self.announce = state, visitor, feed, until, announce
        self.now = now
        self.limits: Limits = visitor.limits
        self.pages: list[Link] = []
        self.read: list[FeedState] = []
        self.looked: set[str] = set()
        self.why = ""

    def look(self, listing: Link, depth: int) -> None:
        """Read a listing and, within bounds, those it names."""
        before = self.state.feed(listing.url)
        if listing.url in self.looked or len(self.pages) > MOST * self.limits.sitemaps or self.is_old(listing, before):
            return
        self.looked.add(listing.url)
        asked = {"If-None-Match": before.etag, "If-Modified-Since": before.modified}
        answer = self.visitor.visit(listing.url, {k: v for k, v in asked.items() if v}, self.until,
                                    self.feed.inside)
        if isinstance(answer, Answer) and answer.status == 304:
            return
        if isinstance(answer, Failure) or (why := unusable(answer)):
            self.why = self.why or (answer.why if isinstance(answer, Failure) else why)
            return
        found = self.announce(answer.body, answer.url, self.limits.document, self.until)
        if isinstance(found, str):
            self.why = self.why or found
            return
        if depth == 0 and (unlike := self.unlike(found.form)):
            self.why = unlike
            return
        self.read.append(FeedState(listing.url, *validators(answer)))
        self.pages += found.pages
        names_none = found.form == "page" and not found.more
        more = self.guesses(answer.url) if depth == 0 and names_none else found.more
        for link in [each for each in more if depth < DEPTH][: self.limits.sitemaps]:
            self.look(link, depth + 1)
        if depth == 0 and names_none and self.why:
            self.why = NAMES_NONE.format(self.why)

    def is_old(self, listing: Link, before: FeedState) -> bool:
        """Whether it has not changed since it was read; what was read at a time to come was read by a wrong clock."""
        return bool(listing.changed) and listing.changed < before.read_at <= self.now

    def unlike(self, form: str) -> str:
        """Why what answered is not of the kind that the feeds file says, "" if it is.

        Of feeds and sitemaps any will do: only a web page holds no list of articles.
        """
        return IS_A_PAGE.format(self.feed.kind) if form == "page" and self.feed.kind != "auto" else ""

    def guesses(self, url: str) -> tuple[Link, ...]:
        """Where a front page that names no feed may have its sitemap: robots.txt says, else the usual place."""
        named = self.visitor.sitemaps(url, self.until, self.feed.inside)
        return tuple(Link(address) for address in named) or (Link(urljoin(url, "/sitemap.xml")),)
