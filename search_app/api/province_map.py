"""/api/map: the articles of a search by province, with those of the archive; the numbers of /map."""

from __future__ import annotations

from flask import Response

from indexer.model import Message
from search_app.api.paging import answer
from search_app.api.reading import refuse_unknown_values
from search_app.api.route import FOUND, Asked, Route
from search_app.api.schema import COUNT, INTEGER, STRING, Json, array, choice, obj, ref, said
from search_app.api.shapes import COMMON, TOTAL
from search_app.view import links
from search_app.view.tile_map import Tile, counted, not_on_map, tiles
from search_app.web.archive import archive


def by_province(asked: Asked) -> Response:
    """Every province of the map, also those without articles. An article may be about several provinces or none."""
    engine = archive().engine()
    search, results = counted(engine)
    refuse_unknown_values(engine, results.query)
    body = {"total": results.total, "map": search.map, "unknown": not_on_map(search, results).count,
            "provinces": [tile_json(tile) for tile in tiles(engine, search, results)]}
    return answer(engine, body, links.url("/map", search))


def tile_json(tile: Tile) -> Json:
    """A tile of the map."""
    return {"province": tile.name, "part_of": tile.part_of, "articles": tile.count, "archive_articles": tile.of,
            "column": tile.column, "row": tile.row, "page": tile.href}


TILE = obj(
    province=STRING, part_of=said(STRING, "Of an archipelago: its province; articles that name it are counted."),
    articles=COUNT, archive_articles=COUNT, column=said(INTEGER, "On the map of tiles, from 0."), row=INTEGER,
    page=said(STRING, "Its articles."),
)  # fmt: skip
ROUTE = Route(
    "/api/map", Message("Số bài theo tỉnh, thành phố, kèm số bài của kho."), "ProvinceMap", by_province, FOUND,
    "/api/map?q={word}",
    shapes={"ProvinceMap": obj(map=choice("then", "now"), unknown=said(COUNT, "Articles whose province is not known."),
                               provinces=array(ref("Tile")), **TOTAL, **COMMON), "Tile": TILE},
)  # fmt: skip
