"""Every figure of docs/performance.md, measured anew.

    QUOCPHONG_DATA=DIR python -m tests.bench [--articles 100000] [--work DIR]
                       [building engines extraction page update growth]

DIR/benchmark holds *.jsonl.xz files of articles. What is built in --work is kept for the next run; without tantivy,
or without the system's python3-xapian on the path, their rows say so. Times depend on the machine, ratios much less:
compare the engines within one run only.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import building, collection, engine, extraction, growth, page, update
from tests.bench.corpus import written

PARTS: dict[str, Callable[[Path], Iterator[str]]] = {
    "extraction": extraction.report,
    "building": building.report,
    "engines": lambda work: engine.report(engines(work)),
    "page": page.report,
    "update": update.report,
}
ASKED_FOR = {"growth": growth.report}  # sizes of its own: not a part of everything


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__.splitlines()[0])
    options.add_argument("parts", nargs="*", choices=[[], *PARTS, *ASKED_FOR],
                         help="what to measure (default: everything but growth)")
    options.add_argument("--articles", type=int, default=100_000)
    options.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "quocphong-bench")
    chosen = options.parse_args()
    data = os.environ.get("QUOCPHONG_DATA")
    if not data:
        sys.exit("Set QUOCPHONG_DATA to the folder that holds benchmark/*.jsonl.xz")
    work = chosen.work / str(chosen.articles)
    if not (work / "corpus").exists():
        written(Path(data) / "benchmark", chosen.articles, work / "corpus")
    for part in chosen.parts or PARTS:
        print(f"\n## {part}\n", flush=True)
        for text in (PARTS | ASKED_FOR)[part](work):
            print(text, flush=True)


def engines(work: Path) -> Path:
    """The folder of all engines' indexes, made on first use."""
    building.built(work)
    if not (work / "engines").exists():
        collection.write(work / "site", work / "engines")
    return work / "engines"


if __name__ == "__main__":
    main()
