"""Up to four searches over time: /compare draws lines by year and lists the same as a table; /compare.csv is the table.

Lines differ by dash, mark and letter, not by colour alone. A year without any article in the archive breaks a line: no
data is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from indexer.search.csv_lines import csv_lines
from search_app.i18n import messages
from search_app.view import links
from search_app.view.charts import HEIGHTS
from search_app.view.comparison import MOST_SEARCHES, Comparison, compare_url, comparison, query_texts, shared_filters
from search_app.view.figures import Figure, figure_response
from search_app.view.page import page_response
from search_app.view.shares import fraction
from search_app.web.archive import archive
from search_app.web.responses import csv_download

blueprint = Blueprint("compare", __name__)

HEADER = ("series", "query", "year", "articles", "archive_articles", "share", "sources")


# --- the page -----------------------------------------------------------------------------------------


@blueprint.get("/compare")
def page() -> Response:
    """Searches side by side: ?q= up to four times, ?show=count|share, and the filters of /search for all of them."""
    shared, engine = shared_filters(), archive().engine()
    found = comparison(engine, shared, shared.count(engine).query)
    texts = [*(each.search.q for each in found.series), *[""] * MOST_SEARCHES][:MOST_SEARCHES]
    heights = [links.Link(text, compare_url("/compare", shared, found.series, each), each == found.show)
               for each, text in HEIGHTS.items()]
    return page_response(
        "compare.html", search=shared, comparison=found, kept=shared.pairs(), heights=heights, texts=texts,
        left_out=max(0, len(query_texts()) - MOST_SEARCHES), first=found.series[0].search if found.series else shared,
    )  # fmt: skip


@blueprint.get("/compare.<any(svg,png):ending>")
def figure(ending: str) -> AnyResponse:
    """The lines of the page as a figure."""
    shared, engine = shared_filters(), archive().engine()
    results = shared.count(engine)
    found = comparison(engine, shared, results.query)
    named = [messages.FIGURE_SERIES.format(each.letter, each.search.q, n=each.total) for each in found.series]
    title = messages.FIGURE_COMPARED_SHARE if found.show == "share" else messages.FIGURE_COMPARED
    address = compare_url("/compare", shared, found.series, found.show)
    drawing = Figure("compare", title, "lines.svg", {"comparison": found}, found.width, found.height, named, address,
                     messages.FIGURE_COMPARED_ORIGIN)
    return figure_response(ending, drawing, engine, shared, results.query, results.total)


@blueprint.get("/compare.csv")
def file() -> Response:
    """A row for each search and year."""
    shared, engine = shared_filters(), archive().engine()
    found = comparison(engine, shared, shared.count(engine).query)
    return csv_download(csv_lines(HEADER, rows(found)), "compare.csv", engine.generation)


def rows(found: Comparison) -> Iterator[tuple[object, ...]]:
    """The rows of the file, in the order of HEADER."""
    for year, of, cells in found.rows():
        for series, period, _ in cells:
            yield series.letter, series.search.q, year, period.count, of, fraction(period.count, of), period.sources
