"""All terms of a field with their document frequencies, read from the cluster once per opened index.

The query parser looks up prefixes, spellings and facet keys dozens of times; each lookup would be a request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from indexer.engine.cluster.mapping import LISTED_FIELDS, TEXT_FIELDS
from indexer.engine.cluster.queries import EVERYTHING, Json
from indexer.engine.cluster.snapshot import Snapshot

PAGE_SIZE = 10_000


class Vocabulary:
    """The sorted `terms` of a field, and their document frequencies `counts`, at the commit of the snapshot."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        rows = dict(read_terms(snapshot, field))
        self.terms = sorted(rows)
        self.counts = rows

    def with_prefix(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin with `prefix`, sorted, each with its document frequency."""
        for at in range(bisect_left(self.terms, prefix), len(self.terms)):
            if not self.terms[at].startswith(prefix):
                return
            yield self.terms[at], self.counts[self.terms[at]]

    def commonest_terms(self, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, highest document frequency first, then sorted."""
        return [term for term, _ in sorted(self.with_prefix(prefix), key=lambda row: (-row[1], row[0]))[:bound]]


def terms_column(field: str) -> str:
    """The name of the column that lists the terms of a field. ValueError for pairs, which are not listed."""
    if field in TEXT_FIELDS and field not in LISTED_FIELDS:
        raise ValueError(f"the terms of {field} cannot be listed")
    return f"terms.{field}" if field in LISTED_FIELDS else f"keys.{field}"


def read_terms(snapshot: Snapshot, field: str) -> Iterator[tuple[str, int]]:
    """All terms of a field with their document frequencies, unsorted, read page by page."""
    after: Json = {}
    while True:
        body: Json = {"size": 0, "track_total_hits": False, "query": EVERYTHING, "aggs": {"terms": {"composite": {
            "size": PAGE_SIZE, "sources": [{"term": {"terms": {"field": terms_column(field)}}}], **after}}}}
        found = snapshot.search(body)["aggregations"]["terms"]
        yield from ((bucket["key"]["term"], bucket["doc_count"]) for bucket in found["buckets"])
        if "after_key" not in found or len(found["buckets"]) < PAGE_SIZE:
            return
        after = {"after": found["after_key"]}
