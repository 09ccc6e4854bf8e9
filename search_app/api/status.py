"""/api/status: what the archive holds, how fresh it is, and what a program may expect of this site."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, current_app, url_for

from indexer import __version__
from indexer.model import FacetValue, Message
from search_app.api.paging import DEEPEST, answer
from search_app.api.route import Asked, Route
from search_app.api.schema import BOOLEAN, COUNT, STRING, Json, array, nullable, obj, said
from search_app.api.shapes import COMMON
from search_app.web.archive import archive
from search_app.web.readers import may_read_whole


def status(asked: Asked) -> Response:
    """Articles by year and province, the last runs of the indexer, and the limits of requests."""
    settings, overview = current_app.extensions["settings"], archive().overview()
    fresh = archive().freshness(settings.stale_hours)
    body = {
        "version": __version__, "articles": overview.articles,
        "years": counted(overview.years), "provinces": counted(overview.provinces),
        "updated": overview.updated.isoformat(timespec="seconds"),
        "last_success": fresh.last_success.isoformat() if fresh.last_success else None,
        "failures": fresh.failures, "stale": fresh.stale, "whole_texts": may_read_whole(),
        "limits": {"requests_a_minute": settings.rate, "seconds_a_request": settings.request_seconds,
                   "items_by_cursor": DEEPEST},
    }  # fmt: skip
    return answer(archive().engine(), body, url_for("help.about"))


def counted(values: Sequence[FacetValue]) -> list[Json]:
    """Values with their articles."""
    return [{"value": each.value, "label": each.label, "articles": each.count} for each in values]


VALUES = array(obj(value=said(STRING, "? for the unknown."), label=STRING, articles=COUNT))
ROUTE = Route(
    "/api/status", Message("Kho có gì, mới đến đâu, và giới hạn của trang này."), "Status", status, (), "/api/status",
    shapes={"Status": obj(
        version=STRING, articles=COUNT, years=VALUES, provinces=VALUES, updated=STRING, last_success=nullable(STRING),
        failures=said(COUNT, "Runs of the indexer that failed since."), stale=BOOLEAN,
        whole_texts=said(BOOLEAN, "Whether this reader gets whole articles."),
        limits=obj(requests_a_minute=said(COUNT, "0: no limit."), seconds_a_request=COUNT, items_by_cursor=COUNT),
        **COMMON)},
)  # fmt: skip
