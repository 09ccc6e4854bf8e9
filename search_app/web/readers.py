"""Who reads: whether a reader sits at this machine, and whether a reader may have whole articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, request

# A request with one of these headers came through a proxy: its reader may be anywhere.
PROXY_HEADERS = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def register(app: Flask) -> None:
    """Have the application notice proxies that add no header."""
    app.wsgi_app = unnamed_proxies_named(app.wsgi_app)  # type: ignore[method-assign, assignment]


def unnamed_proxies_named(app: Wsgi) -> Wsgi:
    """`app` with a header Via for requests by HTTP/1.0.

    nginx with `proxy_pass` alone adds no header and names this machine as the host, but asks by HTTP/1.0, as no browser
    does.
    """
    def answer(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("SERVER_PROTOCOL") == "HTTP/1.0":
            environ.setdefault("HTTP_VIA", "1.0 unnamed")
        return app(environ, start_response)

    return answer


def may_read_whole() -> bool:
    """Whether this reader gets whole articles: the owner allows it, or the reader sits at this machine."""
    return bool(current_app.extensions["settings"].public_fulltext) or at_this_machine()


def at_this_machine() -> bool:
    """Whether the reader sits at this machine.

    The site must listen on a loopback address, the request must come from one and name one as its host, and no proxy
    may stand between. A loopback name in the Host header alone proves nothing: anyone can write it. What a page of
    another site asks for (setting `cors`) is asked by that site, whoever's browser it runs in.
    """
    settings = current_app.extensions["settings"]
    proxied = any(name in request.headers for name in PROXY_HEADERS)
    names = (settings.host, request.remote_addr or "", host_name(request.host))
    return all(map(is_loopback, names)) and not proxied and not asked_by_another_site()


def asked_by_another_site() -> bool:
    """Whether a script on a page of another site asks: its Origin names another host or port."""
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def host_name(host: str) -> str:
    """The name in a Host header: without the port, and without the brackets of an IPv6 address."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


@lru_cache(maxsize=1_000)
def is_loopback(name: str) -> bool:
    """Whether a host name or address means this machine."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
