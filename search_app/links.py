"""Where a result page can lead: other sorts and pages, one filter or one reading less. Pure; templates render them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from indexer.model import Results
from search_app import wording
from search_app.params import FILTERS, MAX_DEPTH, Request
from search_app.show import number

AROUND = 2  # page numbers shown on either side of the current one


@dataclass(frozen=True, slots=True)
class Link:
    """Where following `text` leads; None for what is current or cannot be left."""

    text: str
    href: str | None = None
    current: bool = False


def search(wanted: Request) -> str:
    """The address of a result page."""
    query = wanted.query_string()
    return f"/search?{query}" if query else "/search"


def around(wanted: Request, results: Results) -> dict[str, Any]:
    """Everything a result page offers beside its hits, by the names its template uses."""
    last = last_page(results.total, wanted.limit)
    first = (wanted.page - 1) * wanted.limit + 1
    return {
        "facets": results.facets,
        "kept": kept(wanted, results),
        "chosen": chosen(wanted, results),
        "cleared": search(wanted.changed(**dict.fromkeys(FILTERS, ()))),
        "readings": readings(wanted, results),
        "sorts": sorts(wanted, results),
        "pages": list(pages(wanted, last)),
        "before": search(wanted.changed(page=wanted.page - 1)) if 1 < wanted.page <= last + 1 else None,
        "after": search(wanted.changed(page=wanted.page + 1)) if wanted.page < last else None,
        "first": first,
        "shown": f"{number(first)}–{number(first + len(results.hits) - 1)}" if results.hits else "",
    }


def kept(wanted: Request, results: Results) -> list[tuple[str, str]]:
    """The parameters the search form must carry along: all but those that have a control of their own on the page."""
    parameters = {facet: name for name, facet in FILTERS.items()}
    boxes = {(parameters.get(f.name), v.value) for f in results.facets for v in f.values}
    return [(n, v) for n, v in wanted.pairs() if n not in ("q", "page") and (n, v) not in boxes]


def chosen(wanted: Request, results: Results) -> list[Link]:
    """A link for each chosen value, leading to the same search without it."""
    labels = {(f.name, v.value): v.label for f in results.facets for v in f.values}
    return [
        Link(f"{wording.FACETS[facet]}: {labels.get((facet, value), value)}", search(wanted.without(name, value)))
        for name, facet in FILTERS.items()
        for value in getattr(wanted, name)
    ]


def readings(wanted: Request, results: Results) -> list[Link]:
    """The readings taken on the reader's behalf, each with a link that switches its kind off."""
    return [Link(a.label, search(wanted.having("off", a.kind))) for a in results.query.applied]


def sorts(wanted: Request, results: Results) -> list[Link]:
    """The orders on offer; without words in the query relevance means nothing, and newest first stands in."""
    offered = [s for s in wording.SORTS if s != "relevance" or wanted.q]
    current = wanted.sort if wanted.sort in offered else "newest"
    return [Link(wording.SORTS[s], search(wanted.changed(sort=s)), s == current) for s in offered]


def last_page(total: int, limit: int) -> int:
    return min(max(1, -(-total // limit)), MAX_DEPTH // limit)


def pages(wanted: Request, last: int) -> Iterator[Link]:
    """Page numbers: the first, the last, those around the current one, and a Link without text for each gap."""
    near = set(range(wanted.page - AROUND, wanted.page + AROUND + 1)) & set(range(1, last + 1))
    previous = 0
    for page in sorted({1, last} | near):
        if page > previous + 1:
            yield Link("")
        yield Link(number(page), search(wanted.changed(page=page)), page == wanted.page)
        previous = page
