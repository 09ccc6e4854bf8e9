"""A file of many lines that changed in a few: only those are read, and the index is as if all had been."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.model.report import Report
from indexer.storage.generations import current
from indexer.storage.manifest import Manifest
from tests.ingest.test_run import held, record, run
from tests.profiles import examples

NEVER = "the date cannot be read: không ngày"
LINES = [
    *(json.dumps(record(id, text)) for id, text in (("one", 0), ("one", 1), ("two", 1), ("three", 2))),
    json.dumps({"title": "Không có mã", "text": "Tỉnh Gia Lai giao quân ngày 5/3/2023."}),  # its id is its place
    json.dumps({"title": "Không có mã", "text": "Tỉnh Kon Tum giao quân ngày 6/3/2023."}),
    "\ufeff" + json.dumps(record("marked", 3)),  # read at the beginning of a file only
    json.dumps(record("dated", 3, date="không ngày")),
    json.dumps({"id": "addressed", "url": "https://baogialai.example/tin-1.html", "title": "Tin", "text": "Tin mới."}),
    "{broken",
    "",
]
versions = st.lists(st.lists(st.sampled_from(LINES), max_size=6), min_size=2, max_size=3)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    put(folder / "a.jsonl", [json.dumps(record("one", 0)), json.dumps(record("two", 1))], 0)
    put(folder / "b.jsonl", [json.dumps(record("three", 2))], 0)
    return folder


def put(path: Path, lines: list[str], at: int) -> None:
    """Write the lines, as a change that a run sees."""
    path.write_text("\n".join(lines), encoding="utf-8")
    os.utime(path, (1_700_000_000 + at,) * 2)


def remembered(corpus: Path) -> object:
    return Manifest(current(corpus.parent / "index")).load().claims


def told(report: Report) -> tuple[object, ...]:
    problems = sorted(report.problems, key=repr)
    return report.articles, report.lines, report.duplicates, report.repeats, report.withdrawn, problems


@settings(max_examples=examples(0.12))
@given(versions)
@example([[LINES[6], LINES[0]], [LINES[0], LINES[6]]])
@example([[LINES[4], LINES[5]], [LINES[5], LINES[4], LINES[4]]])
@example([[LINES[0], LINES[2]], [LINES[2], LINES[1], LINES[0]]])
def test_what_changes_line_by_line_is_what_a_rebuild_gives(versions: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        put(corpus / "b.jsonl", [json.dumps(record("three", 3)), json.dumps(record("four", 1))], 0)
        for at, lines in enumerate(versions, start=1):
            put(corpus / "a.jsonl", lines, at)
            report = run(corpus, allow_mass_delete=True)
        increments = held(corpus), remembered(corpus)
        rebuilt = run(corpus, rebuild=True)
        assert (held(corpus), remembered(corpus)) == increments
        assert told(rebuilt) == told(report)


def test_a_line_that_stands_as_it_stood_is_not_read_again(corpus: Path) -> None:
    line = json.dumps(record("dated", 3, date="không ngày"))
    put(corpus / "c.jsonl", [line], 1)
    assert [note.why for note in run(corpus).notes] == [NEVER]
    put(corpus / "c.jsonl", [json.dumps(record("new", 0)), line, json.dumps(record("newer", 1))], 2)
    report = run(corpus)
    assert (report.new, report.changed, report.unchanged, report.notes) == (2, 0, 4, [])


def test_a_line_that_is_not_read_is_analysed_where_it_is_wanted(corpus: Path) -> None:
    """The second record of an id says what it said, but now that the first has gone it is the one that counts."""
    first, second = json.dumps(record("both", 0)), json.dumps(record("both", 1))
    put(corpus / "c.jsonl", [first, second], 1)
    run(corpus)
    put(corpus / "c.jsonl", [second], 2)
    report = run(corpus)
    assert (report.new, report.changed) == (0, 1)
    assert held(corpus)["both"].article.text == json.loads(second)["text"]


def test_an_archive_without_marks_is_read_whole_once_and_has_them_then(corpus: Path) -> None:
    run(corpus)
    manifest = Manifest(current(corpus.parent / "index"))
    path = str(corpus / "a.jsonl")
    assert len(manifest.marks_of(path)) == 2
    memory = manifest.load()
    manifest.save(memory, [path], [])  # as one that never knew of marks
    assert not manifest.marks_of(path)
    put(corpus / "a.jsonl", [json.dumps(record("one", 0)), json.dumps(record("five", 3))], 3)
    run(corpus)
    assert held(corpus).keys() == {"one", "five", "three"}
    assert len(Manifest(current(corpus.parent / "index")).marks_of(path)) == 2
