"""The concordance page, /kwic, and its lines as a file, /kwic.csv: every place of a phrase, aligned."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, request
from werkzeug.datastructures import MultiDict

from indexer.model import Message
from indexer.search.csv_lines import csv_lines
from indexer.search.kwic import HEADER, Kwic, as_rows, kwic
from search_app.i18n.language import current
from search_app.pages.base import archive, show_page
from search_app.view import links
from search_app.web import params
from search_app.web.security_headers import conditional, may_read_whole

concordance = Blueprint("concordance", __name__)

PAGE = 100  # lines on a page
ARTICLES_READ = 2_000  # a page reads so many at most: half a second; more are drawn from
OF_ONE_ARTICLE = 3  # lines for readers who may not read whole articles: their lines together would be one
ARTICLES_IN_FILE, LINES_IN_FILE = 5_000, 20_000
ORDERS = {"right": Message("từ ngữ đứng sau"), "left": Message("từ ngữ đứng trước"), "date": Message("bài mới nhất")}
MOST_SAMPLED, HIGHEST_SEED, LAST_PAGE = 10_000, 999_999, 1_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked beside the query and its filters: the order of the lines, a sample (0: all), and which page."""

    order: str = "right"
    sample: int = 0
    seed: int = 0
    page: int = 1

    def pairs(self, **changes: Any) -> list[tuple[str, str]]:
        """URL parameters without those at their default."""
        values = {f.name: changes.get(f.name, getattr(self, f.name)) for f in fields(self)}
        return [(f.name, str(values[f.name])) for f in fields(self) if values[f.name] != f.default]


def read(args: MultiDict[str, str]) -> Wanted:
    """The wishes in `args`; what makes no sense is left at its default."""
    order = args.get("order", "")
    return Wanted(
        order if order in ORDERS else "right",
        within(args.get("sample", ""), 0, MOST_SAMPLED),
        within(args.get("seed", ""), 0, HIGHEST_SEED),
        within(args.get("page", ""), 1, LAST_PAGE),
    )


def within(written: str, low: int, high: int) -> int:
    """A whole number between `low` and `high`; `low` for what is none."""
    digits = written.strip()[:9]
    return min(high, max(low, int(digits))) if digits.isascii() and digits.isdigit() else low


@concordance.get("/kwic")
def page() -> Response:
    """The page; without a query only its form."""
    asked, wanted = query(request.args), read(request.args)
    engine = archive().engine()
    found = concord(asked, wanted, ARTICLES_READ, (wanted.page - 1) * PAGE, PAGE) if asked.q else None
    kept = [pair for pair in asked.pairs() if pair[0] != "q"]
    html = show_page("kwic.html", asked=asked, wanted=wanted, found=found, orders=ORDERS, filters=kept,
                     of_one=of_one_article(), back=links.search(asked), **around(asked, wanted, found))
    return conditional(make_response(html), engine.generation)


@concordance.get("/kwic.csv")
def file() -> Response:
    """The same lines for spreadsheets, from more articles."""
    asked, wanted = query(request.args), read(request.args)
    found = concord(asked, wanted, ARTICLES_IN_FILE, 0, LINES_IN_FILE)
    response = Response("".join(csv_lines(HEADER, as_rows(found))), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="kwic.csv"'
    return conditional(response, archive().engine().generation)


def query(args: MultiDict[str, str]) -> params.Request:
    """The query and its filters, as on /search; how a result page is sorted and cut means nothing here."""
    return narrowed(params.read(args)[0])


def narrowed(asked: params.Request) -> params.Request:
    return params.Request(
        q=asked.q, choices=asked.choices, no_inferred=asked.no_inferred, from_=asked.from_, to=asked.to)


@concordance.app_template_global()
def kwic_of(asked: params.Request) -> str:
    """The address of the concordance of a search."""
    return links.address("/kwic", narrowed(asked))


def concord(asked: params.Request, wanted: Wanted, most: int, offset: int, limit: int) -> Kwic:
    return kwic(
        archive().engine(), asked.q, filters=asked.filters, sample=wanted.sample or None, seed=wanted.seed,
        sort=wanted.order, offset=offset, limit=limit, most=most, per_article=of_one_article(),
    )


def of_one_article() -> int | None:
    return None if may_read_whole() else OF_ONE_ARTICLE


def around(asked: params.Request, wanted: Wanted, found: Kwic | None) -> dict[str, str | None]:
    """Where the page leads: the lines before and after, another draw, the file."""
    more = found is not None and found.sampled > wanted.page * PAGE
    return {
        "before": address("/kwic", asked, wanted.pairs(page=wanted.page - 1)) if wanted.page > 1 else None,
        "after": address("/kwic", asked, wanted.pairs(page=wanted.page + 1)) if more else None,
        "redrawn": address("/kwic", asked, wanted.pairs(page=1, seed=(wanted.seed + 1) % (HIGHEST_SEED + 1))),
        "download": address("/kwic.csv", asked, wanted.pairs(page=1)),
    }


def address(path: str, asked: params.Request, pairs: list[tuple[str, str]]) -> str:
    return f"{current().prefix}{path}?{urlencode([*asked.pairs(), *pairs])}"
