"""Security headers on every response, and limits on the size of a request."""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import RequestURITooLarge

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
MAX_URL = 16_000  # characters
MAX_BODY = 64 * 1024  # bytes
STATIC_FOR = 365 * 24 * 3600  # seconds a browser may keep a static file: the version is part of its address


def register(app: Flask) -> None:
    """Have the application send the headers and refuse what is too long."""
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = STATIC_FOR
    app.before_request(refuse_long_addresses)
    app.after_request(add_headers)


def refuse_long_addresses() -> None:
    """Raises RequestURITooLarge (414) for an address of more than MAX_URL characters."""
    if len(request.full_path) > MAX_URL:
        raise RequestURITooLarge


def add_headers(response: Response) -> Response:
    """`response` with HEADERS. Files and data must not be indexed by crawlers; a page says that in its head."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype != "text/html":
        response.headers["X-Robots-Tag"] = "noindex"
    return response
