"""Every run leaves word of how it went: for people, for scripts and for Prometheus."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from indexer.model.errors import DiskFull
from indexer.model.report import Report
from indexer.operations.metrics import metrics
from indexer.storage.run_status import Attempt, Skipped, Status, Success, read, recorded, write
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


@pytest.mark.parametrize(("hours", "stale"), [
    (-400 * 24, True), (-25, True), (-5, False), (0, False), (47, False), (48, True), (500, True), (400 * 24, True)])
def test_staleness_is_the_age_of_the_last_success(hours: int, stale: bool) -> None:
    now = datetime.fromisoformat(DONE.at).astimezone(UTC) + timedelta(hours=hours)
    assert Status(success=DONE).is_stale(48, now) == stale
    assert Status().is_stale(48, now) is False


NOTHING_YET = {"failures_since_success": 0, "skipped_since_success": 0}
BEGAN = {"last_attempt_timestamp_seconds": 1795255200}
SUCCEEDED = {"last_success_timestamp_seconds": 1795255200, "articles": 5, "problems": 1, "run_seconds": 2.5}


@pytest.mark.parametrize(("status", "figures"), [
    (Status(), NOTHING_YET),
    (Status(Attempt(DONE.at), failures=1), NOTHING_YET | BEGAN | {"failures_since_success": 1}),
    (Status(Attempt(DONE.at, DONE.at, 0), DONE), NOTHING_YET | BEGAN | SUCCEEDED | {"last_exit_code": 0}),
    (Status(Attempt(DONE.at, DONE.at, 13), DONE, 2, Skipped(DONE.at, "another run", 3)),
     BEGAN | SUCCEEDED | {"last_exit_code": 13, "failures_since_success": 2, "skipped_since_success": 3}),
])
def test_the_metrics_are_what_prometheus_reads(status: Status, figures: dict[str, float]) -> None:
    assert gauges(metrics(status).decode()) == figures


def gauges(text: str) -> dict[str, float]:
    """The gauges in a text of Prometheus' format, by name."""
    families = list(text_string_to_metric_families(text))
    assert {family.type for family in families} == {"gauge"} and all(family.documentation for family in families)
    return {sample.name.removeprefix("quocphong_"): sample.value for family in families for sample in family.samples}


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
    told = gauges(prom.read_text())
    assert (told["last_exit_code"], told["articles"]) == (13, 1)
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
