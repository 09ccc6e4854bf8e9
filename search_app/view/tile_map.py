"""The map of provinces as tiles: their place, number of articles, share of the archive and address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from flask import request

from indexer.model import Query, Results
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_counts, archive_of
from indexer.search.labels import UNKNOWN
from indexer.search.saved_search import SavedSearch
from search_app.view import links, provinces
from search_app.view.provinces import MAP_PARAMETER, map_facet
from search_app.view.shares import few, percent, shade
from search_app.web import params

MOST_PROVINCES = 500  # values to count: more than there ever were


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, or an archipelago of the province `part_of`. `place` and `shade` are CSS classes.

    `of` are the articles of the archive. `few`: the share rests on too few of them to mean much.
    """

    name: str
    part_of: str
    place: str
    count: int
    of: int
    share: str
    shade: str
    href: str
    chosen: bool
    few: bool

    @property
    def column(self) -> int:
        """Its column on the map, from 0."""
        return int(self.place.partition(" ")[0][1:])

    @property
    def row(self) -> int:
        """Its row on the map, from 0."""
        return int(self.place.partition(" ")[2][1:])

    @property
    def lines(self) -> list[str]:
        """The name in at most two lines."""
        return wrap(self.name, max(11, len(self.name) // 2 + 1), max_lines=2, placeholder="…")


def tiles(engine: Engine, search: SavedSearch, results: Results) -> Iterator[Tile]:
    """Every tile of the map, also those without articles."""
    facet, parameter = map_facet(search), MAP_PARAMETER[search.map]
    counts = {value.value: value.count for value in results.facets[0].values}
    held, whole = archive_counts(engine, results.query, facet), whole_archive(engine, results.query)
    for row in provinces.tiles(search.map):
        name, part_of = row["name"], row["part_of"]
        if part_of:
            these = provinces.naming(search, name, results.query)
            count = these.count(engine).total
            of = whole or provinces.naming_in_archive(search, name).count(engine).total
        else:
            these = search.changed(**{parameter: (name,)})
            count, of = counts.get(name, 0), whole or held.get(name, 0)
        yield Tile(
            provinces.map_label(facet, name), part_of, f"c{row['column']} r{row['row']}", count, of, percent(count, of),
            shade(count, of), links.search_url(these), name in search.chosen(parameter),
            count > 0 and few(of),
        )  # fmt: skip


def whole_archive(engine: Engine, query: Query) -> int:
    """The total of a query without words and filters, days aside; 0 for a query that has some."""
    within = archive_of(query)
    narrowed = within.match != query.match or within.filters != query.filters
    return 0 if narrowed else engine.find(within).total


@dataclass(frozen=True, slots=True)
class NotOnMap:
    """Articles that no tile shows because their province is not known, and the search for them."""

    count: int
    href: str


def counted(engine: Engine) -> tuple[SavedSearch, Results]:
    """The search of the request, with its articles counted by province."""
    search, _ = params.read(request.args)
    results = search.count(engine, ((map_facet(search), MOST_PROVINCES),))
    return search.with_keys_of(results.query), results


def not_on_map(search: SavedSearch, results: Results) -> NotOnMap:
    """The articles whose province is not known."""
    count = next((value.count for value in results.facets[0].values if value.value == UNKNOWN), 0)
    return NotOnMap(count, links.search_url(search.changed(**{MAP_PARAMETER[search.map]: (UNKNOWN,)})))
