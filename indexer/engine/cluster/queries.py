"""From the engine-neutral query to the cluster's own: one rule for each kind of node, as in `evaluate` for arrays.

What a rule cannot say in one request (how many articles match, which terms are commonest) it asks `TermStatistics`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from indexer.engine.cluster.mapping import TEXT_FIELDS, token
from indexer.engine.invert import HEAVIEST
from indexer.engine.matching import EXPANSIONS
from indexer.engine.reader import K1, B
from indexer.model import All, AnyOf, Between, Node, Not, Phrase, Prefix, ScoringTerm, Share, Value, Word

Json = dict[str, Any]
NOTHING: Json = {"match_none": {}}
EVERYTHING: Json = {"match_all": {}}
MOST_TERMS = 60_000  # the cluster takes 65,536 terms in one clause
SLACK = 1e-5  # of the whole: the cluster sums in single precision, and a share of 1.0 must not fail on the last bit
# BM25 of one term: the term's frequency is its weight, and the length is the article's own, not a byte's worth of it.
BM25 = (f"double w = Math.min(_score, {HEAVIEST}); "
        "return params.gain * w / (w + params.k + params.b * doc['length'].value);")


class TermStatistics(Protocol):
    """What a rule may ask the index for."""

    def counts(self, queries: Sequence[Json]) -> list[int]:
        """How many articles match each."""

    def commonest(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, commonest first, then in order."""

    def idf(self, frequency: int) -> float:
        """The inverse document frequency for a number of articles."""


def matching(index: TermStatistics, node: Node) -> Json:
    """The query that the articles matching `node` match, and no others."""
    return RULES[type(node)](index, node)


def word(index: TermStatistics, node: Word) -> Json:
    """Articles that hold a syllable."""
    return {"term": {field_of(node): token(node.text)}}


def field_of(node: Word | Prefix) -> str:
    """The field that holds the word: accented or accent-free, of the title only or of the whole article."""
    field = "folded" if node.folded else "syllable"
    return f"title_{field}" if node.title else field


def phrase(index: TermStatistics, node: Phrase) -> Json:
    """Articles that hold the words in a row, or within `slop` further words in any order."""
    if len(node.words) < 2:
        return word(index, node.words[0]) if node.words else NOTHING
    fields = {field_of(each) for each in node.words}
    if not node.slop and len(fields) == 1:
        return {"match_phrase": {fields.pop(): {"query": " ".join(token(each.text) for each in node.words)}}}
    # Words in different fields, which share one position space; in a row, or in any order within a window.
    base = field_of(node.words[0])
    parts = [{"match": {"query": token(each.text), "use_field": field_of(each)}} for each in node.words]
    return {"intervals": {base: {"all_of": {
        "ordered": not node.slop, "max_gaps": node.slop, "intervals": parts}}}}


def prefix(index: TermStatistics, node: Prefix) -> Json:
    """Articles that hold one of the commonest terms with this beginning."""
    field = "folded" if node.folded else "syllable"
    terms = index.commonest(field, node.text, EXPANSIONS)
    return {"terms": {field_of(node): terms}} if terms else NOTHING


def value(index: TermStatistics, node: Value) -> Json:
    """Articles that hold one of the facet's keys."""
    return terms_query(f"keys.{node.facet}", node.keys)


def terms_query(field: str, terms: Sequence[str]) -> Json:
    """Articles with any of the terms, however many."""
    some = [{"terms": {field: list(terms[at : at + MOST_TERMS])}} for at in range(0, len(terms), MOST_TERMS)]
    return any_clause(some)


def between(index: TermStatistics, node: Between) -> Json:
    """Articles with a key of the facet from `low` to `high`, both included."""
    bounds = {"gte": node.low or "", **({} if node.high is None else {"lte": node.high})}
    return {"range": {f"keys.{node.facet}": bounds}}


def every(index: TermStatistics, node: All) -> Json:
    """Articles in all nodes and in none of the negated ones."""
    wanted = [matching(index, each) for each in node.nodes if not isinstance(each, Not)]
    unwanted = [matching(index, each.node) for each in node.nodes if isinstance(each, Not)]
    return all_clause(wanted, unwanted)


def all_clause(wanted: Sequence[Json], unwanted: Sequence[Json] = ()) -> Json:
    """A clause for documents that match all of `wanted` and none of `unwanted`."""
    if not unwanted and len(wanted) < 2:
        return wanted[0] if wanted else EVERYTHING
    clauses = {"filter": list(wanted), "must_not": list(unwanted)}
    return {"bool": {occur: some for occur, some in clauses.items() if some}}


def any_of(index: TermStatistics, node: AnyOf) -> Json:
    """Articles in any of the nodes."""
    return any_clause([matching(index, each) for each in node.nodes])


def any_clause(some: Sequence[Json]) -> Json:
    """A clause for documents that match any of `some`."""
    if len(some) < 2:
        return some[0] if some else NOTHING
    return {"bool": {"should": list(some), "minimum_should_match": 1}}


def neither(index: TermStatistics, node: Not) -> Json:
    """Articles that do not match the node."""
    return {"bool": {"must_not": [matching(index, node.node)]}}


def share(index: TermStatistics, node: Share) -> Json:
    """Each part counts by its idf, which is the index's own whatever shard an article is in."""
    parts = [matching(index, each) for each in node.nodes]
    held = [(part, index.idf(count)) for part, count in zip(parts, index.counts(parts), strict=True) if count]
    if not held:
        return NOTHING
    total = sum(idf for _, idf in held)
    functions = [{"filter": part, "weight": idf} for part, idf in held]
    return {"function_score": {
        "query": any_clause([part for part, _ in held]), "functions": functions, "score_mode": "sum",
        "boost_mode": "replace", "min_score": max(node.share * total - SLACK * total, 0.0)}}


RULES: dict[type[Any], Callable[[TermStatistics, Any], Json]] = {
    Word: word, Phrase: phrase, Prefix: prefix, Value: value, Between: between,
    All: every, AnyOf: any_of, Not: neither, Share: share,
}  # fmt: skip


# --- the score -------------------------------------------------------------------------------


def held_by(field: str, term: str) -> Json:
    """Articles that hold `term` in `field`: a text field or a facet."""
    return {"term": {field if field in TEXT_FIELDS else f"keys.{field}": token(term) if field in TEXT_FIELDS else term}}


def scored(index: TermStatistics, match: Json, scoring: Sequence[ScoringTerm], mean: float) -> Json:
    """`match`, ordered by the sum of weight x BM25 over the scoring; k1, b and idf as the port says."""
    terms = [held_by(scoring_term.field, scoring_term.term) for scoring_term in scoring]
    counts = index.counts(terms)
    clauses = [bm25(term, scoring_term, index.idf(count), mean)
               for term, scoring_term, count in zip(terms, scoring, counts, strict=True) if count]
    return {"bool": {"filter": [match], "should": clauses}}


def bm25(term: Json, scoring_term: ScoringTerm, idf: float, mean: float) -> Json:
    """A clause that scores documents with the term by weight x BM25; `mean` is the mean article length in syllables."""
    inner = term if scoring_term.field in TEXT_FIELDS else {"constant_score": {"filter": term, "boost": 1}}
    params = {"gain": scoring_term.weight * idf * (K1 + 1), "k": K1 * (1 - B), "b": K1 * B / mean}
    return {"script_score": {"query": inner, "script": {"source": BM25, "params": params}}}


def chosen(filters: Iterable[tuple[str, Sequence[str]]], but: str | None = None) -> list[Json]:
    """The clauses of the chosen facet keys, but those of one facet."""
    return [terms_query(f"keys.{facet}", keys) for facet, keys in filters if facet != but]
