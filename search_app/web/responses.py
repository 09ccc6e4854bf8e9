"""Responses that are files to download.

A file is written to a temporary one first and handed to the server as a whole. So the thread that made it is free
before the first byte is sent: a reader who does not read blocks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from gzip import GzipFile
from tempfile import SpooledTemporaryFile

from flask import Response, send_file

from search_app.web.compression import LEVEL, takes_gzip
from search_app.web.etags import conditional

IN_MEMORY = 1 << 20  # bytes; what is longer goes to the disk


def download(lines: Iterable[str], name: str, media: str, generation: int) -> Response:
    """A file of text with its ETag. `name` is what a browser saves it as, `media` its media type.

    Raises what `lines` raise.
    """
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the server closes it
    with GzipFile("", "wb", LEVEL, file, 0) if takes_gzip() else nullcontext(file) as writing:
        for line in lines:
            writing.write(line.encode("utf-8", "surrogatepass"))
    size = file.tell()
    file.seek(0)
    response = send_file(file, media, etag=False, conditional=False)
    response.content_type, response.content_length = f"{media}; charset=utf-8", size
    if takes_gzip():
        response.content_encoding = "gzip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return conditional(response, generation)


def csv_download(lines: Iterable[str], name: str, generation: int) -> Response:
    """A CSV file; its name begins with the site's."""
    return download(lines, f"quoc-phong-{name}", "text/csv", generation)
