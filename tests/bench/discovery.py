"""What suggestions, related articles, concordances and stories cost: `python -m tests.bench.discovery INDEX`.

Prints one line a figure; times are of this process, so that a busy machine shows less in them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from indexer.model import Entry
from indexer.search.kwic import kwic
from indexer.search.more_like_this import related
from indexer.search.suggest import suggest, tables_of
from indexer.storage.index_folder import open_engine
from indexer.storage.minhash import signature
from indexer.storage.near_duplicates import MinhashTable, told

TYPED = ("b", "t", "qu", "quân", "quaan", "Nguye6n4", "le van", "bo chqs", "dien tap k", "hà n", "công an t", "d9")
QUERIES = ("tuyển quân", "quốc phòng", "khu vực phòng thủ")
ENTRIES, LINKED = 60, 5_000


def main(index: Path) -> None:
    engine = open_engine(index)
    told_at, entries = Random(1), list(engine.ids())
    some = engine.entries(told_at.sample(entries, min(LINKED, len(entries))))
    print(f"{engine.count()} articles")
    print(f"suggest: tables made in {seconds(lambda: tables_of(engine)):.2f} s")
    report("suggest, first time", TYPED, lambda typed: suggest(engine, typed))
    report("suggest, again", TYPED, lambda typed: suggest(engine, typed))
    for way in ("first time", "again"):
        report(f"related, {way}", some[:ENTRIES], lambda entry: related(engine, entry))
    for query in QUERIES:
        found = kwic(engine, query)
        print(f"kwic {query!r}: {found.total_lines} lines in {found.articles} articles,"
              f" {seconds(lambda query=query: kwic(engine, query)):.2f} s")
    stories(some)


def stories(some: list[Entry]) -> None:
    texts = {entry.id: told(entry.article) for entry in some}
    signed = {}
    sign = seconds(lambda: signed.update({id: signature(text) for id, text in texts.items()}))
    link = seconds(lambda: MinhashTable.empty().updated(signed, texts, texts.__getitem__, 1))
    print(f"stories: signature {1000 * sign / len(texts):.3f} ms, links {1000 * link / len(texts):.3f} ms an article")


def report(name: str, cases: Iterable[Any], run: Callable[[Any], object]) -> None:
    times = sorted(1000 * seconds(lambda case=case: run(case)) for case in cases)
    print(f"{name}: median {times[len(times) // 2]:.1f} ms, slowest {times[-1]:.1f} ms")


def seconds(run: Callable[[], object]) -> float:
    started = process_time()
    run()
    return process_time() - started


if __name__ == "__main__":
    main(Path(sys.argv[1]))
