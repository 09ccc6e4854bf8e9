"""Up to four searches over time: /compare draws them as lines and lists them as a table, each figure with its articles.

Lines differ by dash, mark and letter, not by colour alone. A year of which the archive has nothing breaks them: what is
not there is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import log10
from urllib.parse import quote_plus

from flask import Blueprint, Response, make_response, request, stream_with_context

from indexer.search.archive import Engine
from indexer.search.csv_lines import csv_lines
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.pages.base import archive, show_page
from search_app.pages.timeline import HEIGHTS, download
from search_app.view import links
from search_app.view.filters import number
from search_app.view.periods import YEAR, Period, periods
from search_app.view.shares import fraction, freed, held_by, percent
from search_app.web import params
from search_app.web.params import Request
from search_app.web.run_search import asked, settled
from search_app.web.security_headers import conditional

comparing = Blueprint("comparing", __name__)

MOST = 4  # searches
LETTERS = "ABCD"
MOST_YEARS = 24  # of the chart, the newest; the table has them all
STEP, HEIGHT, TOP, LEFT, RIGHT, FOOT = 48, 200, 16, 8, 64, 26  # of the chart: a year, the lines, what is around them
APART = 14  # between the letters at the ends of two lines
HEADER = ("series", "query", "year", "articles", "archive_articles", "share", "sources")


@dataclass(frozen=True, slots=True)
class Series:
    """One search: its letter, its Request, how many articles it finds, what must be said of it, its years by number."""

    letter: str
    wanted: Request
    total: int
    notices: tuple[str, ...]
    undated: int
    years: dict[str, Period]

    @property
    def href(self) -> str:
        return links.search(self.wanted)

    def in_year(self, year: str) -> str:
        """Where a point leads."""
        return links.search(self.wanted.changed(year=(year,)))


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int
    href: str
    said: str


class Comparison:
    """Several searches beside each other; `show` is "count" or "share"."""

    def __init__(self, series: Sequence[Series], of: Mapping[str, int], show: str) -> None:
        self.series = series
        self.of = of  # what the archive holds of each year
        self.show = show

    @cached_property
    def years(self) -> list[str]:
        """From the first year of any to the last."""
        known = [int(year) for each in self.series for year in each.years]
        return [f"{year:04}" for year in range(min(known), max(known) + 1)] if known else []

    # --- the chart ---------------------------------------------------------------------------

    @property
    def drawn(self) -> list[str]:
        return self.years[-MOST_YEARS:]

    @property
    def width(self) -> int:
        return LEFT + len(self.drawn) * STEP + RIGHT

    @property
    def height(self) -> int:
        return TOP + HEIGHT + FOOT

    @property
    def right(self) -> int:
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
        if self.show == "count":
            return float(period.count)
        return 100 * period.count / period.of if period.of else 0.0

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """(height, figure) of the lines across."""
        decimals = 0 if self.top >= 2 else 1 if self.top >= 0.2 else 2
        values = (0.0, self.top / 2, self.top)
        said = (current().percent(v, decimals) if self.show == "share" else number(round(v)) for v in values)
        return [(self.y(value), text) for value, text in zip(values, said, strict=True)]

    @property
    def feet(self) -> list[tuple[int, str]]:
        return [(self.x(year), year) for year in self.drawn]

    @property
    def reform(self) -> int | None:
        """Where 1 July 2025 falls, if it does: in the middle of its year."""
        return self.x("2025") if "2025" in self.drawn else None

    def x(self, year: str) -> int:
        return LEFT + (int(year) - int(self.drawn[0])) * STEP + STEP // 2

    def y(self, size: float) -> int:
        return round(TOP + HEIGHT * (1 - size / self.top))

    @cached_property
    def lines(self) -> dict[str, list[list[Point]]]:
        """The points of each line by its letter, in stretches of years of which the archive has articles."""
        grouped = groupby(self.drawn, key=lambda year: bool(self.of.get(year)))
        stretches = [list(years) for there, years in grouped if there]
        return {each.letter: [[self.point(each, year) for year in years] for years in stretches]
                for each in self.series}

    def point(self, series: Series, year: str) -> Point:
        period = series.years.get(year) or Period(year, 0, self.of.get(year, 0), 0)
        said = messages.POINT.format(series.letter, series.wanted.q, year, n=period.count)
        return Point(self.x(year), self.y(self.size(period)), series.in_year(year), said)

    def ends(self) -> list[tuple[str, int, int]]:
        """(letter, x, y) beside the last point of each line, none upon another."""
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
            of = self.of.get(year, 0)
            held = ((each, each.years.get(year) or Period(year, 0, of, 0)) for each in self.series)
            yield year, of, [(each, period, percent(period.count, of)) for each, period in held]


# --- the page -----------------------------------------------------------------------------------------


@comparing.get("/compare")
def page() -> Response:
    """Searches side by side: ?q= up to four times, ?show=count|share, and the filters of /search for all of them."""
    engine = archive().engine()
    every, found = shared(), compared(engine)
    heights = [links.Link(text, address("/compare", every, found.series, each), each == found.show)
               for each, text in HEIGHTS.items()]
    html = show_page("compare.html", asked=every.changed(q=""), found=found, kept=every.pairs(), heights=heights,
                     texts=[*(each.wanted.q for each in found.series), *[""] * MOST][:MOST],
                     left_out=max(0, len(texts()) - MOST), first=found.series[0].wanted if found.series else every,
                     download=address("/compare.csv", every, found.series, found.show))  # fmt: skip
    return conditional(make_response(html), engine.generation)


@comparing.get("/compare.csv")
def file() -> Response:
    """A row for each search and year."""
    engine = archive().engine()
    return download(stream_with_context(csv_lines(HEADER, cells(compared(engine)))), "compare.csv", engine)


def cells(found: Comparison) -> Iterator[tuple[object, ...]]:
    for year, of, row in found.rows():
        for series, period, _ in row:
            yield series.letter, series.wanted.q, year, period.count, of, fraction(period.count, of), period.sources


def texts() -> list[str]:
    """What is compared, without what was left empty or said twice."""
    return list(dict.fromkeys(text for given in request.args.getlist("q") if (text := params.tidy(given))))


def shared() -> Request:
    """The filters for all searches; years are what is compared, and so none is chosen."""
    every, _ = params.read(request.args)
    return every.changed(q="", year=(), limit=params.DEFAULT_LIMIT, sort="relevance")


def compared(engine: Engine) -> Comparison:
    """What the address of the request asks to compare. Costs five searches at most."""
    show = request.args.get("show", "")
    made = [series(engine, letter, text) for letter, text in zip(LETTERS, texts(), strict=False)]
    every = asked(engine, shared().changed(limit=1), (), 0).query
    return Comparison(made, held_by(engine, every, YEAR), show if show in HEIGHTS else "count")


def series(engine: Engine, letter: str, text: str) -> Series:
    text, why = params.read_query([text])
    wanted = shared().changed(q=text)
    results = asked(engine, wanted.changed(limit=1), (), 0)
    found = periods(engine, freed(results.query), YEAR)
    unread = results.query.unread
    said = [*why, *[messages.UNREAD.format(parts=" · ".join(unread))] * bool(unread)]
    said += (each.label for each in results.query.applied)
    return Series(letter, settled(wanted, results), results.total, tuple(said), found.undated,
                  {each.key: each for each in found.each})


def address(path: str, every: Request, series: Sequence[Series], show: str) -> str:
    """The address of a comparison."""
    pairs = [("q", each.wanted.q) for each in series] + every.pairs() + [("show", show)] * (show != "count")
    query = "&".join(f"{name}={quote_plus(value)}" for name, value in pairs)
    return f"{current().prefix}{path}" + (f"?{query}" if query else "")
