"""Up to four searches over time: their chart and their table.

Lines differ by dash, mark and letter, not by colour alone. A year without any article in the archive breaks a line: no
data is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import log10
from urllib.parse import quote_plus

from flask import request

from indexer.model import Query
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_counts
from indexer.search.over_time import YEAR, Period, periods
from indexer.search.parameters import DEFAULT_LIMIT, read_query, tidy
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view import links
from search_app.view.charts import HEIGHTS
from search_app.view.filters import number
from search_app.view.page import search_notices
from search_app.view.shares import percent
from search_app.web import params

MOST_SEARCHES = 4
LETTERS = "ABCD"
MOST_YEARS = 24  # of the chart, the newest; the table has them all
STEP, HEIGHT, TOP, LEFT, RIGHT, FOOT = 48, 200, 16, 8, 64, 26  # pixels: a year, the lines, the margins
APART = 14  # pixels between the letters at the ends of two lines


@dataclass(frozen=True, slots=True)
class Series:
    """One of the searches: its total, what must be said of it, its undated articles, and its periods by year."""

    letter: str
    search: SavedSearch
    total: int
    notices: tuple[str, ...]
    undated: int
    years: dict[str, Period]

    @property
    def href(self) -> str:
        """The address of the search."""
        return links.search_url(self.search)

    def in_year(self, year: str) -> str:
        """The address of its articles of one year."""
        return links.search_url(self.search.changed(year=(year,)))


@dataclass(frozen=True, slots=True)
class Point:
    """A year on a line: pixels from the left and the top, the address of its articles, and the figure in words."""

    x: int
    y: int
    href: str
    description: str


class Comparison:
    """Several searches with their chart and table.

    `held` has the archive's articles by year; `show` says what the lines draw, "count" or "share".
    """

    def __init__(self, series: Sequence[Series], held: Mapping[str, int], show: str) -> None:
        self.series = series
        self.held = held
        self.show = show

    @cached_property
    def years(self) -> list[str]:
        """Every year from the first one with articles to the last."""
        known = [int(year) for each in self.series for year in each.years]
        return [f"{year:04}" for year in range(min(known), max(known) + 1)] if known else []

    # --- the chart ---------------------------------------------------------------------------

    @property
    def drawn(self) -> list[str]:
        """The years of the chart."""
        return self.years[-MOST_YEARS:]

    @property
    def width(self) -> int:
        """Pixels."""
        return LEFT + len(self.drawn) * STEP + RIGHT

    @property
    def height(self) -> int:
        """Pixels."""
        return TOP + HEIGHT + FOOT

    @property
    def right(self) -> int:
        """Pixels from the left of the end of the lines across."""
        return self.width - RIGHT

    @cached_property
    def top(self) -> float:
        """The figure at the top of the chart: 1, 2, 4 or 5 times a power of ten."""
        highest = max((self.size(p) for each in self.series for p in each.years.values()), default=0.0)
        if not highest:
            return 1.0
        power = 10.0 ** int(log10(highest) // 1)
        top = next(step * power for step in (1, 2, 4, 5, 10) if step * power >= highest)
        return top if self.show == "share" else max(2.0, top)

    def size(self, period: Period) -> float:
        """The figure that a point shows: articles, or per cent of the archive."""
        if self.show == "count":
            return float(period.count)
        return 100 * period.count / period.of if period.of else 0.0

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """(pixels from the top, figure) of the lines across."""
        decimals = 0 if self.top >= 2 else 1 if self.top >= 0.2 else 2
        values = (0.0, self.top / 2, self.top)
        texts = (current().percent(v, decimals) if self.show == "share" else number(round(v)) for v in values)
        return [(self.y(value), text) for value, text in zip(values, texts, strict=True)]

    @property
    def feet(self) -> list[tuple[int, str]]:
        """(pixels from the left, year) of the texts below the chart."""
        return [(self.x(year), year) for year in self.drawn]

    @property
    def reform(self) -> int | None:
        """Pixels from the left of 1 July 2025, in the middle of its year; None if that year is not drawn."""
        return self.x("2025") if "2025" in self.drawn else None

    def x(self, year: str) -> int:
        """Pixels from the left of a year."""
        return LEFT + (int(year) - int(self.drawn[0])) * STEP + STEP // 2

    def y(self, size: float) -> int:
        """Pixels from the top of a figure."""
        return round(TOP + HEIGHT * (1 - size / self.top))

    @cached_property
    def lines(self) -> dict[str, list[list[Point]]]:
        """The points of each line by its letter, in stretches of years with articles in the archive."""
        grouped = groupby(self.drawn, key=lambda year: bool(self.held.get(year)))
        stretches = [list(years) for known, years in grouped if known]
        return {each.letter: [[self.point(each, year) for year in years] for years in stretches]
                for each in self.series}

    def point(self, series: Series, year: str) -> Point:
        """The point of a year on the line of `series`."""
        period = series.years.get(year) or Period(year, 0, self.held.get(year, 0), 0)
        description = messages.POINT.format(series.letter, series.search.q, year, n=period.count)
        return Point(self.x(year), self.y(self.size(period)), series.in_year(year), description)

    def ends(self) -> list[tuple[str, int, int]]:
        """(letter, x, y) beside the last point of each line, at least APART pixels from each other."""
        last = [(line[-1][-1], letter) for letter, line in self.lines.items() if line]
        ends: list[tuple[str, int, int]] = []
        for point, letter in sorted(last, key=lambda row: (row[0].y, row[1])):
            below = ends[-1][2] + APART if ends else 0
            ends.append((letter, point.x + 12, max(point.y + 4, below)))
        return ends

    # --- the table ---------------------------------------------------------------------------

    def rows(self) -> Iterator[tuple[str, int, list[tuple[Series, Period, str]]]]:
        """(year, articles of the archive, (series, period, share) for each search)."""
        for year in self.years:
            of = self.held.get(year, 0)
            cells = ((each, each.years.get(year) or Period(year, 0, of, 0)) for each in self.series)
            yield year, of, [(each, period, percent(period.count, of)) for each, period in cells]



# --- from a request ------------------------------------------------------------------------------------


def query_texts() -> list[str]:
    """The query texts of the request, without empty and repeated ones."""
    return list(dict.fromkeys(text for given in request.args.getlist("q") if (text := tidy(given))))


def shared_filters() -> SavedSearch:
    """The filters for all searches."""
    search, _ = params.read(request.args)
    return search.changed(q="", limit=DEFAULT_LIMIT, sort="relevance")


def comparison(engine: Engine, shared: SavedSearch, query: Query) -> Comparison:
    """What the address of the request asks to compare. `query` is that of `shared`. Costs at most four searches."""
    show = request.args.get("show", "")
    series = [series_of(engine, shared, letter, text) for letter, text in zip(LETTERS, query_texts(), strict=False)]
    held = archive_counts(engine, query, YEAR)
    return Comparison(series, held, show if show in HEIGHTS else "count")


def series_of(engine: Engine, shared: SavedSearch, letter: str, text: str) -> Series:
    """The series of one query text."""
    text, problems = read_query([text])
    search = shared.changed(q=text)
    results = search.count(engine)
    found = periods(engine, results.query, YEAR, search)
    notices = (*problems, *search_notices((), results.query), *(each.label for each in results.query.applied))
    return Series(letter, search.with_keys_of(results.query), results.total, notices, found.undated,
                  {each.key: each for each in found.each})


def compare_url(path: str, shared: SavedSearch, series: Sequence[Series], show: str) -> str:
    """The address of a comparison at `path`."""
    pairs = [("q", each.search.q) for each in series] + shared.pairs()
    if show != "count":
        pairs.append(("show", show))
    query = "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)
    return f"{current().prefix}{path}" + (f"?{query}" if query else "")
