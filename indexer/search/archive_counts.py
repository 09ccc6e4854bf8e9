"""How many articles a query and the whole archive hold, by the values of one facet: charts and maps are made of it."""

from __future__ import annotations

from dataclasses import replace

from indexer.engine.port import Engine
from indexer.model import All, Query, Value
from indexer.search.per_engine import per_engine
from indexer.search.query.days import FACET as DAY

ALL = 1_000_000  # no archive has so many days


def narrowed(query: Query) -> Query:
    """`query` with its filters moved into the match, for counting.

    A facet's own filter does not narrow its own counts, which suits a list of values to choose from. In a chart every
    filter narrows every count. Filters on days stay as well, for `archive_of`.
    """
    nodes = [each.node or Value(each.facet, each.keys) for each in query.filters]
    days = tuple(each for each in query.filters if each.facet == DAY)
    match = All((query.match, *nodes)) if nodes else query.match
    return replace(query, match=match, filters=days, limit=0, offset=0, facets=())


def archive_of(query: Query) -> Query:
    """The query for all articles of the archive within the days of `query`."""
    return narrowed(Query(limit=0, filters=tuple(each for each in query.filters if each.facet == DAY)))


def archive_counts(engine: Engine, query: Query, facet: str) -> dict[str, int]:
    """The archive's articles within the days of `query`, by key of one facet.

    For a query without days they are counted once for each engine.
    """
    within = archive_of(query)
    if within.filters:
        return counts_of(engine, within, facet)
    known = whole_archive_counts(engine)
    if facet not in known:
        known[facet] = counts_of(engine, within, facet)
    return known[facet]


@per_engine
def whole_archive_counts(engine: Engine) -> dict[str, dict[str, int]]:
    """What `archive_counts` has counted of the whole archive so far, by facet and key."""
    return {}


def counts_of(engine: Engine, query: Query, facet: str) -> dict[str, int]:
    """The articles of `query` by key of one facet, all of its keys."""
    counting = Query(match=query.match, filters=query.filters, limit=0, facets=((facet, ALL),))
    return dict(engine.find(counting).facets[facet])
