"""The links of a result page: other sorts and pages, filters to remove, other interpretations, ways out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.model import Offer, Results, Way
from indexer.search.parameters import MAX_DEPTH
from indexer.search.query.correct import KINDS
from indexer.search.query.days import FACET as DAY
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view.facet_rows import FacetRows, count_without_inferred, facet_rows
from search_app.view.filters import number
from search_app.view.links import PARAMETERS, Link, bounds, chosen, fields_of, kept, map_links, search_url, url

MEANT = {*KINDS, "english"}  # kinds of offers that say what the query was meant for, rather than what else to ask
PERIOD = ("from", "to")  # beside the facets
NEIGHBOURS = 2  # page numbers shown on either side of the current one


@dataclass(frozen=True, slots=True)
class ResultLinks:
    """Everything that a result page offers beside its articles.

    facets        the filters to choose from
    not_inferred  how many articles are left without inferred dates; None where there are none to leave out
    maps          the two maps of provinces
    kept          (name, value) of the parameters that the search form carries along
    chosen        the search without one filter, for each value and bound chosen
    cleared       address of the search without any filter
    counted       which articles the total counts, as a sentence; "" where the query has no words
    switch        the same search by the other rule: every word, or most of them; None where the query has no words
    applied       the search without one interpretation that was applied, for each
    meant         what the query was probably meant for
    offers        other interpretations; `renamed` those that take in former or present names
    ways          ways out of an empty result
    widened       address that takes in matches with other accents; None where the search does
    narrowed      address that leaves them out; None where the search does
    sorts         the orders to choose from
    pages         page numbers; a Link without text stands for a gap
    before, after addresses of the neighbouring pages; None where there is none
    first         number of the first article of the page
    shown         "11–20": the articles of the page; "" where there are none
    """

    facets: tuple[FacetRows, ...]
    not_inferred: int | None
    maps: tuple[Link, ...]
    kept: tuple[tuple[str, str], ...]
    chosen: tuple[Link, ...]
    cleared: str
    counted: str
    switch: Link | None
    applied: tuple[Link, ...]
    meant: tuple[Link, ...]
    offers: tuple[Link, ...]
    renamed: tuple[Link, ...]
    ways: tuple[Link, ...]
    widened: str | None
    narrowed: str | None
    sorts: tuple[Link, ...]
    pages: tuple[Link, ...]
    before: str | None
    after: str | None
    first: int
    shown: str


def result_links(search: SavedSearch, results: Results) -> ResultLinks:
    """The links of the page of `search`, which found `results`."""
    last = last_page(results.total, search.limit)
    first = (search.page - 1) * search.limit + 1
    return ResultLinks(
        facets=tuple(facet_rows(search, results)),
        not_inferred=count_without_inferred(search, results),
        maps=tuple(map_links("/search", search)),
        kept=tuple(kept(search, results, PERIOD if results.facets else ())),
        chosen=(*chosen(search), *bounds(search)),
        cleared=search_url(search.unfiltered),
        counted=messages.COUNTED.format(results.counted) if results.counted else "",
        switch=switch(search, results.rule),
        applied=tuple(Link(a.label, search_url(search.having("off", a.kind))) for a in results.query.applied
                      if a.kind != "share"),  # `counted` and `switch` say it
        meant=tuple(offer_link(search, offer) for offer in results.offers if offer.kind in MEANT),
        offers=tuple(offer_link(search, offer) for offer in results.offers if offer.kind == "abbreviation"),
        renamed=tuple(offer_link(search, offer) for offer in results.offers if offer.kind == "former"),
        ways=tuple(way_link(search, way) for way in (results.empty.ways if results.empty else ())),
        widened=None if search.widen else search_url(search, widen=True),
        narrowed=search_url(search, widen=False) if search.widen else None,
        sorts=tuple(sort_links(search)),
        pages=tuple(page_links(search, last)),
        before=search_url(search, page=min(search.page - 1, last)) if search.page > 1 else None,
        after=search_url(search, page=search.page + 1) if search.page < last else None,
        first=first,
        shown=f"{number(first)}–{number(first + len(results.hits) - 1)}" if results.hits else "",
    )


def switch(search: SavedSearch, rule: str) -> Link | None:
    """The search that counts by the other rule."""
    if rule == "none":
        return None
    text, left, taken = (messages.STRICT, "all", "share") if rule == "share" else (messages.WIDE, "share", "all")
    return Link(text, search_url(search.without("off", left).having("off", taken)))


def offer_link(search: SavedSearch, offer: Offer, path: str = "/search") -> Link:
    """The search that an offer leads to, at `path`."""
    if offer.kind == "accents":
        return Link(offer.label, url(path, search, widen=True))
    return Link(offer.label, url(path, search, q=offer.text, **fields_of(offer.filters)))


def way_link(search: SavedSearch, way: Way) -> Link:
    """A way out of an empty result, with the number of articles it finds."""
    return Link(messages.WAY_OUT.format(way.label, n=way.count), way_address(search, way))


def way_address(search: SavedSearch, way: Way) -> str:
    """The address of a way out."""
    if way.without == "*":
        return search_url(search.unfiltered)
    if way.without == "dated":
        return search_url(search, no_inferred=False)
    if way.without == DAY:
        return search_url(search, from_="", to="")
    if way.without:
        return search_url(search.without(PARAMETERS[way.without]))
    if way.off:
        return search_url(search.having("off", way.off))
    return search_url(search, q=way.query or "")


def sort_links(search: SavedSearch) -> list[Link]:
    """The orders to choose from. Without words relevance means nothing, and newest first takes its place."""
    orders = [order for order in messages.SORTS if order != "relevance" or search.q]
    current = search.sort if search.sort in orders else "newest"
    return [Link(messages.SORTS[order], search_url(search, sort=order), order == current) for order in orders]


def last_page(total: int, limit: int) -> int:
    """The number of the last page that can be opened."""
    return min(max(1, -(-total // limit)), max(1, MAX_DEPTH // limit))


def page_links(search: SavedSearch, last: int) -> Iterator[Link]:
    """Page numbers: the first, the last and those around the current one; a Link without text for each gap."""
    near = set(range(search.page - NEIGHBOURS, search.page + NEIGHBOURS + 1)) & set(range(1, last + 1))
    previous = 0
    for page in sorted({1, last} | near):
        if page > previous + 1:
            yield Link("")
        yield Link(number(page), search_url(search, page=page), page == search.page)
        previous = page
