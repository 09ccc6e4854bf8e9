"""How well roles at the event and topics are told, against hand labels of real articles.

    QUOCPHONG_DATA=DIR python -m tests.quality.roles [--misses dev]

role_labels.csv and topic_labels.csv beside this file say, for articles of DIR (gold_dev, gold_retold, defense_real),
which person has which role and which topics an article is about; drawn and labelled by the rules of LABELS.md. The
articles fall in two halves: "dev" may be read and learned from, "held" is only ever counted. A label that a reader may
see either way ("maybe") counts neither for nor against.

Prints precision, recall and F1 by role and by topic and over all of each half; ends with 1 below a floor.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from indexer.entities.accused import SUSPECT
from indexer.entities.topics import topics
from indexer.entities.words import column
from indexer.ingest import analysis
from indexer.model import Article, Entities
from tests.quality.collections import records
from tests.quality.entities import Count, fold

HERE = Path(__file__).parent
FILES = {"gold_dev": "gold_dev/articles.jsonl", "gold_retold": "gold_retold/articles.jsonl",
         "defense_real": "defense_real.jsonl"}
HALVES = ("dev", "held")
# F1; a little below what was measured on 2026-11-22.
FLOORS: Mapping[str, float] = {"roles": 0.83, "roles, held": 0.74, "topics": 0.90, "topics, held": 0.86}

Pair = tuple[str, str]  # person and role, or "" and topic


@dataclass
class Labelled:
    """What hand labels say of one article: the pairs that hold, and those that may."""

    half: str = ""
    want: set[Pair] = field(default_factory=set)
    maybe: set[Pair] = field(default_factory=set)


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--misses", choices=HALVES)
    chosen = options.parse_args()
    given = os.environ.get("QUOCPHONG_DATA")
    if not given:
        print("skipped: QUOCPHONG_DATA is not set")
        return 0
    return 0 if gate(Path(given), chosen.misses) else 1


def gate(data: Path, misses: str | None = None) -> bool:
    """Print the figures of both halves; whether all reach their floors."""
    read = {name: labels(HERE / f"{name}_labels.csv", name) for name in ("role", "topic")}
    found = dict(entities(data, {key for each in read.values() for key in each}))
    figures: dict[str, float] = {}
    for name, tell, values in (("role", roles_of, role_names()), ("topic", topics_of, topics())):
        total = Count()
        for half in HALVES:
            labelled = {key: each for key, each in read[name].items() if each.half == half}
            counts = scored(labelled, found, tell, half == misses)
            figures[f"{name}s, {half}"] = report(f"{name}s, {half} ({len(labelled)} articles)", counts, values)
            total = added([total, *counts.values()])
        figures[f"{name}s"] = total.f1
        print(f"{name}s, both halves: {total}")
    below = [f"{name} {figures[name]:.3f} < {floor}" for name, floor in FLOORS.items() if figures[name] < floor]
    print(f"below its floor: {'; '.join(below)}" if below else "roles and topics: no floor broken")
    return not below


def labels(path: Path, value: str) -> dict[Pair, Labelled]:
    """The labels of a table by set and article."""
    found: dict[Pair, Labelled] = defaultdict(Labelled)
    for row in csv.DictReader(path.read_text("utf-8").splitlines()):
        each = found[row["set"], row["article"]]
        each.half = row["half"]
        if row[value]:
            (each.want if row["sure"] == "yes" else each.maybe).add((fold(row.get("person", "")), row[value]))
    return found


def entities(data: Path, wanted: set[Pair]) -> Iterator[tuple[Pair, Entities]]:
    """What the product tells of the labelled articles."""
    for name, file in FILES.items():
        for row in records(data / file):
            if (name, row["id"]) in wanted:
                article = Article(row["id"], "", row.get("title") or "", row["text"], url=row.get("url"))
                yield (name, row["id"]), analysis.read(analysis.prepare(article))


def roles_of(found: Entities) -> set[Pair]:
    return {(fold(who.name), role.name) for who in found.officials for role in who.roles if role.name != SUSPECT}


def topics_of(found: Entities) -> set[Pair]:
    return {("", topic.name) for topic in found.topics}


def role_names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(column("roles.csv", "role")))


def scored(
    read: Mapping[Pair, Labelled], found: Mapping[Pair, Entities], tell: Callable[[Entities], set[Pair]], show: bool
) -> dict[str, Count]:
    """Counts by role or topic."""
    counts: dict[str, Count] = defaultdict(Count)
    for key, label in read.items():
        have = tell(found.get(key, Entities())) - label.maybe
        for value in {value for _, value in have | label.want}:
            counts[value].add({who for who, each in label.want if each == value},
                              {who for who, each in have if each == value})
        for word, pairs in (("missed", label.want - have), ("extra", have - label.want)) if show else ():
            for who, value in sorted(pairs):
                print(f"  {word} {key[1]}: {who} {value}")
    return counts


def report(title: str, counts: Mapping[str, Count], values: tuple[str, ...]) -> float:
    """Print the counts by value; the F1 over all."""
    total = added(list(counts.values()))
    print(f"{title}: {total}")
    for value in (value for value in values if value in counts):
        count = counts[value]
        print(f"  {value:22} {count} ({count.right} right, {count.extra} extra, {count.missed} missed)")
    return total.f1


def added(counts: list[Count]) -> Count:
    return Count(*(sum(getattr(count, name) for count in counts) for name in ("right", "extra", "missed")))


if __name__ == "__main__":
    sys.exit(main())
