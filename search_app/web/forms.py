"""Forms that record something: a signed token in each, and the rule that a form is sent from this site.

The site has no accounts and sets no cookies, so there is no session that another site could abuse. What is kept out are
other sites that make their visitors send reports, and programs that never asked for the form. A request counts as sent
from here if the browser says so: by Sec-Fetch-Site, else by Origin, else by Referer (OWASP, "Cross-Site Request Forgery
Prevention", fetch metadata with fallback). Where it says nothing, the token alone decides.
"""

from __future__ import annotations

import hmac
import secrets
import time
from hashlib import sha256
from urllib.parse import urlsplit

from flask import Flask, current_app, request

from search_app.web.readers import host_name

VALID_FOR = 12 * 3600  # seconds
MAC = 32  # hexadecimal digits


def register(app: Flask) -> None:
    """Give the application the key of its tokens: a new one at each start, which processes forked from it share."""
    app.extensions["form_key"] = secrets.token_bytes(32)


def new_token() -> str:
    """A token for a form: time, a random name of this form, and the signature of both."""
    said = f"{int(time.time())}.{secrets.token_hex(8)}"
    return f"{said}.{signature(said)}"


def form_of(token: str) -> str | None:
    """The random name of the form that a token was made for; None for a token that is old, altered or not ours."""
    said, _, given = token.rpartition(".")
    if not hmac.compare_digest(signature(said).encode(), given.encode()):
        return None
    made, _, name = said.partition(".")
    return name if 0 <= time.time() - int(made) <= VALID_FOR else None


def signature(said: str) -> str:
    """HMAC-SHA-256 of a text by the application's key, shortened."""
    return hmac.new(current_app.extensions["form_key"], said.encode(), sha256).hexdigest()[:MAC]


def sent_from_here() -> bool:
    """Whether nothing speaks against the request coming from a page of this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer")
    return said is None or urlsplit(said).hostname == host_name(request.host).lower()  # a proxy may leave out the port
