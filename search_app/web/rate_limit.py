"""The rate limit: a token bucket for each client address, in bounded memory.

A bucket holds the requests that the setting `rate` allows in a minute and fills evenly. A page costs one token, the
file of a whole result more (COSTS), and a form that records something most. A request that is found to take longer than
its tokens pay for is charged the rest before it begins (`charge`). Readers at this machine, static files and /healthz
cost nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network
from math import ceil

from cachetools import LRUCache
from flask import Flask, Response, current_app, g, request

from indexer.model.settings import Network
from search_app.web.error_pages import error_response
from search_app.web.readers import at_this_machine

MOST_CLIENTS = 10_000  # about 2 MB; of more clients the least recently seen one is dropped
FREE = ("/static/", "/healthz")
# (beginning of the path, tokens)
COSTS = (("/search.", 10), ("/mentions.csv", 10), ("/officials.csv", 10), ("/kwic", 3), ("/api/kwic", 3))
TOKENS_PER_SECOND = 20  # of processor: 300 tokens a minute are 15 seconds of one
COST_OF_WRITING = 60  # tokens of a request that records something
LOOPBACK = (ip_network("127.0.0.0/8"), ip_network("::1"))
HOME_NETWORK = 64  # bits of an IPv6 address that one household or machine has


class Buckets:
    """A token bucket of `per_minute` tokens for each of at most `most` clients. Safe between threads.

    `clock` gives seconds; tests pass their own.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, most: int = MOST_CLIENTS) -> None:
        self.size, self.clock = per_minute, clock
        self.left: LRUCache[str, tuple[float, float]] = LRUCache(most)  # tokens left, and when that was so
        self._lock = threading.Lock()

    def take(self, client: str, tokens: int = 1) -> float:
        """Take tokens and return 0, or take none and return the seconds to wait. A full bucket is always enough."""
        tokens, now = min(tokens, self.size), self.clock()
        with self._lock:
            left, then = self.left.get(client, (float(self.size), now))
            left = min(self.size, left + (now - then) * self.size / 60)
            wait = max(0.0, (tokens - left) * 60 / self.size)
            self.left[client] = (left if wait else left - tokens, now)
        return wait


class TooFast(Exception):
    """The client's bucket does not hold what its request costs. `wait`: seconds until it does."""

    def __init__(self, wait: float) -> None:
        super().__init__(wait)
        self.wait = wait


def register(app: Flask) -> None:
    """Have the application limit requests by its settings `rate` (0: no limit) and `trusted_proxies`."""
    app.register_error_handler(TooFast, too_fast)
    if rate := app.extensions["settings"].rate:
        app.extensions["buckets"] = Buckets(rate)
        app.before_request(limit_rate)


def limit_rate() -> None:
    """Take what the request costs at least. Raises TooFast where the client's bucket does not hold it."""
    if not (request.path.startswith(FREE) or at_this_machine()):
        g.client, g.paid = client(), 0
        pay(cost(request.path, request.method))


def charge(seconds: float) -> None:
    """Take what a request of so many seconds of processor costs beyond what it has paid. Raises TooFast."""
    if "client" in g and (due := ceil(seconds * TOKENS_PER_SECOND)) > g.paid:
        pay(due)


def pay(due: int) -> None:
    """Take tokens until `due` are paid, or as many as a full bucket holds. Raises TooFast."""
    due = min(due, current_app.extensions["buckets"].size)
    if wait := current_app.extensions["buckets"].take(g.client, due - g.paid):
        raise TooFast(wait)
    g.paid = due


def too_fast(error: TooFast) -> Response:
    """429 with the seconds to wait."""
    response = error_response(429)
    response.headers["Retry-After"] = str(ceil(error.wait))
    return response


def cost(path: str, method: str = "GET") -> int:
    """The tokens that a request for `path` costs."""
    if method == "POST":
        return COST_OF_WRITING
    return next((tokens for beginning, tokens in COSTS if path.startswith(beginning)), 1)


def client() -> str:
    """The client of this request."""
    if "client" in g:
        return str(g.client)
    trusted = current_app.extensions["settings"].trusted_proxies
    return client_of(request.remote_addr or "", request.headers.getlist("X-Forwarded-For"), trusted)


def client_of(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The client of a request: the peer, or behind trusted proxies the address that the first of them names.

    `peer` is the address that connected, `forwarded` the X-Forwarded-For headers, `trusted` the networks of proxies.
    The header of an untrusted peer is ignored: anyone can write one. A loopback address in the header vouches for
    nobody: whoever asks through a proxy that hands on his header may have written it.
    """
    named = [each.strip() for line in forwarded for each in line.split(",")]
    client = peer
    while named and is_in(client, trusted) and is_address(named[-1]):
        client = named.pop()
        if is_in(client, LOOPBACK):
            break
    return household(client)


def is_in(address: str, networks: Sequence[Network]) -> bool:
    """Whether the address lies in one of the networks."""
    return is_address(address) and any(ip_address(address) in network for network in networks)


def is_address(text: str) -> bool:
    """Whether the text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def household(client: str) -> str:
    """The address; of an IPv6 address its network, since one client has 2^64 addresses to use."""
    address = ip_address(client) if is_address(client) else None
    if not isinstance(address, IPv6Address):
        return client
    return str(address.ipv4_mapped or IPv6Network((int(address), HOME_NETWORK), strict=False))
