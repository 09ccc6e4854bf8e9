"""What a polite visitor keeps to: robots.txt, the pause between two requests, one request at a time on one host."""

from __future__ import annotations

import codecs
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from protego import Protego

ROBOTS_SIZE = 500 * 1024  # RFC 9309, 2.5: crawlers read at least 500 KiB
NO_RULES, KEEP_OUT = "", "User-agent: *\nDisallow: /"


@dataclass(slots=True)
class Host:
    """One host's rules and the time from which it may be asked again."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    rules: Protego | None = None
    unread: str = ""
    free_at: float = 0.0
    closed: str = ""


class Manners:
    """The hosts of one run. `agent` is the product's name in robots.txt; `delay` the least pause, in seconds.

    `stopping`, once set, ends every pause and lets no further request begin.
    """

    def __init__(self, agent: str, delay: float) -> None:
        self.agent, self.delay = agent, delay
        self.stopping = threading.Event()
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def host(self, origin: str) -> Host:
        """What is known of an origin: scheme, host and port."""
        with self._lock:
            return self._hosts.setdefault(origin, Host())

    def rules(self, origin: str, read: Callable[[], tuple[int, bytes]]) -> Protego:
        """The rules of an origin; `read` fetches its robots.txt once, giving the status (0: not reached) and the text.

        RFC 9309, 2.3.1: a robots.txt that is not there (4xx) allows all, one that cannot be had (5xx, no answer)
        forbids all.
        """
        host = self.host(origin)
        with host.lock:
            if host.rules is None:
                status, text = read()
                written = in_text(text[:ROBOTS_SIZE])
                host.unread = "" if 200 <= status < 500 else f"robots.txt cannot be read ({status or 'no answer'})"
                host.rules = Protego.parse(written if 200 <= status < 300 else KEEP_OUT if host.unread else NO_RULES)
        return host.rules

    def pause(self, origin: str) -> float:
        """Seconds between two requests: the larger of our own pause and what robots.txt asks for."""
        rules = self.host(origin).rules
        rate = rules.request_rate(self.agent) if rules else None
        asked = (rules.crawl_delay(self.agent) or 0.0) if rules else 0.0
        return max(self.delay, float(asked), a_request(rate.requests, rate.seconds) if rate else 0.0)

    @contextmanager
    def turn(self, origin: str, until: float = float("inf")) -> Iterator[bool]:
        """Wait for the host's turn, hold the host for the block, and start the pause when it ends.

        Yields False, without waiting, where the turn would come after `until` (a time.monotonic()).
        """
        host = self.host(origin)
        with host.lock:
            if max(host.free_at, time.monotonic()) > until:
                yield False
                return
            self.stopping.wait(min(max(0.0, host.free_at - time.monotonic()), threading.TIMEOUT_MAX))
            try:
                yield True
            finally:
                host.free_at = time.monotonic() + self.pause(origin)

    def hold_off(self, origin: str, seconds: float) -> None:
        """The host asked not to be disturbed for a while."""
        host = self.host(origin)
        with host.lock:
            host.free_at = max(host.free_at, time.monotonic() + seconds)

    def close(self, origin: str, why: str) -> None:
        """Leave the host alone for the rest of the run."""
        self.host(origin).closed = why


def a_request(requests: int, seconds: int) -> float:
    """Seconds that one request of a Request-rate takes; infinity for a number that is too large."""
    try:
        return seconds / requests if requests else 0.0
    except OverflowError:
        return float("inf")


def in_text(data: bytes) -> str:
    """The text of a robots.txt without its byte order mark: UTF-8 (RFC 9309, 2.2), or UTF-16 where the mark says so."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return data.decode(encoding, "replace").replace("\ufeff", "")
