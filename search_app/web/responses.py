"""Responses that are files to download."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from search_app.web.etags import conditional


def download(lines: Iterable[str], name: str, media: str, generation: int) -> Response:
    """A file of text with its ETag. `name` is what a browser saves it as, `media` its media type."""
    response = Response(lines, content_type=f"{media}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return conditional(response, generation)


def csv_download(lines: Iterable[str], name: str, generation: int) -> Response:
    """A CSV file; its name begins with the site's."""
    return download(lines, f"quoc-phong-{name}", "text/csv", generation)
