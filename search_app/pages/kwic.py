"""The concordance, /kwic: every place where the words of a query stand, aligned; /kwic.csv has the lines as a file."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from werkzeug.datastructures import MultiDict

from indexer.model import Message
from indexer.search.csv_lines import csv_lines
from indexer.search.kwic import HEADER, Kwic, as_rows, kwic
from indexer.search.parameters import tidy
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics.lines import Near
from indexer.search.statistics.neighbours import Reach
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view import links, statistics_request
from search_app.view.page import page_response
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.params import number_within
from search_app.web.readers import may_read_whole
from search_app.web.responses import download

blueprint = Blueprint("kwic", __name__)

PAGE = 100  # lines on a page
ARTICLES_READ = 2_000  # that a page reads at most: half a second; of more articles a sample is read
OF_ONE_ARTICLE = 3  # lines for readers who may not read whole articles: all lines together would be one
ARTICLES_IN_FILE, LINES_IN_FILE = 5_000, 10_000
READING_SECONDS = 0.7  # of processor for reading articles; of more of them a draw is read
ORDERS = {"right": Message("từ ngữ đứng sau"), "left": Message("từ ngữ đứng trước"), "date": Message("bài mới nhất")}
MOST_SAMPLED, HIGHEST_SEED, LAST_PAGE = 10_000, 999_999, 1_000
LONGEST_WORD = 100  # characters of a word that must be near


@dataclass(frozen=True, slots=True)
class LinesRequest:
    """Which lines to show: their order, how many to sample (0: all) with which seed, and which page of them.

    `near` keeps the lines with that word within `window` units on the side(s) of `span`: those behind a collocate.
    """

    order: str = "right"
    sample: int = 0
    seed: int = 0
    near: str = ""
    units: str = "word"
    span: str = "both"
    window: int = 5
    page: int = 1

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """The URL parameters with `changes`, without those at their default."""
        values = {f.name: changes.get(f.name, getattr(self, f.name)) for f in fields(self)}
        return [(f.name, str(values[f.name])) for f in fields(self) if values[f.name] != f.default]

    @property
    def neighbour(self) -> Near | None:
        """The word that must be near, if there is one."""
        return Near(self.near, Reach(self.units, self.span, self.window)) if self.near else None

    @property
    def near_pairs(self) -> list[tuple[str, str]]:
        """The parameters that say which word must be near."""
        return self.pairs(order="right", sample=0, seed=0, page=1)


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


def read(args: MultiDict[str, str]) -> LinesRequest:
    """What `args` ask for; what makes no sense is left at its default."""
    order, reach = args.get("order", ""), statistics_request.read(args, "collocates")[0]
    near = tidy(args.get("near", ""))[:LONGEST_WORD]
    return LinesRequest(
        order if order in ORDERS else "right",
        number_within(args.get("sample", ""), 0, MOST_SAMPLED),
        number_within(args.get("seed", ""), 0, HIGHEST_SEED),
        *((near, reach.units, reach.span, reach.window) if near else ("", "word", "both", 5)),
        number_within(args.get("page", ""), 1, LAST_PAGE),
    )


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


def narrowed(search: SavedSearch) -> SavedSearch:
    """The text and filters of a search. A concordance has its own order and pages."""
    return SavedSearch(q=search.q, choices=search.choices, no_inferred=search.no_inferred, from_=search.from_,
                       to=search.to)


@blueprint.app_template_global()
def kwic_url(search: SavedSearch) -> str:
    """The address of the concordance of a search."""
    return links.url("/kwic", narrowed(search))


def lines_of(search: SavedSearch, wanted: LinesRequest, most: int, offset: int, limit: int) -> Kwic:
    """The lines from `offset`, at most `limit`, of at most `most` articles."""
    return kwic(
        archive().engine(), search.q, filters=search.filters, sample=wanted.sample or None, seed=wanted.seed,
        sort=wanted.order, offset=offset, limit=limit, most=most, per_article=of_one_article(),
        seconds=READING_SECONDS, most_places=LINES_IN_FILE, near=wanted.neighbour,
    )


def of_one_article() -> int | None:
    """How many lines of one article this reader may see; None for all."""
    return None if may_read_whole() else OF_ONE_ARTICLE


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


def lines_url(path: str, search: SavedSearch, pairs: list[tuple[str, str]]) -> str:
    """The address at `path` with the parameters of the search and `pairs`."""
    return f"{current().prefix}{path}?{urlencode([*search.pairs(), *pairs])}"
