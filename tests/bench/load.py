"""Does the site answer right, and stay in shape, while the indexer commits?

    python -m tests.bench.load --requests 2000 --clients 4 --every 3 --processes 2

Starts a real `quocphong serve` (of one process or several) on 127.0.0.1 and, every few seconds, a real `quocphong
index` over a corpus that gains ten articles and loses one a run. Clients ask a mix of pages and API calls, as many as
`--requests` says; one in twenty is of the dearest kinds. An answer is right if it is that of one committed run as a
whole: the total of all articles, the sum over years and the articles of one marked group must belong to the same run.
Prints errors, wrong answers, latencies, and the server's memory and file descriptors over time. Ends with 1 if an
answer was wrong, a request failed, or the
server grew by more than 64 MB or 20 descriptors after its first fifth.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bench.figures import private

START, STEP = 300, 10
PATIENCE = 300  # seconds in which so many commits must have been seen
PAGES = ("/", "/search?q=giao+qu%C3%A2n", "/search?q=dan+quan&year=2023", "/facet/province?q=qu%C3%A2n",
         "/kwic?q=giao+qu%C3%A2n", "/about", "/healthz", "/search?q=%22h%E1%BB%99i+ngh%E1%BB%8B%22&sort=newest")
FREQUENT = ["quân", "lễ", "giao", "nhóm", "tỉnh", "ngày", "đợt", "hội", "nghị",
            "của", "bàn", "công", "tác", "dân", "vệ", "tổ", "chức"]
PAIRS = [f'"{first} {second}"~99' for first in FREQUENT[:8] for second in FREQUENT[8:]]
NEAR = " OR ".join(PAIRS)[:470].rpartition(" OR")[0]
# The dearest kinds; each may also be refused with 503, which says what to narrow.
DEAR = tuple(f"{path}?q={quote(query)}" for path in ("/kwic.csv", "/kwic", "/search.json", "/mentions.csv")
             for query in (" OR ".join(FREQUENT), NEAR))
CHECKED = ("", "quân", "nhóm", '"giao quân"')
COMMAND = (sys.executable, "-m", "indexer.cli")
MEMORY_MB, DESCRIPTORS = 64, 20
PROVINCES = ("Gia Lai", "Kon Tum", "Thanh Hóa", "Lâm Đồng", "Nghệ An")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--requests", type=int, default=2_000)
    options.add_argument("--clients", type=int, default=4)
    options.add_argument("--every", type=float, default=3.0, help="seconds between two runs of the indexer")
    options.add_argument("--processes", type=int, default=1, help="of the server")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return Load(Path(folder), given.requests, given.clients, given.every, given.processes).run()


class Load:
    """One trial: a corpus, a server, an indexer that keeps running, and clients."""

    def __init__(self, folder: Path, requests: int, clients: int, every: float, processes: int = 1,
                 commits: int = 1) -> None:
        """Until `requests` have been answered and the answers were of `commits` commits, or PATIENCE seconds."""
        self.corpus, self.index = folder / "corpus", folder / "index"
        self.corpus.mkdir()
        self.requests, self.clients, self.every, self.processes = requests, clients, every, processes
        self.commits = commits
        self.states: set[int] = set()
        self.totals: list[int] = []
        self.wrong: list[str] = []
        self.failed: list[str] = []
        self.taken: list[float] = []
        self.samples: list[tuple[float, int]] = []
        self.over = threading.Event()
        self.runs = 0

    def run(self) -> int:
        self.index_once()
        port = free_port()
        server = subprocess.Popen([*COMMAND, "serve", "--index", self.index, "--port", str(port),
                                   "--processes", str(self.processes)],
                                  stderr=subprocess.DEVNULL)
        with answering(server, port):
            return self.under_load(server.pid, port)

    def under_load(self, server: int, port: int) -> int:
        indexer = threading.Thread(target=self.keep_indexing)
        watcher = threading.Thread(target=self.watch, args=(server,))
        indexer.start()
        watcher.start()
        begun = time.monotonic()
        with ThreadPoolExecutor(self.clients) as clients:
            list(clients.map(partial(self.keep_asking, port, count(), begun + PATIENCE), range(self.clients)))
        seconds = time.monotonic() - begun
        self.over.set()
        indexer.join()
        watcher.join()
        return self.report(seconds)

    # -- the indexer --------------------------------------------------------------------------

    def keep_indexing(self) -> None:
        while not self.over.wait(self.every):
            self.index_once(rebuild=self.runs % 7 == 6)

    def index_once(self, rebuild: bool = False) -> None:
        """Run `n` holds articles n … START + 10 n: nine more than the run before."""
        for number in range(0 if self.runs == 0 else START + STEP * (self.runs - 1), START + STEP * self.runs):
            (self.corpus / f"{number}.txt").write_text(article(number), encoding="utf-8")
        if self.runs:
            (self.corpus / f"{self.runs - 1}.txt").unlink()
        self.states.add(START + (STEP - 1) * self.runs)
        self.runs += 1
        done = subprocess.run([*COMMAND, "index", self.corpus, "--index", self.index, "--quiet", "--workers", "1",
                               *(["--rebuild"] if rebuild else [])], capture_output=True, text=True)
        if done.returncode:
            self.failed.append(f"index ended with {done.returncode}: {done.stderr}")

    # -- the clients --------------------------------------------------------------------------

    def keep_asking(self, port: int, numbers: Iterator[int], deadline: float, _: int) -> None:
        while (len(self.taken) < self.requests or len(set(self.totals)) < self.commits) and time.monotonic() < deadline:
            self.ask(port, next(numbers))

    def ask(self, port: int, number: int) -> None:
        chance = random.Random(number)
        address = f"http://127.0.0.1:{port}"
        begun = time.monotonic()
        try:
            if number % 20 == 19:
                fetch_if_affordable(address + chance.choice(DEAR))
            elif number % 2:
                fetch(address + chance.choice(PAGES))
            else:
                query = chance.choice(CHECKED)
                self.check(query, json.loads(fetch(f"{address}/api/search?q={quote(query)}&limit=1")))
        except (OSError, ValueError) as error:
            self.failed.append(f"request {number}: {error}")
        self.taken.append(time.monotonic() - begun)

    def check(self, query: str, answer: dict[str, Any]) -> None:
        """Every article holds every word asked for and has a year, so both counts are those of one run."""
        years = sum(value["count"] for value in answer["facets"]["year"])
        if answer["total"] not in self.states or years != answer["total"]:
            self.wrong.append(f"{query!r}: {answer['total']} articles, {years} by year")
        self.totals.append(answer["total"])

    # -- the server ---------------------------------------------------------------------------

    def watch(self, server: int) -> None:
        while not self.samples or not self.over.wait(0.5):
            family = [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]
            self.samples.append((sum(map(private, family)), sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in family)))

    def report(self, seconds: float) -> int:
        taken = sorted(self.taken)
        settled = self.samples[len(self.samples) // 5:]
        memory, descriptors = [sample[0] for sample in settled], [sample[1] for sample in settled]
        growth = memory[-1] - memory[0], descriptors[-1] - descriptors[0]
        print(f"{len(taken)} requests by {self.clients} clients in {seconds:.0f} s, {self.runs} runs of the indexer;"
              f" answers of {len(set(self.totals))} different commits")
        print(f"failed {len(self.failed)}, wrong {len(self.wrong)};"
              f" median {statistics.median(taken) * 1e3:.0f} ms, 99 % {taken[int(len(taken) * 0.99)] * 1e3:.0f} ms")
        print(f"own memory {memory[0]:.0f} -> {memory[-1]:.0f} MB (most {max(memory):.0f}),"
              f" descriptors {descriptors[0]} -> {descriptors[-1]} (most {max(descriptors)})")
        for line in [*self.failed, *self.wrong][:10]:
            print(" ", line)
        return int(bool(self.failed or self.wrong) or growth[0] > MEMORY_MB or growth[1] > DESCRIPTORS)


def article(number: int) -> str:
    province = PROVINCES[number % len(PROVINCES)]
    return (f"{province}: lễ giao quân nhóm {number}\nNgày {number % 28 + 1}/3/{2019 + number % 6}, tỉnh {province} tổ"
            f" chức lễ giao quân đợt {number}, hội nghị của nhóm {number} bàn công tác dân quân tự vệ.\n")


def fetch(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=60) as response:
        body: bytes = response.read()
        return body


def fetch_if_affordable(address: str) -> None:
    try:
        fetch(address)
    except urllib.error.HTTPError as refused:
        if refused.code != 503:
            raise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def answering(server: subprocess.Popen[bytes], port: int) -> Iterator[None]:
    """A context that begins when the server answers, and ends it."""
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            fetch(f"http://127.0.0.1:{port}/healthz")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    sys.exit(main())
