"""A run that has nothing to do is known by the corpus files: it says what a full run says, and reads nothing else."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.ingest.quiet_run import FILE, read
from indexer.model.report import Report
from indexer.operations.withdraw import bring_back, withdraw
from indexer.sources import Limits
from indexer.storage import manifest_file, near_duplicates
from indexer.storage.index_folder import current_folder
from tests.ingest.test_run import record, run, write


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus that two runs found as it is, with a line that cannot be read and a file of another kind."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    write(folder / "a.jsonl", [record("one", 0), record("two", 1)])
    (folder / "b.jsonl").write_text(json.dumps(record("three", 2)) + "\n{broken\n", encoding="utf-8")
    (folder / "notes.xyz").write_text("", encoding="utf-8")
    hour_ago = time.time_ns() - 3_600 * 10**9
    for path in folder.iterdir():
        os.utime(path, ns=(hour_ago, hour_ago))  # what changed just now is looked at again
    run(folder)
    assert not note(folder).exists()
    run(folder)
    assert note(folder).exists()
    return folder


def note(corpus: Path) -> Path:
    return current_folder(corpus.parent / "index") / FILE


def garble(path: Path) -> None:
    """Other bytes under the same name, size and time."""
    held = path.stat()
    path.write_bytes(b"x" * held.st_size)
    os.utime(path, ns=(held.st_atime_ns, held.st_mtime_ns))


def timeless(report: Report) -> Report:
    return replace(report, seconds=0.0)


def test_it_says_what_a_full_run_says(corpus: Path) -> None:
    quiet = run(corpus)
    note(corpus).unlink()
    assert timeless(quiet) == timeless(run(corpus))
    assert (quiet.unchanged, len(quiet.problems), quiet.newly, quiet.new) == (3, 1, 0, 0)


def test_it_opens_neither_the_manifest_nor_the_stories(corpus: Path) -> None:
    for name in (manifest_file.FILE, near_duplicates.FILE):
        garble(current_folder(corpus.parent / "index") / name)
    assert run(corpus).unchanged == 3


def other_folder(corpus: Path) -> None:
    folder = corpus.parent / "more"
    folder.mkdir()
    write(folder / "c.jsonl", [record("four", 3)])


# what happens -> what the next run must find: new, changed, deleted, withdrawn, problems
CHANGES: dict[str, tuple[Callable[[Path], object], tuple[int, int, int, int, int]]] = {
    "a file more": (lambda c: write(c / "c.jsonl", [record("four", 3)]), (1, 0, 0, 0, 1)),
    "a changed file": (lambda c: write(c / "a.jsonl", [record("one", 3), record("two", 1)]), (0, 1, 0, 0, 1)),
    "a file less": (lambda c: (c / "a.jsonl").unlink(), (0, 0, 2, 0, 1)),
    "a renamed file": (lambda c: (c / "a.jsonl").rename(c / "z.jsonl"), (0, 2, 0, 0, 1)),
    "a mended line": (lambda c: write(c / "b.jsonl", [record("three", 2)]), (0, 0, 0, 0, 0)),
    "a withdrawal": (lambda c: withdraw(c.parent / "index", "one", reason="asked for"), (0, 0, 0, 1, 1)),
    "a lost manifest": (lambda c: (note(c).parent / manifest_file.FILE).unlink(), (0, 0, 0, 0, 1)),
    "lost stories": (lambda c: (note(c).parent / near_duplicates.FILE).unlink(), (0, 0, 0, 0, 1)),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_run_after_any_change_is_a_full_one(corpus: Path, kind: str) -> None:
    change, wanted = CHANGES[kind]
    change(corpus)
    found = run(corpus, allow_mass_delete=True)
    assert (found.new, found.changed, found.deleted, found.withdrawn, len(found.problems)) == wanted
    note(corpus).unlink(missing_ok=True)
    again = run(corpus, allow_mass_delete=True)
    assert (again.new, again.changed, again.deleted, again.articles) == (0, 0, 0, found.articles)


def test_an_article_brought_back_is_indexed_again(corpus: Path) -> None:
    withdraw(corpus.parent / "index", "one", reason="asked for")
    assert [run(corpus).articles for _ in range(3)] == [2, 2, 2]
    bring_back(corpus.parent / "index", "one")
    assert [run(corpus).articles for _ in range(3)] == [3, 3, 3]


def test_other_roots_or_limits_make_it_a_full_run(corpus: Path) -> None:
    other_folder(corpus)
    assert run(corpus, also=[str(corpus.parent / "more")]).new == 1
    assert len(run(corpus, limits=Limits(document=10)).problems) >= 1


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"state": 1, "roots": [], "report": {}}',
                                  '{"state": "x", "roots": 5, "report": {"problems": [{"no": 1}]}}'])
def test_a_note_that_cannot_be_read_is_none(corpus: Path, text: str) -> None:
    note(corpus).write_text(text, encoding="utf-8")
    assert run(corpus).unchanged == 3
    written = read(note(corpus).parent)
    assert written is not None and written.report.unchanged == 3
