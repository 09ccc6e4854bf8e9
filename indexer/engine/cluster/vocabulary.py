"""The terms of a field with their counts: read from the cluster once an opened index, then looked up here.

Reading a query asks for beginnings, spellings and facet keys dozens of times; each would be a request.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from indexer.engine.cluster.mapping import LISTED, TEXT_FIELDS
from indexer.engine.cluster.queries import EVERYTHING, Json
from indexer.engine.cluster.snapshot import Snapshot

PAGE = 10_000


class Vocabulary:
    """All terms of one field, in order."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        rows = dict(read(snapshot, field))
        self.terms = sorted(rows)
        self.counts = rows

    def begin(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The terms that begin with `prefix`, in order, each with its count."""
        for at in range(bisect_left(self.terms, prefix), len(self.terms)):
            if not self.terms[at].startswith(prefix):
                return
            yield self.terms[at], self.counts[self.terms[at]]

    def commonest(self, prefix: str, bound: int) -> list[str]:
        """At most `bound` terms that begin with `prefix`, commonest first, then in order."""
        return [term for term, _ in sorted(self.begin(prefix), key=lambda row: (-row[1], row[0]))[:bound]]


def column(field: str) -> str:
    """The cluster's column that lists the terms of a field. ValueError for pairs, which nobody lists."""
    if field in TEXT_FIELDS and field not in LISTED:
        raise ValueError(f"the terms of {field} cannot be listed")
    return f"terms.{field}" if field in LISTED else f"keys.{field}"


def read(snapshot: Snapshot, field: str) -> Iterator[tuple[str, int]]:
    """All terms of a field with their article counts, in the cluster's order, page by page."""
    after: Json = {}
    while True:
        body: Json = {"size": 0, "track_total_hits": False, "query": EVERYTHING, "aggs": {"terms": {"composite": {
            "size": PAGE, "sources": [{"term": {"terms": {"field": column(field)}}}], **after}}}}
        found = snapshot.search(body)["aggregations"]["terms"]
        yield from ((bucket["key"]["term"], bucket["doc_count"]) for bucket in found["buckets"])
        if "after_key" not in found or len(found["buckets"]) < PAGE:
            return
        after = {"after": found["after_key"]}
