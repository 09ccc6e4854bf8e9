"""Articles by year or month: their number, that of the archive, and the number of their sources.

A month has the articles dated to the month or one of its days. Articles dated only to a year are in no month and are
counted apart; articles without a date are in no period. An article without a source adds nothing to the sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.engine.port import Engine
from indexer.model import Query
from indexer.search.archive_counts import archive_counts, counts_of, narrowed
from indexer.search.labels import UNKNOWN
from indexer.search.query.days import FACET as DAY
from indexer.search.saved_search import SavedSearch

YEAR, MONTH = "year", "month"
LENGTH = {YEAR: 4, MONTH: 7}  # of the head of an ISO date that names the period
FACET = {YEAR: "year", MONTH: DAY}
REFORM = "2025-07-01"  # 34 provinces took the place of 63


@dataclass(frozen=True, slots=True)
class Period:
    """A year ("2022") or month ("2022-03"): its articles, those of the archive (`of`), the sources of its articles."""

    key: str
    count: int
    of: int
    sources: int

    @property
    def reform(self) -> bool:
        """Whether 1 July 2025 falls into it."""
        return REFORM.startswith(self.key)


@dataclass(frozen=True, slots=True)
class Periods:
    """Consecutive periods from the first with articles to the last, without those that a filter leaves out.

    unit     YEAR or MONTH
    vague    (year, articles) of those dated too vaguely for a month
    undated  how many articles have no date
    """

    unit: str
    each: tuple[Period, ...]
    vague: tuple[tuple[str, int], ...]
    undated: int


def periods(engine: Engine, query: Query, unit: str, search: SavedSearch) -> Periods:
    """The periods of a query's articles. All filters of the query narrow them; `query` is that of `search`."""
    query = narrowed(query)
    found = {facet: counts_of(engine, query, facet) for facet in dict.fromkeys((YEAR, FACET[unit]))}
    held = archive_counts(engine, query, FACET[unit])
    known = {day: n for day, n in found[FACET[unit]].items() if day != UNKNOWN and n}
    counts, of = by_head(known, unit), by_head(held, unit)
    sources = sources_of(engine, query, unit)
    keys = [key for key in between(min(counts), max(counts)) if allowed(key, search)] if counts else []
    each = tuple(Period(key, counts.get(key, 0), of.get(key, 0), len(sources.get(key, ()))) for key in keys)
    vague = sorted((day, n) for day, n in known.items() if len(day) < LENGTH[unit])
    return Periods(unit, each, tuple(vague), found[YEAR].get(UNKNOWN, 0))


def allowed(key: str, search: SavedSearch) -> bool:
    """Whether the filters of `search` on years and days allow articles in a period."""
    years, length = search.chosen("year"), len(key)
    from_, to = search.from_[:length], search.to[:length]
    return (not years or key[: LENGTH[YEAR]] in years) and (not from_ or key >= from_) and (not to or key <= to)


def by_head(days: Mapping[str, int], unit: str) -> dict[str, int]:
    """Counts by day as counts by period, without dates that are too vague for one."""
    counts: dict[str, int] = defaultdict(int)
    for day, count in days.items():
        if len(day) >= LENGTH[unit]:
            counts[day[: LENGTH[unit]]] += count
    return counts


def sources_of(engine: Engine, query: Query, unit: str) -> dict[str, set[str]]:
    """Period -> the sources of its articles."""
    sources: dict[str, set[str]] = defaultdict(set)
    for day, source in engine.crosstab(query, FACET[unit], "source"):
        if source != UNKNOWN:
            sources[day[: LENGTH[unit]]].add(source)
    return sources


def between(first: str, last: str) -> list[str]:
    """Every period from `first` to `last`: years, or months; of a single year all twelve months."""
    if len(first) == LENGTH[YEAR]:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    months: Iterable[int] = range(ordinal(first), ordinal(last) + 1)
    if first[:4] == last[:4]:
        months = range(ordinal(f"{first[:4]}-01"), ordinal(f"{first[:4]}-12") + 1)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def ordinal(month: str) -> int:
    """Months since the year 0."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1
