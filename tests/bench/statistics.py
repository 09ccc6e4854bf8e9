"""What tables of statistics cost: processor time of each, beside what its estimate was.

    python -m tests.bench.statistics INDEX [--repeat 5] [--times 1] [--word WORD …]

Milliseconds of processor, the median of so many runs with an empty cache of matches; what is made once for all
requests (the vocabulary) is told apart. `--times` takes the segments so many times over: an archive so many times as
large, with the same vocabulary.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time, thread_time
from typing import Any

from indexer.engine.reader import IndexReader
from indexer.engine.toc import open_segments
from indexer.engine.whoosh import WhooshEngine
from indexer.model import Query, budget
from indexer.search.people import People
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import collocates, frequency, keyness, together
from indexer.search.statistics.neighbours import Reach
from indexer.storage import generations

WORDS = ("tuyển quân", "quốc phòng", "quân", "công an", "có")


def opened(folder: Path, times: int) -> WhooshEngine:
    """The index in `folder`, its segments `times` times over."""
    toc, parts = open_segments(folder)
    index = IndexReader([(block, segment.deleted) for segment, block in parts] * times)
    index.prepare()
    return WhooshEngine(folder, int(toc.generation), index)


def tables(engine: Any, word: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each table for a word."""
    search = SavedSearch(q=word)
    for unit in ("word", "syllable"):
        yield f"collocates, {unit}s", lambda unit=unit: collocates.collocates(engine, search, reach=Reach(unit))
    yield "collocates, window 10", lambda: collocates.collocates(engine, search, reach=Reach(window=10))
    yield "key words", lambda: keyness.keyness(engine, search)
    for size in (1, 2, 3):
        wish = frequency.Wish(size=size, minimum=1 if size == 1 else 2)
        yield f"rows of {size}", lambda wish=wish: frequency.frequencies(engine, search, wish=wish)


def cost(engine: Any, make: Callable[[], Any], repeat: int) -> tuple[float, float, Any]:
    """(seconds of processor, seconds planned, the table)."""
    taken, planned, made = [], 0.0, None
    for _ in range(repeat):
        engine.clear_cache()
        with budget.within(budget.Budget(1e9, 1 << 62)) as held:
            started = thread_time()
            made = make()
            taken.append(thread_time() - started)
            planned = held.planned
    return median(taken), planned, made


def main() -> None:
    """Print a line for each table and word."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("index", type=Path)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--word", action="append")
    args = parser.parse_args()
    engine = opened(generations.current(args.index), args.times)
    started = process_time()
    engine.word_counts(Query(), 1)
    collocates.collocates(engine, SavedSearch(q="quân"), reach=Reach("syllable"))
    print(f"{engine.count():,} articles; made once: {1000 * (process_time() - started):.0f} ms")
    for word in args.word or WORDS:
        for name, make in tables(engine, word):
            seconds, planned, made = cost(engine, make, args.repeat)
            print(f"{word:12} {name:22} {1000 * seconds:6.0f} ms  planned {1000 * planned:6.0f}"
                  f"  read {made.read.read:,} of {made.read.articles:,}")
    people = People(engine)
    for second in together.SECONDS:
        wish = together.Wish(second)
        seconds, planned, made = cost(
            engine, lambda wish=wish: together.named_together(engine, SavedSearch(), people, wish=wish), args.repeat)
        print(f"{'':12} named with {second:11} {1000 * seconds:6.0f} ms  planned {1000 * planned:6.0f}"
              f"  pairs {made.found:,}")


if __name__ == "__main__":
    main()
