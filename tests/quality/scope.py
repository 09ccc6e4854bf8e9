"""Measure the rule that decides what belongs, on outside articles.

    QUOCPHONG_DATA=DIR python -m tests.quality.scope

DIR holds defense_real.jsonl (articles gathered for being about the army, the border guard, the militia or conscription;
level A is certain, level B often only mentions them) and benchmark/baomoi2017.jsonl.xz (news of every kind).
scope_labels.csv beside this file holds hand labels of a random sample of the latter, of articles scored from NEAR up,
made on 2026-11-21 by one person: an article belongs if forces or defence offices of Viet Nam are its subject or act in
its main event.

Prints recall by level, the share of general news taken in, precision, and an estimate of recall, with 95 % Wilson
intervals; ends with 1 if a figure is below its floor.
"""

from __future__ import annotations

import csv
import json
import lzma
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.fetch.scope import THRESHOLD, in_scope

LABELS = Path(__file__).with_name("scope_labels.csv")
NEAR = 1.5  # below, next to nothing belongs
# Somewhat below what was measured on 2026-11-21: docs/fetching.md.
FLOORS = {"level A, full": 0.93, "level A, summary": 0.90, "level B, full": 0.79, "level B, summary": 0.86,
          "general news left out": 0.988, "precision": 0.70, "recall": 0.80}


def main() -> int:
    given = os.environ.get("QUOCPHONG_DATA")
    if not given:
        print("skipped: QUOCPHONG_DATA is not set")
        return 0
    return 0 if gate(Path(given)) else 1


def gate(data: Path) -> bool:
    """Print the figures; whether all reach their floors."""
    figures = (recall_by_level(data / "defense_real.jsonl")
               | general_news(data / "benchmark" / "baomoi2017.jsonl.xz", labels(LABELS)))
    below = [f"{name} {figure:.3f} < {FLOORS[name]}" for name, figure in figures.items() if figure < FLOORS[name]]
    print(f"below its floor: {'; '.join(below)}" if below else "scope: no floor broken")
    return not below


def recall_by_level(path: Path) -> dict[str, float]:
    groups: dict[str, list[bool]] = {}
    for row in rows(path):
        groups.setdefault(f"level {row['level']}, {row['kind']}", []).append(score(row) >= THRESHOLD)
    for name, hits in sorted(groups.items()):
        print(f"{name}: recall {shown(sum(hits), len(hits))}")
    return {name: sum(hits) / len(hits) for name, hits in groups.items()}


def general_news(path: Path, labelled: dict[str, bool]) -> dict[str, float]:
    """Precision among the labelled articles taken in, and recall by weighting both strata with their sizes."""
    scores = {row["id"]: score(row) for row in rows(path)}
    taken = {id for id, each in scores.items() if each >= THRESHOLD}
    near = {id for id, each in scores.items() if NEAR <= each < THRESHOLD}
    print(f"general news: {len(taken)} of {len(scores)} taken in ({len(taken) / len(scores):.2%}), {len(near)} near")
    right = [labelled[id] for id in taken & labelled.keys()]
    missed = [labelled[id] for id in near & labelled.keys()]
    print(f"precision {shown(sum(right), len(right))}; of those near {shown(sum(missed), len(missed))} belong")
    found, lost = len(taken) * sum(right) / len(right), len(near) * sum(missed) / len(missed)
    print(f"recall, estimated: {found / (found + lost):.3f}")
    return {"general news left out": 1 - len(taken) / len(scores), "precision": sum(right) / len(right),
            "recall": found / (found + lost)}


def score(row: dict[str, Any]) -> float:
    return in_scope(row["title"] or "", row["text"] or "").score


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with (lzma.open if path.suffix == ".xz" else open)(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labels(path: Path) -> dict[str, bool]:
    return {row["id"]: row["belongs"] == "yes" for row in csv.DictReader(path.read_text("utf-8").splitlines())}


def shown(hits: int, of: int) -> str:
    """A share with its 95 % interval (Wilson 1927)."""
    z, p = 1.96, hits / of
    middle, half = p + z * z / (2 * of), z * (p * (1 - p) / of + z * z / (4 * of * of)) ** 0.5
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return f"{p:.3f} ({hits} of {of}, {low:.2f}-{high:.2f})"


if __name__ == "__main__":
    sys.exit(main())
