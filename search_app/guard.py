"""What keeps the site safe, lawful and light: headers, conditional requests, and the rule for whole articles."""

from __future__ import annotations

from hashlib import blake2b
from ipaddress import ip_address

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import RequestURITooLarge

from indexer import __version__
from indexer.errors import QuocphongError
from search_app.archive import mark_of

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=(), interest-cohort=()",
}
# A request that carries one of these came through a proxy: its reader may be anywhere.
PROXY_HEADERS = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")
MAX_URL = 16_000


def register(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600  # the version is part of a static file's address
    app.before_request(refuse_long_addresses)
    app.before_request(answer_unchanged)
    app.after_request(add_headers)


def refuse_long_addresses() -> None:
    if len(request.full_path) > MAX_URL:
        raise RequestURITooLarge


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype != "text/html":  # a page says it in its head; files and data are not what a crawler is to list
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def answer_unchanged() -> Response | None:
    """304 before any work is done, where the reader already holds the page that would be made."""
    if not request.if_none_match:
        return None
    try:
        response = conditional(Response(), current_app.extensions["archive"].engine().generation)
    except QuocphongError:  # whoever makes the page tells
        return None
    return response if response.status_code == 304 else None


def conditional(response: Response, generation: int) -> Response:
    """`response` with an ETag of all that a page is made of and of its address; 304 where the reader has that."""
    response.set_etag(tag_of(generation), weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def tag_of(generation: int) -> str:
    """Differs whenever the index, its freshness, the program, what editors corrected or the reader's rights do."""
    settings = current_app.extensions["settings"]
    fresh = current_app.extensions["archive"].freshness(settings.stale_hours)
    facts = (generation, fresh.tag, __version__, mark_of(settings.corrections), request.script_root, request.full_path,
             may_read_whole())
    return blake2b("\n".join(map(str, facts)).encode(), digest_size=12).hexdigest()


def may_read_whole() -> bool:
    """Whether this reader gets whole articles: the owner allows it, or the reader sits at this very machine."""
    return bool(current_app.extensions["settings"].public_fulltext) or at_this_machine()


def at_this_machine() -> bool:
    """Whether the reader sits at this very machine: the site listens on loopback, is asked from there and by a
    loopback name (which alone anyone can write), and no proxy stands between."""
    settings = current_app.extensions["settings"]
    proxied = any(name in request.headers for name in PROXY_HEADERS)
    names = (settings.host, request.remote_addr or "", host_name(request.host))
    return all(map(is_loopback, names)) and not proxied


def host_name(host: str) -> str:
    """The name in a Host header: without its port, and without an IPv6 address's brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
