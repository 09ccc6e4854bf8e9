"""Readers and the writer at once: every answer is that of some commit, whole."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from indexer.engine.whoosh import create, invert, open_engine
from indexer.engine.writer import WhooshWriter
from indexer.model import All, Phrase, Query, ScoringTerm, Value, Word
from tests.contract.articles import article

BATCH = 7


def batch(number):
    keys = {"batch": (str(number),)}
    return invert([article(f"{number}/{n}", f"giao quân {n}", "lễ giao quân " * n, keys=keys) for n in range(BATCH)])


def test_readers_that_open_while_a_writer_commits_see_whole_commits(tmp_path):
    create(tmp_path)
    done = Event()

    def read():
        seen = []
        while not done.is_set() or not seen:
            engine = open_engine(tmp_path)
            found = engine.find(Query(match=Word("quân"), facets=(("batch", 99),), limit=3))
            assert found.total == engine.count() == engine.generation * BATCH
            assert dict(found.facets["batch"]) == {str(n): BATCH for n in range(engine.generation)}
            seen.append(engine.generation)
        return seen

    with ThreadPoolExecutor(2) as readers:
        running = [readers.submit(read) for _ in range(2)]
        with WhooshWriter(tmp_path) as writer:
            for number in range(25):
                writer.add(batch(number))
                writer.commit()
        done.set()
        for each in running:
            assert each.result() == sorted(each.result())


def test_threads_that_share_an_engine_get_the_same_answers(tmp_path):
    create(tmp_path)
    for number in range(3):
        with WhooshWriter(tmp_path, small_segment=0) as writer:
            writer.add(batch(number))
            writer.commit()
    words = [Word("lễ"), Word("giao"), Phrase((Word("giao"), Word("quân"))), Value("batch", ("1",)), All()]
    scoring = (ScoringTerm("syllable", "giao", 1.0),)
    asked = [Query(match=word, scoring=scoring, facets=(("batch", 5),)) for word in words]
    expected = [open_engine(tmp_path).find(query) for query in asked]
    pause = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        for _ in range(5):
            shared = open_engine(tmp_path)
            with ThreadPoolExecutor(8) as threads:
                assert list(threads.map(shared.find, asked * 8)) == expected * 8
    finally:
        sys.setswitchinterval(pause)


def test_an_open_engine_outlives_the_files_a_merge_removed(tmp_path):
    create(tmp_path)
    with WhooshWriter(tmp_path) as writer:
        writer.add(batch(0))
        writer.commit()
        before = open_engine(tmp_path)
        writer.add(batch(1))
        writer.commit()
    assert len(list(tmp_path.glob("*.arr"))) == 1
    assert before.find(Query(match=Word("lễ"), limit=99)).total == BATCH - 1
    assert before.stale() and not open_engine(tmp_path).stale()
