"""How good a ranking is: nDCG@10 (gain 2^grade - 1, discount log2), MRR@10 and recall@100, as trec_eval has them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tests.quality.collections import Judged


class Scores(NamedTuple):
    """Means over the queries."""

    ndcg: float
    mrr: float
    recall: float

    def __str__(self) -> str:
        return f"nDCG@10 {self.ndcg:.4f}  MRR@10 {self.mrr:.4f}  recall@100 {self.recall:.4f}"


def scores(judged: Judged, run: Mapping[str, list[str]]) -> Scores:
    """The means over every query of `run`; `run` has the article ids, best first."""
    each = [of_one(judged[query], ids) for query, ids in run.items()]
    return Scores(*(sum(column) / max(1, len(each)) for column in zip(*each, strict=True)))


def of_one(grades: Mapping[str, int], ids: list[str]) -> Scores:
    relevant = {id for id, grade in grades.items() if grade > 0}
    ideal = gain(sorted(grades.values(), reverse=True)[:10])
    first = next((1 / rank for rank, id in enumerate(ids[:10], 1) if id in relevant), 0.0)
    ndcg = gain(grades.get(id, 0) for id in ids[:10]) / ideal if ideal else 0.0
    return Scores(ndcg, first, len(relevant.intersection(ids[:100])) / max(1, len(relevant)))


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))
