"""The table of the API's routes. What is served, described in /openapi.json, shown on /api and tested comes from it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response

from indexer.model import Message
from search_app.api import (
    articles,
    compare,
    coverage,
    kwic,
    mentions,
    officials,
    people,
    province_map,
    provinces,
    search,
    statistics,
    status,
    suggest,
    timeline,
)
from search_app.api.reading import read
from search_app.api.route import FOUND, SORT, Parameter, Route
from search_app.api.schema import STRING, choice, text, whole

blueprint = Blueprint("api", __name__)

PART = Parameter("part", Message("phần của tệp, đếm từ 1"), whole(1, 999_999, 1), "The header Link names the next one.")
CITED = Parameter("id", Message("mã bài"), text(2_000), "As results give it.", required=True)
STYLE = Parameter("format", Message("kiểu trích dẫn"), choice(*articles.STYLES, default="text"))
# Addresses that other modules serve, described here for programs.
ELSEWHERE = (
    Route("/search.json", Message("Mọi bài khớp, thành một tệp; cũng có .jsonl, .csv, .ris, .bib và .atom."), "File",
          None, (*FOUND, SORT, PART), "/search.json?q={word}"),
    Route("/article-cite", Message("Trích dẫn một bài: BibTeX, RIS, CSL-JSON hoặc câu tiếng Việt."), "Citation", None,
          (CITED, STYLE), "/article-cite?id={id}", (404, 414, 429, 503), {"Citation": {**STRING}},
          ("text/plain", "application/x-bibtex", "application/x-research-info-systems",
           "application/vnd.citationstyles.csl+json")),
    search.HEALTHZ,
)
ROUTES: tuple[Route, ...] = (
    search.SEARCHING, *articles.ROUTES, *officials.ROUTES, *people.ROUTES, *provinces.ROUTES, mentions.ROUTE,
    kwic.ROUTE, timeline.ROUTE, province_map.ROUTE, coverage.ROUTE, compare.ROUTE, *statistics.ROUTES,
    suggest.SUGGESTING, status.ROUTE,
    *ELSEWHERE,
)  # fmt: skip


def served(route: Route, view: Callable[..., Response]) -> Callable[..., Response]:
    """What Flask calls for a route: the request is read by its table, then answered."""
    def answer(**path: str) -> Response:
        return view(read(route, path))

    answer.__doc__ = view.__doc__
    return answer


for each in ROUTES:
    if each.view is not None:
        blueprint.add_url_rule(each.rule, each.name, served(each, each.view), methods=["GET"])
