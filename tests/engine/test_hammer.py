"""Many threads of readers beside a writer in a process of its own: every answer is that of some commit, whole."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context

from indexer.engine.whoosh import create, open_engine
from indexer.engine.writer import WhooshWriter
from indexer.model import Phrase, Query, ScoringTerm, Word
from tests.engine.test_together import BATCH, batch

COMMITS, THREADS = 20, 8


def write(folder):
    with WhooshWriter(folder) as writer:
        for number in range(COMMITS):
            writer.add(batch(number))
            writer.commit()


def test_threads_answer_for_whole_commits_while_another_process_writes(tmp_path):
    create(tmp_path)
    asked = Query(match=Phrase((Word("giao"), Word("quân"))), scoring=(ScoringTerm("pair", "giao quan", 1.0),),
                  facets=(("batch", 99),), limit=1000)
    writer = get_context("spawn").Process(target=write, args=(tmp_path,))

    def read(_):
        seen = []
        while writer.is_alive() or not seen:
            engine = open_engine(tmp_path)
            for _ in range(3):
                found = engine.find(asked)
                ids = {hit.id for hit in found.hits}
                assert ids == {f"{n}/{i}" for n in range(engine.generation) for i in range(BATCH)}
                assert dict(found.facets["batch"]) == {str(n): BATCH for n in range(engine.generation)}
                assert {entry.id for entry in engine.entries(sorted(ids))} == ids
            seen.append(engine.generation)
        return seen

    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    writer.start()
    try:
        with ThreadPoolExecutor(THREADS) as threads:
            for seen in threads.map(read, range(THREADS)):
                assert seen == sorted(seen)
    finally:
        sys.setswitchinterval(pause)
        writer.join()
    assert writer.exitcode == 0 and open_engine(tmp_path).generation == COMMITS
