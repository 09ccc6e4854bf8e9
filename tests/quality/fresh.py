"""Score articles that no rule was written on, apart from those that were learned from: the honest figure.

    QUOCPHONG_DATA=DIR python -m tests.quality.fresh

fresh_labels.jsonl holds labels and addresses of 238 real articles; their texts stay with their publishers. DIR/fresh
holds *.jsonl with `url` and `text` (and `title`, `date` where known) for whoever has them. LABELS.md says how they were
chosen and labelled.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from pathlib import Path

from indexer import sources
from indexer.ingest import analysis
from indexer.model import Article, Entities
from tests.quality import localities
from tests.quality.entities import FRESH_FLOORS, Gold, below, scored

LABELS = Path(__file__).with_name("fresh_labels.jsonl")


def gate(data: Path) -> bool:
    """Print the scores of both parts; whether the blind one reaches its floors."""
    found = dict(read(data / "fresh"))
    for part in ("learn", "blind"):
        keyed = ((gold, found.get(gold["id"], found.get(gold["url"]))) for gold in labels(part))
        pairs = [(gold, each) for gold, each in keyed if each]
        score = scored(pairs)
        score.report(f"fresh, {part}")
        found_there = localities.counts(pairs)
        localities.report(found_there)
    low = [name for name, floor in localities.FLOORS.items() if found_there[name].f1 < floor]
    print("".join(f"  BELOW ITS FLOOR: {name}\n" for name in low), end="")
    return not pairs or not (below(score, FRESH_FLOORS) or low)


def labels(part: str) -> Iterator[Gold]:
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == part:
            yield row


def read(folder: Path) -> Iterator[tuple[str, Entities]]:
    """What the product recognises in each article of `folder`, by its id in the labels and by its address."""
    for file in sources.find(sorted(folder.glob("*.jsonl"))).files:
        for article in sources.read(file):
            if isinstance(article, Article):
                known = analysis.read(analysis.prepare(article))
                yield from ((key, known) for key in (article.id, article.url) if key)


if __name__ == "__main__":
    argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]).parse_args()
    raise SystemExit(0 if gate(Path(os.environ["QUOCPHONG_DATA"])) else 1)
