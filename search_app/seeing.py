"""Results to look at: articles by year as bars, by province as a map of tiles; each leads to its articles.

A count alone mostly shows what the archive holds, so each stands beside its share of the archive's articles.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, request

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.facets import UNKNOWN
from indexer.model import All, Phrase, Query, Results, Word
from search_app import links, params, wording
from search_app.archive import Overview
from search_app.asking import asked, settled
from search_app.guard import conditional
from search_app.language import current
from search_app.params import Request
from search_app.views import archive, show_page

seeing = Blueprint("seeing", __name__)

# --- by year ------------------------------------------------------------------------------------------

WIDTH, HEIGHT, ABOVE = 36, 64, 18  # of a bar's column, of the tallest bar, and of the line its count stands on
MOST_BARS = 16  # of a longer span the newest; the table has them all
REFORM = 2025  # on 1 July, in the middle of this year, 34 provinces took the place of 63


@dataclass(frozen=True, slots=True)
class Bar:
    """A year: its articles, their share of the archive's of that year, and the rectangle that shows them."""

    year: str
    count: int
    share: str
    href: str
    chosen: bool
    middle: int
    height: int

    @property
    def top(self) -> int:
        return ABOVE + HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Years:
    """Bars of consecutive years, and every year that has articles with its count and share; `undated` articles have
    neither. `reform` is where 1 July 2025 falls, if it does."""

    bars: tuple[Bar, ...]
    rows: tuple[tuple[str, int, str], ...]
    undated: int
    width: int
    reform: int | None


def by_year(engine: Engine, overview: Overview, wanted: Request, query: Query) -> Years | None:
    """The chart of a result; None when its articles are of one year. A year chosen does not take others off."""
    counts = dict(engine.find(replace(query, limit=0, offset=0, facets=(("year", 500),))).facets["year"])
    known = sorted(int(year) for year, count in counts.items() if year != UNKNOWN and count)
    if len(known) < 2:
        return None
    years = range(max(known[0], known[-1] - MOST_BARS + 1), known[-1] + 1)
    held = {value.value: value.count for value in overview.years}
    most = max(counts.get(str(year), 0) for year in years)
    rows = tuple((str(year), counts[str(year)], percent(counts[str(year)], held.get(str(year), 0))) for year in known)
    bars = (bar(wanted, str(year), counts.get(str(year), 0), held, most, at) for at, year in enumerate(years))
    reform = (REFORM - years[0]) * WIDTH + WIDTH // 2 if REFORM in years else None
    return Years(tuple(bars), rows, counts.get(UNKNOWN, 0), len(years) * WIDTH, reform)


def bar(wanted: Request, year: str, count: int, held: dict[str, int], most: int, at: int) -> Bar:
    height = max(1, round(HEIGHT * count / most)) if count else 0
    chosen = year in wanted.year
    left = tuple(other for other in wanted.year if other != year)
    href = links.search(wanted, year=left if chosen else (year,))
    return Bar(year, count, percent(count, held.get(year, 0)), href, chosen, at * WIDTH + WIDTH // 2, height)


def percent(count: int, of: int) -> str:
    """"3,1 %", with no decimal from 10 on; "" when there is nothing to be a part of."""
    if not of:
        return ""
    share = 100 * count / of
    return current().percent(share, 0) if share >= 10 or not count else current().percent(max(share, 0.1), 1)


# --- by province --------------------------------------------------------------------------------------

TILES = Path(__file__).parent / "data" / "tiles.csv"
STEPS = (0, 2, 5, 10, 25)  # per cent: a tile is one shade darker above each
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
                     maps=[links.Link(wording.MAPS[m], links.address("/map", wanted.changed(map=m)), m == wanted.map)
                           for m in wording.MAPS],
                     kept=[pair for pair in wanted.pairs() if pair[0] != "q"],
                     compared=bool(wanted.q or wanted.filters), back=links.search(wanted), **placeless(wanted, results))
    return conditional(make_response(page), archive().engine().generation)


def facet_of(wanted: Request) -> str:
    return params.FILTERS[PARAMETER[wanted.map]]


def tiles(wanted: Request, results: Results) -> Iterator[Tile]:
    """Every tile of the map, also those at zero."""
    facet, parameter = facet_of(wanted), PARAMETER[wanted.map]
    counts = {value.value: value.count for value in results.facets[0].values}
    held = held_by(wanted, facet)
    for row in arrangement():
        if row["map"] == wanted.map:
            name, part_of = row["name"], row["part_of"]
            count = mentioning(results.query, name) if part_of else counts.get(name, 0)
            of = held.get(part_of or name, 0)
            yield Tile(
                name if part_of else label(facet, name).removesuffix(" (Thừa Thiên Huế)"), part_of,
                f"c{row['column']} r{row['row']}", count, percent(count, of), shade(count, of),
                island(wanted, name) if part_of else links.search(wanted, **{parameter: (name,)}),
                name in getattr(wanted, parameter),
            )  # fmt: skip


def held_by(wanted: Request, facet: str) -> dict[str, int]:
    """What a province's count is a part of: its articles in the archive; of a search for everything, all articles."""
    engine = archive().engine()
    every = dict(engine.find(Query(limit=0, facets=((facet, 500),))).facets[facet])
    return every if wanted.q or wanted.filters else dict.fromkeys(every, engine.count())


def mentioning(query: Query, name: str) -> int:
    """How many of the articles found name the archipelago."""
    phrase = Phrase(tuple(Word(word) for word in name.lower().split()))
    engine = archive().engine()
    return engine.find(replace(query, match=All((query.match, phrase)), limit=0, facets=())).total


def island(wanted: Request, name: str) -> str:
    """The search for the articles that name the archipelago."""
    words = f"({wanted.q})" if " OR " in wanted.q or " HOẶC " in wanted.q else wanted.q
    return links.search(wanted.changed(q=f'{words} "{name}"'.strip()))


def shade(count: int, of: int) -> str:
    """s0 for nothing, then one step for each of STEPS that the share exceeds."""
    return f"s{sum(100 * count > step * of for step in STEPS)}"


def legend() -> list[tuple[str, str]]:
    """(class, what it means) of every shade."""
    steps = [current().percent(step, 0) for step in STEPS[1:]]
    bounds = [wording.BETWEEN.format(low, high) for low, high in pairwise(steps)]
    named = [wording.NO_ARTICLE, wording.UP_TO.format(steps[0]), *bounds, wording.ABOVE.format(steps[-1])]
    return [(f"s{at}", text) for at, text in enumerate(named)]


def placeless(wanted: Request, results: Results) -> dict[str, Any]:
    """Articles that no tile shows: those whose province is not known."""
    unknown = next((value.count for value in results.facets[0].values if value.value == UNKNOWN), 0)
    return {"unknown": unknown, "unknown_href": links.search(wanted.changed(**{PARAMETER[wanted.map]: (UNKNOWN,)}))}


@cache
def arrangement() -> list[dict[str, str]]:
    """The rows of tiles.csv: which tile of which map stands in which column and row."""
    with TILES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@seeing.app_template_global()
def years_of(wanted: Request, results: Results) -> Years | None:
    return by_year(archive().engine(), archive().overview(), wanted, results.query) if results.total else None


@seeing.app_template_global()
def map_of(wanted: Request) -> str:
    """The address of the map of a search."""
    return links.address("/map", wanted, limit=params.DEFAULT_LIMIT, sort="relevance")


@seeing.app_template_global()
def said_of(bar: Bar) -> str:
    """A bar in words."""
    said = wording.BAR_AND_SHARE if bar.share else wording.BAR
    told = said.format(bar.year, n=bar.count, share=bar.share)
    return wording.BAR_CHOSEN.format(told) if bar.chosen else told
