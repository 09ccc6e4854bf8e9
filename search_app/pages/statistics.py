"""Statistics of words and names: /statistics/<view>, and the same table as a file at /statistics/<view>.csv."""

from __future__ import annotations

from flask import Blueprint, Response, request

from indexer.search.csv_lines import csv_lines
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics.files import as_lines
from indexer.search.statistics.nodes import NoPlaces
from search_app.i18n import messages
from search_app.view import links
from search_app.view.page import page_response
from search_app.view.statistics import narrowed, shown, statistics_url, use_tabs, view_tabs
from search_app.view.statistics_request import IN_FILE, NAMES, ORDERS, ROWS, VIEWS, Wishes, fewest, read, table
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.responses import csv_download

blueprint = Blueprint("statistics", __name__)
VIEW = f"<any({','.join(VIEWS)}):view>"
OPTIONS = {"units": messages.UNITS, "spans": messages.SPANS, "sizes": messages.ROW_SIZES, "withs": messages.WITH_WHOM}


@blueprint.get("/statistics")
def first() -> Response:
    """The view that suits the search: collocates of its words, else the frequency list."""
    return page("collocates" if params.read(request.args)[0].q else "frequency")


@blueprint.get(f"/statistics/{VIEW}")
def page(view: str) -> Response:
    """The page. Parameters that make no sense are left at their default."""
    search, wishes = asked(view)
    found = None
    if search.q or view != "collocates":
        try:
            found = table(view, search, wishes, ROWS)
        except NoPlaces:
            found = None
    return page_response(
        "statistics.html", search=search, view=view, name=NAMES[view], wishes=wishes, found=found,
        table=found and shown(found, search, wishes), tabs=view_tabs(view, search, wishes),
        uses=use_tabs(search, wishes), orders=[(each, messages.MEASURES[each]) for each in ORDERS.get(view, ())],
        options=OPTIONS, filters=links.without_query(search), fewest=fewest(),
        csv=statistics_url(view, search, wishes, ".csv"),
        again=statistics_url(view, search, wishes, seed=wishes.seed + 1),
    )  # fmt: skip


@blueprint.get(f"/statistics/{VIEW}.csv")
def file(view: str) -> Response:
    """The table with more rows. Without words to look for, collocates are a file without rows."""
    search, wishes = asked(view)
    try:
        lines = as_lines(table(view, search, wishes, IN_FILE[view]))
    except NoPlaces:
        return csv_download(csv_lines(("word",), ()), f"{view}.csv", archive().engine().generation)
    return csv_download(csv_lines(lines.header, lines.rows), f"{view}.csv", archive().engine().generation)


def asked(view: str) -> tuple[SavedSearch, Wishes]:
    """The search of the request and its wishes."""
    return narrowed(params.read(request.args)[0]), read(request.args, view)[0]
