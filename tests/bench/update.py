"""Keeping up: a hundred changed articles end to end, and what two hundred such commits do to search."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from indexer.engine.whoosh import WhooshEngine, invert, open_engine, open_writer
from indexer.model.errors import NewlyUnreadable
from indexer.text.analyze import analyze
from tests.bench import building
from tests.bench.engine import drawn, one_field
from tests.bench.figures import median, timed

CHANGED, RUNS, SEED = 100, 200, 3


def report(work: Path) -> Iterator[str]:
    building.built(work)
    for files in (1, CHANGED):
        yield end_to_end(work, files)
    yield from many_runs(work)


def end_to_end(work: Path, files: int) -> str:
    """`quocphong index` after a hundred articles changed, evenly in so many files; and when nothing changed."""
    changed = sorted((work / "corpus").glob("*.jsonl"))[-files:]
    for file in changed:
        lines = file.read_text(encoding="utf-8").removesuffix("\n").split("\n")  # JSON may hold other line ends
        for number in range(CHANGED // len(changed)):
            record = json.loads(lines[number])
            record["text"] = f"{record.get('text') or ''}\nBản sửa {time.time_ns()}."
            lines[number] = json.dumps(record, ensure_ascii=False)
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    run = [sys.executable, "-m", "indexer.cli", "index", "--json", "--index", str(work / "site"), str(work / "corpus")]
    seconds, said = timed(lambda: told(run))
    told(run)  # a file changed just before a run is looked at once more
    idle, _ = timed(lambda: told(run))
    return (f"{said['changed']} articles changed in {len(changed)} files: {seconds / 1000:.1f} s;"
            f" a run that finds nothing to do: {idle / 1000:.1f} s")


def told(run: Sequence[str]) -> Any:
    """The report of a run of the command."""
    done = subprocess.run(run, stdout=subprocess.PIPE)
    if done.returncode not in (0, NewlyUnreadable.exit_code):  # a few records without a text are no failure
        raise SystemExit(f"quocphong index failed: {done.stdout.decode()}")
    return json.loads(done.stdout)


def many_runs(work: Path) -> Iterator[str]:
    """Two hundred commits of a hundred articles each, on a copy of the engine's index; search before and after."""
    folder = work / "updated"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(work / "engines" / "ours", folder)
    engine, chance = open_engine(folder), random.Random(SEED)
    asked = drawn(engine, random.Random(SEED))
    ids, fresh = list(engine.ids()), latency(engine, asked)
    seconds, most = [], 0
    for _ in range(RUNS):
        entries = engine.entries(chance.sample(ids, CHANGED))
        block = invert([(e, analyze("", f"{e.article.title}\n{e.article.text}")) for e in entries])
        with open_writer(folder) as writer:
            seconds.append(timed(lambda writer=writer, block=block: (writer.add(block), writer.commit()))[0] / 1000)
        most = max(most, len(list(folder.glob("*.arr"))))
    worn = latency(open_engine(folder), asked)
    yield (f"{RUNS} commits of {CHANGED} changed articles: median {median(seconds):.2f} s, at most"
           f" {max(seconds):.2f} s; never more than {most} segments; search then takes {worn / fresh:.2f} x")
    shutil.rmtree(folder)


def latency(engine: WhooshEngine, asked: dict[str, list[tuple[str, ...]]]) -> float:
    """The mean over the classes of the median warm query, in milliseconds."""
    classes = []
    for kind, rows in asked.items():
        queries = [one_field(kind, words) for words in rows]
        best = [min(timed(lambda q=q: (engine.clear_cache(), engine.find(q)))[0] for _ in range(4)) for q in queries]
        classes.append(median(best))
    return sum(classes) / len(classes)
