"""What keeps the site safe, lawful and light: headers, conditional requests, and the rule for whole articles."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from ipaddress import ip_address

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import RequestURITooLarge

from indexer import __version__
from indexer.model.errors import QuocphongError
from search_app.web.archive import mark_of
from search_app.web.page_cache import Pages

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
MAX_URL = 16_000  # characters
NO_INDEX = -1  # the generation in the ETag of a page that is the same for every index


def register(app: Flask) -> None:
    app.extensions["pages"] = Pages(app.extensions["settings"].pages_mb << 20)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600  # the version is part of a static file's address
    app.before_request(refuse_long_addresses)
    app.before_request(answer_known)
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


def answer_known() -> Response | None:
    """The page before any work is done, where it has been made before: 304 if the reader holds it."""
    if request.method not in ("GET", "HEAD") or request.endpoint == "static":
        return None
    try:
        tag = tag_of(current_app.extensions["archive"].engine().generation)
    except QuocphongError:  # whoever makes the page tells
        return None
    if request.if_none_match.contains_weak(tag):
        return tagged(Response(), tag)
    page = current_app.extensions["pages"].get(tag)
    return None if page is None else tagged(Response(page, mimetype="text/html"), tag)


def conditional(response: Response, generation: int) -> Response:
    """`response` with its ETag; 304 where the reader has that. A page is remembered for who asks next."""
    tag = tag_of(generation)
    if response.mimetype == "text/html" and response.status_code == 200:
        current_app.extensions["pages"].put(tag, response.get_data())
    return tagged(response, tag)


def tagged(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def tag_of(generation: int) -> str:
    """The tag of this request's page. It is made before the page: what changes meanwhile leaves a newer page under an
    old tag, for which nobody asks again, and never an old one under the new."""
    if g.get("tagged", (None, ""))[0] != generation:
        g.tagged = generation, made_of(generation)
    tag: str = g.tagged[1]
    return tag


def made_of(generation: int) -> str:
    """Differs with all that a page is made of: the index, its freshness, the program, what editors corrected, what the
    reader may read, and every part of the address, the host included."""
    settings = current_app.extensions["settings"]
    fresh = current_app.extensions["archive"].freshness(settings.stale_hours)
    facts = (generation, fresh.tag, __version__, mark_of(settings.corrections), may_read_whole(),
             request.host_url, request.script_root, request.path, request.query_string)
    return blake2b(repr(facts).encode(), digest_size=12).hexdigest()


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


@lru_cache(maxsize=1_000)
def is_loopback(name: str) -> bool:
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
