"""Street 2: from what a reader asks to a page of results. The site, the API and the command line all come here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from math import inf
from time import perf_counter
from typing import Any

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.facets import BECAME
from indexer.model import All, Facet, FacetValue, Filter, Found, Hit, Message, Node, Query, Results, Scored
from indexer.model.facets import BY_NAME
from indexer.model.facets import FACETS as TABLE
from indexer.search.query import Plan, plan
from indexer.search.query.correct import readings, unquoted
from indexer.search.query.marker import Marker, Reading, complete
from indexer.search.query.reforms import of_province, widenings
from indexer.search.query.snippet import snippet
from indexer.search.query.successors import other_keys, other_queries
from indexer.search.query.tree import Either
from indexer.search.query.values import filter_of
from indexer.search.serializers import results_json as as_json

__all__ = ["FACETS", "Way", "as_json", "as_text", "run_queries", "search", "warm"]

NEAR = 5  # so many matches with other accents are shown below a page
MOST_OFFERS = 4
TAKEN_IN = Message("Gộp cả {}")
OTHERS = {"post": other_keys, **BECAME}  # facets whose values became others: those to offer beside a chosen one
TOLD = 12  # so many terms of an empty result are counted one by one
TOP = 10  # values of a facet in a result; its own page has more
FACETS = tuple((spec.name, TOP) for spec in TABLE if spec.counted)


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty result: what to change, in words, and how many articles that would give.

    `query` replaces the text where it is given; `without` names a facet whose filter to drop, `off` a reading.
    """

    label: str
    count: int
    query: str | None = None
    without: str | None = None
    off: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A reading to choose: the query to ask, the filters to change for it (facet -> keys), and how many articles more
    that would give, None where it would give others."""

    label: str
    text: str
    more: int | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stays the same whichever way the text is read."""

    filters: tuple[Filter, ...]
    sort: str
    offset: int
    limit: int
    facets: tuple[tuple[str, int], ...]

    def of(self, read: Plan) -> Query:
        return replace(
            read.query,
            filters=self.filters,
            sort="newest" if self.sort == "relevance" and not read.query.scoring else self.sort,
            offset=self.offset,
            limit=self.limit,
            facets=self.facets,
        )


def search(
    engine: Engine,
    text: str = "",
    *,
    filters: Mapping[str, Sequence[str]] | None = None,
    sort: str = "relevance",
    page: int = 1,
    limit: int = 10,
    off: Collection[str] = (),
    facets: tuple[tuple[str, int], ...] = FACETS,
    widen: bool = False,
    brief: bool = False,
    near_up_to: float = inf,
) -> Results:
    """A page of the articles that match `text` and `filters` (facet -> keys or labels; OR within, AND across).

    Without text the newest come first. When nothing holds the words, the best other reading is taken and named in
    `Results.query.applied`; `off` switches readings off by kind. `widen` takes in matches with other accents.
    `brief`: the hits' entries hold only what a list shows (`Engine.entries`).
    DocSet with other accents follow below the last page, and already below the first where no more than `near_up_to`
    articles match as asked: a reader of so many pages never comes to them, and finding them is a search of its own.
    `Results.extra` has: rule ("all", "share", "none"), near and near_total (matches with other accents, outside the
    total), near_left where they were not looked for, offers (Offer), and for an empty result counts (term, articles)
    and ways (Way).
    """
    started = perf_counter()
    asked = Asked(resolved(engine, filters or {}), sort, (page - 1) * limit, limit, facets)
    read, found = best_reading(engine, text, asked, frozenset(off), widen)
    query = asked.of(read)
    plain = partial(plan, lexicon=engine, off=frozenset(off), widen=widen)
    extra: dict[str, Any] = {"rule": read.rule, "offers": tuple(offers(engine, query, read, found.total, plain))}
    if read.near is not None:
        follow = found.total <= page * limit or (page == 1 and found.total <= near_up_to)
        extra.update(near_matches(engine, query, read, brief) if follow else {"near_left": True})
    if not found.total:
        extra.update(why_empty(engine, query, read))
    hits = tuple(shown(engine, query.match, found.hits, read, brief))
    took = (perf_counter() - started) * 1000
    return Results(query, found.total, hits, tuple(labelled(found, asked)), took, extra)


def warm(engine: Engine) -> None:
    """Have read what the first reader would wait half a second for: pyvi's model, the gazetteer, the tables here."""
    search(engine, "Quân đội nhân dân QPAN tỉnh:Huế", limit=1)


def found_by(engine: Engine, text: str, page: int, limit: int) -> Found:
    """A page of what `text` finds as it is typed, as ids; where it finds nothing no other reading takes its place.

    Without the entries, which are nine tenths of what a long page costs.
    """
    asked = Asked((), "relevance", (page - 1) * limit, limit, ())
    return engine.find(asked.of(plan(text, engine, widen=False)))


def run_queries(engine: Engine, rows: Iterable[tuple[str, str]], limit: int) -> Iterator[tuple[str, list[str]]]:
    """(query id, article ids best first) for each (query id, text).

    The list goes on below the articles that count, as far as `limit`: those with other accents, then those that hold
    a part of the words.
    """
    asked = Asked((), "relevance", 0, limit, ())
    for query_id, text in rows:
        read, found = best_reading(engine, text, asked, frozenset(), widen=False)
        ids = dict.fromkeys(hit.id for hit in found.hits)
        for query in below(engine, read, asked):
            if len(ids) >= limit:
                break
            ids.update(dict.fromkeys(hit.id for hit in engine.find(query).hits))
        yield query_id, list(ids)[:limit]


def below(engine: Engine, read: Plan, asked: Asked) -> Iterator[Query]:
    """Queries for what stands below the articles that count."""
    if read.near is not None:
        yield replace(asked.of(read), match=read.near)
    loose = plan(unquoted(read), engine, off=frozenset({"all"}), widen=True)
    if loose.query.match != read.query.match:
        yield asked.of(loose)


def as_text(results: Results) -> str:
    """Results for a terminal."""
    lines = [f"{results.total} articles ({results.took_ms:.0f} ms)"]
    lines += [f"  {reading.label}" for reading in results.query.applied]
    for number, hit in enumerate(results.hits, results.query.offset + 1):
        article, known = hit.entry.article, hit.entry.entities
        where = ", ".join(province.name for province in known.provinces)
        when = (known.published.date or "chưa rõ") + (" (suy ra)" if known.published.inferred else "")
        lines += ["", f"{number}. {article.title}", f"   {when}  {where}", f"   {hit.snippet}"]
        lines += [f"   {article.url or article.id}"]
    return "\n".join(lines)


# --- filters ---------------------------------------------------------------------------------


def resolved(engine: Engine, filters: Mapping[str, Sequence[str]]) -> tuple[Filter, ...]:
    """Chosen values as keys: as a key, or as a name in any case, with or without accents; else kept as they are."""
    return tuple(filter_of(facet, values, engine) for facet, values in filters.items() if values)


# --- reading the text ------------------------------------------------------------------------


def best_reading(engine: Engine, text: str, asked: Asked, off: frozenset[str], widen: bool) -> tuple[Plan, Found]:
    """The query as typed; if no article holds it, whatever the filters, the best reading that some do."""
    first = plan(text, engine, off=off, widen=widen)
    found = engine.find(asked.of(first))
    if found.total or not first.query.text or any_article(engine, first, asked):
        return first, found
    for reading in readings(first, engine, off):
        more = off | {"all"} if reading.share else off
        other = plan(reading.text, engine, off=more, widen=widen or reading.widen)
        if engine.find(Query(match=other.query.match, limit=0)).total:
            applied = (reading.applied, *other.query.applied)
            other = replace(other, query=replace(other.query, applied=applied))
            return other, engine.find(asked.of(other))
    return first, found


def any_article(engine: Engine, read: Plan, asked: Asked) -> bool:
    """Whether it is the filters that left nothing."""
    return bool(asked.filters) and engine.find(Query(match=read.query.match, limit=0)).total > 0


def near_matches(engine: Engine, query: Query, read: Plan, brief: bool) -> dict[str, Any]:
    assert read.near is not None
    near = engine.find(replace(query, match=read.near, facets=(), offset=0, limit=min(query.limit, NEAR)))
    return {"near": tuple(shown(engine, read.near, near.hits, read, brief, "accents")), "near_total": near.total}


# --- readings to choose ------------------------------------------------------------------------


def offers(
    engine: Engine, query: Query, read: Plan, total: int, planned: Callable[[str], Plan]
) -> Iterator[Offer]:
    """Abbreviations with two readings; and what provinces and units were or are called, where that gives more.

    `planned` reads a text as the reader asked for: with the same readings switched off.
    """
    yield from (Offer(offer.label, offer.text) for offer in read.offers)
    for name, text, filters in islice(wider(engine, query, read), MOST_OFFERS):
        kept = {each.facet: each for each in query.filters if each.facet not in filters}
        changed = (Filter(facet, keys) for facet, keys in filters.items() if keys)
        match = read.query.match if text == query.text else planned(text).query.match
        more = engine.find(Query(match=match, filters=(*kept.values(), *changed), limit=0)).total - total
        if more > 0:
            yield Offer(Message("{} (+{})").format(name, more), text, more, filters)


def wider(engine: Engine, query: Query, read: Plan) -> Iterator[tuple[str, str, dict[str, tuple[str, ...]]]]:
    """Label, text and changed filters of each widening of the query's text, and of its provinces and posts chosen."""
    for each in widenings(read.tree, read.bare):
        yield TAKEN_IN.format(each.label), each.applied_to(query.text), {}
    for named, text in other_queries(query.text, engine):
        yield TAKEN_IN.format(named), text, {}
    for chosen in (each for each in query.filters if each.facet in OTHERS):
        for named, other in (pair for key in chosen.keys for pair in OTHERS[chosen.facet](key)):
            if other not in chosen.keys:
                yield TAKEN_IN.format(named), query.text, {chosen.facet: (*chosen.keys, other)}
    for chosen in (each for each in query.filters if each.facet == "province"):
        for key in chosen.keys:
            for each in of_province(key, 0, 0):
                if each.names and not set(each.names) <= set(chosen.keys):
                    yield TAKEN_IN.format(each.label), query.text, {"province": (*chosen.keys, *each.names)}
                elif not each.names and len(chosen.keys) == 1:
                    words = f"({query.text})" if any(isinstance(n, Either) for n in read.tree.nodes) else query.text
                    both = f'{words} (tỉnh:"{key}" OR {each.also})'.strip()
                    yield TAKEN_IN.format(each.label), both, {"province": ()}


# --- showing what was found --------------------------------------------------------------------


def shown(
    engine: Engine, match: Node, hits: Sequence[Scored], read: Plan, brief: bool, stands: str | None = None
) -> Iterator[Hit]:
    """The hits with their entries, snippets, marks and rungs."""
    marker = Marker(match)
    entries = {entry.id: entry for entry in engine.entries([hit.id for hit in hits], brief)}
    for hit in hits:
        entry = entries[hit.id]
        title, text = entry.article.title, entry.article.text
        lines, marks = snippet(marker, text)
        title_marks = tuple(marker.spans(title, title=True))
        yield Hit(entry, hit.score, lines, marks, title_marks, stands or rung(read, title, text))


def rung(read: Plan, title: str, text: str) -> str:
    """How a hit holds the query: exact (as typed), accents (under other accents) or share (a part of it)."""
    if read.rule == "share":
        return "share"
    as_typed = read.typed == read.query.match or complete(read.typed, (Reading(title), Reading(text)))
    return "exact" if as_typed else "accents"


def labelled(found: Found, asked: Asked) -> Iterator[Facet]:
    chosen = {each.facet: set(each.keys) for each in asked.filters}
    for name, _ in asked.facets:
        values = (
            FacetValue(key, label(name, key), count, key in chosen.get(name, ()))
            for key, count in found.facets.get(name, ())
        )
        yield Facet(name, BY_NAME[name].label, tuple(values))


# --- telling why nothing was found -------------------------------------------------------------


def why_empty(engine: Engine, query: Query, read: Plan) -> dict[str, Any]:
    """Each term's own count, and what would give a result."""
    counts = tuple((term, engine.find(Query(match=node, limit=0)).total) for term, node in read.terms[:TOLD])
    return {"counts": counts, "ways": tuple(way for way in ways(engine, query, read) if way.count)}


def ways(engine: Engine, query: Query, read: Plan) -> Iterator[Way]:
    for each in query.filters:
        rest = tuple(f for f in query.filters if f != each)
        count = engine.find(Query(match=query.match, filters=rest, limit=0)).total
        yield Way(Message("Bỏ lọc {}").format(BY_NAME[each.facet].label), count, without=each.facet)
    if len(query.filters) > 1:
        yield Way(Message("Bỏ mọi bộ lọc"), engine.find(Query(match=query.match, limit=0)).total, without="*")
    for term, _ in read.terms[:TOLD] if len(read.terms) > 1 else ():
        left = tuple(node for other, node in read.terms if other != term)
        count = engine.find(Query(match=All(left), filters=query.filters, limit=0)).total
        yield Way(Message("Bỏ “{}”").format(term), count, query=" ".join(query.text.replace(term, " ", 1).split()))
