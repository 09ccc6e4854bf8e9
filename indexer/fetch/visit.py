"""A polite visit to one address: by the host's rules, in its own time, again if need be, along its redirects."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from indexer.fetch.address import is_home
from indexer.fetch.connection import Resolve
from indexer.fetch.exchange import Answer, Failure, Limits, exchange, name_of
from indexer.fetch.politeness import ROBOTS_SIZE, Manners

REDIRECTS = (301, 302, 303, 307, 308)
COME_BACK = (429, 500, 502, 503, 504)


class Visitor:
    """Asks for pages on behalf of the owner named in `agent` ("quocphong/0.1 (+https://…)").

    `allowed` names hosts that may be at private addresses in every visit; `resolve` is how names become addresses.
    """

    def __init__(self, agent: str, limits: Limits, allowed: Collection[str] = (),
                 resolve: Resolve = socket.getaddrinfo) -> None:
        self.agent, self.limits, self.allowed, self.resolve = agent, limits, allowed, resolve
        self.manners = Manners(agent.partition("/")[0], limits.delay)

    def visit(self, url: str, conditions: Mapping[str, str] | None = None,
              until: float = float("inf"), allowed: Collection[str] = ()) -> Answer | Failure:
        """The answer at the end of the redirects, whatever its status, or why there is none.

        `conditions` are the headers of a conditional request. No request is begun that could not start before
        `until` (a time.monotonic()). `allowed` names hosts that may be at private addresses in this visit, as redirects
        lead to them or not.
        """
        inside = frozenset((*self.allowed, *allowed))
        hops: list[str] = []
        while True:
            answer = self.persist(url, conditions or {}, until, inside)
            if isinstance(answer, Failure):
                return answer
            if answer.status not in REDIRECTS or not (to := target_of(answer)):
                return replace(answer, hops=tuple(hops))
            hops.append(url)
            url = to
            if url in hops or len(hops) > self.limits.redirects:
                circle, many = "redirects in a circle", f"more than {self.limits.redirects} redirects"
                return Failure(hops[0], circle if url in hops else many)

    def persist(self, url: str, conditions: Mapping[str, str], until: float,
                inside: frozenset[str]) -> Answer | Failure:
        """One address, up to `tries` times, with growing pauses or those the site asks for."""
        failed = Failure(url, "not tried")
        for attempt in range(self.limits.tries):
            answer = self.ask(url, conditions, until, inside)
            trouble = answer if isinstance(answer, Failure) else busy(answer)
            if trouble is None or not trouble.passing:
                return answer
            failed = trouble
            backoff = self.limits.backoff * 2**attempt * random.uniform(0.8, 1.2)
            wait = backoff if failed.wait is None else failed.wait
            if wait > self.limits.patience:
                self.manners.close(place_of(url, inside), f"asked to come back in {wait:.0f} seconds")
                return replace(failed, passing=False, left=True)
            self.manners.hold_off(place_of(url, inside), wait)
        return failed

    def ask(self, url: str, conditions: Mapping[str, str], until: float,
            inside: frozenset[str]) -> Answer | Failure:
        """One request, if the host's rules allow it and there is time."""
        try:
            place, path = place_of(url, inside), urlsplit(url).path
        except ValueError:
            return Failure(url, "not an address")
        if urlsplit(url).scheme not in ("http", "https"):
            return Failure(url, "refused: not a plain http or https address")
        host = self.manners.host(place)
        rules = self.manners.rules(place, lambda: self.robots(origin_of(url), until, inside))
        if host.closed:
            return Failure(url, host.closed, left=True)
        if path != "/robots.txt" and not rules.can_fetch(url, self.manners.agent):
            return Failure(url, host.unread or "robots.txt asks not to")
        with self.manners.turn(place, until) as in_time:
            if not in_time:
                return Failure(url, "left for the next run: this one's time for the site is over", left=True)
            if self.manners.stopping.is_set():
                return Failure(url, "the run was stopped", left=True)
            return exchange(url, {"User-Agent": self.agent, **conditions}, inside, self.limits, self.resolve)

    def robots(self, origin: str, until: float, inside: frozenset[str]) -> tuple[int, bytes]:
        """Status and text of an origin's robots.txt, along up to five redirects (RFC 9309, 2.3.1.2)."""
        url, limits = f"{origin}/robots.txt", replace(self.limits, document=max(ROBOTS_SIZE, self.limits.document))
        for _ in range(6):
            for attempt in range(self.limits.tries):
                answer = exchange(url, {"User-Agent": self.agent}, inside, limits, self.resolve)
                if (isinstance(answer, Answer) and answer.status < 500) or time.monotonic() > until:
                    break
                self.manners.stopping.wait(min(self.limits.backoff * 2**attempt, self.limits.patience))
            if isinstance(answer, Failure):
                return 0, b""
            if answer.status not in REDIRECTS or not (to := target_of(answer)):
                return answer.status, answer.body
            url = to
        return 404, b""

    def sitemaps(self, url: str, until: float = float("inf"), allowed: Collection[str] = ()) -> list[str]:
        """The sitemaps that the robots.txt of an address's site names."""
        inside = frozenset((*self.allowed, *allowed))
        rules = self.manners.rules(place_of(url, inside), lambda: self.robots(origin_of(url), until, inside))
        return list(rules.sitemaps)


def target_of(answer: Answer) -> str:
    """Where a redirect leads, "" if it does not say. Many servers write it in UTF-8, which headers are not read as."""
    written = answer.header("location").strip()
    with suppress(UnicodeError):  # then it was what it seemed
        written = written.encode("latin-1").decode("utf-8")
    try:
        return urldefrag(urljoin(answer.url, written))[0] if written else ""
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, in lower case."""
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"


def place_of(url: str, inside: frozenset[str]) -> str:
    """Under which name manners keep an origin: one that may be inside is another than the same that may not.

    So what a visit from outside is refused does not spoil a visit that is allowed.
    """
    origin = origin_of(url)
    return f"{origin} inside" if name_of(url) in inside else origin


def unusable(answer: Answer) -> str:
    """Why an answer cannot be used as a page, "" if it can."""
    if answer.status != 200:
        return f"answered {answer.status}"
    if answer.hops and is_home(answer.url) and not is_home(answer.hops[0]):
        return "redirects to the front page"
    return "" if answer.body.strip() else "empty"


def validators(answer: Answer) -> tuple[str, str]:
    """ETag and Last-Modified, for asking next time whether anything has changed."""
    return answer.header("etag"), answer.header("last-modified")


def busy(answer: Answer) -> Failure | None:
    """A passing failure for an answer that says "later", with the wait it asks for (RFC 9110, 10.2.3)."""
    if answer.status not in COME_BACK:
        return None
    wait = retry_after(answer.header("retry-after"))
    return Failure(answer.url, f"answered {answer.status}", passing=True, wait=wait)


def retry_after(written: str) -> float | None:
    """Seconds from a Retry-After header: a number or a date."""
    if written.strip().isdecimal():
        return float(written.strip())
    try:
        return max(0.0, (parsedate_to_datetime(written) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
