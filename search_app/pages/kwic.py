"""The concordance, /kwic: every place where the words of a query stand, aligned; /kwic.csv has the lines as a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from indexer.search.csv_lines import csv_lines
from indexer.search.kwic import HEADER, Kwic, as_rows
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view import links
from search_app.view.concordance import (
    ARTICLES_IN_FILE,
    ARTICLES_READ,
    HIGHEST_SEED,
    LINES_IN_FILE,
    ORDERS,
    LinesRequest,
    lines_of,
    lines_url,
    narrowed,
    of_one_article,
    read,
)
from search_app.view.page import page_response
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.responses import download

blueprint = Blueprint("kwic", __name__)

PAGE = 100  # lines on a page


@dataclass(frozen=True, slots=True)
class LinesLinks:
    """Where the page leads: the lines before and after (None: there are none), another sample, the file, the search,
    and the lines whatever word is near."""

    before: str | None
    after: str | None
    resampled: str
    download: str
    back: str
    anywhere: str


@blueprint.get("/kwic")
def page() -> Response:
    """The page; without a query only its form."""
    search, wanted = narrowed(params.read(request.args)[0]), read(request.args)
    found = lines_of(search, wanted, ARTICLES_READ, (wanted.page - 1) * PAGE, PAGE) if search.q else None
    return page_response(
        "kwic.html", search=search, wanted=wanted, found=found, orders=ORDERS, filters=links.without_query(search),
        of_one=of_one_article(), links=lines_links(search, wanted, found), spans=messages.SPANS, units=messages.UNITS,
    )  # fmt: skip


@blueprint.get("/kwic.csv")
def file() -> Response:
    """The same lines as a file, from more articles."""
    search, wanted = narrowed(params.read(request.args)[0]), read(request.args)
    found = lines_of(search, wanted, ARTICLES_IN_FILE, 0, LINES_IN_FILE)
    return download(csv_lines(HEADER, as_rows(found)), "kwic.csv", "text/csv", archive().engine().generation)


@blueprint.app_template_global()
def kwic_url(search: SavedSearch) -> str:
    """The address of the concordance of a search."""
    return links.url("/kwic", narrowed(search))


def lines_links(search: SavedSearch, wanted: LinesRequest, found: Kwic | None) -> LinesLinks:
    """The links of a page that shows `found`."""
    more = found is not None and found.sampled > wanted.page * PAGE
    seed = (wanted.seed + 1) % (HIGHEST_SEED + 1)
    return LinesLinks(
        before=lines_url("/kwic", search, wanted.pairs(page=wanted.page - 1)) if wanted.page > 1 else None,
        after=lines_url("/kwic", search, wanted.pairs(page=wanted.page + 1)) if more else None,
        resampled=lines_url("/kwic", search, wanted.pairs(page=1, seed=seed)),
        download=lines_url("/kwic.csv", search, wanted.pairs(page=1)),
        back=links.search_url(search),
        anywhere=lines_url("/kwic", search, wanted.pairs(near="", units="word", span="both", window=5, page=1)),
    )
