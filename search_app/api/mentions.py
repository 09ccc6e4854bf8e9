"""/api/mentions: one row for each article, person and post (docs/mentions.md), the newest article first."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from indexer.search.mentions import COLUMNS, as_json
from search_app.api.paging import part
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import CURSOR, FOUND, Asked, Route, limit
from search_app.api.schema import COUNT, STRING, array, obj, ref, said
from search_app.api.shapes import COMMON, NEXT
from search_app.view import links
from search_app.view.mention_rows import rows
from search_app.web.archive import archive

MOST, USUAL = 200, 50  # articles read for one answer


def mentions(asked: Asked) -> Response:
    """The rows of `limit` articles that match. `total` counts articles; an article may have no row or many."""
    engine, search = archive().engine(), asked.search
    results = search.count(engine)
    refuse_unknown_values(engine, results.query)
    found = rows(search, results.query, None, None, asked.offset, asked["limit"])
    body = {"total": results.total, "items": [as_json(row) for row in found]}
    return part(engine, body, links.search_url(search), asked.offset + asked["limit"], results.total)


ROUTE = Route(
    "/api/mentions", Message("Ai được nêu ở chức vụ nào, mỗi bài, mỗi người, mỗi chức vụ một dòng."), "Mentions",
    mentions, (*FOUND, limit(MOST, USUAL), CURSOR), "/api/mentions?limit=3", (400, 410, 414, 429, 503),
    {"Mentions": obj(total=said(COUNT, "Articles that match."), items=array(ref("Mention")), **NEXT, **COMMON),
     "Mention": said(obj(**dict.fromkeys(COLUMNS, STRING)), "The columns are explained in docs/mentions.md.")},
)
