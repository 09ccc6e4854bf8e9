"""/api/search: the JSON of `quocphong search --json` with a permanent link; /healthz: whether the index answers."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, jsonify, request

from indexer.model import Message
from indexer.model.errors import QuocphongError
from indexer.search.archive import MOST_COUNTED, count_as_stories
from indexer.search.service import as_json
from search_app.api.paging import next_address, sent
from search_app.api.reading import refuse_values
from search_app.api.route import CURSOR, SEARCH, Asked, Route
from search_app.api.schema import BOOLEAN, INTEGER, STRING, nullable, obj
from search_app.api.search_shapes import SHAPES
from search_app.view.advice import with_pages
from search_app.view.article_context import stories_of
from search_app.view.permalink import changes, permalink_json
from search_app.web.archive import archive
from search_app.web.error_pages import BadRequest

blueprint = Blueprint("health", __name__)

PAGE_OR_CURSOR = Message("Chỉ dùng một trong hai: page hoặc cursor.")


def results(asked: Asked) -> Response:
    """Parameters as on /search. A value of a filter that nothing is called is refused; the nearest are named."""
    search = asked.search
    if request.args.get("cursor"):
        if "page" in request.args:
            raise BadRequest({"page": PAGE_OR_CURSOR})
        search = replace(search, page=asked.offset // search.limit + 1)
    engine = archive().engine()
    found = with_pages(search.run(engine))
    refuse_values([value for value in found.unknown if value.chosen])
    since = changes(search, engine, found, archive())
    stories = count_as_stories(engine, stories_of(engine, archive()), found.query, MOST_COUNTED)
    following = next_address(engine, search.page * search.limit, found.total)
    body = as_json(found, stories) | permalink_json(search, engine, found.total, since)
    return sent(engine, body | {"next": following}, following)


SEARCHING = Route("/api/search", Message("Các bài khớp một câu tìm, từng trang, kèm số đếm theo từng mục."), "Results",
                  results, (*SEARCH, CURSOR), "/api/search?q={word}&limit=3", (400, 410, 414, 429, 503), SHAPES)


@blueprint.get("/healthz")
def health() -> Response:
    """200 while the index answers, however old it is, else 503 with the reason. Never cached.

    `age_seconds` is the time since a run of the indexer last succeeded; `failures` counts those that failed since.
    """
    fresh = archive().freshness(current_app.extensions["settings"].stale_hours)
    try:
        overview = archive().overview()
    except QuocphongError as error:
        response = jsonify(ok=False, error=type(error).__name__, message=str(error))
        response.status_code = 503
    else:
        response = jsonify(
            ok=True,
            articles=overview.articles,
            generation=overview.generation,
            updated=overview.updated.isoformat(timespec="seconds"),
            last_success=fresh.last_success.isoformat() if fresh.last_success else None,
            age_seconds=overview.age_seconds if fresh.age_seconds is None else fresh.age_seconds,
            failures=fresh.failures,
            stale=fresh.stale,
        )
    response.headers["Cache-Control"] = "no-store"
    return response


HEALTH = obj(ok={"const": True}, articles=INTEGER, generation=INTEGER, updated=STRING, last_success=nullable(STRING),
             age_seconds=INTEGER, failures=INTEGER, stale=BOOLEAN)
HEALTHZ = Route("/healthz", Message("Chỉ mục có trả lời không và đã cũ bao lâu, cho máy theo dõi."), "Health", None,
                example="/healthz", statuses=(), shapes={"Health": HEALTH})
