"""The coverage matrix, /silence: articles of a search by province and year; /silence.csv is the same table.

A cell without articles of the search has one of three reasons: the archive has other articles, the archive has no
articles at all (which says nothing of the province), or the province did not exist in that year.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, request, stream_with_context
from werkzeug.wrappers import Response as AnyResponse

from indexer.search.csv_lines import csv_lines
from indexer.search.labels import UNKNOWN
from search_app.i18n import messages
from search_app.view import links
from search_app.view.coverage import SIGNS, Matrix, any_few
from search_app.view.figures import Figure, figure_response, sum_note
from search_app.view.page import page_response
from search_app.view.shares import fraction, legend
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.responses import csv_download

blueprint = Blueprint("coverage", __name__)

MOST_YEARS = 15  # columns of the page, the newest; the file has them all
HEADER = ("map", "province", "year", "state", "articles", "archive_articles", "share")


# --- the page -----------------------------------------------------------------------------------------


@blueprint.get("/silence")
def page() -> Response:
    """The matrix of a search, by the provinces of the day of publication or the present ones (?map=now)."""
    matrix = Matrix(archive().engine(), params.read(request.args)[0])
    search, years = matrix.search, years_shown(matrix.years)
    drawn = list(matrix.rows(years))
    return page_response(
        "coverage.html", search=search, total=matrix.total, parts=matrix.parts(years), years=years,
        rows=drawn, few=any_few(drawn),
        left_out=len(matrix.years) - len(years), legend=legend(), signs=SIGNS, unknown=UNKNOWN,
        maps=links.map_links("/silence", search), kept=links.without_query(search),
    )  # fmt: skip


@blueprint.get("/silence.<any(svg,png):ending>")
def figure(ending: str) -> AnyResponse:
    """The matrix of the page as a figure."""
    engine = archive().engine()
    matrix = Matrix(engine, params.read(request.args)[0])
    years = years_shown(matrix.years)
    drawn = list(matrix.rows(years))
    size = 150 + 44 * len(years), 18 * (len(drawn) + 1)
    values = {"years": years, "rows": drawn, "unknown": UNKNOWN}
    notes = [*sum_note(matrix.parts(years), matrix.total), messages.FIGURE_SIGNS,
             *([messages.FIGURE_FEW_CELLS] if any_few(drawn) else [])]
    drawing = Figure("silence", messages.FIGURE_GRID, "grid.svg", values, *size, notes)
    return figure_response(ending, drawing, engine, matrix.search, matrix.query, matrix.total)


def years_shown(years: list[str]) -> list[str]:
    """The columns of the page: the newest years, and the undated."""
    dated = [year for year in years if year != UNKNOWN]
    return dated[-MOST_YEARS:] + years[len(dated) :]


@blueprint.get("/silence.csv")
def file() -> Response:
    """Every cell of the matrix as a row, in the order of the page."""
    engine = archive().engine()
    matrix = Matrix(engine, params.read(request.args)[0])
    return csv_download(stream_with_context(csv_lines(HEADER, rows(matrix))), "silence.csv", engine.generation)


def rows(matrix: Matrix) -> Iterator[tuple[object, ...]]:
    """The rows of the file, in the order of HEADER."""
    for row in matrix.rows(matrix.years):
        name = f"{row.name} ({row.part_of})" if row.part_of else row.name
        for cell in row.cells:
            share = fraction(cell.count, cell.of)
            yield matrix.search.map, name, cell.year, cell.state, cell.count, cell.of, share
