"""The articles of a search over time, by year or month, as a request asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from indexer.model import Query
from indexer.search.archive import Engine
from indexer.search.over_time import MONTH, YEAR, Periods, periods
from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.saved_search import SavedSearch
from search_app.view.charts import HEIGHTS
from search_app.web import params

MOST_YEARS = 4  # that are shown in months


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the page shows of a search.

    query     its interpretation
    periods   its articles by year or month
    show      what the height of the bars shows: "count" or "share"
    too_long  whether months were asked for although the years are too many
    """

    search: SavedSearch
    query: Query
    total: int
    periods: Periods
    show: str
    too_long: bool


def timeline(engine: Engine) -> Timeline:
    """What the address of the request asks to see."""
    search, _ = params.read(request.args)
    results = search.count(engine)
    query = results.query
    search = search.with_keys_of(query).changed(limit=DEFAULT_LIMIT, sort="relevance")
    by, show = request.args.get("by", ""), request.args.get("show", "")
    show = show if show in HEIGHTS else "count"
    years = periods(engine, query, YEAR, search)
    months = by == MONTH or (by != YEAR and len(years.each) == 1)
    if months and 0 < len(years.each) <= MOST_YEARS:
        return Timeline(search, query, results.total, periods(engine, query, MONTH, search), show, False)
    return Timeline(search, query, results.total, years, show, months and bool(years.each))
