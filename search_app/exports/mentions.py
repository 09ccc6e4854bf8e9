"""The mentions behind a page as a file, /mentions.csv: one row per article, person and post (docs/mentions.md)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from flask import Blueprint, Response, request

from indexer.model import Post
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import post_key
from indexer.search.mentions import COLUMNS, MentionRow, Wanted, as_json, mentions
from search_app.pages.base import archive
from search_app.pages.officials import everyone
from search_app.view import links
from search_app.view.article_context import stories_of
from search_app.web import params
from search_app.web.error_pages import BadRequest
from search_app.web.run_search import asked
from search_app.web.security_headers import conditional

mentioned = Blueprint("mentioned", __name__)

OWN = ("person", "holding")  # parameters of this file alone: a person's key, and a post in any spelling


@mentioned.get("/mentions.csv")
def file() -> Response:
    """Parameters as on /search, and ?person= and ?holding=. What makes no sense is refused; nothing is cut."""
    wanted, notices = params.read(request.args)
    notices += params.unknown({name: value for name, value in request.args.items() if name not in OWN})
    if notices:
        raise BadRequest({notice.parameter: notice.text for notice in notices})
    person, post = (request.args.get(name, "").strip()[:200] or None for name in OWN)
    response = Response(csv_lines(COLUMNS, cells(rows(wanted, person, post))), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="mentions.csv"'
    return conditional(response, archive().engine().generation)


def rows(wanted: params.Request, person: str | None, post: str | None) -> Iterator[MentionRow]:
    """The rows of the articles that a search finds, as editors corrected them.

    Province, year and topic choose articles; official, post, role, class and level choose the row as well.
    """
    engine, known = archive().engine(), everyone()
    read = asked(engine, wanted.changed(limit=1), (), 0).query
    filters = {each.facet: each.keys for each in read.filters}
    one = known.get(person) if person else None
    story_of = stories_of(engine, archive()).story_of
    found = (
        row
        for key in (one.keys if one else (person,))
        for row in mentions(engine, Wanted(key, post, filters=filters, match=read.match), story_of)
        if chosen(row, filters)
    )
    return known.corrected(found)


def cells(found: Iterator[MentionRow]) -> Iterator[tuple[object, ...]]:
    return (tuple(as_json(row).values()) for row in found)


# What a row holds of the facets that choose it.
HELD: dict[str, Callable[[MentionRow], Collection[str]]] = {
    "official": lambda row: (row.person,),
    "post": lambda row: (post_key(Post("", row.status, row.head, row.body, "", row.level)),),
    "role": lambda row: row.role.split("; "),
    "class": lambda row: (row.cls,),
    "level": lambda row: (row.level,),
}


def chosen(row: MentionRow, filters: Mapping[str, Collection[str]]) -> bool:
    """Whether the row itself holds what is chosen, not only its article."""
    return all(set(HELD[facet](row)) & set(keys) for facet, keys in filters.items() if facet in HELD)


@mentioned.app_template_global()
def mentions_of(wanted: params.Request) -> str:
    """The address of the mentions in the articles of a search."""
    return links.address("/mentions.csv", wanted.changed(limit=params.DEFAULT_LIMIT, sort="relevance", map="then"))
