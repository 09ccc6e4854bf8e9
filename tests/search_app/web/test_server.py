"""The server as a program: several processes on one address, and what becomes of them."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from indexer.ingest.run import build
from tests.bench.load import COMMAND, Load, answering, fetch, free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


@contextmanager
def served(index, processes):
    port = free_port()
    command = [*COMMAND, "serve", "--index", str(index), "--port", str(port), "--processes", str(processes)]
    server = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    with answering(server, port):
        yield server, port


def children(server):
    return set(map(int, Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()))


def until(condition):
    for _ in range(1_200):
        if condition():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    load = Load(tmp_path_factory.mktemp("served"), 0, 0, 0)
    load.index_once()
    assert not load.failed
    return load.index


def test_processes_and_threads_answer_for_whole_commits_while_the_indexer_commits(tmp_path):
    load = Load(tmp_path, requests=200, clients=4, every=0.05, processes=2, commits=3)
    load.run()
    assert (load.failed, load.wrong) == ([], []) and len(set(load.totals)) >= 3


def test_a_process_that_ends_is_replaced(index):
    with served(index, 2) as (server, port):
        before = children(server)
        assert len(before) == 2
        os.kill(min(before), signal.SIGKILL)
        assert until(lambda: len(children(server)) == 2 and children(server) != before)
        assert b"<mark>" in fetch(f"http://127.0.0.1:{port}/search?q=giao+qu%C3%A2n")


@pytest.mark.long
def test_readers_who_do_not_read_what_they_asked_for_keep_nobody_waiting(tmp_path):
    text = "Bộ chỉ huy họp bàn công tác tuyển quân của tỉnh trong năm. " * 8_000
    rows = (json.dumps({"id": f"dài/{n}", "title": f"Bài dài {n}", "text": f"{n}. {text}"}) for n in range(12))
    (tmp_path / "long.jsonl").write_text("\n".join(rows), encoding="utf-8")
    build(tmp_path / "index", [str(tmp_path / "long.jsonl")], workers=1)
    with served(tmp_path / "index", 2) as (_, port), ExitStack() as open_ones:
        for _ in range(16):  # twice as many as there are threads; 7 MB for each are more than a socket holds
            reader = open_ones.enter_context(socket.socket())
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
            reader.connect(("127.0.0.1", port))
            reader.sendall(b"GET /search.jsonl?q= HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(3)
        assert all(b"<html" in fetch(f"http://127.0.0.1:{port}/about") for _ in range(8))  # of either process


def test_no_process_outlives_the_one_that_was_stopped(index):
    with served(index, 3) as (server, port):
        family = children(server)
        assert len(family) == 3
    assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
    with pytest.raises(OSError):
        fetch(f"http://127.0.0.1:{port}/healthz")


IS_STOPPED_WHILE_IT_FORKS = """
import os, signal, time
from indexer.model.signals import raise_on_signals
from search_app.web.server import ProcessGroup
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
with raise_on_signals():
    ProcessGroup(lambda: time.sleep(60), 2).run_until_stopped()
"""


def test_a_signal_that_comes_while_a_process_is_forked_is_not_lost():
    done = subprocess.run([sys.executable, "-c", IS_STOPPED_WHILE_IT_FORKS], capture_output=True, text=True, timeout=30)
    assert done.returncode and "Stopped by SIGTERM" in done.stderr


def test_no_process_outlives_the_one_that_was_killed(index):
    with served(index, 2) as (server, _):
        family = children(server)
        server.kill()
        assert until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family))
