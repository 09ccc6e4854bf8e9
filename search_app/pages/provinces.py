"""Provinces: /provinces lists both maps, /provinces/<name> shows one: its history, articles, places and officials."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, abort

from indexer.model import Filter, Found, Query
from indexer.model.facets import BELOW, BY_NAME, FACETS
from indexer.search.archive import Engine
from indexer.search.labels import IN_OFFICE, INFERRED, Bound, province_label
from indexer.search.people import People
from indexer.search.provinces import FOREVER, Era, gazetteer, present
from indexer.search.query.bindings import table
from indexer.search.query.days import Days, within
from indexer.search.query.values import LOCAL_UNITS
from indexer.search.vietnamese import vietnamese_key
from search_app.view.page import page_response
from search_app.view.people import all_people, person_url, years_named
from search_app.view.provinces import slug
from search_app.view.shares import archive_counts, counts_of
from search_app.web.archive import archive

blueprint = Blueprint("provinces", __name__)

MOST_YEARS, MOST_PLACES = 100, 500  # values to count
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
class Holder:
    """Someone named at a post: the address of the page, the name, a status other than "in office", the years."""

    href: str
    name: str
    status: str
    years: str


@dataclass(frozen=True, slots=True)
class PostHolders:
    """A post and who was named at it, the latest first."""

    post: str
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class ProvinceCounts:
    """Articles of a province: `years` has (year, articles), newest first; `inferred` those with an inferred year."""

    total: int
    years: tuple[tuple[str, int], ...]
    inferred: Mapping[str, int]
    places: tuple[PlaceList, ...]

    @property
    def most(self) -> int:
        """The articles of the year that has most."""
        return max((count for _, count in self.years), default=1)


@blueprint.get("/provinces")
def page() -> Response:
    """Both maps: the provinces until 30 June 2025 and those since."""
    engine = archive().engine()
    return page_response(
        "provinces.html", then=provinces_on(LAST_DAY_OF_63), now=provinces_on(FOREVER), slug=slug,
        counts_then=counts_until_reform(engine), counts_now=archive_counts(engine, Query(), "now"),
    )  # fmt: skip


def counts_until_reform(engine: Engine) -> dict[str, int]:
    """Articles by province, without those that appeared since 1 July 2025; undated ones count."""
    since = Query(match=within(Days(low=FIRST_DAY_OF_34)))
    later = counts_of(engine, since, "province")
    return {name: count - later.get(name, 0) for name, count in archive_counts(engine, Query(), "province").items()}


@blueprint.get("/provinces/<name>")
def province(name: str) -> Response:
    """One province by the slug of its name; 404 for an unknown one."""
    key = next((key for key in gazetteer().eras if slug(key) == name), None)
    if key is None:
        abort(404)
    engine = archive().engine()
    bounds = [bound for _, bound in table(engine).all if bound.province == key and bound.level in PROVINCE_LEVELS]
    return page_response(
        "province.html", key=key, name=province_label(key), eras=gazetteer().eras[key], now=present(key), slug=slug,
        into=[other for other in gazetteer().eras if other != key and present(other) == key],
        counts=province_counts(engine, key), posts=post_holders(bounds, all_people()),
    )  # fmt: skip


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
    years = sorted(found.facets["year"], key=lambda each: each[0], reverse=True)
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


def post_holders(bounds: Sequence[Bound], people: People) -> list[PostHolders]:
    """The posts of `bounds`, the ones named most often first."""
    named: dict[str, dict[tuple[str, str], list[Bound]]] = defaultdict(lambda: defaultdict(list))
    for bound in bounds:
        if bound.head and (person := people.get(bound.person)):
            named[f"{bound.head} {bound.body}".strip()][person.id, bound.status].append(bound)
    by_weight = sorted(named.items(), key=lambda each: (-sum(map(len, each[1].values())), each[0]))
    return [PostHolders(post, tuple(holders(by_person, people))) for post, by_person in by_weight]


def holders(by_person: Mapping[tuple[str, str], Sequence[Bound]], people: People) -> Iterator[Holder]:
    """The holders of one post, from its bounds by (person, status)."""
    latest = sorted(by_person.items(), key=lambda each: max(bound.year for bound in each[1]), reverse=True)
    for (id, status), bounds in latest:
        if person := people.get(id):
            yield Holder(person_url(person), person.name, "" if status == IN_OFFICE else status, years_named(bounds))
