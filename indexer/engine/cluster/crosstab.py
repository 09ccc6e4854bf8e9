"""Cross tabulation of two facets on a cluster: a composite aggregation lists all pairs of keys, page by page."""

from __future__ import annotations

from indexer.engine.cluster.queries import Json
from indexer.engine.crosstab import PairCounts

AGGREGATION = "pairs"
PAGE_SIZE = 10_000  # pairs in one answer; OpenSearch allows 65,535


def pairs_aggregation(first: str, second: str, after: Json) -> Json:
    """The request body for the page of pairs after the pair `after` ({}: the first page)."""
    sources = [{name: {"terms": {"field": f"keys.{facet}"}}} for name, facet in (("first", first), ("second", second))]
    composite: Json = {"size": PAGE_SIZE, "sources": sources}
    return {AGGREGATION: {"composite": composite | ({"after": after} if after else {})}}


def pair_counts(aggregations: Json) -> PairCounts:
    """The article counts in an answer, by pair of keys."""
    return {(b["key"]["first"], b["key"]["second"]): b["doc_count"] for b in aggregations[AGGREGATION]["buckets"]}


def next_page_key(aggregations: Json) -> Json | None:
    """The last pair of an answer, to be given as `after` for the next page; None on the last page."""
    last: Json | None = aggregations[AGGREGATION].get("after_key")
    return last if len(aggregations[AGGREGATION]["buckets"]) == PAGE_SIZE else None
