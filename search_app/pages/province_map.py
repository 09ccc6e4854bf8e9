"""The map: articles by province as tiles, shaded by their share of the archive's; and the ways to look at a result."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, request

from indexer.model import Query, Results
from indexer.search.labels import UNKNOWN, label
from indexer.search.query.correct import READERS
from indexer.search.vietnamese import fold
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.pages.base import archive, show_page
from search_app.view import links
from search_app.view.shares import archive_of, held_by, legend, percent, shade
from search_app.web import params
from search_app.web.params import Request
from search_app.web.run_search import asked, settled
from search_app.web.security_headers import conditional

seeing = Blueprint("seeing", __name__)

TILES = Path(__file__).parents[1] / "data" / "tiles.csv"
PARAMETER = {"then": "province", "now": "province_now"}


@dataclass(frozen=True, slots=True)
class Tile:
    """A province, or an archipelago of one (`part_of`), at its place: what it is called, holds and leads to."""

    name: str
    part_of: str
    place: str
    count: int
    share: str
    shade: str
    href: str
    chosen: bool


@seeing.get("/map")
def map_page() -> Response:
    """Articles of a search by province, on the map of the day of publication or on today's (?map=now)."""
    wanted, _ = params.read(request.args)
    results = asked(archive().engine(), wanted.changed(limit=1), (facet_of(wanted),), 500)
    wanted = settled(wanted, results)
    page = show_page("map.html", asked=wanted, total=results.total, tiles=list(tiles(wanted, results)), legend=legend(),
                     maps=[links.Link(messages.MAPS[m], links.address("/map", wanted.changed(map=m)), m == wanted.map)
                           for m in messages.MAPS],
                     kept=[pair for pair in wanted.pairs() if pair[0] != "q"],
                     compared=not everything(results.query), **placeless(wanted, results))
    return conditional(make_response(page), archive().engine().generation)


def facet_of(wanted: Request) -> str:
    return params.FILTERS[PARAMETER[wanted.map]]


def tiles(wanted: Request, results: Results) -> Iterator[Tile]:
    """Every tile of the map, also those at zero."""
    facet, parameter = facet_of(wanted), PARAMETER[wanted.map]
    counts = {value.value: value.count for value in results.facets[0].values}
    held, every = held_by(archive().engine(), results.query, facet), everything(results.query)
    for row in arrangement(wanted.map):
        name, part_of = row["name"], row["part_of"]
        leads_to = naming(wanted, name, results.query) if part_of else wanted.changed(**{parameter: (name,)})
        count = total(leads_to) if part_of else counts.get(name, 0)
        of = every or (total(named_in_archive(wanted, name)) if part_of else held.get(name, 0))
        yield Tile(
            label_of(facet, name), part_of, f"c{row['column']} r{row['row']}", count, percent(count, of),
            shade(count, of), links.search(leads_to), name in wanted.chosen(parameter),
        )  # fmt: skip


def everything(query: Query) -> int:
    """How many articles a search finds that asks for no words and no facet, only perhaps for days; 0 for another."""
    within = archive_of(query)
    narrowed = within.match != query.match or within.filters != query.filters
    return 0 if narrowed else archive().engine().find(within).total


def label_of(facet: str, name: str) -> str:
    return label(facet, name).removesuffix(" (Thừa Thiên Huế)")


def naming(wanted: Request, name: str, query: Query) -> Request:
    """The search for those of the articles that name an archipelago; without accents where the search has none.

    Readings that were not needed for the search itself are off: where none names it, none is found.
    """
    words = f"({wanted.q})" if " OR " in wanted.q or " HOẶC " in wanted.q else wanted.q
    unneeded = READERS.keys() - {reading.kind for reading in query.applied}
    return wanted.changed(q=f'{words} "{spelled(wanted, name)}"'.strip(), off=tuple(sorted({*wanted.off, *unneeded})))


def named_in_archive(wanted: Request, name: str) -> Request:
    """The search for all articles of those days that name an archipelago."""
    return Request(q=f'"{spelled(wanted, name)}"', off=tuple(sorted(READERS)), from_=wanted.from_, to=wanted.to)


def spelled(wanted: Request, name: str) -> str:
    return fold(name) if wanted.q and fold(wanted.q) == wanted.q else name


def total(wanted: Request) -> int:
    """How many articles a search leads to."""
    return asked(archive().engine(), wanted.changed(limit=1), (), 0).total


def placeless(wanted: Request, results: Results) -> dict[str, Any]:
    """Articles that no tile shows: those whose province is not known."""
    unknown = next((value.count for value in results.facets[0].values if value.value == UNKNOWN), 0)
    return {"unknown": unknown, "unknown_href": links.search(wanted.changed(**{PARAMETER[wanted.map]: (UNKNOWN,)}))}


@cache
def arrangement(map: str) -> tuple[dict[str, str], ...]:
    """The rows of tiles.csv: which tile of a map stands in which column and row."""
    with TILES.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["map"] == map)


@seeing.app_template_global()
def views_of(wanted: Request, here: str = "") -> list[links.Link]:
    """The ways to look at a result, the one at the path `here` marked."""
    query = links.address("", wanted, limit=params.DEFAULT_LIMIT, sort="relevance").removeprefix(current().prefix)
    return [links.Link(text, current().prefix + path + query, path == here) for path, text in messages.VIEWS.items()]


@seeing.app_template_global()
def chips_of(wanted: Request, here: str) -> list[links.Link]:
    """What narrows a result, each leading to the page at the path `here` without it."""
    return [*links.chosen(wanted, here), *links.period(wanted, here)]
