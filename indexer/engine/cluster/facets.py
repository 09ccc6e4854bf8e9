"""Exact facet counts from a cluster.

A terms aggregation collects the top keys of each shard, so its counts can be too low. The request is repeated with a
larger shard size until OpenSearch's error bounds show that the counts are exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.engine.cluster.queries import Json, all_clause, filter_clauses

FacetRows = tuple[tuple[str, int], ...]
FIRST_SHARD_SIZE = 200  # keys collected per shard by the first request
SHARD_SIZE_FACTOR = 8  # growth from one request to the next
MAX_SHARD_SIZE = 60_000  # OpenSearch allows 65,535


def aggregations(facets: Sequence[tuple[str, int]], filters: Mapping[str, tuple[str, ...]], shard_size: int) -> Json:
    """The request body that counts `facets` (name, limit), collecting `shard_size` keys per shard.

    `filters` are the chosen keys by facet. Each facet is counted under the filters of the other facets. Its own chosen
    keys are counted in an aggregation of their own.
    """
    result: Json = {}
    for facet, limit in facets:
        field = f"keys.{facet}"
        size = max(1, min(limit, MAX_SHARD_SIZE))
        inner: Json = {"top": {"terms": {
            "field": field, "size": size, "shard_size": max(size, shard_size), "show_term_doc_count_error": True,
            "order": [{"_count": "desc"}, {"_key": "asc"}]}}}
        if keys := list(dict.fromkeys(filters.get(facet, ()))):
            inner["chosen"] = {"terms": {
                "field": field, "include": keys, "size": len(keys), "shard_size": len(keys)}}
        result[facet] = {"filter": all_clause(filter_clauses(filters.items(), facet)), "aggs": inner}
    return result


def are_exact(facets: Sequence[tuple[str, int]], found: Json, shard_size: int) -> bool:
    """Whether the counts of all facets are exact, or the largest shard size has been used."""
    return shard_size >= MAX_SHARD_SIZE or all(is_exact(found[facet]["top"], limit) for facet, limit in facets)


def is_exact(top: Any, limit: int) -> bool:
    """Whether the first `limit` buckets are exact.

    They are if each listed key was counted by every shard, and no unlisted key can have a higher count.
    """
    buckets = top["buckets"][:limit]
    missed = top["doc_count_error_upper_bound"]
    exact = all(not bucket["doc_count_error_upper_bound"] for bucket in buckets)
    return bool(not missed or (exact and len(buckets) == limit and buckets[-1]["doc_count"] > missed))


def facet_rows(found: Json, limit: int, chosen_keys: Sequence[str]) -> FacetRows:
    """The rows of a facet: (key, count), highest count first, then by key.

    They are the `limit` commonest keys, and the chosen keys whatever their count.
    """
    rows = {bucket["key"]: bucket["doc_count"] for bucket in found["top"]["buckets"][: max(0, limit)]}
    chosen_counts = {bucket["key"]: bucket["doc_count"] for bucket in found.get("chosen", {"buckets": ()})["buckets"]}
    rows |= {key: chosen_counts.get(key, 0) for key in chosen_keys}
    return tuple(sorted(rows.items(), key=lambda row: (-row[1], row[0])))
