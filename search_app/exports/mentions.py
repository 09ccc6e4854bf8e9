"""/mentions.csv: who is named at which post, one row for each article, person and post (docs/mentions.md)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from flask import Blueprint, Response, request

from indexer.search.csv_lines import csv_lines
from indexer.search.mentions import COLUMNS, ROW_SECONDS, MentionRow, as_json
from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.saved_search import SavedSearch
from search_app.exports.parts import part_asked
from search_app.i18n.language import current
from search_app.view import links
from search_app.view.mention_rows import rows
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.responses import download

blueprint = Blueprint("mentions", __name__)

OWN = ("person", "holding")  # parameters of this file alone: a person's key, and a post in any spelling


@blueprint.get("/mentions.csv")
def file() -> Response:
    """Parameters as on /search, and ?person= and ?holding=. What makes no sense is refused; nothing is cut.

    A file that one request cannot pay for comes in parts (`parts.Part`).
    """
    search, part = params.read_strictly(request.args, (*OWN, "part")), part_asked(ROW_SECONDS)
    person, post = (request.args.get(name, "").strip()[:200] or None for name in OWN)
    engine = archive().engine()
    found = search.count(engine)
    lines = csv_lines(COLUMNS, cells(rows(search, found.query, person, post, part.offset, part.size)))
    response = download(lines, part.file_name("mentions", "csv", found.total), "text/csv", engine.generation)
    return part.linked(response, found.total)


def cells(found: Iterator[MentionRow]) -> Iterator[tuple[object, ...]]:
    """The cells of each row, in the order of COLUMNS."""
    return (tuple(as_json(row).values()) for row in found)


@blueprint.app_template_global()
def mentions_url(search: SavedSearch) -> str:
    """The address of the mentions in the articles of a search."""
    return links.url("/mentions.csv", search.changed(limit=DEFAULT_LIMIT, sort="relevance", map="then"))


@blueprint.app_template_global()
def mentions_with(**parameters: str) -> str:
    """The address of the mentions with the given parameters, such as person or province."""
    return f"{current().prefix}/mentions.csv?{'&'.join(f'{name}={quote(value)}' for name, value in parameters.items())}"
