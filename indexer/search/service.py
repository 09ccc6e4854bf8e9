"""From a query text and filters to a page of results. The site, the API and the command line all call `search`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from math import inf
from time import perf_counter

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.model import (
    Facet,
    FacetValue,
    Filter,
    Found,
    Hit,
    Message,
    NearMatches,
    Node,
    Offer,
    Query,
    Results,
    Scored,
    Way,
)
from indexer.model.facets import BY_NAME
from indexer.model.facets import FACETS as TABLE
from indexer.search.advice import advice_lines, with_advice
from indexer.search.alternatives import Counted, empty_result, offers
from indexer.search.closeness import closest_first, find
from indexer.search.counting import how_many
from indexer.search.naming_posts import with_holders_named
from indexer.search.query import Plan, plan
from indexer.search.query.correct import readings, unquoted
from indexer.search.query.marker import Marker, Reading, complete
from indexer.search.query.snippet import snippet
from indexer.search.query.support import known
from indexer.search.query.tree import Quote, wanted
from indexer.search.query.values import filter_of
from indexer.search.serializers import results_json as as_json

__all__ = ["FACETS", "TOP", "Offer", "Way", "as_json", "as_text", "run_queries", "search", "warm"]

# What the articles of a total hold, by the rule that chose them and whether accents were left out of account.
COUNTED = {
    ("all", False): Message("có đủ các từ, đúng dấu"),
    ("all", True): Message("có đủ các từ, không phân biệt dấu"),
    ("share", False): Message("có phần lớn các từ"),
    ("share", True): Message("có phần lớn các từ"),
    ("none", False): "",
    ("none", True): "",
}
# How far, as a share of the best score, articles with all words are ahead of those with some, where accents count too:
# any accents make them so many that it says little.
AHEAD = 0.1
NEAR = 5  # matches with other accents that are shown below a page
SUGGESTED = Message("Ý bạn là: {}?")
TOP = 10  # values of a facet in a result; the facet's own page has more
FACETS = tuple((spec.name, TOP) for spec in TABLE if spec.counted)


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """The part of a search that does not depend on how its text is interpreted. `facets`: (name, values to count)."""

    filters: tuple[Filter, ...]
    sort: str
    offset: int
    limit: int
    facets: tuple[tuple[str, int], ...]

    def query_of(self, read: Plan) -> Query:
        """The planned query with these options. Relevance without words to score means newest first."""
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
    advise: bool = True,
) -> Results:
    """One page of the articles that match `text` and `filters`.

    filters     facet -> keys or labels; values of one facet are alternatives, all facets must hold
    sort        relevance, newest or oldest; without text the newest come first
    page        counts from 1; a page has `limit` articles
    off         kinds of interpretations that must not be applied, such as "abbreviation"
    facets      (name, how many values) to count
    widen       also match the words with other accents
    brief       the hits' entries hold only what a list shows (`Engine.entries`)
    advise      also tell what the query names: filters to choose, cards, answers to a question; a hit of a query
                that names a post then shows the sentence that names its holder
    near_up_to  on the first page, also look for matches with other accents if at most so many articles match

    When no article holds the words, the best other interpretation is applied and named in `Results.query.applied`.
    Matches with other accents (`Results.near`) are always looked for on the last page. On earlier pages of a long
    result nobody comes to them, and finding them costs another search. Raises what the engine raises; never
    because of `text`.
    """
    started = perf_counter()
    options = SearchOptions(resolved(engine, filters or {}), sort, (page - 1) * limit, limit, facets)
    read, found = best_interpretation(engine, text, options, frozenset(off), widen)
    query = options.query_of(read)
    found = closest_first(engine, query, found)
    replan = cache(partial(plan, lexicon=engine, off=frozenset(off), widen=widen))  # the rest of a query recurs
    at_end = found.total <= page * limit or (page == 1 and found.total <= near_up_to)
    near = near_matches(engine, query, read, at_end, brief)
    offered = tuple(offers(engine, query, read, Counted(found.total, near.total), replan, frozenset(off), text))
    empty = None if found.total else empty_result(engine, query, read)
    hits = tuple(with_snippets(engine, query.match, found.hits, read, brief))
    results = Results(query, found.total, hits, tuple(labelled(found, options)), 0.0, read.rule, offered, near, empty,
                      COUNTED[read.rule, read.folded])
    if advise:
        results = with_holders_named(engine, with_advice(engine, results, read, replan, text), brief)
    return replace(results, took_ms=(perf_counter() - started) * 1000)


def warm(engine: Engine) -> None:
    """Load what the first searches need and takes a second: pyvi's model, the gazetteer, the tables of queries, the
    syllables of the archive."""
    search(engine, "Quân đội nhân dân QPAN tỉnh:Huế năm 2024", limit=1)
    known(engine)
    search(engine, "quâmn tuyểm", limit=1)


def found_by(engine: Engine, text: str, page: int, limit: int) -> Found:
    """A page of what `text` finds as typed, as ids. Where that is nothing, no other interpretation is applied.

    It reads no entries: they are nine tenths of the cost of a long page.
    """
    options = SearchOptions((), "relevance", (page - 1) * limit, limit, ())
    return engine.find(options.query_of(plan(text, engine, widen=False)))


def run_queries(
    engine: Engine, rows: Iterable[tuple[str, str]], limit: int, off: Collection[str] = ()
) -> Iterator[tuple[str, list[str]]]:
    """(query id, at most `limit` article ids, best first) for each (query id, text); `off` as in `search`.

    The list holds more than the result: also articles with only some of the words, by their score. An article that
    holds all words of a short query is ahead by a share of the best score (AHEAD). What is quoted, and what is asked
    of fields, stays a condition; articles that do not hold what is quoted come last.
    """
    options = SearchOptions((), "relevance", 0, limit, ())
    for query_id, text in rows:
        read, found = best_interpretation(engine, text, options, frozenset(off), widen=False)
        ids = dict.fromkeys(with_partial(engine, read, found, options))
        for query in below(engine, read, options):
            if len(ids) >= limit:
                break
            ids.update(dict.fromkeys(hit.id for hit in engine.find(query).hits))
        yield query_id, list(ids)[:limit]


def with_partial(engine: Engine, read: Plan, found: Found, options: SearchOptions) -> list[str]:
    """The articles `found` and, by one score, those with some of the words; the former alone where words are quoted."""
    if read.rule == "none" or any(isinstance(leaf, Quote) for leaf in wanted(read.tree)):
        return [hit.id for hit in found.hits]
    match = plan(read.query.text, engine, widen=True, any_word=True).query.match
    scores = {hit.id: hit.score for hit in find(engine, replace(options.query_of(read), match=match)).hits}
    ahead = AHEAD * max(scores.values(), default=0.0) if read.rule == "all" and not read.folded else 0.0
    scores |= {hit.id: max(hit.score, scores.get(hit.id, 0.0)) + ahead for hit in found.hits}
    return sorted(scores, key=lambda id: -scores[id])


def below(engine: Engine, read: Plan, options: SearchOptions) -> Iterator[Query]:
    """The queries whose articles follow those of the result: under any accents, then without quotes, any word."""
    if read.near is not None:
        yield replace(options.query_of(read), match=read.near)
    asked = (read.query.text, unquoted(read))
    loose = [plan(text, engine, widen=True, any_word=True) for text in dict.fromkeys(asked)]
    yield from (replace(options.query_of(each), scoring=read.query.scoring) for each in loose)


def as_text(results: Results) -> str:
    """Results for a terminal."""
    lines = [f"{results.total} articles ({results.took_ms:.0f} ms)"]
    lines += [f"  {results.counted}"] if results.counted else []
    lines += [f"  {applied.label}" for applied in results.query.applied]
    lines += [f"  {SUGGESTED.format(offer.label)}" for offer in results.offers if offer.kind != "former"]
    lines += advice_lines(results)
    for number, hit in enumerate(results.hits, results.query.offset + 1):
        article, known = hit.entry.article, hit.entry.entities
        where = ", ".join(province.name for province in known.provinces)
        when = (known.published.date or "chưa rõ") + (" (suy ra)" if known.published.inferred else "")
        lines += ["", f"{number}. {article.title}", f"   {when}  {where}", f"   {hit.snippet}"]
        lines += [f"   {article.url or article.id}"]
    return "\n".join(lines)


# --- filters ---------------------------------------------------------------------------------


def resolved(engine: Engine, filters: Mapping[str, Sequence[str]]) -> tuple[Filter, ...]:
    """Filters by keys. A value may be a key, or a label in any case, with or without accents; others stay as given."""
    return tuple(filter_of(facet, values, engine) for facet, values in filters.items() if values)


# --- interpreting the text --------------------------------------------------------------------


def best_interpretation(
    engine: Engine, text: str, options: SearchOptions, off: frozenset[str], widen: bool
) -> tuple[Plan, Found]:
    """The query as typed. If no article of the index holds it, the best interpretation that some article holds."""
    first = plan(text, engine, off=off, widen=widen)
    found = engine.find(options.query_of(first))
    if found.total or not first.query.text or emptied_by_filters(engine, first, options):
        return first, found
    for reading in readings(first, engine, off):
        more = off | {"all"} if reading.share else off
        other = plan(reading.text, engine, off=more, widen=widen or reading.widen)
        if count := how_many(engine, other.query.match):
            applied = (replace(reading.applied, count=count), *other.query.applied)
            other = replace(other, query=replace(other.query, applied=applied))
            return other, engine.find(options.query_of(other))
    return first, found


def emptied_by_filters(engine: Engine, read: Plan, options: SearchOptions) -> bool:
    """Whether articles match the text, so that only the filters leave none."""
    return bool(options.filters) and how_many(engine, read.query.match) > 0


def near_matches(engine: Engine, query: Query, read: Plan, wanted: bool, brief: bool) -> NearMatches:
    """The matches with other accents; `skipped` where there may be some and they are not `wanted`."""
    if read.near is None or not wanted:
        return NearMatches(skipped=read.near is not None)
    near = engine.find(replace(query, match=read.near, facets=(), offset=0, limit=min(query.limit, NEAR)))
    return NearMatches(tuple(with_snippets(engine, read.near, near.hits, read, brief, "accents")), near.total)


# --- presenting what was found -----------------------------------------------------------------


def with_snippets(
    engine: Engine, match: Node, hits: Sequence[Scored], read: Plan, brief: bool, tier: str | None = None
) -> Iterator[Hit]:
    """The hits with their entries, snippets and marks. Every hit gets `tier` if it is given."""
    marker = Marker(match)
    entries = {entry.id: entry for entry in engine.entries([hit.id for hit in hits], brief)}
    for hit in hits:
        entry = entries[hit.id]
        title, text = entry.article.title, entry.article.text
        lines, marks = snippet(marker, text)
        title_marks = tuple(marker.spans(title, title=True))
        yield Hit(entry, hit.score, lines, marks, title_marks, tier or match_tier(read, title, text))


def match_tier(read: Plan, title: str, text: str) -> str:
    """How an article holds the query: exact (as typed), accents (under other accents) or share (a part of it)."""
    if read.rule == "share":
        return "share"
    as_typed = read.typed == read.query.match or complete(read.typed, (Reading(title), Reading(text)))
    return "exact" if as_typed else "accents"


def labelled(found: Found, options: SearchOptions) -> Iterator[Facet]:
    """The counted facets with labels for readers; values that a filter chose are marked as selected."""
    chosen = {each.facet: set(each.keys) for each in options.filters}
    for name, _ in options.facets:
        values = (
            FacetValue(key, label(name, key), count, key in chosen.get(name, ()))
            for key, count in found.facets.get(name, ())
        )
        yield Facet(name, BY_NAME[name].label, tuple(values))
