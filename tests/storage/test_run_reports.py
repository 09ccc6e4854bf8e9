"""The reports of runs: one for each that ended, the last thirty, never in the way of a run; and what a mail says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indexer.ingest.run import build
from indexer.model.errors import ChecksFailed
from indexer.model.report import MOST_MAILED
from indexer.storage import run_reports
from tests.cli.test_cli import quocphong

GOOD = '{"id": "a/1", "title": "Gia Lai giao quân", "text": "Sáng 5/3/2023, tỉnh Gia Lai tổ chức lễ giao quân."}\n'


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.jsonl").write_text(GOOD, encoding="utf-8")
    return tmp_path / "corpus"


def run(corpus: Path, **how: Any) -> None:
    build(corpus.parent / "index", [str(corpus)], workers=1, **how)


def told(corpus: Path) -> list[dict[str, Any]]:
    return [json.loads(each.read_text(encoding="utf-8")) for each in run_reports.kept(corpus.parent / "index")]


def test_every_run_leaves_its_report_failed_ones_too(corpus: Path) -> None:
    run(corpus)
    (corpus / "a.jsonl").unlink()
    with pytest.raises(ChecksFailed):
        run(corpus)
    good, bad = told(corpus)
    assert (good["exit_code"], good["index"]["new"], good["message"]) == (0, 1, "")
    assert bad["exit_code"] == 13 and "suddenly empty" in bad["message"] and "index" not in bad
    assert all(each["began"] <= each["ended"] for each in (good, bad))


def test_the_last_thirty_stay(tmp_path: Path) -> None:
    for minute in range(40):
        run_reports.keep(tmp_path, f"2026-11-30T09:{minute:02}:00+00:00", {"exit_code": minute})
    kept = run_reports.kept(tmp_path)
    assert (kept[0].name, kept[-1].name) == ("2026-11-30T09-10-00Z.json", "2026-11-30T09-39-00Z.json")
    assert len(kept) == 30


def test_two_runs_of_one_second_keep_both_reports_in_order(tmp_path: Path) -> None:
    for number in range(3):
        run_reports.keep(tmp_path, "2026-11-30T16:00:00+07:00", {"number": number})
    shapes = [json.loads(each.read_text(encoding="utf-8")) for each in run_reports.kept(tmp_path)]
    assert [shape["number"] for shape in shapes] == [0, 1, 2]


def test_a_part_is_added_to_the_newest_and_long_lists_are_cut_and_counted(tmp_path: Path) -> None:
    run_reports.add(tmp_path, "fetch", {"new": 1})  # there is none: nothing happens
    run_reports.keep(tmp_path, "2026-11-30T09:00:00+00:00", {"index": {"problems": [*range(5_000)]}})
    run_reports.add(tmp_path, "fetch", {"new": 2})
    [shape] = [json.loads(each.read_text(encoding="utf-8")) for each in run_reports.kept(tmp_path)]
    assert shape["fetch"] == {"new": 2} and len(shape["index"]["problems"]) == 1_000
    assert shape["index"]["problems_in_all"] == 5_000


def test_a_report_that_cannot_be_kept_fails_no_run(corpus: Path) -> None:
    (corpus.parent / "index").mkdir()
    (corpus.parent / "index" / "reports").write_text("no folder")
    run(corpus)
    assert told(corpus) == []


# --- what a mail of cron says --------------------------------------------------------------------------

LINE = re.compile(r"quocphong: 20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d (.*)")


def mailed(corpus: Path, *more: str, code: int = 0) -> list[str]:
    done = quocphong("index", corpus, "--index", corpus.parent / "index", "--quiet", *more, code=code)
    assert done.stdout == ""
    return [LINE.fullmatch(line)[1] for line in done.stderr.splitlines()]  # type: ignore[index]


def test_a_mail_names_path_line_and_reason_of_what_is_new(corpus: Path) -> None:
    assert mailed(corpus) == []
    (corpus / "b.jsonl").write_text(f"{{broken\n{GOOD.replace('a/1', 'b/1')}[1]\n", encoding="utf-8")
    first, second, last = mailed(corpus, code=3)
    assert first.startswith(f"{corpus}/b.jsonl, line 1: not JSON")
    assert second.startswith(f"{corpus}/b.jsonl, line 3: ") and last.startswith("Done, but 2 files or records")
    assert mailed(corpus) == []
    assert len(mailed(corpus, "--strict", code=3)) == 3


def test_a_mail_is_bounded(corpus: Path) -> None:
    (corpus / "b.jsonl").write_text("{broken\n" * 100, encoding="utf-8")
    lines = mailed(corpus, code=3)
    assert len(lines) == MOST_MAILED + 2 and lines[-2] == f"… and {100 - MOST_MAILED} more"


def test_a_mail_says_why_a_run_failed(corpus: Path) -> None:
    mailed(corpus)
    (corpus / "a.jsonl").unlink()
    [line] = mailed(corpus, code=13)
    assert str(corpus) in line
