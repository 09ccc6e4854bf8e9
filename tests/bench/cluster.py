"""The engine in a folder beside the engine on a cluster: the same articles, the same queries, one run.

    python -m tests.bench.cluster SITE [ARTICLES [COPIES]]

SITE is an index folder that `quocphong index` made (its stored articles are what is measured on). Each of the first
ARTICLES is indexed COPIES times under ids of its own. One node, one shard, on this machine. Answers are compared before
times are: totals and facet counts must be equal, and the best ten but for ties. Processor time counts this process and
the server's; the time on the clock is the better of two and says less on a busy machine.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from indexer import entities, text
from indexer.engine import whoosh
from indexer.engine.cluster.client import connect
from indexer.engine.port import Engine
from indexer.ingest.workers import chunks
from indexer.model import Entry, Found, Query
from indexer.model.cluster_address import ClusterAddress
from indexer.search.query import plan
from indexer.search.service import FACETS
from indexer.storage import backends
from indexer.storage.index_folder import current_folder
from tests.bench.engine import CLASSES, drawn
from tests.cluster.server import Cluster, fetch

CHUNK = 200
TOP = 10
THREADS, SECONDS = 4, 20
HEAP = "1g"
TIE = 1e-4


def main(site: Path, articles: int, copies: int) -> None:
    fetch()
    with Cluster(1, heap=HEAP) as cluster, tempfile.TemporaryDirectory() as name:
        server = Server(cluster)
        made = {"whoosh": backends.create(folder(name, "whoosh"), {}, None),
                "opensearch": backends.create(folder(name, "cluster"), {}, ClusterAddress((cluster.urls[0],), "bench"))}
        print(f"{articles:,} articles, {copies} times each; one node, one shard, {HEAP} heap\n")
        indexed(site, articles, copies, made, server)
        size = sum(file.stat().st_size for file in folder(name, "whoosh").iterdir())
        client = connect(ClusterAddress((cluster.urls[0],), "bench"))
        stored = client.indices.stats(index="bench-000001", metric="store")["_all"]["total"]["store"]["size_in_bytes"]
        print(f"on disk: whoosh {size / 1e6:.0f} MB, opensearch {stored / 1e6:.0f} MB\n")
        engines = {kind: backend.open() for kind, backend in made.items()}
        asked = questions(engines["whoosh"])
        compared(engines, asked)
        timed(engines, asked, server)
        loaded(engines, asked)
        print(f"server: {server.memory() / 1e6:.0f} MB resident")


def folder(name: str, kind: str) -> Path:
    made = Path(name) / kind
    made.mkdir(exist_ok=True)
    return made


class Server:
    """The server's process, for its processor time."""

    def __init__(self, cluster: Cluster) -> None:
        assert cluster.nodes[0].process is not None
        self.pid = cluster.nodes[0].process.pid

    def seconds(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


# --- indexing --------------------------------------------------------------------------------


def indexed(site: Path, articles: int, copies: int, made: dict[str, Any], server: Server) -> None:
    """Both engines filled from the same terms; what each costs beyond making those."""
    spent = {kind: [0.0, 0.0, 0.0] for kind in made}  # this process, the server, the clock
    writers = {kind: backend.writer() for kind, backend in made.items()}
    count = 0

    def charge(kind: str, work: Any) -> None:
        before = time.process_time(), server.seconds(), time.perf_counter()
        work()
        after = time.process_time(), server.seconds(), time.perf_counter()
        spent[kind] = [held + b - a for held, a, b in zip(spent[kind], before, after, strict=True)]

    for entries in chunks(islice(stored(site), articles), CHUNK):
        terms = list(text.analyze_all((e.article.title, e.article.text, entities.entity_words(e.entities))
                                      for e in entries))
        for copy in range(copies):
            block = list(zip([renamed(entry, copy) for entry in entries], terms, strict=True))
            count += len(block)
            for kind, backend in made.items():
                charge(kind, lambda kind=kind, backend=backend, block=block: writers[kind].add(backend.invert(block)))
    for kind, writer in writers.items():
        charge(kind, writer.commit)
        writer.close()
    print("| indexing | this process, ms/article | server, ms/article | clock, articles/s |\n|---|---|---|---|")
    for kind, (own, other, clock) in spent.items():
        served = 1000 * other / count if kind == "opensearch" else 0
        print(f"| {kind} | {1000 * own / count:.2f} | {served:.2f} | {count / clock:.0f} |")
    print()


def stored(site: Path) -> Iterator[Entry]:
    engine = whoosh.WhooshEngine.open(current_folder(site))
    for ids in chunks(engine.ids(), CHUNK):
        yield from engine.entries(ids)


def renamed(entry: Entry, copy: int) -> Entry:
    return entry if not copy else replace(entry, article=replace(entry.article, id=f"{copy}/{entry.id}"))


# --- searching -------------------------------------------------------------------------------


def questions(engine: Engine) -> dict[str, list[Query]]:
    """The queries of each class as the product asks them: its match, its scoring, all its facets."""
    return {kind: [asked(engine, kind, words) for words in rows] for kind, rows in
            drawn(engine, random.Random(1)).items()}  # type: ignore[arg-type]


def asked(engine: Engine, kind: str, words: tuple[str, ...]) -> Query:
    written = f'"{" ".join(words)}"' if kind.startswith("phrase") else (" OR " if kind == "or 3" else " ").join(words)
    return replace(plan(written, engine).query, facets=FACETS, limit=TOP)


def compared(engines: dict[str, Engine], asked: dict[str, list[Query]]) -> None:
    """SystemExit unless both give the same answers."""
    same = order = total = 0
    for query in (query for queries in asked.values() for query in queries):
        one, other = (engine.find(query) for engine in engines.values())
        if (one.total, dict(one.facets)) != (other.total, dict(other.facets)) or not alike(one, other):
            raise SystemExit(f"they answer {query.text!r} differently:\n{one}\n{other}")
        total += 1
        same += one.total
        order += [hit.id for hit in one.hits] == [hit.id for hit in other.hits]
    print(f"{total} queries: equal totals, facet counts and scores; the best ten in the same order in {order}"
          f" (the others hold ties); {same / total:.0f} matches on average\n")


def alike(one: Found, other: Found) -> bool:
    pairs = zip(one.hits, other.hits, strict=True)
    return all(abs(mine.score - theirs.score) <= TIE * max(1.0, mine.score) for mine, theirs in pairs)


def timed(engines: dict[str, Engine], asked: dict[str, list[Query]], server: Server) -> None:
    print("| class | " + " | ".join(f"{kind}: processor ms, median ms, p95 ms" for kind in engines) + " |")
    print("|---|" + "---|" * len(engines))
    for kind in CLASSES:
        cells = [cell(engine, asked[kind], server) for engine in engines.values()]
        print(f"| {kind} | " + " | ".join(cells) + " |", flush=True)
    print()


def cell(engine: Engine, queries: Sequence[Query], server: Server) -> str:
    clock, before = [], time.process_time() + server.seconds()
    rounds = 3
    for query in queries:
        times = []
        for _ in range(rounds):
            began = time.perf_counter()
            engine.find(query)
            times.append(1000 * (time.perf_counter() - began))
        clock.append(min(times[1:]))
    spent = 1000 * (time.process_time() + server.seconds() - before) / (rounds * len(queries))
    clock.sort()
    return f"{spent:.1f}, {median(clock):.1f}, {clock[int(0.95 * len(clock))]:.1f}"


def loaded(engines: dict[str, Engine], asked: dict[str, list[Query]]) -> None:
    """Queries a second from several threads at once."""
    queries = [query for some in zip(*asked.values(), strict=True) for query in some]
    print(f"| {THREADS} threads, {SECONDS} s | queries/s |\n|---|---|")
    for kind, engine in engines.items():
        until = time.perf_counter() + SECONDS
        with ThreadPoolExecutor(THREADS) as pool:
            run = partial(asking, engine, queries, until=until)
            done = sum(pool.map(run, range(THREADS)))
        print(f"| {kind} | {done / SECONDS:.1f} |", flush=True)
    print()


def asking(engine: Engine, queries: Sequence[Query], first: int, until: float) -> int:
    done = 0
    while time.perf_counter() < until:
        engine.find(queries[(first * 7 + done) % len(queries)])
        done += 1
    return done


if __name__ == "__main__":
    site, count, times = [*sys.argv[1:], *("1000000000", "1")[len(sys.argv) - 2 :]]
    main(Path(site), int(count), int(times))
