"""Provinces as pages show them: the tiles of the two maps, archipelagos, slugs and labels."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from indexer.model import Query
from indexer.search.labels import label
from indexer.search.parameters import FILTERS
from indexer.search.query.correct import KINDS
from indexer.search.saved_search import SavedSearch
from indexer.search.vietnamese import fold

TILES = Path(__file__).parents[1] / "data" / "tiles.csv"
MAP_PARAMETER = {"then": "province", "now": "province_now"}  # map -> the filter of its provinces


def map_facet(search: SavedSearch) -> str:
    """The facet of the provinces on the map of `search`."""
    return FILTERS[MAP_PARAMETER[search.map]]


def map_label(facet: str, name: str) -> str:
    """The name of a province on a map, short."""
    return label(facet, name).removesuffix(" (Thừa Thiên Huế)")


@cache
def tiles(map: str) -> tuple[dict[str, str], ...]:
    """The rows of data/tiles.csv for one map: map, name, column, row, and part_of for an archipelago's province."""
    with TILES.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["map"] == map)


def naming(search: SavedSearch, archipelago: str, query: Query) -> SavedSearch:
    """`search` narrowed to articles that name an archipelago; `query` is the interpreted query of `search`.

    Interpretations that the search itself did not need are switched off: an article without the name must not count.
    """
    words = f"({search.q})" if " OR " in search.q or " HOẶC " in search.q else search.q
    unneeded = set(KINDS) - {applied.kind for applied in query.applied}
    return search.changed(
        q=f'{words} "{spelled(search, archipelago)}"'.strip(), off=tuple(sorted({*search.off, *unneeded})))


def naming_in_archive(search: SavedSearch, archipelago: str) -> SavedSearch:
    """The search for all articles of the days of `search` that name an archipelago."""
    return SavedSearch(
        q=f'"{spelled(search, archipelago)}"', off=tuple(sorted(KINDS)), from_=search.from_, to=search.to)


def spelled(search: SavedSearch, name: str) -> str:
    """The name, without accents if the text of `search` has none."""
    return fold(name) if search.q and fold(search.q) == search.q else name


def slug(name: str) -> str:
    """"Bà Rịa - Vũng Tàu" -> "ba-ria-vung-tau"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name).lower()).split())
