"""The page: HTML with facets and ten snippets from `quocphong serve`, over HTTP.

Cold: a fresh server process is asked every query once, while it still makes its tables behind the readers' backs; warm:
once more when they are made, every page made anew. Afterwards two readers ask at once, for the rate. Asked again: the
same of a server that remembers its pages, as it does by default. The floor is the same page inside the process with the
engine's answers remembered: what anyone's page costs.
"""

from __future__ import annotations

import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from indexer.model.settings import load
from indexer.storage.index_folder import open_engine
from tests.bench.engine import drawn
from tests.bench.figures import median, p95, private, processor_seconds, table, timed, worked

READERS = 2
SEED = 2
IDLE = 0.05  # processor seconds of two seconds in which a server does nothing


def report(work: Path) -> Iterator[str]:
    """Latencies by class, the rate, the memory, and the floor."""
    site = work / "site"
    opening, engine = timed(lambda: open_engine(site))
    yield f"opening {engine.count():,} articles: {opening / 1000:.2f} s"
    words = drawn(engine, random.Random(SEED))
    asked = {kind: [address(kind, each) for each in rows] for kind, rows in words.items()}
    with served(site, pages_mb=0) as (port, pid):
        get = reader(port)
        get("/about")  # the server is up; the index is open
        yield f"server: private memory {private(pid):.0f} MB before the first search"
        order = random.Random(SEED).sample(paths := [path for rows in asked.values() for path in rows], len(paths))
        cold = {path: timed(lambda path=path: get(path))[0] for path in order}
        settle(pid)
        warm = {path: timed(lambda path=path: get(path))[0] for path in order}
        everything = [*asked.items(), ("all", paths)]
        yield table(["class", "cold, median (p95) ms", "warm"], [
            [kind, *(figures([times[path] for path in rows]) for times in (cold, warm))] for kind, rows in everything])
        yield rate(port, pid, order)
        yield f"server: private memory {private(pid):.0f} MB after all queries"
    with served(site) as (port, pid):
        get = reader(port)
        for path in order:
            get(path)
        settle(pid)
        yield f"asked again: {figures([timed(lambda path=path: get(path))[0] for path in order])} ms"
        yield rate(port, pid, order)
        yield f"server: private memory {private(pid):.0f} MB after all queries"
    yield floor(site, order)


def address(kind: str, words: tuple[str, ...]) -> str:
    text = f'"{" ".join(words)}"' if kind.startswith("phrase") else (" OR " if kind == "or 3" else " ").join(words)
    return "/search?q=" + quote_plus(text)


def figures(values: Sequence[float]) -> str:
    return f"{median(values):.1f} ({p95(values):.1f})"


def rate(port: int, pid: int, paths: Sequence[str]) -> str:
    """Pages a second with several readers, and by the server's processor time alone."""
    before, began = processor_seconds(pid), time.monotonic()
    with ThreadPoolExecutor(READERS) as readers:
        list(readers.map(lambda number: list(map(reader(port), paths[number::READERS])), range(READERS)))
    seconds, processor = time.monotonic() - began, processor_seconds(pid) - before
    return (f"{len(paths) / seconds:.0f} pages a second with {READERS} readers;"
            f" {processor / len(paths) * 1000:.1f} ms of processor each: {len(paths) / processor:.0f} a core-second")


def reader(port: int) -> Callable[[str], bytes]:
    """Fetches pages over one connection that is kept."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(path: str) -> bytes:
        connection.request("GET", path)
        response = connection.getresponse()
        page = response.read()
        if response.status != 200:
            raise SystemExit(f"{path}: {response.status}")
        return page

    return get


@contextmanager
def served(site: Path, **settings: object) -> Iterator[tuple[int, int]]:
    """The port and process of a fresh server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "indexer.cli", "serve", "--index", str(site), "--port", str(port)]
    given = {f"QUOCPHONG_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | given)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def settle(pid: int) -> None:
    """Wait until the process has nothing left to do."""
    before = -1.0
    while processor_seconds(pid) - before > IDLE:
        before = processor_seconds(pid)
        time.sleep(2)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


# --- the floor -------------------------------------------------------------------------------


class Remembering:
    """An engine whose answers cost nothing the second time."""

    def __init__(self, engine: Any) -> None:
        self._engine, self._answers = engine, {}

    def find(self, query: Any) -> Any:
        if (found := self._answers.get(query)) is None:
            found = self._answers[query] = self._engine.find(query)
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)


def floor(site: Path, paths: Sequence[str]) -> str:
    """Processor milliseconds of a page within the process: with the engine, and with its answers remembered."""
    from search_app import create_app

    app = create_app(site, load(given={"pages_mb": "0"}))
    client, archive = app.test_client(), app.extensions["archive"]
    client.get(paths[0])
    rows = []
    for wrap in (lambda engine: engine, Remembering):
        archive._engine = wrap(archive._engine)
        for path in paths:
            client.get(path)
        rows.append([worked(lambda path=path: client.get(path))[0] for path in paths])
    return (f"in the process, warm, processor ms: page {figures(rows[0])}; the floor, with the engine's answers"
            f" remembered: {figures(rows[1])}")
