"""Two facets at once, from a cluster: every pair of keys there is, dealt out in pages by a composite aggregation."""

from __future__ import annotations

from indexer.engine.cluster.queries import Json
from indexer.engine.crosstab import Crossed

NAME = "pairs"
PAIRS = 10_000  # in one answer; a cluster gives 65,535 at most


def crossing(first: str, second: str, after: Json) -> Json:
    """The aggregation for the pairs that come after the one given ({}: from the first on)."""
    sources = [{name: {"terms": {"field": f"keys.{facet}"}}} for name, facet in (("first", first), ("second", second))]
    asked: Json = {"size": PAIRS, "sources": sources}
    return {NAME: {"composite": asked | ({"after": after} if after else {})}}


def pairs_of(found: Json) -> Crossed:
    """The counts of an answer by pair of keys."""
    return {(b["key"]["first"], b["key"]["second"]): b["doc_count"] for b in found[NAME]["buckets"]}


def next_after(found: Json) -> Json | None:
    """The pair to go on after; None at the end."""
    last: Json | None = found[NAME].get("after_key")
    return last if len(found[NAME]["buckets"]) == PAIRS else None
