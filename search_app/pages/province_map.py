"""The map, /map: articles by province as tiles, shaded by their share of the archive's articles."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, request

from indexer.model import Results
from indexer.search.labels import UNKNOWN
from indexer.search.saved_search import SavedSearch
from search_app.view import links
from search_app.view.page import page_response
from search_app.view.provinces import MAP_PARAMETER, map_facet
from search_app.view.result_links import offer_link
from search_app.view.shares import legend
from search_app.view.tile_map import MOST_PROVINCES, tiles, whole_archive
from search_app.web import params
from search_app.web.archive import archive

blueprint = Blueprint("province_map", __name__)


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


def not_on_map(search: SavedSearch, results: Results) -> NotOnMap:
    """The articles whose province is not known."""
    count = next((value.count for value in results.facets[0].values if value.value == UNKNOWN), 0)
    return NotOnMap(count, links.search_url(search.changed(**{MAP_PARAMETER[search.map]: (UNKNOWN,)})))
