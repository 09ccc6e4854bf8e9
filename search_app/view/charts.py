"""A bar chart of articles over time: bars by year or month, each leading to its articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.model import Message, Results
from indexer.search.archive import Engine
from indexer.search.over_time import LENGTH, MONTH, YEAR, Period, Periods, periods
from indexer.search.query.days import extent
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view.filters import day
from search_app.view.links import search_url
from search_app.view.shares import few, percent

WIDTH, HEIGHT, ABOVE = 36, 64, 18  # pixels: a bar's column, the tallest bar, and the line with its count above it
BESIDE_RESULTS = 16  # bars on a result page
HEIGHTS = {"count": messages.BY_COUNT, "share": messages.BY_SHARE}  # what the height of a bar or line may show


@dataclass(frozen=True, slots=True)
class Bar:
    """A period in the chart. `middle` and `height` are pixels; `share` is its share of the archive, as text."""

    period: Period
    href: str
    chosen: bool
    middle: int
    height: int
    share: str

    @property
    def few(self) -> bool:
        """Whether it is hatched: its share rests on too few articles of the archive."""
        return bool(self.height and self.share) and few(self.period.of)

    @property
    def top(self) -> int:
        """Pixels from the top of the chart."""
        return ABOVE + HEIGHT - self.height

    @property
    def foot(self) -> str:
        """The text below the bar: a year, or the number of a month; January has the year."""
        year, _, month = self.period.key.partition("-")
        return year if month in ("", "01") else str(int(month))

    @property
    def description(self) -> str:
        """The bar in words."""
        text = messages.BAR.format(day(self.period.key), n=self.period.count)
        if self.share:
            text = messages.BAR_SHARES[len(self.period.key)].format(text, self.share)
        text = messages.BAR_SOURCES.format(text, n=self.period.sources) if self.period.sources else text
        return messages.BAR_CHOSEN.format(text) if self.chosen else text


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars of consecutive periods: `rows` are all of them, `bars` the newest, which are drawn.

    `parts` say where the articles of the result are, `total` of them: "61 trên biểu đồ", "3 trước 2011".
    """

    bars: tuple[Bar, ...]
    rows: tuple[Bar, ...]
    periods: Periods
    parts: tuple[Message, ...]
    total: int

    @property
    def width(self) -> int:
        """Pixels."""
        return len(self.bars) * WIDTH

    @property
    def few(self) -> bool:
        """Whether a bar is hatched."""
        return any(bar.few for bar in self.bars)

    @property
    def reform(self) -> int | None:
        """Pixels from the left of 1 July 2025: in the middle of its year or at the beginning of its month."""
        at = next((bar.middle for bar in self.bars if bar.period.reform), None)
        return at if at is None or self.periods.unit == YEAR else at - WIDTH // 2


def chart_of_results(engine: Engine, search: SavedSearch, results: Results) -> Chart | None:
    """The chart beside the results of `search`: by year, or by month where all its articles are of one year.

    None where that would be a single bar, or there are no articles.
    """
    if not results.total:
        return None
    found = periods(engine, results.query, YEAR, search)
    if len(found.each) == 1:
        found = periods(engine, results.query, MONTH, search)
    several = sum(each.count > 0 for each in found.each) > 1
    return chart(search, found, BESIDE_RESULTS, results.total) if several else None


def chart(search: SavedSearch, found: Periods, most: int, total: int, by_share: bool = False) -> Chart:
    """The chart of `found`, at most `most` bars, for `total` articles. `by_share`: the height shows the share of the
    archive."""
    drawn = found.each[-most:]
    highest = max((size_of(each, by_share) for each in drawn), default=0) or 1
    rows, link_of = [], period_links(search, found.unit)
    for at, each in enumerate(found.each, start=len(drawn) - len(found.each)):
        height = max(1, round(HEIGHT * min(1, size_of(each, by_share) / highest))) if each.count else 0
        middle, share = at * WIDTH + WIDTH // 2, percent(each.count, each.of)
        rows.append(Bar(each, *link_of(each.key), middle, height, share))
    return Chart(tuple(rows[-most:]), tuple(rows), found, parts_of(drawn, found), total)


def parts_of(drawn: Sequence[Period], found: Periods) -> tuple[Message, ...]:
    """Where the articles of a result are: drawn, before the first bar, dated too vaguely, or undated."""
    before = sum(each.count for each in found.each[: len(found.each) - len(drawn)])
    first = day(drawn[0].key) if drawn else ""
    parts = ((sum(each.count for each in drawn), messages.ON_CHART, ""), (before, messages.BEFORE, first),
             (sum(count for _, count in found.vague), messages.ONLY_YEAR, ""), (found.undated, messages.NO_YEAR, ""))
    return tuple(text.format(n=count, first=of) for count, text, of in parts if count)


def size_of(period: Period, by_share: bool) -> float:
    """The number that the height of a bar shows."""
    return (period.count / period.of if period.of else 0.0) if by_share else float(period.count)


def period_links(search: SavedSearch, unit: str) -> Callable[[str], tuple[str, bool]]:
    """A function from a period's key to (address of its articles, whether the period is chosen).

    A chosen period leads to the search without it.
    """
    return year_links(search) if unit == YEAR else month_links(search)


def year_links(search: SavedSearch) -> Callable[[str], tuple[str, bool]]:
    """`period_links` for years."""

    def link_of(key: str) -> tuple[str, bool]:
        if key not in search.chosen("year"):
            return search_url(search, year=(key,)), False
        return search_url(search, year=tuple(year for year in search.chosen("year") if year != key)), True

    return link_of


def month_links(search: SavedSearch) -> Callable[[str], tuple[str, bool]]:
    """`period_links` for months."""
    only = month_of(search)

    def link_of(key: str) -> tuple[str, bool]:
        first, last = ("", "") if key == only else extent(key) or ("", "")
        return search_url(search, from_=first, to=last), key == only

    return link_of


def month_of(search: SavedSearch) -> str:
    """The month that the search is bounded to ("2022-03"); "" if it is not just one."""
    month = search.from_[: LENGTH[MONTH]]
    return month if month and extent(month) == (search.from_, search.to) else ""
