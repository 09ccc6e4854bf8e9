"""Which pages of other sites may read the API from a reader's browser (CORS), by the setting `cors`; off by default.

Scripts of a page may read what another site serves only where that site says so (Fetch Standard, "CORS protocol").
No cookie or login takes part: the site has none. What such a page is given are excerpts (`readers.at_this_machine`).
"""

from __future__ import annotations

from flask import Flask, Response, current_app, request

OPEN = ("/api/", "/openapi.json", "/search.json", "/search.jsonl")
ASKED = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Link, Retry-After"  # headers of an answer that a script may read besides the common ones
KEPT_FOR = "3600"  # seconds that a browser may remember a preflight


def register(app: Flask) -> None:
    """Have the application add the headers, if the setting names an origin."""
    if app.extensions["settings"].cors:
        app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """`response` with what a browser needs to hand it to a page of a known origin. Caches are told that it matters."""
    if not request.path.startswith(OPEN):
        return response
    response.vary.add("Origin")
    origin, known = request.headers.get("Origin", ""), current_app.extensions["settings"].cors
    if not origin or ("*" not in known and origin not in known):
        return response
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers["Access-Control-Allow-Methods"] = ASKED
        response.headers["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
        response.headers["Access-Control-Max-Age"] = KEPT_FOR
    return response
