"""Compression: text goes out in gzip's format to those who take it (RFC 9110, section 8.4).

HTML is packed once, for the page cache, and sent as it was packed. Files to download are packed as they are written;
static files once a process. What must not be stored, such as a form with its token, is never packed: the length of a
packed answer tells of secrets in it.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, request

GZIP = 31  # zlib's parameter wbits for this format
LEVEL, BEST = 1, 9  # level 1 is twice as fast as zlib's default, for a tenth more bytes
LEAST = 1_000  # bytes: a shorter answer fits into one packet in any case
TYPES = ("text/", "application/json", "application/problem+json", "application/xml", "application/atom+xml",
         "application/opensearchdescription+xml", "application/javascript", "application/x-", "application/vnd.",
         "image/svg+xml")


def register(app: Flask) -> None:
    """Have the application pack its answers."""
    app.after_request(compressed)


def compressed(response: Response) -> Response:
    """`response`, packed where that is of use and its reader takes it; caches are told that there are two forms."""
    if not (response.mimetype or "").startswith(TYPES) or response.cache_control.no_store:
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code != 200 or response.content_encoding or not takes_gzip():
        return response
    if request.endpoint == "static":
        path = Path(current_app.static_folder or "", (request.view_args or {})["filename"])
        response.direct_passthrough = False
        with_packed(response, packed_file(path, path.stat().st_mtime_ns))
        response.set_etag(response.get_etag()[0] or "", weak=True)  # the bytes are not those of the file
    elif not response.is_streamed and len(body := response.get_data()) >= LEAST:
        with_packed(response, packed(body))
    return response


def takes_gzip() -> bool:
    """Whether the request's reader takes gzip."""
    return request.accept_encodings.quality("gzip") > 0


def with_packed(response: Response, data: bytes) -> Response:
    """`response` with packed `data` as its body."""
    response.set_data(data)
    response.content_encoding = "gzip"
    return response


def packed(data: bytes, level: int = LEVEL) -> bytes:
    """`data` in gzip's format."""
    return zlib.compress(data, level, GZIP)


def unpacked(data: bytes) -> bytes:
    """What was packed."""
    return zlib.decompress(data, GZIP)


@lru_cache(maxsize=100)
def packed_file(path: Path, changed: int) -> bytes:
    """A file, packed. `changed` is its time of modification."""
    return packed(path.read_bytes(), BEST)
