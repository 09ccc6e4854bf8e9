"""The home page: the search form, and what the archive holds: a map, the last months, new articles, people named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import Blueprint, Response, request

from indexer.model import INFERRED_BASES, Hit, Query
from indexer.model.errors import QuocphongError
from indexer.search.archive import Engine
from indexer.search.archive_counts import archive_counts
from indexer.search.labels import label
from indexer.search.over_time import LENGTH, MONTH, periods
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view import links
from search_app.view.charts import Chart, chart
from search_app.view.page import page_response
from search_app.view.people import PersonLine, all_people, person_line
from search_app.view.tile_map import MOST_PROVINCES, Tile, tiles
from search_app.web.archive import archive

blueprint = Blueprint("home", __name__)

MONTHS = 12  # of the chart, up to the newest article
LATEST, NAMED = 5, 6  # articles, people
LOOKED_AT = 60  # newest articles whose people are counted


@dataclass(frozen=True, slots=True)
class Merger:
    """A present province and those it was made of, each with its articles: Kon Tum 8 + Quảng Ngãi 46 -> 54."""

    name: str
    count: int
    parts: tuple[tuple[str, int], ...]
    href: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the home page shows of the archive. `latest` are the newest dated articles, `named` people in new ones."""

    tiles: tuple[Tile, ...]
    maps: tuple[links.Link, ...]
    merger: Merger | None
    months: Chart | None
    latest: tuple[Hit, ...]
    named: tuple[PersonLine, ...]


@blueprint.get("/")
def page() -> Response:
    """The page; ?map=then shows the 63 provinces in place of the 34. Without an index only the form."""
    try:
        holdings = holdings_of(archive().engine(), "then" if request.args.get("map") == "then" else "now")
    except QuocphongError:
        holdings = None
    return page_response("home.html", examples=messages.EXAMPLES, holdings=holdings)


def holdings_of(engine: Engine, map: str) -> Holdings:
    """What the archive holds, its provinces on one of the two maps."""
    search = SavedSearch(map=map)
    results = search.count(engine, (("now" if map == "now" else "province", MOST_PROVINCES),))
    newest = newest_articles(engine)
    return Holdings(
        tiles=tuple(tiles(engine, search, results)), maps=tuple(map_links(map)), merger=merger(engine),
        months=last_months(engine, newest), latest=tuple(newest[:LATEST]), named=tuple(people_named(newest)),
    )  # fmt: skip


def map_links(map: str) -> Iterator[links.Link]:
    """The home page with each of the two maps."""
    for each, text in (("now", messages.PROVINCES_NOW), ("then", messages.PROVINCES_THEN)):
        yield links.Link(text, links.url("/", SavedSearch()) + ("?map=then" if each == "then" else ""), each == map)


def merger(engine: Engine) -> Merger | None:
    """The merger with articles under most former names whose numbers add up; of these the one with most articles."""
    then, now = (archive_counts(engine, Query(), facet) for facet in ("province", "now"))
    found = (merged(name, count, then) for name, count in now.items())
    whole = [each for each in found if each and sum(count for _, count in each.parts) == each.count]
    return max(whole, key=lambda each: (len(each.parts), each.count), default=None)


def merged(name: str, count: int, then: dict[str, int]) -> Merger | None:
    """A present province with the former ones that have articles; None for fewer than two of these."""
    parts = tuple((each, then[each]) for each in links.former_names(name) if then.get(each))
    search = SavedSearch().changed(province_now=(name,), map="now")
    shown = tuple((label("province", each), held) for each, held in parts)
    return Merger(label("now", name), count, shown, links.search_url(search)) if len(parts) > 1 else None


def newest_articles(engine: Engine) -> list[Hit]:
    """The newest articles whose date is stated, without copies, newest first."""
    found = SavedSearch(sort="newest", limit=LOOKED_AT).run(engine, facets=(), brief=True, near_up_to=0)
    return [hit for hit in found.hits if hit.entry.day and hit.entry.duplicate_of is None
            and hit.entry.entities.published.basis not in INFERRED_BASES]


def last_months(engine: Engine, newest: Sequence[Hit]) -> Chart | None:
    """The chart of the twelve months up to the newest article; None where they have fewer than two bars."""
    if not newest:
        return None
    last = newest[0].entry.day[: LENGTH[MONTH]]
    months = int(last[:4]) * 12 + int(last[5:] or 12) - MONTHS
    search = SavedSearch(from_=date(months // 12, months % 12 + 1, 1).isoformat())
    results = search.count(engine)
    found = periods(engine, results.query, MONTH, search)
    found = replace(found, each=tuple(replace(each, of=0) for each in found.each))  # all are of the archive: no share
    return chart(search, found, MONTHS, results.total) if len(found.each) > 1 else None


def people_named(newest: Sequence[Hit]) -> Iterator[PersonLine]:
    """Who is named most often in the newest articles, in each of them once."""
    people = all_people()
    counts: dict[str, int] = {}
    for hit in newest:
        for id in {person.id for each in hit.entry.entities.officials if (person := people.get(each.key))}:
            counts[id] = counts.get(id, 0) + 1
    for id in sorted(counts, key=lambda id: (-counts[id], id))[:NAMED]:
        if person := people.get(id):
            yield person_line(person)
