"""Exact facet counts from shards that each know only their own: asked again, deeper, until nothing can be missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.engine.cluster.queries import Json, all_clause, chosen

Rows = tuple[tuple[str, int], ...]
DEEP, DEEPER, DEEPEST = 200, 8, 60_000  # keys asked of a shard, and how the number grows; a cluster gives 65,535


def aggregations(facets: Sequence[tuple[str, int]], filters: Mapping[str, tuple[str, ...]], deep: int) -> Json:
    """Aggregations for `facets`: each under the filters of the others, with the keys chosen in it beside."""
    asked: Json = {}
    for facet, most in facets:
        field = f"keys.{facet}"
        size = max(1, min(most, DEEPEST))
        inner: Json = {"top": {"terms": {
            "field": field, "size": size, "shard_size": max(size, deep), "show_term_doc_count_error": True,
            "order": [{"_count": "desc"}, {"_key": "asc"}]}}}
        if keys := list(dict.fromkeys(filters.get(facet, ()))):
            inner["chosen"] = {"terms": {
                "field": field, "include": keys, "size": len(keys), "shard_size": len(keys)}}
        asked[facet] = {"filter": all_clause(chosen(filters.items(), facet)), "aggs": inner}
    return asked


def sure(facets: Sequence[tuple[str, int]], found: Json, deep: int) -> bool:
    """Whether the counts are exact: no key listed lacks a shard's share, and no key that is missing can be larger."""
    return deep >= DEEPEST or all(are_exact(found[facet]["top"], most) for facet, most in facets)


def are_exact(top: Any, most: int) -> bool:
    """Whether the first `most` buckets are exact: no shard can have left out a key with as many documents."""
    buckets = top["buckets"][:most]
    missed = top["doc_count_error_upper_bound"]
    exact = all(not bucket["doc_count_error_upper_bound"] for bucket in buckets)
    return bool(not missed or (exact and len(buckets) == most and buckets[-1]["doc_count"] > missed))


def counted(found: Json, most: int, keys: Sequence[str]) -> Rows:
    """The `most` commonest keys, then by key; the chosen ones always, even at zero."""
    rows = {bucket["key"]: bucket["doc_count"] for bucket in found["top"]["buckets"][: max(0, most)]}
    held = {bucket["key"]: bucket["doc_count"] for bucket in found.get("chosen", {"buckets": ()})["buckets"]}
    rows |= {key: held.get(key, 0) for key in keys}
    return tuple(sorted(rows.items(), key=lambda row: (-row[1], row[0])))
