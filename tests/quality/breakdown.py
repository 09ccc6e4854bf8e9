"""Precision and recall of provinces and years by what they rest on and by era, with 95 % intervals.

Intervals are Wilson's (E. B. Wilson, JASA 22, 1927): they hold for few cases and for shares near 1.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Any

from indexer.entities.places import REFORM
from indexer.model import Entities

Z = 1.959964  # the quantile of 95 %
Pairs = Sequence[tuple[Mapping[str, Any], Entities]]
Tally = dict[str, list[int]]  # group -> [right, asked]


def interval(right: int, asked: int) -> tuple[float, float]:
    """The 95 % interval of a share of `right` in `asked` cases; (0, 1) of none."""
    if not asked:
        return 0.0, 1.0
    share, square = right / asked, Z * Z
    middle = (share + square / (2 * asked)) / (1 + square / asked)
    half = Z * sqrt(share * (1 - share) / asked + square / (4 * asked * asked)) / (1 + square / asked)
    return max(0.0, middle - half), min(1.0, middle + half)


def shown(name: str, right: int, asked: int) -> str:
    low, high = interval(right, asked)
    return f"{name} {right / max(asked, 1):.3f} [{low:.3f}-{high:.3f}] ({right} of {asked})"


def report(pairs: Pairs) -> Iterator[str]:
    """Lines: precision by the basis found, recall by the basis labelled, both by era; years by basis and era."""
    for title, tally in (
        ("province, precision by basis", tallied(pairs, precision_by_basis)),
        ("province, recall by basis", tallied(pairs, recall_by_basis)),
        ("province, precision by era", tallied(pairs, precision_by_era)),
        ("province, recall by era", tallied(pairs, recall_by_era)),
        ("year, by basis", tallied(pairs, year_by_basis)),
        ("year, by era", tallied(pairs, year_by_era)),
    ):
        for group, (right, asked) in sorted(tally.items()):
            yield f"    {title}: {shown(f'{group:10}', right, asked)}"


def tallied(pairs: Pairs, judge: Any) -> Tally:
    tally: Tally = defaultdict(lambda: [0, 0])
    for gold, found in pairs:
        for group, right in judge(gold, found):
            tally[group][0] += right
            tally[group][1] += 1
    return tally


def wanted(gold: Mapping[str, Any], found: Entities) -> set[str]:
    """The labelled provinces, of several accepted answers the one nearest to what was found."""
    have = {province.name for province in found.provinces}
    choices = [set(each) for each in (gold["province"], *gold.get("province_also_ok", ()))]
    return max(choices, key=lambda choice: len(choice & have) - len(choice ^ have))


def precision_by_basis(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    want = wanted(gold, found)
    return ((province.basis, province.name in want) for province in found.provinces)


def recall_by_basis(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    have = {province.name for province in found.provinces}
    basis = gold.get("basis") or gold.get("province_basis") or "?"
    return ((basis, name in have) for name in wanted(gold, found))


def precision_by_era(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    return ((era(gold), right) for _, right in precision_by_basis(gold, found))


def recall_by_era(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    return ((era(gold), right) for _, right in recall_by_basis(gold, found))


def year_by_basis(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    yield found.published.basis, is_year(gold, found)


def year_by_era(gold: Mapping[str, Any], found: Entities) -> Iterator[tuple[str, bool]]:
    yield era(gold), is_year(gold, found)


def is_year(gold: Mapping[str, Any], found: Entities) -> bool:
    return found.published.year in (gold["published_year"], *gold.get("published_year_also_ok", ()))


def era(gold: Mapping[str, Any]) -> str:
    """Before or since the provinces merged, by the labelled day; "undated" where there is none."""
    day = gold.get("published") or ""
    return "undated" if not day else "since" if day >= REFORM[: len(day)] and day != REFORM[:4] else "before"
