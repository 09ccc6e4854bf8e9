"""What is known of provinces: the two maps with their articles; of one province its articles, places and officials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from indexer.model import Filter, Found, Query
from indexer.model.facets import BELOW, BY_NAME, FACETS
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_counts, counts_of
from indexer.search.holdings import Asked, Holding, find
from indexer.search.labels import INFERRED, UNKNOWN
from indexer.search.provinces import FOREVER, Era, gazetteer
from indexer.search.query.days import Days, within
from indexer.search.query.values import LOCAL_UNITS
from indexer.search.vietnamese import vietnamese_key
from search_app.view.holders import HolderRow, holder_rows
from search_app.view.people import all_people

MOST_YEARS, MOST_PLACES = 100, 500  # values to count
MOST_HOLDERS, HOLDERS_OF_ONE = 20, 4  # people listed with a quote, and of one post
LEVELS = tuple(spec.name for spec in FACETS if spec.place == BELOW)
LAST_DAY_OF_63, FIRST_DAY_OF_34 = "2025-06-30", "2025-07-01"  # of the two maps of provinces
PROVINCE_LEVELS = ("tỉnh", "khu vực")  # levels of the posts that a province page lists


@dataclass(frozen=True, slots=True)
class Place:
    """A district or commune: its key, its name with unit, and how many articles are about it."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class PlaceList:
    """The districts or communes of a province; `parameter` filters by one of them."""

    title: str
    parameter: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PostHolders:
    """A post and who was named at it, the latest first, each with the sentence that says so."""

    post: str
    holders: tuple[HolderRow, ...]


@dataclass(frozen=True, slots=True)
class ProvinceCounts:
    """Articles of a province: `years` has (year, articles), newest first, the undated last.

    `inferred` has those with an inferred year.
    """

    total: int
    years: tuple[tuple[str, int], ...]
    inferred: Mapping[str, int]
    places: tuple[PlaceList, ...]

    @property
    def most(self) -> int:
        """The articles of the year that has most."""
        return max((count for _, count in self.years), default=1)


def provinces_on(day: str) -> list[Era]:
    """The provinces of the map of a day (ISO), in alphabetical order."""
    eras = (row for rows in gazetteer().eras.values() for row in rows)
    on_map = {row.name: row for row in eras if row.since <= day <= (row.until or FOREVER)}
    return sorted(on_map.values(), key=lambda row: vietnamese_key(row.name))


def province_counts(engine: Engine, key: str) -> ProvinceCounts:
    """The articles of a province by year and place."""
    facets = ("year", MOST_YEARS), *((level, MOST_PLACES) for level in LEVELS)
    query = Query(filters=(Filter("province", (key,)),), facets=facets, limit=0)
    found = engine.find(query)
    inferred = replace(query, filters=(*query.filters, Filter("dated", (INFERRED,))))
    years = sorted(found.facets["year"], key=lambda each: each[0] if each[0] != UNKNOWN else "", reverse=True)
    return ProvinceCounts(found.total, tuple(years), dict(engine.find(inferred).facets["year"]),
                          tuple(place_list(key, level, found) for level in LEVELS))


def place_list(province: str, level: str, found: Found) -> PlaceList:
    """The places of a province at one level, in alphabetical order."""
    own = [Place(key, key.partition("@")[0], n) for key, n in found.facets[level] if key.endswith(f"@{province}")]
    own.sort(key=lambda place: vietnamese_key(name_without_unit(place.name)))
    return PlaceList(BY_NAME[level].label, level, tuple(own))


def name_without_unit(place: str) -> str:
    """"thị xã Cai Lậy" -> "Cai Lậy"."""
    return place.removeprefix(next((unit for unit in LOCAL_UNITS if place.startswith(unit)), ""))


def post_holders(engine: Engine, key: str) -> list[PostHolders]:
    """The posts of a province, the ones named most often first, each with its latest holders; at most MOST_HOLDERS."""
    chosen = weightiest_posts(engine, key)
    rows = iter(holder_rows(engine, [holding for _, held in chosen for holding in held]))
    return [PostHolders(post, tuple(islice(rows, len(held)))) for post, held in chosen]


def weightiest_posts(engine: Engine, key: str) -> list[tuple[str, list[Holding]]]:
    """The same as holdings: (post, its latest holdings)."""
    named: dict[str, list[Holding]] = defaultdict(list)
    for holding in find(engine, all_people(), Asked(province=key, levels=PROVINCE_LEVELS)):
        named[f"{holding.post.head} {holding.post.body}".strip()].append(holding)
    by_weight = sorted(named.items(), key=lambda each: (-sum(len(held.years) for held in each[1]), each[0]))
    room, chosen = MOST_HOLDERS, list[tuple[str, list[Holding]]]()
    for post, held in by_weight:
        if room > 0:
            chosen.append((post, held[: min(HOLDERS_OF_ONE, room)]))
            room -= len(chosen[-1][1])
    return chosen


def counts_until_reform(engine: Engine) -> dict[str, int]:
    """Articles by province, without those that appeared since 1 July 2025; undated ones count."""
    since = Query(match=within(Days(low=FIRST_DAY_OF_34)))
    later = counts_of(engine, since, "province")
    return {name: count - later.get(name, 0) for name, count in archive_counts(engine, Query(), "province").items()}
