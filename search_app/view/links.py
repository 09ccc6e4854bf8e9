"""Where a result page can lead: other sorts and pages, one filter or one reading less. Pure; templates render them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from indexer.model import Facet, Results
from indexer.model.facets import ABOVE, BELOW, BY_NAME, BY_PARAMETER
from indexer.search.labels import INFERRED, label
from indexer.search.query.days import FACET as DAY
from indexer.search.service import TOP, Offer, Way
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.view.filters import day, number
from search_app.web.params import FILTERS, MAX_DEPTH, Request

FEW = 2  # provinces of a result below which places within them are listed unasked
AROUND = 2  # page numbers shown on either side of the current one
PARAMETERS = {facet: name for name, facet in FILTERS.items()}
PROVINCES = ("province", "province_now")  # the parameters of the two maps


@dataclass(frozen=True, slots=True)
class Link:
    """Where following `text` leads; None for what cannot be followed."""

    text: str
    href: str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Boxes:
    """A facet as the page shows it: its name, its parameter, its values, where all its values are listed, and whether
    it is folded away until something in it is chosen."""

    label: str
    parameter: str
    facet: Facet
    more: str
    folded: bool = False

    @property
    def chosen(self) -> bool:
        return any(value.selected for value in self.facet.values)


def search(wanted: Request, **changes: Any) -> str:
    """The address of a result page, of its first one if anything is changed and no page given."""
    return address("/search", wanted, **changes)


def address(path: str, wanted: Request, **changes: Any) -> str:
    query, path = wanted.query_string(**({"page": 1} | changes if changes else {})), current().prefix + path
    return f"{path}?{query}" if query else path


def around(wanted: Request, results: Results) -> dict[str, Any]:
    """Everything a result page offers beside its hits, by the names its template uses."""
    last = last_page(results.total, wanted.limit)
    first = (wanted.page - 1) * wanted.limit + 1
    return {
        "facets": boxes(wanted, results),
        "not_inferred": without_inferred(wanted, results),
        "maps": [Link(messages.MAPS[m], search(wanted, map=m), m == wanted.map) for m in messages.MAPS],
        "kept": kept(wanted, results),
        "chosen": [*chosen(wanted), *period(wanted)],
        "cleared": search(wanted.unfiltered),
        "readings": [Link(a.label, search(wanted.having("off", a.kind))) for a in results.query.applied],
        "offers": [offered(wanted, offer) for offer in results.extra.get("offers", ()) if offer.more is None],
        "wider": [offered(wanted, offer) for offer in results.extra.get("offers", ()) if offer.more is not None],
        "ways": [way_out(wanted, way) for way in results.extra.get("ways", ())],
        "widened": None if wanted.widen else search(wanted, widen=True),
        "narrowed": search(wanted, widen=False) if wanted.widen else None,
        "sorts": sorts(wanted),
        "pages": list(pages(wanted, last)),
        "before": search(wanted, page=min(wanted.page - 1, last)) if wanted.page > 1 else None,
        "after": search(wanted, page=wanted.page + 1) if wanted.page < last else None,
        "first": first,
        "shown": f"{number(first)}–{number(first + len(results.hits) - 1)}" if results.hits else "",
    }


def boxes(wanted: Request, results: Results) -> list[Boxes]:
    """The facets that have something to choose and help to choose it."""
    provinces = max((len(f.values) for f in results.facets if f.name in ("province", "now")), default=0)
    return [
        Boxes(BY_NAME[facet.name].label, parameter, in_order(facet), address(f"/facet/{parameter}", wanted, page=1),
              BY_NAME[facet.name].folded)
        for facet in results.facets
        if facet.values and (parameter := PARAMETERS.get(facet.name)) and helps(facet, wanted, provinces)
    ]


def without_inferred(wanted: Request, results: Results) -> int | None:
    """How many articles are left once inferred dates are left out; None where there is nothing to leave out."""
    counts = {value.value: value.count for facet in results.facets if facet.name == "dated" for value in facet.values}
    if not (wanted.no_inferred or counts.get(INFERRED)):
        return None
    return sum(counts.values()) - counts.get(INFERRED, 0)


def helps(facet: Facet, wanted: Request, provinces: int) -> bool:
    """Whether a facet is of use: regions above more provinces than are listed, districts and communes below few."""
    if any(value.selected for value in facet.values):
        return True
    place, within = BY_NAME[facet.name].place, any(map(wanted.chosen, PROVINCES))
    if place == ABOVE:
        return provinces >= TOP and not within
    return place != BELOW or within or bool(wanted.chosen("zone")) or provinces <= FEW


def in_order(facet: Facet) -> Facet:
    """Years read best as years, newest first; other values stay commonest first."""
    if facet.name != "year":
        return facet
    by_year = sorted(facet.values, key=lambda v: v.value if v.value.isdigit() else "", reverse=True)
    return replace(facet, values=tuple(by_year))


def kept(wanted: Request, results: Results, controlled: Collection[str] = ()) -> list[tuple[str, str]]:
    """The parameters the search form must carry along: all but those that have a control of their own on the page.

    `controlled` names more parameters that the page has a control for.
    """
    controls = {(PARAMETERS.get(f.name), v.value) for f in results.facets for v in f.values}
    controls |= {("no_inferred", "1")} if any(facet.name == "dated" for facet in results.facets) else set()
    own = {"q", "page", "gen", *controlled}
    return [pair for pair in wanted.pairs() if pair[0] not in own and pair not in controls]


def chosen(wanted: Request, path: str = "/search") -> list[Link]:
    """A link for each chosen value, leading to the same search without it."""
    return [
        Link(messages.CHOSEN.format(BY_PARAMETER[name].label, label(FILTERS[name], value)),
             address(path, wanted.without(name, value)))
        for name, values in wanted.choices
        for value in values
    ] + [Link(messages.NO_INFERRED, address(path, wanted.changed(no_inferred=False)))] * wanted.no_inferred


def period(wanted: Request, path: str = "/search") -> list[Link]:
    """A link for each bound on the day of publication, leading to the same search without it."""
    bounds = ((messages.FROM, "from_", wanted.from_), (messages.TO, "to", wanted.to))
    return [Link(messages.CHOSEN.format(BY_NAME["day"].label, said.format(day(iso))),
                 address(path, wanted.changed(**{name: ""})))
            for said, name, iso in bounds if iso]


def offered(wanted: Request, offer: Offer) -> Link:
    """The search an offer leads to."""
    changes = {PARAMETERS[facet]: tuple(sorted(keys)) for facet, keys in offer.filters.items()}
    return Link(offer.label, search(wanted, q=offer.text, **changes))


def way_out(wanted: Request, way: Way) -> Link:
    return Link(messages.WAY_OUT.format(way.label, n=way.count), follow(wanted, way))


def follow(wanted: Request, way: Way) -> str:
    """The address of a way out of an empty result."""
    if way.without == "*":
        return search(wanted.unfiltered)
    if way.without == "dated":
        return search(wanted, no_inferred=False)
    if way.without == DAY:
        return search(wanted, from_="", to="")
    if way.without:
        return search(wanted.without(PARAMETERS[way.without]))
    if way.off:
        return search(wanted.having("off", way.off))
    return search(wanted, q=way.query or "")


def sorts(wanted: Request) -> list[Link]:
    """The orders on offer; without words in the query relevance means nothing, and newest first stands in."""
    offered = [s for s in messages.SORTS if s != "relevance" or wanted.q]
    current = wanted.sort if wanted.sort in offered else "newest"
    return [Link(messages.SORTS[s], search(wanted, sort=s), s == current) for s in offered]


def last_page(total: int, limit: int) -> int:
    return min(max(1, -(-total // limit)), max(1, MAX_DEPTH // limit))


def pages(wanted: Request, last: int) -> Iterator[Link]:
    """Page numbers: the first, the last, those around the current one, and a Link without text for each gap."""
    near = set(range(wanted.page - AROUND, wanted.page + AROUND + 1)) & set(range(1, last + 1))
    previous = 0
    for page in sorted({1, last} | near):
        if page > previous + 1:
            yield Link("")
        yield Link(number(page), search(wanted, page=page), page == wanted.page)
        previous = page
