"""Province by year: where a search finds articles, where the archive has articles but none of these, and where it has
none at all, which says nothing of the province. A province that did not exist in a year is no silence either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flask import Blueprint, Response, make_response, request, stream_with_context

from indexer.search.archive import Engine
from indexer.search.csv_lines import csv_lines
from indexer.search.labels import UNKNOWN
from indexer.search.provinces import FOREVER, gazetteer
from indexer.search.vietnamese import vietnamese_key
from search_app.i18n import messages
from search_app.pages.base import archive, show_page
from search_app.pages.province_map import PARAMETER, arrangement, facet_of, label_of, named_in_archive, naming
from search_app.pages.timeline import download
from search_app.view import links
from search_app.view.periods import YEAR
from search_app.view.shares import archive_of, counts_of, fraction, freed, legend, percent, shade
from search_app.web import params
from search_app.web.params import Request
from search_app.web.run_search import asked, settled
from search_app.web.security_headers import conditional

silence = Blueprint("silence", __name__)

MOST_YEARS = 20  # columns of the page, the newest; the file has them all
FOUND, NO_MATCH, NO_ARTICLE, NOT_THERE = "found", "no_match", "no_article", "did_not_exist"
SIGNS = {NO_MATCH: "○", NO_ARTICLE: "–", NOT_THERE: "×"}
HEADER = ("map", "province", "year", "state", "articles", "archive_articles", "share")


@dataclass(frozen=True, slots=True)
class Cell:
    """A province in a year: which of four states it is in, the articles found and the archive's, where it leads."""

    year: str
    state: str
    count: int
    of: int
    href: str | None

    @property
    def shade(self) -> str:
        return shade(self.count, self.of)

    @property
    def sign(self) -> str:
        return SIGNS.get(self.state, "")

    @property
    def said(self) -> str:
        """The cell in words."""
        return messages.CELLS[self.state].format(percent(self.count, self.of), n=self.of)


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    part_of: str
    cells: tuple[Cell, ...]
    total: int


class Table:
    """Every cell of a search. Counts of the chosen province and year do not narrow the table."""

    def __init__(self, engine: Engine, asked_for: Request) -> None:
        self.engine = engine
        results = asked(engine, asked_for.changed(limit=1), (), 0)
        self.total = results.total
        self.wanted = settled(asked_for, results).changed(limit=params.DEFAULT_LIMIT, sort="relevance")
        self.facet, self.parameter = facet_of(self.wanted), PARAMETER[self.wanted.map]
        self.query = freed(results.query, YEAR, self.facet)
        self.found = engine.crosstab(self.query, self.facet, YEAR)
        self.held = engine.crosstab(archive_of(self.query), self.facet, YEAR)

    @cached_property
    def years(self) -> list[str]:
        """From the first year of the archive to the last, without gaps; "?" last where it has undated articles."""
        known = {year for _, year in self.held}
        dated = sorted(map(int, known - {UNKNOWN}))
        return [str(year) for year in range(dated[0], dated[-1] + 1)] * bool(dated) + [UNKNOWN] * (UNKNOWN in known)

    def rows(self, years: list[str]) -> Iterator[Row]:
        """Provinces of the map in alphabetical order, then those of other times and the unknown, then archipelagos."""
        tiles = arrangement(self.wanted.map)
        provinces = [row["name"] for row in tiles if not row["part_of"]]
        others = {name for name, _ in self.held} - {*provinces, UNKNOWN}
        for name in [*sorted(provinces, key=vietnamese_key), *sorted(others, key=vietnamese_key), UNKNOWN]:
            cells = tuple(self.cell(name, year) for year in years)
            if name != UNKNOWN or any(cell.of for cell in cells):
                yield Row(label_of(self.facet, name), "", cells, sum(cell.count for cell in cells))
        for row in tiles:
            if row["part_of"]:
                yield self.archipelago(row["name"], row["part_of"], years)

    def cell(self, name: str, year: str) -> Cell:
        place = {self.parameter: (name,)}
        every = Request(from_=self.wanted.from_, to=self.wanted.to, map=self.wanted.map)
        there = self.wanted.map == "now" or existed(name, year)
        return made(year, self.found.get((name, year), 0), self.held.get((name, year), 0), there,
                    self.wanted.changed(**place), every.changed(**place))

    def archipelago(self, name: str, part_of: str, years: list[str]) -> Row:
        """The row of the articles that name an archipelago, whatever province they are about."""
        named = naming(self.wanted.changed(**{self.parameter: ()}), name, self.query)
        every = named_in_archive(self.wanted, name)
        counts, held = by_year(self.engine, named), by_year(self.engine, every)
        cells = tuple(made(year, counts.get(year, 0), held.get(year, 0), True, named, every) for year in years)
        return Row(name, part_of, cells, sum(cell.count for cell in cells))


def made(year: str, count: int, of: int, there: bool, these: Request, every: Request) -> Cell:
    """A cell that leads to the articles found, or where there are none to all the archive has."""
    state = FOUND if count else NO_MATCH if of else NO_ARTICLE if there else NOT_THERE
    leads_to = (these if count else every).changed(year=(year,))
    return Cell(year, state, count, of, None if state == NOT_THERE else links.search(leads_to))


def by_year(engine: Engine, wanted: Request) -> dict[str, int]:
    """The articles of a search by year, whatever year is chosen."""
    results = asked(engine, wanted.changed(limit=1, year=()), (), 0)
    return counts_of(engine, freed(results.query), YEAR)


def existed(name: str, year: str) -> bool:
    """Whether there was a province of that name in some part of the year; of what is not known, yes."""
    rows = gazetteer().eras.get(name, ())
    first, last = f"{year}-01-01", f"{year}-12-31"
    return year == UNKNOWN or not rows or any(row.since <= last and (row.until or FOREVER) >= first for row in rows)


# --- the page -----------------------------------------------------------------------------------------


@silence.get("/silence")
def page() -> Response:
    """The table of a search, by the provinces of the day of publication or today's (?map=now)."""
    engine = archive().engine()
    table = Table(engine, params.read(request.args)[0])
    wanted, years = table.wanted, shown(table.years)
    html = show_page("silence.html", asked=wanted, total=table.total, years=years, rows=list(table.rows(years)),
                     left_out=len(table.years) - len(years), legend=legend(), signs=SIGNS, unknown=UNKNOWN,
                     maps=[links.Link(messages.MAPS[m], links.address("/silence", wanted.changed(map=m)),
                                      m == wanted.map) for m in messages.MAPS],
                     kept=[pair for pair in wanted.pairs() if pair[0] != "q"],
                     download=links.address("/silence.csv", wanted))  # fmt: skip
    return conditional(make_response(html), engine.generation)


def shown(years: list[str]) -> list[str]:
    """The columns of the page: the newest years, and the undated."""
    dated = [year for year in years if year != UNKNOWN]
    return dated[-MOST_YEARS:] + years[len(dated) :]


@silence.get("/silence.csv")
def file() -> Response:
    """Every cell of the table as a row, in the order of the page."""
    engine = archive().engine()
    table = Table(engine, params.read(request.args)[0])
    return download(stream_with_context(csv_lines(HEADER, lines(table))), "silence.csv", engine)


def lines(table: Table) -> Iterator[tuple[object, ...]]:
    for row in table.rows(table.years):
        name = f"{row.name} ({row.part_of})" if row.part_of else row.name
        for cell in row.cells:
            share = fraction(cell.count, cell.of)
            yield table.wanted.map, name, cell.year, cell.state, cell.count, cell.of, share
