"""/api/search: the JSON of `quocphong search --json` with a permanent link; /healthz: whether the index answers."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, request

from indexer.model import Results
from indexer.model.errors import QuocphongError
from indexer.search.archive import MOST_COUNTED, count_as_stories
from indexer.search.service import as_json
from search_app.i18n.language import translated
from search_app.view.advice import with_pages
from search_app.view.article_context import stories_of
from search_app.view.links import PARAMETERS
from search_app.view.permalink import changes, permalink_json
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.error_pages import UNKNOWN_VALUE, BadRequest
from search_app.web.etags import conditional

blueprint = Blueprint("api", __name__)


@blueprint.get("/api/search")
def results() -> Response:
    """Parameters as on /search. A parameter that is unknown or makes no sense is refused with 400, never ignored.

    So is a value of a filter that nothing is called; the nearest values are named.
    """
    search = params.read_strictly(request.args)
    engine = archive().engine()
    found = with_pages(search.run(engine))
    refuse_unknown(found)
    since = changes(search, engine, found, archive())
    stories = count_as_stories(engine, stories_of(engine, archive()), found.query, MOST_COUNTED)
    answer = as_json(found, stories) | permalink_json(search, engine, found.total, since)
    return conditional(jsonify(translated(answer)), engine.generation)


def refuse_unknown(results: Results) -> None:
    """BadRequest for values of filters that nothing is called."""
    unknown = [(PARAMETERS[value.facet], value) for value in results.unknown if value.chosen]
    if unknown:
        raise BadRequest(
            {name: " ".join(each.message for other, each in unknown if other == name) for name, _ in unknown},
            UNKNOWN_VALUE,
            {name: [near for other, each in unknown if other == name for near in each.nearest] for name, _ in unknown},
        )


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
