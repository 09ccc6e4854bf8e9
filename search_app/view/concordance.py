"""The lines of a concordance, as a request asks for them: bounded in articles read and lines shown."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from indexer.model import Message
from indexer.search.kwic import Kwic, kwic
from indexer.search.parameters import tidy
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics.lines import Near
from indexer.search.statistics.neighbours import Reach
from search_app.i18n.language import current
from search_app.view import statistics_request
from search_app.web.archive import archive
from search_app.web.params import number_within
from search_app.web.readers import may_read_whole

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


def narrowed(search: SavedSearch) -> SavedSearch:
    """The text and filters of a search. A concordance has its own order and pages."""
    return SavedSearch(q=search.q, choices=search.choices, no_inferred=search.no_inferred, from_=search.from_,
                       to=search.to)


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


def lines_url(path: str, search: SavedSearch, pairs: list[tuple[str, str]]) -> str:
    """The address at `path` with the parameters of the search and `pairs`."""
    return f"{current().prefix}{path}?{urlencode([*search.pairs(), *pairs])}"
