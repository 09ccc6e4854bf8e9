"""One writer at a time, and the lock never outlives its holder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.model.errors import IndexLocked
from indexer.storage.lock import hold

HOLDER = """
import sys, time
from pathlib import Path
from indexer.storage.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(IndexLocked, match=f"process {holder.pid} since"), hold(tmp_path):
        pass


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with hold(tmp_path):
        pass


def test_a_waiting_writer_gets_its_turn(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    waiter = subprocess.Popen([sys.executable, "-c", HOLDER.replace("(sys.argv[1])", "(sys.argv[1]), 30")
                               .replace("time.sleep(60)", "pass"), str(tmp_path)], stdout=subprocess.PIPE, text=True)
    holder.kill()
    assert waiter.communicate(timeout=30)[0] == "held\n"
    assert waiter.returncode == 0
