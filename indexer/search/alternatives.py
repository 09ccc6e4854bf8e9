"""What a search offers beside its result: other interpretations to choose, and ways out of an empty result."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import log

from indexer.engine.port import Engine
from indexer.entities.facets import BECAME
from indexer.model import All, EmptyResult, Filter, Message, Offer, Query, Way
from indexer.model.facets import BY_NAME
from indexer.search.counting import Asked, how_many
from indexer.search.query import Plan, Replan
from indexer.search.query.correct import WEIGHED
from indexer.search.query.english import translations
from indexer.search.query.interpretations import interpretations
from indexer.search.query.reforms import of_province, widenings
from indexer.search.query.slips import thresholds
from indexer.search.query.successors import other_keys, other_queries
from indexer.search.query.tree import Either
from indexer.text import fold

__all__ = ["Counted", "empty_result", "offers"]

MOST_MEANT = 2  # readings offered above the hits
MOST_OFFERS = 4
MOST_TERMS = 12  # terms of an empty result that are counted one by one
INCLUDING = Message("Gộp cả {}")
SUCCESSORS = {"post": other_keys, **BECAME}  # facet -> the (label, key) pairs that a key became or came from

Widening = tuple[str, str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a query found: its articles, and those that hold its words under other accents only."""

    total: int
    near: int = 0


def offers(
    engine: Engine, query: Query, read: Plan, found: Counted, plan: Replan, off: frozenset[str], typed: str = ""
) -> Iterator[Offer]:
    """Interpretations to choose, the likeliest first: what the query was probably meant for, both meanings of an
    abbreviation, English terms in Vietnamese; former and present names that find more articles.

    `read` is the plan of `query`. `plan` plans another text with the same options. Kinds in `off` are left out. Where
    the query itself is in doubt, other names of what it says are not offered; where another reading than `typed` was
    taken, one that is nearly as likely is.
    """
    asked = Asked(engine, query, plan)
    taken = any(each.kind in WEIGHED for each in read.query.applied)
    english = translations(read, engine) if "english" not in off and not taken else []
    meant = [*nearly_taken(asked, plan(typed), off)] if taken else [] if english else [
        *likelier(asked, read, found, off)]
    yield from meant
    for text in english:
        if count := asked.count(text):
            yield Offer(with_count(text, count), text, kind="english", count=count)
    for offer in read.offers:
        yield Offer(offer.label, offer.text, kind="abbreviation", count=asked.count(offer.text))
    if not meant and not taken:
        yield from renamed(asked, read, found.total)


def likelier(asked: Asked, read: Plan, found: Counted, off: frozenset[str]) -> Iterator[Offer]:
    """What the query was probably meant for, where that finds far more; then its own words under any accents, where
    those are what it got wrong.
    """
    if not found.total or off.issuperset(WEIGHED):
        return
    rule = thresholds()
    enough = [each for each in interpretations(read, asked.engine, off) if each.gain >= rule["offer"]]
    for each in enough[:MOST_MEANT]:
        count = asked.count(each.text) if each.gain >= enough[0].gain - rule["close"] else 0
        if count and each.gain >= rule["offer"] + log(max(1.0, rule["times"] * found.total / count)):
            yield Offer(with_count(each.text, count), each.text, kind=each.kind, count=count)
    if found.near and "accents" not in off and any(each.kind == "marks" for each in enough):
        label = Message("viết với dấu khác ({})").format(found.near)
        yield Offer(label, fold(asked.query.text), found.near, kind="accents", count=found.total + found.near)


def nearly_taken(asked: Asked, read: Plan, off: frozenset[str]) -> Iterator[Offer]:
    """The second reading of a query, planned as `read`, whose first was taken, if it is nearly as likely: "hải qaun"
    may be hải quan and hải quân."""
    found = interpretations(read, asked.engine, off)[:MOST_MEANT]
    for each in found[1:] if found and asked.query.text == found[0].text else ():
        count = asked.count(each.text) if each.gain >= max(found[0].gain - thresholds()["close"], 0.0) else 0
        if count:
            yield Offer(with_count(each.text, count), each.text, kind=each.kind, count=count)


def with_count(text: str, count: int) -> Message:
    """A query with what it finds."""
    return Message("{} ({})").format(text, count)


def renamed(asked: Asked, read: Plan, total: int) -> Iterator[Offer]:
    """Former and present names, with how many articles each adds to `total`."""
    for name, text, filters in islice(widened(asked.engine, asked.query, read), MOST_OFFERS):
        kept = {each.facet: each for each in asked.query.filters if each.facet not in filters}
        changed = (Filter(facet, keys) for facet, keys in filters.items() if keys)
        more = asked.count(text, (*kept.values(), *changed)) - total
        if more > 0:
            yield Offer(Message("{} (+{})").format(name, more), text, more, filters, "former", total + more)


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
    counts = tuple((term, how_many(engine, node)) for term, node in read.terms[:MOST_TERMS])
    return EmptyResult(counts, tuple(way for way in ways(engine, query, read) if way.count))


def ways(engine: Engine, query: Query, read: Plan) -> Iterator[Way]:
    """The query without one of its filters, without all of them, and without one of its terms."""
    for each in query.filters:
        rest = tuple(f for f in query.filters if f != each)
        label = Message("Bỏ lọc {}").format(BY_NAME[each.facet].label)
        yield Way(label, how_many(engine, query.match, rest), without=each.facet)
    if len(query.filters) > 1:
        yield Way(Message("Bỏ mọi bộ lọc"), how_many(engine, query.match), without="*")
    for term, _ in read.terms[:MOST_TERMS] if len(read.terms) > 1 else ():
        left = tuple(node for other, node in read.terms if other != term)
        found = how_many(engine, All(left), query.filters)
        yield Way(Message("Bỏ “{}”").format(term), found, query=" ".join(query.text.replace(term, " ", 1).split()))
