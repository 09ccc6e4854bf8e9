"""The share of the archive that a count is: as text, as a number, and as a shade of a map.

A count alone mostly shows how much the archive holds, so charts and maps show its share of the archive too.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from indexer.model import All, Query, Value
from indexer.search.archive import Engine
from indexer.search.per_engine import per_engine
from indexer.search.query.days import FACET as DAY
from search_app.i18n import messages
from search_app.i18n.language import current

ALL = 1_000_000  # no archive has so many days
FEW = 5  # articles of the archive below which a share is hatched
STEPS = (0, 2, 5, 10, 25)  # per cent: one shade darker above each


def percent(count: int, of: int) -> str:
    """"3,1 %"; no decimal from 10 % on; "" where `of` is 0."""
    if not of:
        return ""
    share = 100 * count / of
    return current().percent(share, 0) if share >= 10 or not count else current().percent(max(share, 0.1), 1)


def fraction(count: int, of: int) -> str:
    """The same for files: "0.0312"; "" where `of` is 0."""
    return f"{count / of:.4f}" if of else ""


def few(of: int) -> bool:
    """Whether a share of `of` articles means little: there are some, but fewer than FEW."""
    return 0 < of < FEW


def shade(count: int, of: int) -> str:
    """The CSS class of a share: s0 for nothing, then one step for each of STEPS that it exceeds."""
    return f"s{sum(100 * count > step * of for step in STEPS)}"


def legend() -> list[tuple[str, str]]:
    """(CSS class, its meaning) of every shade."""
    steps = [current().percent(step, 0) for step in STEPS[1:]]
    bounds = [messages.BETWEEN.format(low, high) for low, high in pairwise(steps)]
    named = [messages.NO_ARTICLE, messages.UP_TO.format(steps[0]), *bounds, messages.ABOVE.format(steps[-1])]
    return [(f"s{at}", text) for at, text in enumerate(named)]


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
