"""/api/compare: up to four searches by year; the numbers of /compare."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from indexer.search.parameters import MAX_QUERY
from search_app.api.paging import answer
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import BOUNDS, CHOICES, OFF, WIDEN, Asked, Parameter, Route
from search_app.api.schema import COUNT, STRING, Json, array, obj, said, texts
from search_app.api.shapes import COMMON
from search_app.view.comparison import MOST_SEARCHES, Comparison, Series, compare_url, comparison, shared_filters
from search_app.web.archive import archive


def compared(asked: Asked) -> Response:
    """Every search of ?q= with its articles by year, among the articles that the filters choose."""
    engine, shared = archive().engine(), shared_filters()
    query = shared.count(engine).query
    refuse_unknown_values(engine, query)
    found = comparison(engine, shared, query)
    body = {"series": [series_json(each) for each in found.series], "years": years_json(found)}
    return answer(engine, body, compare_url("/compare", shared, found.series, found.show))


def series_json(series: Series) -> Json:
    """One of the searches."""
    return {"letter": series.letter, "q": series.search.q, "total": series.total, "undated": series.undated,
            "notices": list(series.notices), "page": series.href}


def years_json(found: Comparison) -> list[Json]:
    """Every year with the articles of the archive and of each search, in the order of `series`."""
    return [{"year": year, "archive_articles": of, "articles": [period.count for _, period, _ in cells],
             "sources": [period.sources for _, period, _ in cells]} for year, of, cells in found.rows()]


QUERIES = Parameter("q", Message("câu tìm; lặp lại để so sánh, tối đa bốn"), texts(MAX_QUERY, MOST_SEARCHES),
                    "Repeat for up to four searches.")
SERIES = obj(letter=STRING, q=STRING, total=COUNT, undated=COUNT, page=STRING,
             notices=said(array(STRING), "What must be said of the search, such as a reading that was applied."))
ROUTE = Route(
    "/api/compare", Message("Tối đa bốn câu tìm theo năm, cạnh số bài của kho."), "Comparison", compared,
    (QUERIES, *CHOICES, *BOUNDS, OFF, WIDEN), "/api/compare?q={word}&q={other}",
    shapes={"Comparison": obj(
        series=array(SERIES), years=array(obj(year=STRING, archive_articles=COUNT, articles=array(COUNT),
                                              sources=array(COUNT))), **COMMON)},
)  # fmt: skip
