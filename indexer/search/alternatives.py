"""What a search offers beside its result: other interpretations to choose, and ways out of an empty result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from indexer.engine.port import Engine
from indexer.entities.facets import BECAME
from indexer.model import All, EmptyResult, Filter, Message, Offer, Query, Way
from indexer.model.facets import BY_NAME
from indexer.search.query import Plan
from indexer.search.query.reforms import of_province, widenings
from indexer.search.query.successors import other_keys, other_queries
from indexer.search.query.tree import Either

__all__ = ["empty_result", "offers"]

MOST_OFFERS = 4
MOST_TERMS = 12  # terms of an empty result that are counted one by one
INCLUDING = Message("Gộp cả {}")
SUCCESSORS = {"post": other_keys, **BECAME}  # facet -> the (label, key) pairs that a key became or came from

Widening = tuple[str, str, dict[str, tuple[str, ...]]]


def offers(engine: Engine, query: Query, read: Plan, total: int, plan: Callable[[str], Plan]) -> Iterator[Offer]:
    """Interpretations to choose: both meanings of an abbreviation; former and present names that find more articles.

    `read` is the plan of `query`, which found `total` articles. `plan` plans another text with the same options.
    """
    yield from (Offer(offer.label, offer.text) for offer in read.offers)
    for name, text, filters in islice(widened(engine, query, read), MOST_OFFERS):
        kept = {each.facet: each for each in query.filters if each.facet not in filters}
        changed = (Filter(facet, keys) for facet, keys in filters.items() if keys)
        match = read.query.match if text == query.text else plan(text).query.match
        more = engine.find(Query(match=match, filters=(*kept.values(), *changed), limit=0)).total - total
        if more > 0:
            yield Offer(Message("{} (+{})").format(name, more), text, more, filters)


def widened(engine: Engine, query: Query, read: Plan) -> Iterator[Widening]:
    """(label, text, changed filters) of each query that takes in a former or present name."""
    for each in widenings(read.tree, read.bare):
        yield INCLUDING.format(each.label), each.applied_to(query.text), {}
    for named, text in other_queries(query.text, engine):
        yield INCLUDING.format(named), text, {}
    for chosen in query.filters:
        if chosen.facet in SUCCESSORS:
            yield from with_successors(query, chosen)
    for chosen in query.filters:
        if chosen.facet == "province":
            yield from widened_provinces(query, read, chosen.keys)


def with_successors(query: Query, chosen: Filter) -> Iterator[Widening]:
    """The chosen values with the name that one of them had, or has, after a reform."""
    for named, other in (pair for key in chosen.keys for pair in SUCCESSORS[chosen.facet](key)):
        if other not in chosen.keys:
            yield INCLUDING.format(named), query.text, {chosen.facet: (*chosen.keys, other)}


def widened_provinces(query: Query, read: Plan, provinces: tuple[str, ...]) -> Iterator[Widening]:
    """The chosen provinces with those they were made of; a province with its name in the text instead of the filter."""
    for key in provinces:
        for each in of_province(key, 0, 0):
            if each.names and not set(each.names) <= set(provinces):
                yield INCLUDING.format(each.label), query.text, {"province": (*provinces, *each.names)}
            elif not each.names and len(provinces) == 1:
                words = f"({query.text})" if any(isinstance(n, Either) for n in read.tree.nodes) else query.text
                both = f'{words} (tỉnh:"{key}" OR {each.also})'.strip()
                yield INCLUDING.format(each.label), both, {"province": ()}


def empty_result(engine: Engine, query: Query, read: Plan) -> EmptyResult:
    """How many articles have each term of the query alone, and the changes that find something."""
    counts = tuple((term, engine.find(Query(match=node, limit=0)).total) for term, node in read.terms[:MOST_TERMS])
    return EmptyResult(counts, tuple(way for way in ways(engine, query, read) if way.count))


def ways(engine: Engine, query: Query, read: Plan) -> Iterator[Way]:
    """The query without one of its filters, without all of them, and without one of its terms."""
    for each in query.filters:
        rest = tuple(f for f in query.filters if f != each)
        count = engine.find(Query(match=query.match, filters=rest, limit=0)).total
        yield Way(Message("Bỏ lọc {}").format(BY_NAME[each.facet].label), count, without=each.facet)
    if len(query.filters) > 1:
        yield Way(Message("Bỏ mọi bộ lọc"), engine.find(Query(match=query.match, limit=0)).total, without="*")
    for term, _ in read.terms[:MOST_TERMS] if len(read.terms) > 1 else ():
        left = tuple(node for other, node in read.terms if other != term)
        count = engine.find(Query(match=All(left), filters=query.filters, limit=0)).total
        yield Way(Message("Bỏ “{}”").format(term), count, query=" ".join(query.text.replace(term, " ", 1).split()))
