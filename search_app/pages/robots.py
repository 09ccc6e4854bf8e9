"""/robots.txt: which addresses crawlers must not follow, in every language."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from search_app.i18n.language import LANGUAGES
from search_app.web.etags import NO_INDEX, conditional

blueprint = Blueprint("robots", __name__)


@blueprint.get("/robots.txt")
def file() -> Response:
    """The file. The paths come from the table of routes in search_app/__init__.py."""
    closed = current_app.extensions["closed_paths"]
    lines = (f"Disallow: {each.prefix}{path}\n" for each in LANGUAGES.values() for path in closed)
    return conditional(Response(f"User-agent: *\n{''.join(lines)}", mimetype="text/plain"), NO_INDEX)
