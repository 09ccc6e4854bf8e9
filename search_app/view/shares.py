"""What part of the archive a count is: how it is written, and how dark it is shown.

A count alone mostly shows what the archive holds, so charts and maps put each beside its share of what is there.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from weakref import WeakKeyDictionary

from indexer.model import Query
from indexer.search.archive import Engine
from indexer.search.query.days import FACET as DAY
from search_app.i18n import messages
from search_app.i18n.language import current

ALL = 1_000_000  # no archive has so many days
STEPS = (0, 2, 5, 10, 25)  # per cent: one shade darker above each


def percent(count: int, of: int) -> str:
    """"3,1 %", with no decimal from 10 on; "" when there is nothing to be a part of."""
    if not of:
        return ""
    share = 100 * count / of
    return current().percent(share, 0) if share >= 10 or not count else current().percent(max(share, 0.1), 1)


def fraction(count: int, of: int) -> str:
    """The same for files: "0.0312"; "" when there is nothing to be a part of."""
    return f"{count / of:.4f}" if of else ""


def shade(count: int, of: int) -> str:
    """s0 for nothing, then one step for each of STEPS that the share exceeds."""
    return f"s{sum(100 * count > step * of for step in STEPS)}"


def legend() -> list[tuple[str, str]]:
    """(class, what it means) of every shade."""
    steps = [current().percent(step, 0) for step in STEPS[1:]]
    bounds = [messages.BETWEEN.format(low, high) for low, high in pairwise(steps)]
    named = [messages.NO_ARTICLE, messages.UP_TO.format(steps[0]), *bounds, messages.ABOVE.format(steps[-1])]
    return [(f"s{at}", text) for at, text in enumerate(named)]


def archive_of(query: Query) -> Query:
    """The query for what a count is a part of: all articles of the days that are asked about."""
    return Query(limit=0, filters=tuple(each for each in query.filters if each.facet == DAY))


def held_by(engine: Engine, query: Query, facet: str) -> dict[str, int]:
    """The archive's articles by key of one facet, of the days asked about; without any, counted once for an engine."""
    within = archive_of(query)
    if within.filters:
        return counts_of(engine, within, facet)
    known = HELD.setdefault(engine, {})
    if facet not in known:
        known[facet] = counts_of(engine, within, facet)
    return known[facet]


HELD: WeakKeyDictionary[Engine, dict[str, dict[str, int]]] = WeakKeyDictionary()  # an engine answers for one generation


def counts_of(engine: Engine, query: Query, facet: str) -> dict[str, int]:
    """Articles by key of one facet, all of it."""
    asked = Query(match=query.match, filters=query.filters, limit=0, facets=((facet, ALL),))
    return dict(engine.find(asked).facets[facet])


def freed(query: Query, *facets: str) -> Query:
    """`query` without the filters of `facets`, so that what is chosen takes nothing else off a chart."""
    left = tuple(each for each in query.filters if each.facet not in facets)
    return replace(query, limit=0, offset=0, facets=(), filters=left)
