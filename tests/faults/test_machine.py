"""What machines do to an indexer: full disks, folders that cannot be written, clocks that jump, power cuts, signals."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from indexer.model.errors import ChecksFailed, DiskFull, IndexLocked, NotWritable, OutOfMemory
from indexer.operations.rollback import roll_back
from indexer.storage import generations, run_status
from tests.faults.place import Place, site_answers
from tests.faults.test_kill import alive, children_of
from tests.forks import Forked

NOBODY = 65_534


# -- space and rights -------------------------------------------------------------------------


@pytest.mark.parametrize(("rebuild", "limit"), [(False, 6_000), (True, 45_000)], ids=["run", "rebuild"])
def test_a_limit_on_file_sizes_ends_the_run_as_a_full_disk_does(place: Place, rebuild: bool, limit: int) -> None:
    assert place.run() == 0
    before = place.held()
    place.change(30)
    assert place.run(rebuild=rebuild, file_size=limit) == DiskFull.exit_code, place.runner.told()
    place.assert_whole(before)
    assert len(generations.generations(place.index)) == 1
    place.assert_healed()


@pytest.mark.parametrize("rebuild", [False, True], ids=["run", "rebuild"])
def test_a_run_without_memory_says_so_and_leaves_the_index_as_it_was(place: Place, rebuild: bool) -> None:
    assert place.run() == 0
    before = place.held()
    place.change(30)
    ended = [place.run(rebuild=rebuild, memory=memory) for memory in (100_000, 1_000_000, 4_000_000)]
    assert OutOfMemory.exit_code in ended and {*ended} <= {0, OutOfMemory.exit_code}, place.runner.told()
    if 0 not in ended:
        place.assert_whole(before)
    assert run_status.read(place.index).attempt
    place.assert_healed()


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_leaves_the_index_as_it_was(tmp_path, runner) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("this machine does not let us mount a small disk")
    try:
        place = Place(tmp_path / "work", runner)
        place.index = disk / "index"
        assert place.run() == 0, runner.told()
        for rebuild in (False, True):
            before = place.held()
            place.change(4)
            (disk / "ballast").write_bytes(bytes(shutil.disk_usage(disk).free))
            assert place.run(rebuild=rebuild) == DiskFull.exit_code, runner.told()
            place.assert_whole(before)
            (disk / "ballast").unlink()
            place.assert_healed()
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_an_index_that_may_not_be_written_is_said_to_be_so(place: Place) -> None:
    assert place.run() == 0
    before = place.held()
    place.change()
    more = {"user": NOBODY} if os.geteuid() == 0 else {}
    for folder in (place.index, *place.index.glob("gen-*")):
        folder.chmod(0o555)
    for parent in (place.index, *place.index.parents):
        if os.geteuid() == 0 and parent.stat().st_uid == 0 and parent.name.startswith(("pytest", "popen", "test_")):
            parent.chmod(parent.stat().st_mode | 0o055)
    assert place.run(**more) == NotWritable.exit_code, place.runner.told()
    for folder in (place.index, *place.index.glob("gen-*")):
        folder.chmod(0o755)
    place.assert_whole(before)
    place.assert_healed()


# -- several writers, signals -----------------------------------------------------------------


def command(place: Place, *more: str) -> Forked:
    words = ["index", place.corpus, "--index", place.index, *more]
    return place.runner.forks.command(words, own_session=True)


def test_of_several_writers_one_writes_and_the_others_leave_or_wait(place: Place) -> None:
    assert place.run() == 0
    for _ in range(2):
        place.change(5)
        running = [command(place), command(place), command(place, "--wait", "300"),
                   command(place, "--rebuild", "--wait", "300")]
        codes = [(process.communicate()[1], process.returncode)[1] for process in running]
        assert set(codes[:2]) <= {0, IndexLocked.exit_code} and codes[2:] == [0, 0]
        place.assert_whole(place.wanted())
    place.assert_healed()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
@pytest.mark.parametrize("to_group", [False, True], ids=["process", "group"])
def test_a_signal_ends_a_run_with_its_workers_and_one_line(place: Place, number: int, to_group: bool) -> None:
    assert place.run() == 0
    before = place.held()
    for _ in range(30):
        place.change(25)
    process = command(place, "--workers", "2")
    while not (children := children_of(process.pid)) and process.poll() is None:
        time.sleep(0.02)
    time.sleep(place.chance.uniform(0.2, 1.0))  # past the moment in which a worker is being forked
    (os.killpg if to_group else os.kill)(process.pid, number)
    told = process.communicate(timeout=120)[1].strip()
    assert process.returncode == 130
    assert told.startswith(f"quocphong: Stopped by {signal.Signals(number).name}") and "\n" not in told
    assert children and not any(map(alive, children))
    place.assert_whole(place.wanted() if "is kept" in told else before)
    seen = run_status.read(place.index)
    assert seen.attempt and seen.attempt.exit_code == 130
    place.assert_healed()


def test_a_killed_run_is_counted_as_a_failure_by_the_next_and_a_success_clears_it(place: Place) -> None:
    assert place.run() == 0
    place.change()
    assert place.run(die_at=8) == -signal.SIGKILL
    assert run_status.read(place.index).attempt.ended is None
    place.corpus.rename(place.corpus.with_name("gone"))
    assert place.run() == ChecksFailed.exit_code
    assert run_status.read(place.index).failures == 2
    place.corpus.with_name("gone").rename(place.corpus)
    place.assert_healed()
    assert run_status.read(place.index).failures == 0


# -- clocks and files that change -------------------------------------------------------------


@pytest.mark.parametrize("shift", [-10 * 365 * 86_400, -3600, 0, 3600, 10 * 365 * 86_400])
def test_a_change_shows_whatever_the_clock_says(place: Place, shift: int) -> None:
    mark = time.time_ns() + shift * 10**9
    for round in range(3):
        place.change()
        for file in place.corpus.iterdir():
            os.utime(file, ns=(mark - round * 60 * 10**9,) * 2)  # going backwards
        place.assert_healed()


def test_a_rewrite_of_equal_size_within_the_clocks_grain_shows(place: Place) -> None:
    mark = time.time_ns()
    for text in ("Sáng 5/3/2023, tỉnh Gia Lai giao quân.", "Sáng 6/4/2022, tỉnh Gia Lai nhận quân."):
        place.files["a.jsonl"] = {"một": text}
        place.write("a.jsonl")
        os.utime(place.corpus / "a.jsonl", ns=(mark, mark))
        place.assert_healed()


def test_a_file_that_changes_while_it_is_read_is_taken_in_by_the_next_run(place: Place) -> None:
    assert place.run() == 0
    for number in range(3):
        place.change(20)
        place.start(rebuild=bool(number % 2))
        for _ in range(20):
            place.rewrite(place.files["a.jsonl"], "giữa chừng")
            place.write("a.jsonl")
            time.sleep(0.005)
        (place.corpus / "b.jsonl").write_bytes((place.corpus / "b.jsonl").read_bytes()[:-30])
        place.runner.end()
        assert site_answers(place.index) is not None
        place.write("b.jsonl")
        place.assert_healed()


# -- power cuts -------------------------------------------------------------------------------


@pytest.mark.parametrize("rebuild", [False, True])
def test_everything_is_on_the_disk_before_the_name_that_makes_it_count(place: Place, tmp_path, rebuild: bool) -> None:
    """A power cut keeps what was synced, and any part of the rest: so a rename must come after what it points to."""
    assert place.run() == 0
    place.change()
    log = tmp_path / "log"
    assert place.run(rebuild=rebuild, log=str(log)) == 0
    synced: set[str] = set()
    renames = 0
    for name, *paths in map(json.loads, log.read_text(encoding="utf-8").splitlines()):
        if name == "fsync":
            synced.add(paths[0])
        if name in ("replace", "rename"):
            old, new = map(Path, paths)
            renames += 1
            assert str(old) in synced, f"{old} was renamed to {new.name} before its content was on the disk"
            if (new.suffix == ".toc" and "_0." not in new.name) or new.name == "CURRENT":  # the first names nothing
                assert_on_disk(new, synced)
            synced.discard(str(new.parent))  # the new name is not on the disk before the folder is synced again
            synced.add(str(new))
        if name == "unlink" and paths[0].endswith((".arr", ".toc")):
            assert str(Path(paths[0]).parent) in synced, f"{paths[0]} went before what replaces it was on the disk"
    assert renames >= 3


def assert_on_disk(pointer: Path, synced: set[str]) -> None:
    """What a table of contents or CURRENT points to was synced, and so were the names in its folder."""
    folder = pointer.parent / pointer.read_text().strip() if pointer.name == "CURRENT" else pointer.parent
    assert str(folder) in synced and str(pointer.parent) in synced
    if pointer.name == "CURRENT":
        files = {str(file) for file in folder.iterdir() if file.suffix in (".arr", ".toc", ".json", ".npz")}
        assert files <= synced


TRACED = "write,writev,pwrite64,pwritev,sendfile,copy_file_range,fsync,fdatasync,rename,renameat,renameat2,unlink"
CALL = re.compile(r"^(?:\d+ +)?(?P<name>\w+)\((?P<given>.*)\) += [0-9]")
FILE = re.compile(r"^\d+<(?P<path>/[^>]*)>")


def traced(place: Place, log: Path, *more: str) -> list[tuple[str, list[str]]]:
    """The calls of a real run that write, sync, rename and remove files, as the kernel saw them, in order."""
    command = [sys.executable, "-m", "indexer.cli", "index", str(place.corpus), "--index", str(place.index), *more]
    done = subprocess.run(["strace", "-f", "-y", "-s", "0", "-e", f"trace={TRACED}", "-o", log, *command], check=False,
                          capture_output=True, text=True)
    if "PTRACE" in done.stderr:
        pytest.skip("this machine lets nobody trace a process")
    assert done.returncode == 0, done.stderr
    calls = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if found := CALL.match(line):
            given = found["given"]
            file = FILE.match(given)
            calls.append((found["name"], [file["path"]] if file else re.findall(r'"(/[^"]*)"', given)))
    return [(name, paths) for name, paths in calls if paths and paths[0].startswith(str(place.index))]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("more", [(), ("--rebuild",)], ids=["run", "rebuild"])
def test_the_kernel_sees_the_same_order_and_sqlite_keeps_to_it_too(place: Place, tmp_path, more) -> None:
    """No file has bytes that are not on the disk when a name is given that makes it count, or when it is renamed."""
    assert place.run() == 0
    place.change()
    dirty: set[str] = set()
    seen: Counter[str] = Counter()
    for name, paths in traced(place, tmp_path / "log", "--workers", "1", *more):
        first = paths[0]
        if name in ("fsync", "fdatasync"):
            dirty.discard(first)
        elif name.startswith("rename"):
            old, new = paths[0], Path(paths[-1])
            assert old not in dirty, f"{old} was renamed with bytes that were not on the disk"
            if (new.suffix == ".toc" and "_0." not in new.name) or new.name == "CURRENT":
                late = {path for path in dirty if Path(path).suffix in (".arr", ".toc", ".json", ".npz", ".sqlite")}
                assert not late, f"{new.name} got its name before {late} was on the disk"
            seen["rename"] += 1
        elif name == "unlink":
            if first.endswith("-journal"):  # from here on the database counts without its journal
                assert first.removesuffix("-journal") not in dirty, "SQLite dropped its journal too early"
                seen["journal"] += 1
            dirty.discard(first)
        else:
            if first.endswith("manifest.sqlite") and Path(first).exists():
                assert f"{first}-journal" not in dirty, "SQLite wrote before its journal was on the disk"
            dirty.add(first)
            seen[Path(first).suffix] += 1
    assert seen["rename"] >= 3 and all(seen[kind] for kind in (".arr", ".sqlite", "journal"))
    assert not {path for path in dirty if Path(path).suffix in (".arr", ".toc", ".npz", ".sqlite", ".json")}
    place.assert_healed()


# -- going back, restoring --------------------------------------------------------------------


def test_going_back_and_indexing_again_brings_everything_in(place: Place) -> None:
    assert place.run() == 0
    first = place.held()
    place.change()
    assert place.run(rebuild=True) == 0
    second = place.held()
    place.change()
    assert roll_back(place.index)[0].name == "gen-000001"
    place.assert_whole(first)
    assert len(generations.generations(place.index)) == 2 and second != first
    with pytest.raises(ChecksFailed, match="no generation before"):
        roll_back(place.index)
    place.assert_healed()
    assert place.run(rebuild=True) == 0
    assert generations.current(place.index).name == "gen-000003"  # no number is used for two contents
    place.assert_healed()


def test_a_damaged_generation_is_not_gone_back_to(place: Place) -> None:
    assert place.run() == 0
    assert place.run(rebuild=True) == 0
    segment = next((place.index / "gen-000001").glob("*.arr"))
    data = bytearray(segment.read_bytes())
    data[100] ^= 1
    segment.write_bytes(data)
    with pytest.raises(ChecksFailed, match="gen-000001 is damaged"):
        roll_back(place.index)
    place.assert_whole(place.wanted())


def test_a_backup_taken_while_runs_go_on_is_a_whole_index(place: Place, tmp_path) -> None:
    """By the command, in a process of its own; restored where another index is in use, and where there is none."""
    assert place.run() == 0
    for number in range(4):
        states = [place.held()]
        place.change(10)
        states.append(place.wanted())
        place.start(rebuild=bool(number % 2), wait_seconds=60)
        copy = tmp_path / f"backup-{number}"
        operate(place, "backup", copy, "--index", place.index, "--wait", "60")
        assert place.runner.end() == 0, place.runner.told()
        assert not any((place.index / ".backup").glob("files/**/*.arr"))
        if number % 2:
            shutil.rmtree(place.index)
        operate(place, "restore", copy, "--index", place.index)
        place.assert_whole(*states)
        place.assert_healed()


def operate(place: Place, *words: object) -> None:
    done = place.runner.forks.command(words)
    assert done.wait() == 0, done.communicate()


@pytest.mark.parametrize("moment", [0.2, 0.5, 0.8, 1.1])
def test_a_killed_backup_leaves_nothing_that_looks_like_one_and_stops_nothing(place: Place, tmp_path, moment) -> None:
    assert place.run() == 0
    copy = tmp_path / "backup"
    began = time.monotonic()
    operate(place, "backup", tmp_path / "first", "--index", place.index)
    length = time.monotonic() - began
    process = place.runner.forks.command(["backup", copy, "--index", place.index])
    time.sleep(length * moment)
    process.kill()
    if process.wait() < 0:
        assert not copy.exists() or (copy / "backup.json").exists()
    place.change()
    place.assert_healed()
    shutil.rmtree(copy, ignore_errors=True)
    operate(place, "backup", copy, "--index", place.index)
    operate(place, "restore", copy, "--index", place.index)
    place.assert_whole(place.wanted())


def test_a_killed_restore_leaves_the_index_as_it_was_or_as_it_was_backed_up(place: Place, tmp_path) -> None:
    assert place.run() == 0
    old, copy = place.held(), tmp_path / "backup"
    operate(place, "backup", copy, "--index", place.index)
    began = time.monotonic()
    operate(place, "restore", copy, "--index", place.index)
    length = time.monotonic() - began
    place.change()
    place.assert_healed()
    for _ in range(6):
        process = place.runner.forks.command(["restore", copy, "--index", place.index])
        time.sleep(place.chance.uniform(0.5, 1.1) * length)
        process.kill()
        process.wait()
        place.assert_whole(old, place.wanted())
        place.assert_healed()
