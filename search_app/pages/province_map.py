"""The map, /map: articles by province as tiles, shaded by their share of the archive's articles."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

from indexer.model import Results
from indexer.search.archive import Engine
from indexer.search.csv_lines import csv_lines
from indexer.search.saved_search import SavedSearch
from indexer.search.vietnamese import vietnamese_key
from search_app.i18n import messages
from search_app.view import links
from search_app.view.figures import Figure, figure_response
from search_app.view.page import page_response
from search_app.view.provinces import MAP_PARAMETER
from search_app.view.result_links import offer_link
from search_app.view.shares import fraction, legend
from search_app.view.tile_map import counted, not_on_map, tiles, whole_archive
from search_app.web.archive import archive
from search_app.web.responses import csv_download

blueprint = Blueprint("province_map", __name__)

HEADER = ("map", "province", "articles", "archive_articles", "share")


@blueprint.get("/map")
def page() -> Response:
    """Articles of a search by province, on the map of the day of publication or on the present one (?map=now)."""
    engine = archive().engine()
    search, results = counted(engine)
    return page_response(
        "map.html", search=search, total=results.total, tiles=list(tiles(engine, search, results)), legend=legend(),
        maps=links.map_links("/map", search), chosen=search.chosen(MAP_PARAMETER[search.map]),
        kept=links.without_query(search),
        renamed=[offer_link(search, offer, "/map") for offer in results.offers if offer.kind == "former"],
        compared=not whole_archive(engine, results.query), unknown=not_on_map(search, results),
    )  # fmt: skip


@blueprint.get("/map.<any(svg,png):ending>")
def figure(ending: str) -> AnyResponse:
    """The map of the page as a figure."""
    engine = archive().engine()
    search, results = counted(engine)
    drawn = list(tiles(engine, search, results))
    unknown = not_on_map(search, results).count
    notes = [messages.FIGURE_MAP, *([messages.FIGURE_FEW_CELLS] if any(tile.few for tile in drawn) else []),
             *([messages.FIGURE_UNKNOWN_PROVINCE.format(n=unknown)] if unknown else [])]
    size = max(tile.column for tile in drawn) + 4, max(tile.row for tile in drawn) + 1
    return figure_response(
        ending, Figure("map", messages.FIGURE_PROVINCES, "tiles.svg", {"tiles": drawn, "legend": legend()},
                       size[0] * 76, size[1] * 48, notes),
        engine, search, results.query, results.total)


@blueprint.get("/map.csv")
def file() -> Response:
    """A row for each tile, in alphabetical order, and one for the articles whose province is not known."""
    engine = archive().engine()
    search, results = counted(engine)
    return csv_download(csv_lines(HEADER, rows(engine, search, results)), "map.csv", engine.generation)


def rows(engine: Engine, search: SavedSearch, results: Results) -> Iterator[tuple[object, ...]]:
    """The rows of the file, in the order of HEADER."""
    for tile in sorted(tiles(engine, search, results), key=lambda tile: vietnamese_key(tile.name)):
        name = f"{tile.name} ({tile.part_of})" if tile.part_of else tile.name
        yield search.map, name, tile.count, tile.of, fraction(tile.count, tile.of)
    if unknown := not_on_map(search, results).count:
        yield search.map, "", unknown, "", ""
