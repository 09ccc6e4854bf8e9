"""Every exit code of docs/cli.md, each met by a process of its own as cron meets it; and none that no test meets."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer.model import errors
from indexer.model.errors import QuocphongError
from indexer.storage import generations
from indexer.storage.lock import hold
from tests.cli.hardships import files_of_4_kilobytes, no_rights
from tests.cli.test_cli import ENVIRONMENT
from tests.fetch.server import Newspaper, Page
from tests.forks import Forked, shared


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one article, and its index."""
    (tmp_path / "corpus").mkdir()
    add(tmp_path, "a", '{"id": "a/1", "title": "Gia Lai giao quân", "text": "Sáng 5/3/2023, tỉnh Gia Lai giao quân."}')
    assert run(tmp_path, "index") == 0
    return tmp_path


def add(folder: Path, name: str, line: str) -> None:
    (folder / "corpus" / f"{name}.jsonl").write_text(line + "\n", encoding="utf-8")


def start(folder: Path, *words: str, first: Callable[[], None] | None = None) -> Forked:
    """Begin a command in `folder`; `first` is what its process does before."""
    return shared().command(words, first=first, folder=folder, environment=ENVIRONMENT)


def run(folder: Path, *words: str, first: Callable[[], None] | None = None) -> int:
    """The exit code; whatever went wrong is said in one line."""
    process = start(folder, *words, first=first)
    told = process.communicate(timeout=300)[1].strip()
    assert (told.startswith("quocphong: ") and "\n" not in told) == bool(process.wait()), told
    return process.wait()


# -- one way to each code -----------------------------------------------------------------------------


def nothing_new(folder: Path) -> int:
    return run(folder, "index")


def system_refuses(folder: Path) -> int:
    """A limit of the system that has no code of its own: a file where the folder should be."""
    (folder / "file").write_text("", encoding="utf-8")
    return run(folder, "index", "corpus", "--index", "file")


def no_sense(folder: Path) -> int:
    return run(folder, "withdraw", "a/1")


def newly_unreadable(folder: Path) -> int:
    add(folder, "b", "{broken")
    return run(folder, "index")


def no_index(folder: Path) -> int:
    return run(folder, "search", "quân", "--index", "none")


def locked(folder: Path) -> int:
    with hold(folder / "index"):
        return run(folder, "index")


def other_code(folder: Path) -> int:
    (generations.current(folder / "index") / "stamp.json").write_text('{"schema": 0}', encoding="utf-8")
    return run(folder, "index")


def corpus_gone(folder: Path) -> int:
    shutil.rmtree(folder / "corpus")
    return run(folder, "index")


def disk_full(folder: Path) -> int:
    add(folder, "b", '{"id": "b", "title": "Bản tin", "text": "' + "Kon Tum tuyển quân. " * 400 + '"}')
    return run(folder, "index", "--workers", "1", first=files_of_4_kilobytes)


def damaged(folder: Path) -> int:
    [segment] = generations.current(folder / "index").glob("*.arr")
    segment.unlink()
    return run(folder, "search", "quân")


def feeds_unread(folder: Path) -> int:
    with closing(Newspaper()) as newspaper:
        newspaper.pages["/rss"] = Page(status=404)
        (folder / "quocphong.cfg").write_text(
            "[quocphong]\ncontact = mailto:toasoan@example.vn\nfetch_delay = 0\n", encoding="utf-8")
        (folder / "feeds.toml").write_text(
            f'[[feed]]\nurl = "{newspaper.url("/rss")}"\nname = "Báo Thử"\nallow_private = true\n', encoding="utf-8")
        return run(folder, "update")


def alerts_unsent(folder: Path) -> int:
    (folder / "alerts.toml").write_text(
        '[[alert]]\nname = "Giao quân"\nquery = "giao quân"\nsince = "2020-01-01"\nto = [{ command = ["false"] }]\n',
        encoding="utf-8")
    return run(folder, "alert")


def not_writable(folder: Path) -> int:
    for each in (folder, *folder.parents):
        if os.geteuid() == 0 and each.name.startswith(("pytest", "popen", "test_")):
            each.chmod(0o755)
    for each in (folder / "index", generations.current(folder / "index")):
        each.chmod(0o555)
    add(folder, "b", '{"id": "b", "title": "Bản tin", "text": "Kon Tum tuyển quân."}')
    return run(folder, "index", "--workers", "1", first=no_rights)


def stopped(folder: Path) -> int:
    """While it waits for another run, it has nothing to save."""
    with hold(folder / "index"):
        process = start(folder, "index", "--wait", "300")
        while not handles(process.pid, signal.SIGTERM):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert "SIGTERM" in process.communicate(timeout=60)[1]
        return process.wait()


def handles(process: int, number: int) -> bool:
    caught = re.search(r"^SigCgt:\s*(\w+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"), re.MULTILINE)
    return bool(caught and int(caught[1], 16) >> number - 1 & 1)


WAYS: dict[int, Callable[[Path], int]] = {
    0: nothing_new, 1: system_refuses, 2: no_sense, 3: newly_unreadable, 10: no_index, 11: locked, 12: other_code,
    13: corpus_gone, 14: disk_full, 15: damaged, 16: feeds_unread, 17: not_writable, 20: alerts_unsent, 130: stopped,
}


# A cluster, and a machine without memory (tests/faults/test_machine.py), are not to be had by one command here.
ELSEWHERE = {errors.ClusterUnavailable.exit_code, errors.OutOfMemory.exit_code}


@pytest.mark.parametrize("code", WAYS)
def test_a_process_ends_with(folder: Path, code: int) -> None:
    assert WAYS[code](folder) == code


def test_every_code_is_met() -> None:
    known = {each.exit_code for each in vars(errors).values()
             if isinstance(each, type) and issubclass(each, QuocphongError)}
    assert {0, *known} - ELSEWHERE == set(WAYS)
