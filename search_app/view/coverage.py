"""The coverage matrix: articles of a search by province and year, and why a cell has none.

A cell without articles of the search has one of three reasons: the archive has other articles, the archive has no
articles at all (which says nothing of the province), or the province did not exist in that year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.model import Message
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_of, counts_of, narrowed
from indexer.search.labels import UNKNOWN
from indexer.search.over_time import YEAR
from indexer.search.parameters import DEFAULT_LIMIT
from indexer.search.provinces import FOREVER, gazetteer
from indexer.search.saved_search import SavedSearch
from indexer.search.vietnamese import vietnamese_key
from search_app.i18n import messages
from search_app.view import links
from search_app.view.provinces import MAP_PARAMETER, map_facet, map_label, naming, naming_in_archive, tiles
from search_app.view.shares import few, percent, shade

FOUND, NO_MATCH, NO_ARTICLE, DID_NOT_EXIST = "found", "no_match", "no_article", "did_not_exist"
SIGNS = {NO_MATCH: "○", NO_ARTICLE: "–", DID_NOT_EXIST: "×"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A province in a year.

    state  one of the four states above
    count  articles of the search; `of` those of the archive
    href   the articles found, or all the archive has; None where it has none
    """

    year: str
    state: str
    count: int
    of: int
    href: str | None

    @property
    def shade(self) -> str:
        """The CSS class of the cell's share of the archive."""
        return shade(self.count, self.of)

    @property
    def few(self) -> bool:
        """Whether the share rests on too few articles of the archive."""
        return self.count > 0 and few(self.of)

    @property
    def sign(self) -> str:
        """What a cell without articles shows."""
        return SIGNS.get(self.state, "")

    @property
    def description(self) -> str:
        """The cell in words."""
        return messages.CELLS[self.state].format(percent(self.count, self.of), n=self.of)


@dataclass(frozen=True, slots=True)
class Row:
    """A province, or an archipelago of the province `part_of`, with a cell for each year and their total."""

    name: str
    part_of: str
    cells: tuple[Cell, ...]
    total: int


class Matrix:
    """Every cell of a search. All filters narrow it: chosen provinces are its rows, chosen years its columns.

    `found` and `held` have the articles of the search and of the archive by (province, year).
    """

    def __init__(self, engine: Engine, search: SavedSearch) -> None:
        self.engine = engine
        results = search.count(engine)
        self.total, self.asked = results.total, results.query
        self.search = search.with_keys_of(results.query).changed(limit=DEFAULT_LIMIT, sort="relevance")
        self.facet, self.parameter = map_facet(self.search), MAP_PARAMETER[self.search.map]
        self.query = narrowed(results.query)
        self.found = engine.crosstab(self.query, self.facet, YEAR)
        self.held = engine.crosstab(archive_of(self.query), self.facet, YEAR)

    @cached_property
    def years(self) -> list[str]:
        """From the first year of the archive to the last, without gaps; "?" last where it has undated articles.

        Only those that the filters of the search allow.
        """
        known = {year for _, year in self.held}
        chosen = self.search.chosen("year")
        dated = sorted(map(int, known - {UNKNOWN}))
        years = [str(year) for year in range(dated[0], dated[-1] + 1)] if dated else []
        years += [UNKNOWN] if UNKNOWN in known else []
        return [year for year in years if not chosen or year in chosen]

    def parts(self, years: list[str]) -> list[Message]:
        """Where the articles of the search are: in the columns `years`, or before the first of them."""
        counts = counts_of(self.engine, self.query, YEAR)
        shown = sum(counts.get(year, 0) for year in years)
        texts = ((shown, messages.IN_TABLE), (self.total - shown, messages.BEFORE))
        return [text.format(n=count, first=min(years, default="")) for count, text in texts if count]

    def rows(self, years: list[str]) -> Iterator[Row]:
        """Provinces of the map in alphabetical order, then those of other times, the unknown, and archipelagos.

        Of a search with chosen provinces only these.
        """
        chosen = self.search.chosen(self.parameter)
        on_map = tiles(self.search.map)
        provinces = [row["name"] for row in on_map if not row["part_of"]]
        others = {name for name, _ in self.held} - {*provinces, UNKNOWN}
        for name in [*sorted(provinces, key=vietnamese_key), *sorted(others, key=vietnamese_key), UNKNOWN]:
            cells = tuple(self.cell(name, year) for year in years)
            if (not chosen or name in chosen) and (name != UNKNOWN or any(cell.of for cell in cells)):
                yield Row(map_label(self.facet, name), "", cells, sum(cell.count for cell in cells))
        for row in on_map:
            if row["part_of"] and not chosen:
                yield self.archipelago(row["name"], row["part_of"], years)

    def cell(self, name: str, year: str) -> Cell:
        """The cell of a province."""
        place = {self.parameter: (name,)}
        whole = SavedSearch(from_=self.search.from_, to=self.search.to, map=self.search.map)
        exists = self.search.map == "now" or existed(name, year)
        return cell_of(year, self.found.get((name, year), 0), self.held.get((name, year), 0), exists,
                       self.search.changed(**place), whole.changed(**place))

    def archipelago(self, name: str, part_of: str, years: list[str]) -> Row:
        """The row of the articles that name an archipelago, whatever province they are about."""
        these = naming(self.search, name, self.query)
        whole = naming_in_archive(self.search, name)
        counts, held = by_year(self.engine, these), by_year(self.engine, whole)
        cells = tuple(cell_of(year, counts.get(year, 0), held.get(year, 0), True, these, whole) for year in years)
        return Row(name, part_of, cells, sum(cell.count for cell in cells))


def any_few(rows: Sequence[Row]) -> bool:
    """Whether some cell's share rests on too few articles."""
    return any(cell.few for row in rows for cell in row.cells)


def cell_of(year: str, count: int, of: int, exists: bool, these: SavedSearch, whole: SavedSearch) -> Cell:
    """A cell that leads to the articles of `these`, or where there are none to those of the archive, `whole`."""
    state = FOUND if count else NO_MATCH if of else NO_ARTICLE if exists else DID_NOT_EXIST
    target = (these if count else whole).changed(year=(year,))
    return Cell(year, state, count, of, links.search_url(target) if of else None)


def by_year(engine: Engine, search: SavedSearch) -> dict[str, int]:
    """The articles of a search by year."""
    return counts_of(engine, narrowed(search.count(engine).query), YEAR)


def existed(name: str, year: str) -> bool:
    """Whether there was a province of that name in some part of the year; yes for an unknown name or year."""
    rows = gazetteer().eras.get(name, ())
    first, last = f"{year}-01-01", f"{year}-12-31"
    return year == UNKNOWN or not rows or any(row.since <= last and (row.until or FOREVER) >= first for row in rows)
