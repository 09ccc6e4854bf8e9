"""Whether the total of a long query can be quoted: it holds what is relevant, and is no large part of the archive."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

from indexer.engine.port import Engine
from indexer.model import NO_LIMIT, Query
from indexer.search.query import plan
from tests.quality.collections import Judged


class Totals(NamedTuple):
    """Of `queries` counted by share: the mean recall of their sets, and the median part of the archive a set is."""

    queries: int
    recall: float
    part: float

    def __str__(self) -> str:
        return f"{self.queries} long queries: recall {self.recall:.4f}, median {100 * self.part:.2f} % of the archive"


def totals(judged: Judged, queries: Mapping[str, str], engine: Engine) -> Totals:
    """The sets of those `queries` that are counted by a share of their words."""
    plans = {id: plan(text, engine) for id, text in queries.items()}
    long = {id: read.query.match for id, read in plans.items() if read.rule == "share"}
    recalls, parts = [], []
    for id, match in long.items():
        found = {hit.id for hit in engine.find(Query(match=match, limit=NO_LIMIT)).hits}
        relevant = {article for article, grade in judged[id].items() if grade > 0}
        recalls.append(len(found & relevant) / max(1, len(relevant)))
        parts.append(len(found) / engine.count())
    return Totals(len(long), sum(recalls) / max(1, len(long)), median(parts or [0.0]))
