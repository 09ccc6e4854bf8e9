"""Results over time: bars by year on a result page, and /timeline with bars by year or month and the same as a table.

Each bar leads to its articles. What is chosen takes no other bar off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, request, stream_with_context

from indexer.model import Message, Results
from indexer.search.archive import Engine
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import UNKNOWN
from indexer.search.query.days import FACET as DAY
from indexer.search.query.days import extent
from search_app.i18n import messages
from search_app.pages.base import archive, show_page
from search_app.view import links
from search_app.view.filters import day
from search_app.view.periods import FACET, LENGTH, MONTH, YEAR, Period, Periods, periods
from search_app.view.shares import fraction, freed, percent
from search_app.web import params
from search_app.web.params import Request
from search_app.web.run_search import asked, settled
from search_app.web.security_headers import conditional

timeline = Blueprint("timeline", __name__)

WIDTH, HEIGHT, ABOVE = 36, 64, 18  # of a bar's column, of the tallest bar, and of the line its count stands on
BESIDE_RESULTS, MOST_BARS = 16, 60  # of a longer span the newest; the table has them all
MOST_YEARS = 4  # in months
BLANK = "0000"  # stands for a year
UNITS = {YEAR: messages.BY_YEAR, MONTH: messages.BY_MONTH}
HEIGHTS = {"count": messages.BY_COUNT, "share": messages.BY_SHARE}
HEADER = ("period", "precision", "articles", "archive_articles", "share", "sources")


@dataclass(frozen=True, slots=True)
class Bar:
    """A period with its place in the chart, and where it leads."""

    period: Period
    href: str
    chosen: bool
    middle: int
    height: int
    share: str

    @property
    def top(self) -> int:
        return ABOVE + HEIGHT - self.height

    @property
    def foot(self) -> str:
        """What stands below: a year, or the number of a month, the first of a year with the year."""
        year, _, month = self.period.key.partition("-")
        return year if month in ("", "01") else str(int(month))

    @property
    def said(self) -> str:
        """The bar in words."""
        told = messages.BAR.format(day(self.period.key), n=self.period.count)
        if self.share:
            told = messages.BAR_SHARES[len(self.period.key)].format(told, self.share)
        told = messages.BAR_SOURCES.format(told, n=self.period.sources) if self.period.sources else told
        return messages.BAR_CHOSEN.format(told) if self.chosen else told


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of consecutive periods, the newest; `rows` are all of them. `reform` is where 1 July 2025 falls, if it does.
    """

    bars: tuple[Bar, ...]
    rows: tuple[Bar, ...]
    periods: Periods

    @property
    def width(self) -> int:
        return len(self.bars) * WIDTH

    @property
    def reform(self) -> int | None:
        """In the middle of a year, at the beginning of a month."""
        at = next((bar.middle for bar in self.bars if bar.period.reform), None)
        return at if at is None or self.periods.unit == YEAR else at - WIDTH // 2


def chart(wanted: Request, found: Periods, most: int, by_share: bool = False) -> Chart:
    """The chart of `found`; `by_share` draws each bar as high as its share of the archive."""
    shown = found.each[-most:]
    highest = max((size_of(each, by_share) for each in shown), default=0) or 1
    rows, leading = [], leading_to(wanted, found.unit)
    for at, each in enumerate(found.each, start=len(shown) - len(found.each)):
        height = max(1, round(HEIGHT * min(1, size_of(each, by_share) / highest))) if each.count else 0
        middle, share = at * WIDTH + WIDTH // 2, percent(each.count, each.of)
        rows.append(Bar(each, *leading(each.key), middle, height, share))
    return Chart(tuple(rows[-most:]), tuple(rows), found)


def size_of(period: Period, by_share: bool) -> float:
    """What a bar's height shows."""
    return (period.count / period.of if period.of else 0.0) if by_share else float(period.count)


def leading_to(wanted: Request, unit: str) -> Callable[[str], tuple[str, bool]]:
    """What tells of a period the search for its articles, and whether it is chosen: then the search without it."""
    if unit == YEAR:
        others = links.search(wanted, year=(BLANK,))  # alike but for the year, and so written once

        def leading(key: str) -> tuple[str, bool]:
            if key not in wanted.chosen("year"):
                return others.replace(f"year={BLANK}", f"year={key}"), False
            return links.search(wanted, year=tuple(year for year in wanted.chosen("year") if year != key)), True
    else:
        only = month_of(wanted)

        def leading(key: str) -> tuple[str, bool]:
            first, last = ("", "") if key == only else extent(key) or ("", "")
            return links.search(wanted, from_=first, to=last), key == only

    return leading


def month_of(wanted: Request) -> str:
    """The month that the search is bounded to, if it is just one."""
    month = wanted.from_[: LENGTH[MONTH]]
    return month if month and extent(month) == (wanted.from_, wanted.to) else ""


@timeline.app_template_global()
def years_of(wanted: Request, results: Results) -> Chart | None:
    """The chart beside a result; None when its articles are of one year."""
    if not results.total:
        return None
    found = periods(archive().engine(), freed(results.query, FACET[YEAR]), YEAR)
    return chart(wanted, found, BESIDE_RESULTS) if sum(each.count > 0 for each in found.each) > 1 else None


# --- the page -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows of a search: the unit of its periods, how high the bars stand, and whether months were asked
    for where there are too many."""

    wanted: Request
    total: int
    periods: Periods
    show: str
    too_long: bool


@timeline.get("/timeline")
def page() -> Response:
    """Articles of a search over time. ?by=year|month and ?show=count|share beside the parameters of /search."""
    engine = archive().engine()
    view = viewed(engine)
    drawn = chart(view.wanted, view.periods, MOST_BARS, view.show == "share")
    html = show_page("timeline.html", asked=view.wanted, total=view.total, chart=drawn, view=view,
                     kept=[pair for pair in view.wanted.pairs() if pair[0] != "q"], months_of=months_of,
                     units=choices(view, "by", UNITS), heights=choices(view, "show", HEIGHTS),
                     undated=links.search(view.wanted.changed(year=(UNKNOWN,), from_="", to="")),
                     download=address("/timeline.csv", view.wanted, {"by": view.periods.unit}))  # fmt: skip
    return conditional(make_response(html), engine.generation)


@timeline.get("/timeline.csv")
def file() -> Response:
    """The table of the page for spreadsheets and programs; every article stands in one row."""
    engine = archive().engine()
    lines = csv_lines(HEADER, cells(viewed(engine).periods))
    return download(stream_with_context(lines), "timeline.csv", engine)


def download(lines: Iterator[str], name: str, engine: Engine) -> Response:
    response = Response(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="quoc-phong-{name}"'
    return conditional(response, engine.generation)


def cells(found: Periods) -> Iterator[tuple[object, ...]]:
    for each in found.each:
        yield each.key, found.unit, each.count, each.of, fraction(each.count, each.of), each.sources
    yield from ((year, YEAR, count, "", "", "") for year, count in found.vague)
    if found.undated and found.unit == YEAR:
        yield "", "", found.undated, "", "", ""


def viewed(engine: Engine) -> View:
    """What the address of the request asks to see."""
    wanted, _ = params.read(request.args)
    results = asked(engine, wanted.changed(limit=1), (), 0)
    wanted = settled(wanted, results).changed(limit=params.DEFAULT_LIMIT, sort="relevance")
    by, show = request.args.get("by", ""), request.args.get("show", "")
    show = show if show in HEIGHTS else "count"
    years = periods(engine, freed(results.query, FACET[YEAR]), YEAR)
    months = by == MONTH or (by != YEAR and len(years_in(wanted, years)) == 1)
    if months and 0 < len(years_in(wanted, years)) <= MOST_YEARS:
        only = month_of(wanted)[: LENGTH[YEAR]]
        found = periods(engine, freed(results.query, DAY) if only else freed(results.query), MONTH, only)
        return View(wanted, results.total, found, show, False)
    return View(wanted, results.total, years, show, months and bool(years.each))


def years_in(wanted: Request, years: Periods) -> list[str]:
    """The years from the first that is asked for to the last."""
    chosen = wanted.chosen("year")
    asked_for = [each.key for each in years.each if each.count and (not chosen or each.key in chosen)]
    return [each.key for each in years.each if asked_for and asked_for[0] <= each.key <= asked_for[-1]]


def months_of(wanted: Request, year: str) -> str:
    return address("/timeline", wanted.changed(year=(year,)), {"by": MONTH})


def choices(view: View, name: str, named: dict[str, Message]) -> list[links.Link]:
    """Links to the same page with another choice of `name`."""
    now = {"by": view.periods.unit, "show": view.show}
    return [links.Link(text, address("/timeline", view.wanted, now | {name: each}), now[name] == each)
            for each, text in named.items()]


def address(path: str, wanted: Request, more: dict[str, str]) -> str:
    """The address of a search at `path`, with more parameters, those at their default left out."""
    extra = "&".join(f"{name}={value}" for name, value in more.items() if (name, value) != ("show", "count"))
    found = links.address(path, wanted)
    return f"{found}{'&' if '?' in found else '?'}{extra}" if extra else found
