"""From a Request to Results: the one place where the site calls the search street."""

from __future__ import annotations

from math import inf

from indexer.model import Results
from indexer.search.archive import Engine
from indexer.search.service import FACETS, TOP, search
from search_app.web.params import FILTERS, MAX_VALUES, Request

ALL_VALUES = 1_000_000  # no archive has so many
NEAR_UP_TO = 100  # articles of a result below whose first page those with other accents already stand


def ask(engine: Engine, wanted: Request, brief: bool = False) -> Results:
    """What `engine` finds for `wanted`, with the facets of a result page; `brief` is enough to list articles on a page.

    Raises what the engine raises.
    """
    place = "now" if wanted.map == "now" else "province"
    facets = tuple(place if facet == "province" else facet for facet, _ in FACETS)
    return asked(engine, wanted, facets, TOP, brief, NEAR_UP_TO if brief else inf)


def ask_facet(engine: Engine, wanted: Request, facet: str) -> Results:
    """The same with one facet, in full."""
    return asked(engine, wanted.changed(limit=1), (facet,), ALL_VALUES)


def asked(engine: Engine, wanted: Request, facets: tuple[str, ...], values: int, brief: bool = False,
          near_up_to: float = 0) -> Results:
    return search(
        engine,
        wanted.q,
        filters=wanted.filters,
        sort=wanted.sort,
        page=wanted.page,
        limit=wanted.limit,
        off=wanted.off,
        widen=wanted.widen,
        facets=tuple((facet, values) for facet in facets),
        brief=brief,
        near_up_to=near_up_to,
    )


def settled(wanted: Request, results: Results) -> Request:
    """`wanted` with its filters as the index knows them: "kon tum" becomes Kon Tum, so that boxes and chips agree.

    A name so common that it stands for more keys than an address may carry stays as it was typed.
    """
    keys = {f.facet: f.keys for f in results.query.filters if len(f.keys) <= MAX_VALUES}
    changes = {name: tuple(sorted(keys[facet])) for name, facet in FILTERS.items() if facet in keys}
    return wanted.changed(page=wanted.page, **changes)
