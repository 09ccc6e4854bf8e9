"""Measure the rule that decides what belongs, on outside articles.

    python -m tests.quality.scope --data DIR [--labels FILE]

DIR holds defense_real.jsonl (articles gathered for being about the army, the border guard, the militia or conscription;
level A is certain, level B often only mentions them) and benchmark/baomoi2017.jsonl.xz (news of every kind). FILE
holds hand labels of a random sample of the latter, of articles scored from NEAR up: lines of {"id", "belongs"}. An
article belongs if forces or defence offices of Viet Nam are its subject or act in its main event.

Prints recall by level, the share of general news taken in, and with labels precision and an estimate of recall, both
with a 95 % Wilson interval.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.scope import THRESHOLD, in_scope

NEAR = 1.5  # below, next to nothing belongs


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--labels", type=Path)
    given = options.parse_args()
    recall_by_level(given.data / "defense_real.jsonl")
    general_news(given.data / "benchmark" / "baomoi2017.jsonl.xz", labels(given.labels) if given.labels else {})


def recall_by_level(path: Path) -> None:
    groups: dict[str, list[bool]] = {}
    for row in rows(path):
        groups.setdefault(f"level {row['level']}, {row['kind']}", []).append(score(row) >= THRESHOLD)
    for name, hits in sorted(groups.items()):
        print(f"{name}: recall {shown(sum(hits), len(hits))}")


def general_news(path: Path, labelled: dict[str, bool]) -> None:
    """Precision among the labelled articles taken in, and recall by weighting both strata with their sizes."""
    scores = {row["id"]: score(row) for row in rows(path)}
    taken = {id for id, each in scores.items() if each >= THRESHOLD}
    near = {id for id, each in scores.items() if NEAR <= each < THRESHOLD}
    print(f"general news: {len(taken)} of {len(scores)} taken in ({len(taken) / len(scores):.2%}), {len(near)} near")
    right = [labelled[id] for id in taken & labelled.keys()]
    missed = [labelled[id] for id in near & labelled.keys()]
    if right and missed:
        print(f"precision {shown(sum(right), len(right))}; of those near {shown(sum(missed), len(missed))} belong")
        found, lost = len(taken) * sum(right) / len(right), len(near) * sum(missed) / len(missed)
        print(f"recall, estimated: {found / (found + lost):.3f}")


def score(row: dict[str, Any]) -> float:
    return in_scope(row["title"] or "", row["text"] or "").score


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labels(path: Path) -> dict[str, bool]:
    return {row["id"]: row["belongs"] for row in rows(path)}


def shown(hits: int, of: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * (p * (1 - p) / of + z * z / (4 * of * of)) ** 0.5
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return f"{p:.3f} ({hits} of {of}, {low:.2f}-{high:.2f})"


if __name__ == "__main__":
    main()
