"""/mentions.csv: who is named at which post, one row for each article, person and post (docs/mentions.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from urllib.parse import quote

from flask import Blueprint, Response, request

from indexer.model import Post, Query
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import post_key
from indexer.search.mentions import COLUMNS, ROW_SECONDS, MentionRow, Wanted, as_json, mentions
from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.saved_search import SavedSearch
from search_app.exports.parts import Part, part_asked
from search_app.i18n.language import current
from search_app.view import links
from search_app.view.article_context import stories_of
from search_app.view.people import all_people
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
    lines = csv_lines(COLUMNS, cells(rows(search, found.query, person, post, part)))
    response = download(lines, part.file_name("mentions", "csv", found.total), "text/csv", engine.generation)
    return part.linked(response, found.total)


def rows(search: SavedSearch, query: Query, person: str | None, post: str | None, part: Part) -> Iterator[MentionRow]:
    """The mentions in this part of the articles that a search finds, with the corrections of editors.

    Filters by province, year and topic choose articles; by official, post, role, class and level also rows.
    """
    engine, people = archive().engine(), all_people()
    filters = {each.facet: each.keys for each in query.filters}
    one = people.get(person) if person else None
    story_of = stories_of(engine, archive()).story_of
    found = (
        row
        for key in (one.keys if one else (person,))
        for row in mentions(engine, Wanted(key, post, filters=filters, match=query.match), story_of,
                            part.offset, part.size)
        if chosen(row, filters)
    )
    return people.corrected(found)


def cells(found: Iterator[MentionRow]) -> Iterator[tuple[object, ...]]:
    """The cells of each row, in the order of COLUMNS."""
    return (tuple(as_json(row).values()) for row in found)


# Facet -> the values of a row that a filter on the facet compares.
ROW_VALUES: dict[str, Callable[[MentionRow], Collection[str]]] = {
    "official": lambda row: (row.person,),
    "post": lambda row: (post_key(Post("", row.status, row.head, row.body, "", row.level)),),
    "role": lambda row: row.role.split("; "),
    "class": lambda row: (row.cls,),
    "level": lambda row: (row.level,),
}


def chosen(row: MentionRow, filters: Mapping[str, Collection[str]]) -> bool:
    """Whether the row itself holds what is chosen, not only its article."""
    return all(set(ROW_VALUES[facet](row)) & set(keys) for facet, keys in filters.items() if facet in ROW_VALUES)


@blueprint.app_template_global()
def mentions_url(search: SavedSearch) -> str:
    """The address of the mentions in the articles of a search."""
    return links.url("/mentions.csv", search.changed(limit=DEFAULT_LIMIT, sort="relevance", map="then"))


@blueprint.app_template_global()
def mentions_with(**parameters: str) -> str:
    """The address of the mentions with the given parameters, such as person or province."""
    return f"{current().prefix}/mentions.csv?{'&'.join(f'{name}={quote(value)}' for name, value in parameters.items())}"
