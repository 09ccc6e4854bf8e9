"""For programs: /api/search with the JSON of `quocphong search --json` and a permanent link, and /healthz."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request

from indexer.model.errors import QuocphongError
from indexer.search.archive import MOST_COUNTED, count_as_stories
from indexer.search.service import as_json
from search_app.i18n.language import said_throughout
from search_app.view.article_context import stories_of
from search_app.view.permalink import as_json as permanent
from search_app.view.permalink import what_happened
from search_app.web import params
from search_app.web.archive import Archive
from search_app.web.error_pages import BadRequest
from search_app.web.run_search import ask
from search_app.web.security_headers import conditional

api = Blueprint("api", __name__)


@api.get("/api/search")
def search() -> Response:
    """Parameters as on /search. A parameter that is unknown or makes no sense is refused with 400, never ignored."""
    wanted, notices = params.read(request.args)
    notices += params.unknown(request.args)
    if notices:
        raise BadRequest({n.parameter: n.text for n in notices})
    engine = archive().engine()
    results = ask(engine, wanted)
    happened = what_happened(wanted, engine, results, archive())
    stories = count_as_stories(engine, stories_of(engine, archive()), results.query, MOST_COUNTED)
    beside = permanent(wanted, engine, results.total, happened)
    return conditional(jsonify(said_throughout(as_json(results, stories) | beside)), engine.generation)


@api.get("/healthz")
def health() -> Response:
    """200 while the index answers, however old, else 503 with the reason; never cached.

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


def archive() -> Archive:
    found: Archive = current_app.extensions["archive"]
    return found
