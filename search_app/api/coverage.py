"""/api/coverage: the articles of a search by province and year, and why there are none; the matrix of /silence."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from search_app.api.paging import answer
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import FOUND, Asked, Route
from search_app.api.schema import COUNT, STRING, Json, array, choice, obj, ref, said
from search_app.api.shapes import COMMON, TOTAL
from search_app.view import links
from search_app.view.coverage import DID_NOT_EXIST, NO_ARTICLE, NO_MATCH, Matrix, Row
from search_app.view.coverage import FOUND as HAS_ARTICLES
from search_app.web.archive import archive


def coverage(asked: Asked) -> Response:
    """Every cell of the matrix, all years."""
    engine = archive().engine()
    matrix = Matrix(engine, asked.search)
    refuse_unknown_values(engine, matrix.asked)
    body = {"total": matrix.total, "map": matrix.search.map, "years": matrix.years,
            "provinces": [row_json(row) for row in matrix.rows(matrix.years)]}
    return answer(engine, body, links.url("/silence", matrix.search))


def row_json(row: Row) -> Json:
    """A province with its years."""
    cells = [{"year": cell.year, "state": cell.state, "articles": cell.count, "archive_articles": cell.of}
             for cell in row.cells]
    return {"province": row.name, "part_of": row.part_of, "articles": row.total, "cells": cells}


CELL = obj(
    year=said(STRING, "? for articles without a year."),
    state=said(choice(HAS_ARTICLES, NO_MATCH, NO_ARTICLE, DID_NOT_EXIST),
               "no_match: the archive has other articles; no_article: it has none at all."),
    articles=COUNT, archive_articles=COUNT,
)  # fmt: skip
ROUTE = Route(
    "/api/coverage", Message("Số bài theo tỉnh và năm; ô không có bài nói rõ vì sao."), "Coverage", coverage, FOUND,
    "/api/coverage?q={word}",
    shapes={"Coverage": obj(map=choice("then", "now"), years=array(STRING), provinces=array(ref("CoverageRow")),
                            **TOTAL, **COMMON),
            "CoverageRow": obj(province=STRING, part_of=STRING, articles=COUNT, cells=array(CELL))},
)  # fmt: skip
