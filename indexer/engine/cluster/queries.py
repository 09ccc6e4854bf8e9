"""Translating an engine-neutral query into OpenSearch's query language. One function per kind of node (`RULES`).

Some nodes need statistics of the index, such as document frequencies; they come from `TermStatistics`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from indexer.engine.cluster.mapping import TEXT_FIELDS, cluster_term, stored_term
from indexer.engine.invert import MAX_WEIGHT
from indexer.engine.matching import MAX_EXPANSIONS
from indexer.engine.reader import K1, B
from indexer.model import All, AnyOf, Between, Node, Not, Pair, Phrase, Prefix, ScoringTerm, Share, Value, Word

Json = dict[str, Any]
NOTHING: Json = {"match_none": {}}
EVERYTHING: Json = {"match_all": {}}
MOST_TERMS = 60_000  # terms in one clause; OpenSearch allows 65,536
SHARE_TOLERANCE = 1e-5  # relative; the cluster sums in single precision, and a share of 1.0 must still match
# BM25 of one term (see `ranking.bm25_scores`). `_score` is the weight of the term; `length` is the exact length, which
# Lucene's own BM25 rounds to one byte.
BM25 = (f"double w = Math.min(_score, {MAX_WEIGHT}); "
        "return params.gain * w / (w + params.k + params.b * doc['length'].value);")


class TermStatistics(Protocol):
    """Statistics of the index that the translation of a query needs."""

    def counts(self, queries: Sequence[Json]) -> list[int]:
        """The number of articles that match each query."""

    def best_score(self, query: Json) -> float:
        """The highest score that `query` gives any article; 0.0 where none matches."""

    def commonest_terms(self, field: str, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, highest document frequency first, then sorted."""

    def idf(self, frequency: int) -> float:
        """The inverse document frequency of a term that `frequency` articles hold."""


def match_query(index: TermStatistics, node: Node) -> Json:
    """The OpenSearch query that matches the same articles as `node`."""
    return RULES[type(node)](index, node)


def word_query(index: TermStatistics, node: Word) -> Json:
    """Articles that hold the syllable; with `node.title`, in their title."""
    return {"term": {field_of(node): cluster_term(node.text)}}


def pair_query(index: TermStatistics, node: Pair) -> Json:
    """Articles that hold the two syllables side by side."""
    return term_query("pair", node.text)


def field_of(node: Word | Prefix) -> str:
    """The field to look in: accented or accent-free, whole article or title only."""
    field = "folded" if node.folded else "syllable"
    return f"title_{field}" if node.title else field


def phrase_query(index: TermStatistics, node: Phrase) -> Json:
    """Articles that hold the syllables at consecutive positions; with `slop`, in any order within a window."""
    if len(node.words) < 2:
        return word_query(index, node.words[0]) if node.words else NOTHING
    fields = {field_of(each) for each in node.words}
    if not node.slop and len(fields) == 1:
        return {"match_phrase": {fields.pop(): {"query": " ".join(cluster_term(each.text) for each in node.words)}}}
    # The syllables are in several fields with the same positions, or in any order: an intervals query.
    base = field_of(node.words[0])
    parts = [{"match": {"query": cluster_term(each.text), "use_field": field_of(each)}} for each in node.words]
    return {"intervals": {base: {"all_of": {
        "ordered": not node.slop, "max_gaps": node.slop, "intervals": parts}}}}


def prefix_query(index: TermStatistics, node: Prefix) -> Json:
    """Articles that hold one of the MAX_EXPANSIONS commonest terms with the prefix."""
    field = "folded" if node.folded else "syllable"
    terms = index.commonest_terms(field, node.text, MAX_EXPANSIONS)
    return {"terms": {field_of(node): terms}} if terms else NOTHING


def value_query(index: TermStatistics, node: Value) -> Json:
    """Articles that hold at least one of the keys of the facet."""
    return terms_query(f"keys.{node.facet}", node.keys)


def terms_query(field: str, terms: Sequence[str]) -> Json:
    """Articles that hold at least one of the terms in `field`; any number of terms."""
    some = [{"terms": {field: list(terms[at : at + MOST_TERMS])}} for at in range(0, len(terms), MOST_TERMS)]
    return any_clause(some)


def between_query(index: TermStatistics, node: Between) -> Json:
    """Articles that hold a key of the facet in [low, high]."""
    bounds = {"gte": node.low or "", **({} if node.high is None else {"lte": node.high})}
    return {"range": {f"keys.{node.facet}": bounds}}


def all_query(index: TermStatistics, node: All) -> Json:
    """Articles that match all nodes and none of the negated nodes."""
    wanted = [match_query(index, each) for each in node.nodes if not isinstance(each, Not)]
    unwanted = [match_query(index, each.node) for each in node.nodes if isinstance(each, Not)]
    return all_clause(wanted, unwanted)


def all_clause(wanted: Sequence[Json], unwanted: Sequence[Json] = ()) -> Json:
    """The query for documents that match all of `wanted` and none of `unwanted`."""
    if not unwanted and len(wanted) < 2:
        return wanted[0] if wanted else EVERYTHING
    clauses = {"filter": list(wanted), "must_not": list(unwanted)}
    return {"bool": {occur: some for occur, some in clauses.items() if some}}


def any_query(index: TermStatistics, node: AnyOf) -> Json:
    """Articles that match at least one node."""
    return any_clause([match_query(index, each) for each in node.nodes])


def any_clause(some: Sequence[Json]) -> Json:
    """The query for documents that match at least one of `some`."""
    if len(some) < 2:
        return some[0] if some else NOTHING
    return {"bool": {"should": list(some), "minimum_should_match": 1}}


def not_query(index: TermStatistics, node: Not) -> Json:
    """Articles that do not match the inner node."""
    return {"bool": {"must_not": [match_query(index, node.node)]}}


def share_query(index: TermStatistics, node: Share) -> Json:
    """Articles whose matching nodes have at least `node.share` of the summed idf of all nodes, or of the largest sum.

    A node that matches no article is left out of the sum. The idf is that of the whole index, not of a shard.
    """
    parts = [match_query(index, each) for each in node.nodes]
    counted = [(part, index.idf(count)) for part, count in zip(parts, index.counts(parts), strict=True) if count]
    if not counted:
        return NOTHING
    sums = {
        "query": any_clause([part for part, _ in counted]),
        "functions": [{"filter": part, "weight": idf} for part, idf in counted],
        "score_mode": "sum", "boost_mode": "replace",
    }  # fmt: skip
    total = index.best_score({"function_score": sums}) if node.of_best else sum(idf for _, idf in counted)
    return {"function_score": {**sums, "min_score": max(node.share * total - SHARE_TOLERANCE * total, 0.0)}}


RULES: dict[type[Any], Callable[[TermStatistics, Any], Json]] = {
    Word: word_query, Pair: pair_query, Phrase: phrase_query, Prefix: prefix_query,
    Value: value_query, Between: between_query, All: all_query, AnyOf: any_query, Not: not_query, Share: share_query,
}  # fmt: skip


# --- scores and filters ----------------------------------------------------------------------


def term_query(field: str, term: str) -> Json:
    """Articles that hold `term` in `field`, a text field or a facet."""
    stored = stored_term(field, term)
    return {"term": {field if field in TEXT_FIELDS else f"keys.{field}": stored}}


def scored_query(index: TermStatistics, match: Json, scoring: Sequence[ScoringTerm], mean: float) -> Json:
    """The query `match`, scored by the sum of weight x BM25 over `scoring` (see `port.Engine.find`).

    `mean` is the mean length of an article in syllables.
    """
    terms = [term_query(scoring_term.field, scoring_term.term) for scoring_term in scoring]
    counts = index.counts(terms)
    clauses = [bm25_clause(term, scoring_term, index.idf(count), mean)
               for term, scoring_term, count in zip(terms, scoring, counts, strict=True) if count]
    return {"bool": {"filter": [match], "should": clauses}}


def bm25_clause(term: Json, scoring_term: ScoringTerm, idf: float, mean: float) -> Json:
    """The query that scores documents with the term by weight x BM25. `term` is the query that matches the term."""
    inner = term if scoring_term.field in TEXT_FIELDS else {"constant_score": {"filter": term, "boost": 1}}
    params = {"gain": scoring_term.weight * idf * (K1 + 1), "k": K1 * (1 - B), "b": K1 * B / mean}
    return {"script_score": {"query": inner, "script": {"source": BM25, "params": params}}}


def filter_clauses(filters: Iterable[tuple[str, Sequence[str]]], without: str | None = None) -> list[Json]:
    """A query for each filter (facet, chosen keys), except the filter of the facet `without`."""
    return [terms_query(f"keys.{facet}", keys) for facet, keys in filters if facet != without]
