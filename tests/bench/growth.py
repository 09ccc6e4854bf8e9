"""How cost grows with the archive: the product's queries, cold and warm, on indexes of several sizes.

    QUOCPHONG_DATA=DIR python -m tests.bench growth

Builds what --work does not hold yet: for 10,000, 30,000, 100,000 and all articles some ten minutes of two processors
for every hundred thousand. The figures go to docs/growth.json, the plot of them to docs/latency.svg, and
`python -m tests.bench.growth` draws and prints them again from there, without measuring.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.engine.whoosh import open_engine
from indexer.storage.index_folder import current_folder
from tests.bench import building
from tests.bench.corpus import written
from tests.bench.engine import CLASSES, SEED, drawn, measured, times
from tests.bench.figures import median, p95, table, timed
from tests.bench.plot import Line, drawing

SIZES = (10_000, 30_000, 100_000, 1_000_000)  # the last one stands for all there are
DOCS = Path(__file__).parents[2] / "docs"
HOW = ("cold", "warm")
FACTS = {"megabytes": "index, MB", "segments": "segments", "opening": "opening, s", "private": "private memory, MB"}
Row = dict[str, Any]


def report(work: Path) -> Iterator[str]:
    """Measures every size in a folder of its own beside `work`, and says what docs/growth.json then holds."""
    rows = []
    for size in SIZES:
        rows.append(grown(work.parent / str(size), size))
        yield f"{rows[-1]['articles']:,} articles: done"
    (DOCS / "growth.json").write_text(json.dumps(rows, indent=1) + "\n")
    yield shown(rows)


def grown(work: Path, size: int) -> Row:
    """What one size costs."""
    if not (work / "corpus").exists():
        written(Path(os.environ["QUOCPHONG_DATA"]) / "benchmark", size, work / "corpus")
    building.built(work)
    held = current_folder(work / "site")
    folder = work / "growth"
    folder.mkdir(exist_ok=True)
    (folder / "ours").unlink(missing_ok=True)
    (folder / "ours").symlink_to(held.resolve())
    opening, engine = timed(lambda: open_engine(held))
    (folder / "queries.json").write_text(json.dumps(drawn(engine, random.Random(SEED)), ensure_ascii=False))
    rows = measured(folder, "B", "ours")
    return {
        "articles": engine.count(),
        "megabytes": round(sum(file.stat().st_size for file in held.iterdir()) / 1e6),
        "segments": len(list(held.glob("*.arr"))),
        "opening": round(opening / 1000, 3),
        "private": round(rows[-1]["memory"]),
        "times": {kind: {how: [round(of(times(rows, kind, how)), 3) for of in (median, p95)] for how in HOW}
                  for kind in CLASSES},
    }


def shown(rows: list[Row]) -> str:
    """The tables; writes the plot beside them."""
    sizes = [f"{row['articles']:,}" for row in rows]
    by_class = [[f"{kind}, {how}", *("{} ({})".format(*row["times"][kind][how]) for row in rows)]
                for kind in CLASSES for how in HOW]
    facts = [[name, *(str(row[key]) for row in rows)] for key, name in FACTS.items()]
    lines = [Line(kind, [(row["articles"], row["times"][kind]["warm"][0]) for row in rows]) for kind in CLASSES]
    (DOCS / "latency.svg").write_text(drawing(lines, "articles", "median warm query with three facets, ms"))
    return f"{table(['processor ms: median (p95)', *sizes], by_class)}\n\n{table(['', *sizes], facts)}"


if __name__ == "__main__":
    print(shown(json.loads((DOCS / "growth.json").read_text())))
