"""How often one reader may ask: a bucket of tokens for each client address, in memory that does not grow.

A bucket holds what the setting `rate` allows in a minute and fills evenly; an answer costs a token, a file of a whole
result more (COSTS). Readers at this very machine, static files and /healthz are not counted.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil

from flask import Flask, Response, current_app, request

from indexer.model.settings import Network
from search_app.web.error_pages import answer
from search_app.web.security_headers import at_this_machine

MOST_CLIENTS = 10_000  # about 2 MB; beyond that the one that has asked nothing for longest is forgotten
FREE = ("/static/", "/healthz")
COSTS = (("/search.", 10), ("/mentions.csv", 10), ("/kwic", 3))  # by the beginning of the path
HOME_NETWORK = 64  # bits of an IPv6 address that tell one household or machine from another


class Buckets:
    """A bucket for each client, all of one size. Safe between threads."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic, most: int = MOST_CLIENTS) -> None:
        self.size, self.clock, self.most = per_minute, clock, most
        self.left: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when that was so
        self._lock = threading.Lock()

    def take(self, client: str, tokens: int = 1) -> float:
        """Take tokens if there are as many (a full bucket will always do) and give 0; else the seconds to wait."""
        tokens, now = min(tokens, self.size), self.clock()
        with self._lock:
            left, then = self.left.pop(client, (float(self.size), now))
            left = min(self.size, left + (now - then) * self.size / 60)
            wait = max(0.0, (tokens - left) * 60 / self.size)
            self.left[client] = (left if wait else left - tokens, now)
            if len(self.left) > self.most:
                self.left.popitem(last=False)
        return wait


def register(app: Flask) -> None:
    """Have the application keep the pace that its settings `rate` and `trusted_proxies` set; none where `rate` is 0."""
    if rate := app.extensions["settings"].rate:
        app.extensions["buckets"] = Buckets(rate)
        app.before_request(keep_pace)


def keep_pace() -> Response | None:
    """429 with the seconds to wait, for a client that has asked too often."""
    if request.path.startswith(FREE) or at_this_machine():
        return None
    trusted = current_app.extensions["settings"].trusted_proxies
    client = client_of(request.remote_addr or "", request.headers.getlist("X-Forwarded-For"), trusted)
    wait = current_app.extensions["buckets"].take(client, cost(request.path))
    if not wait:
        return None
    response = answer(429)
    response.headers["Retry-After"] = str(ceil(wait))
    return response


def cost(path: str) -> int:
    return next((tokens for beginning, tokens in COSTS if path.startswith(beginning)), 1)


def client_of(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """Who is asking: the peer; where that is a trusted proxy, whom it names, and so on back through trusted proxies.

    What an unknown peer says of others is not believed: anyone can write an X-Forwarded-For.
    """
    named = [each.strip() for line in forwarded for each in line.split(",")]
    client = peer
    while named and is_in(client, trusted) and is_address(named[-1]):
        client = named.pop()
    return household(client)


def is_in(address: str, networks: Sequence[Network]) -> bool:
    return is_address(address) and any(ip_address(address) in network for network in networks)


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def household(client: str) -> str:
    """The address, or the network of an IPv6 address: whoever has one has 2^64 to ask from."""
    address = ip_address(client) if is_address(client) else None
    if not isinstance(address, IPv6Address):
        return client
    return str(address.ipv4_mapped or IPv6Network((int(address), HOME_NETWORK), strict=False))
