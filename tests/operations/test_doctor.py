"""The doctor names what is wrong and what mends it, one broken state at a time; and changes nothing."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.model.settings import load
from indexer.operations.doctor import examine
from indexer.operations.overview import told_age
from indexer.storage import generations, run_status
from indexer.storage.run_status import Attempt
from indexer.storage.tombstones import Tombstones
from indexer.storage.withdrawal_acts import Tombstone


def folder(index: Path) -> Path:
    return generations.current(index)


def attempt(index: Path, ended: str | None, failures: int, days: int = 0) -> None:
    """As if the last success was some days ago and a run since then ended like this."""
    known = run_status.read(index)
    at = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    last = Attempt(at, ended, None if ended is None else 14 if failures else 0, "No space is left." if failures else "")
    run_status.write(index, replace(known, attempt=last, failures=failures, success=replace(known.success, at=at)))


def withdrawn_by_hand(index: Path) -> None:
    Tombstones(index).withdraw(Tombstone("2026-11-22", "x", "y", ("one",), ()))


def other_columns(generation: Path) -> None:
    with closing(sqlite3.connect(generation / "manifest.sqlite")) as database:
        database.execute("ALTER TABLE claims DROP COLUMN address")


# What is broken: how, the check that fails, what it says, what mends it.
STATES: dict[str, tuple[Callable[[Path], object], str, str, str]] = {
    "no index": (lambda i: shutil.rmtree(i), "opens", "There is no index", "quocphong index"),
    "no stamp": (lambda i: (folder(i) / "stamp.json").unlink(), "opens", "stamp.json is missing", "index --rebuild"),
    "other code": (lambda i: (folder(i) / "stamp.json").write_text('{"schema": 0}'), "opens", "schema 0, now",
                   "quocphong index --rebuild"),
    "pointer": (lambda i: (i / "CURRENT").write_text("gen-000009\n"), "opens", "gen-000009", "index --rebuild"),
    "segment": (lambda i: next(folder(i).glob("*.arr")).unlink(), "opens", ".arr is missing", "index --rebuild"),
    "manifest cut": (lambda i: (folder(i) / "manifest.sqlite").write_bytes(b"x" * 5000), "manifest readable", "damaged",
                     "quocphong index (it sets"),
    "manifest other": (lambda i: other_columns(folder(i)), "manifest readable", "another version (tables: claims)",
                       "quocphong index (it sets"),
    "manifest lost": (lambda i: (folder(i) / "manifest.sqlite").unlink(), "manifest readable", "is missing",
                      "quocphong index PATH"),
    "stories lost": (lambda i: (folder(i) / "stories.npz").unlink(), "stories current", "lost", "quocphong index"),
    "withdrawn held": (withdrawn_by_hand, "opens", "holds 1 withdrawn", "quocphong withdraw --apply"),
    "list damaged": (lambda i: (i / "withdrawn.jsonl").write_text("{\n"), "opens", "withdrawn.jsonl, line 1", "backup"),
    "corpus lost": (lambda i: shutil.rmtree(i.parent / "corpus"), "roots present", "missing: ", "mount or restore"),
    "corpus empty": (lambda i: (i.parent / "corpus" / "a.jsonl").unlink(), "roots present", "empty, but", "mount or"),
    "killed": (lambda i: attempt(i, None, 0), "runs end well", "was killed", "quocphong index"),
    "failing": (lambda i: attempt(i, "2026-11-22T08:00:00+00:00", 3), "runs end well", "exit code 14: No space",
                "do what the message says"),
    "stale": (lambda i: attempt(i, "2026-11-22T08:00:00+00:00", 0, days=5), "current", "120 hours ago", "cron job"),
    "feeds": (lambda i: (i.parent / "feeds.toml").write_text("[[feed]]\nname = 'x'"), "feeds file", "needs url",
              "quocphong fetch --starter"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_broken_state_is_named_with_what_mends_it_and_left_as_it_is(index: Path, state: str) -> None:
    harm, name, says, remedy = STATES[state]
    given = load(environment={}, given={"index": str(index), "feeds": str(index.parent / "feeds.toml")})
    well = examine(given, 3)
    assert [check for check in well.checks if not check.passed] == [] and "FAIL" not in well.as_text()
    harm(index)
    before = seen(index.parent)
    failed = {check.name: check for check in examine(given, 3).checks if not check.passed}
    assert says in failed[name].detail and remedy in failed[name].remedy, failed
    assert len(failed) == 1 and "Run:" not in failed[name].detail
    assert seen(index.parent) == before


def seen(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_findings_are_json_for_machines(index: Path) -> None:
    given = load(environment={}, given={"index": str(index)})
    found = json.loads(json.dumps(examine(given, 3).as_json()))
    assert found["sound"] is True and {check["name"] for check in found["checks"]} >= {"opens", "current", "findable"}


def test_a_check_that_crashes_is_a_finding_and_the_others_go_on(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", refused)
    checks = {check.name: check for check in examine(load(environment={}, given={"index": str(index)}), 3).checks}
    assert [name for name, check in checks.items() if not check.passed] == ["room to rebuild"]
    assert "crashed with OSError in test_doctor.py, line" in checks["room to rebuild"].detail
    assert "report this" in checks["room to rebuild"].remedy and list(checks)[-2:] == ["findable", "deletions hold"]


@pytest.mark.parametrize(("name", "given", "shown"), [
    ("public_fulltext", "true", "yes"), ("public_fulltext", "0", "no"), ("corrections", "", ""), ("metrics", "", ""),
    ("trusted_proxies", "127.0.0.1, 10.0.0.0/8", "127.0.0.1 10.0.0.0/8"), ("index", ".", "."), ("rate", "5", "5"),
])  # fmt: skip
def test_settings_are_shown_as_the_configuration_file_has_them(name: str, given: str, shown: str) -> None:
    findings = examine(load(environment={}, given={"index": "/nowhere", name: given}), 1)
    assert findings.settings[name] == (shown, "command line")
    told = findings.as_text()
    assert not any(word in told for word in ("None", "True", "False", "IPv4", "Posix", "()", "(.)"))


@pytest.mark.parametrize(("seconds", "told"), [
    (0, "0 s"), (40, "40 s"), (3_600, "1 h"), (3_725, "1 h 2 min"), (86_400 * 2 + 3_600 * 3 + 60, "2 d 3 h"),
    (86_460, "1 d"),
])  # fmt: skip
def test_an_age_is_told_in_its_two_largest_units(seconds: int, told: str) -> None:
    assert told_age(seconds) == told
