"""The map, /map: articles by province as tiles, shaded by their share of the archive's articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, request

from indexer.model import Query, Results
from indexer.search.archive import Engine
from indexer.search.labels import UNKNOWN
from indexer.search.saved_search import SavedSearch
from search_app.view import links, provinces
from search_app.view.page import page_response
from search_app.view.provinces import MAP_PARAMETER, map_facet
from search_app.view.result_links import offer_link
from search_app.view.shares import archive_counts, archive_of, legend, percent, shade
from search_app.web import params
from search_app.web.archive import archive

blueprint = Blueprint("province_map", __name__)

MOST_PROVINCES = 500  # values to count: more than there ever were


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, or an archipelago of the province `part_of`. `place` and `shade` are CSS classes."""

    name: str
    part_of: str
    place: str
    count: int
    share: str
    shade: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class NotOnMap:
    """Articles that no tile shows because their province is not known, and the search for them."""

    count: int
    href: str


@blueprint.get("/map")
def page() -> Response:
    """Articles of a search by province, on the map of the day of publication or on the present one (?map=now)."""
    engine = archive().engine()
    search, _ = params.read(request.args)
    results = search.count(engine, ((map_facet(search), MOST_PROVINCES),))
    search = search.with_keys_of(results.query)
    return page_response(
        "map.html", search=search, total=results.total, tiles=list(tiles(engine, search, results)), legend=legend(),
        maps=links.map_links("/map", search), chosen=search.chosen(MAP_PARAMETER[search.map]), kept=links.without_query(search),
        renamed=[offer_link(search, offer, "/map") for offer in results.offers if offer.more is not None],
        compared=not whole_archive(engine, results.query), unknown=not_on_map(search, results),
    )  # fmt: skip


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
            provinces.map_label(facet, name), part_of, f"c{row['column']} r{row['row']}", count, percent(count, of),
            shade(count, of), links.search_url(these), name in search.chosen(parameter),
        )  # fmt: skip


def whole_archive(engine: Engine, query: Query) -> int:
    """The total of a query without words and filters, days aside; 0 for a query that has some."""
    within = archive_of(query)
    narrowed = within.match != query.match or within.filters != query.filters
    return 0 if narrowed else engine.find(within).total


def not_on_map(search: SavedSearch, results: Results) -> NotOnMap:
    """The articles whose province is not known."""
    count = next((value.count for value in results.facets[0].values if value.value == UNKNOWN), 0)
    return NotOnMap(count, links.search_url(search.changed(**{MAP_PARAMETER[search.map]: (UNKNOWN,)})))
