"""Every run leaves word of how it went: for people, for scripts and for Prometheus."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.model.errors import DiskFull
from indexer.model.report import Report
from indexer.storage.run_status import Attempt, Status, Success, metrics, read, recorded, write
from tests.cli.test_cli import corpus, from_json, quocphong  # noqa: F401 - corpus is a fixture

DONE = Success("2026-11-21T10:00:00+00:00", 1_000_001, 5, 5, 0, 0, 1, 0, 2.5, ("corpus",))


def succeed(folder: Path) -> None:
    with recorded(folder) as succeeded:
        succeeded(Report(articles=3, remembered=["corpus"]))


def fail(folder: Path, error: BaseException) -> None:
    with pytest.raises(type(error)), recorded(folder):
        raise error


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    status = Status(Attempt("2026-11-21T10:00:00+00:00", None, None), DONE, 2)
    write(tmp_path, status)
    assert read(tmp_path) == status


def test_a_failure_keeps_the_last_success_and_counts(tmp_path: Path) -> None:
    succeed(tmp_path)
    success = read(tmp_path).success
    for _ in range(2):
        fail(tmp_path, DiskFull("Nothing is left."))
    seen = read(tmp_path)
    assert (seen.success, seen.failures) == (success, 2)
    assert (seen.attempt.exit_code, seen.attempt.message) == (14, "Nothing is left.")
    succeed(tmp_path)
    assert read(tmp_path).failures == 0


def test_a_run_stopped_after_it_had_saved_is_a_success_that_ended_with_130(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), recorded(tmp_path) as succeeded:
        succeeded(Report(articles=3))
        raise KeyboardInterrupt
    seen = read(tmp_path)
    assert (seen.failures, seen.attempt.exit_code, seen.success.articles) == (0, 130, 3)


def test_a_run_without_an_end_was_killed_and_counts_as_a_failure(tmp_path: Path) -> None:
    write(tmp_path, Status(Attempt("2026-11-21T10:00:00+00:00"), DONE, 0))
    fail(tmp_path, ValueError("…"))
    assert read(tmp_path).failures == 2


@pytest.mark.parametrize(("hours", "stale"), [(-5, False), (0, False), (47, False), (48, True), (500, True)])
def test_staleness_is_the_age_of_the_last_success(hours: int, stale: bool) -> None:
    now = datetime.fromisoformat(DONE.at).astimezone(UTC) + timedelta(hours=hours)
    assert Status(success=DONE).is_stale(48, now) == stale
    assert Status().is_stale(48, now) is False


def test_the_metrics_are_in_prometheus_text_format() -> None:
    text = "".join(metrics(Status(Attempt(DONE.at, DONE.at, 0), DONE)))
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) quocphong_\w+ .+|quocphong_[a-z_]+ -?\d+(\.\d+)?", line)
    assert "quocphong_last_success_timestamp_seconds 1795255200.0\n" in text


def test_status_and_metrics_tell_a_failed_run_from_a_good_one(corpus: Path, tmp_path: Path) -> None:  # noqa: F811
    index, prom = tmp_path / "i", tmp_path / "q.prom"
    assert quocphong("index", corpus, "--index", index, "--quiet", "--metrics", prom).stdout == ""
    good = from_json("status", "--index", index)
    (corpus / "a.jsonl").unlink()
    failed = json.loads(quocphong("index", "--index", index, "--metrics", prom, "--json", code=13).stdout)
    bad = from_json("status", "--index", index)
    assert failed["error"] == "ChecksFailed" and failed["exit_code"] == 13
    assert (good["failures"], bad["failures"], bad["attempt"]["exit_code"]) == (0, 1, 13)
    assert bad["success"] == good["success"]
    assert "quocphong_last_exit_code 13\n" in prom.read_text() and "quocphong_articles 1\n" in prom.read_text()
    assert "FAILED with exit code 13" in quocphong("status", "--index", index).stdout


def test_strict_fails_for_what_is_known_to_be_unreadable(corpus: Path, tmp_path: Path) -> None:  # noqa: F811
    with (corpus / "a.jsonl").open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    index = tmp_path / "i"
    for more, code in (((), 3), ((), 0), (("--strict",), 3)):
        quocphong("index", corpus, "--index", index, *more, code=code)


def test_status_tells_why_there_is_no_index_yet(tmp_path: Path) -> None:
    quocphong("index", tmp_path / "nowhere", "--index", tmp_path / "i", code=13)
    assert "nowhere" in quocphong("status", "--index", tmp_path / "i", code=10).stderr


def test_status_and_rollback_without_an_index_end_with_10(tmp_path: Path) -> None:
    for command in ("status", "rollback"):
        assert "quocphong index" in quocphong(command, "--index", tmp_path / "none", code=10).stderr
