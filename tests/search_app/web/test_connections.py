"""The server as a program, and readers who send slowly, read slowly or not at all: the others are answered."""

from __future__ import annotations

import http.client
import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from tests.archives import index_of
from tests.bench.load import answering, free_port

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

# The command with shorter times, so that a test need not wait.
HURRIED = """
import sys
from indexer.cli import main
from search_app.web import connections
connections.REQUEST_SECONDS, connections.SEND_SECONDS, connections.LOOK_EVERY, connections.GRACE_SECONDS = {times}
sys.exit(main(sys.argv[1:]))
"""
TEXT = "Bộ chỉ huy họp bàn công tác tuyển quân của tỉnh trong năm. " * 4_000
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    rows = [{"id": f"dài/{n}", "title": f"Bài dài {n}", "text": f"{n}. {TEXT}"} for n in range(40)]
    return index_of(tmp_path_factory.mktemp("connections"), rows)


@contextmanager
def served(index, *, times=(2, 2, 0.5, 10), processes=1, threads=4, log=subprocess.DEVNULL, descriptors=None):
    port = free_port()
    command = [sys.executable, "-c", HURRIED.format(times=times), "serve", "--index", str(index), "--port", str(port),
               "--processes", str(processes)]
    limit = (lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))) if descriptors else None
    server = subprocess.Popen(command, stderr=log, preexec_fn=limit,
                              env={**os.environ, "QUOCPHONG_THREADS": str(threads)})
    with answering(server, port):
        yield server, port


def ask(port, path="/about", headers=(), timeout=5):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    connection.request("GET", path, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, body


def who_does_not_read(port, path="/search.jsonl"):
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    reader.connect(("127.0.0.1", port))
    reader.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return reader


def connections(server):
    """How many sockets the server holds. One may be closed between being listed and being looked at."""
    held = 0
    for each in Path(f"/proc/{server.pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            held += os.readlink(each).startswith("socket:")
    return held


def processor(server):
    fields = Path(f"/proc/{server.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


@pytest.mark.parametrize("processes", [1, 2])
def test_downloads_that_nobody_reads_take_no_thread_and_are_cut(index, processes):
    with served(index, processes=processes) as (server, port), ExitStack() as readers:
        before = connections(server)
        for _ in range(8):
            readers.enter_context(who_does_not_read(port))
        time.sleep(1)
        assert all(ask(port)[0] == 200 for _ in range(8))
        assert processes > 1 or until(lambda: connections(server) <= before)


def test_who_reads_slowly_but_reads_gets_the_whole_file(index):
    with served(index) as (_, port):
        whole = len(ask(port, "/search.jsonl", timeout=30)[1])
        with who_does_not_read(port) as reader:
            got = b""
            for _ in range(8):
                time.sleep(0.5)
                got += reader.recv(100_000)
            reader.settimeout(10)
            while len(got.partition(b"\r\n\r\n")[2]) < whole and (more := reader.recv(1 << 20)):
                got += more
        assert len(got.partition(b"\r\n\r\n")[2]) == whole


def test_half_sent_requests_do_not_use_the_server_up_and_are_cut_though_they_go_on(index):
    with served(index) as (server, port), ExitStack() as senders:
        before, sent = connections(server), []
        for _ in range(150):
            sender = senders.enter_context(socket.create_connection(("127.0.0.1", port)))
            sender.sendall(b"GET / HTTP/1.1\r\nX-A: ")
            sent.append(sender)
        assert ask(port)[0] == 200

        def cut():
            for sender in sent:
                try:
                    sender.send(b"a")
                except OSError:
                    continue
            return connections(server) <= before

        assert until(cut) and ask(port)[0] == 200


def test_with_few_descriptors_it_answers_again_and_does_not_spin(index):
    with served(index, descriptors=64) as (server, port), ExitStack() as open_ones:
        for _ in range(90):
            open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
        before = processor(server)
        assert until(lambda: answers(port))
        time.sleep(2)
        assert processor(server) - before < 2.5


def answers(port):
    try:
        return ask(port, timeout=2)[0] == 200
    except OSError:
        return False


@pytest.mark.parametrize("processes", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_a_download_end_and_the_server_ends_with_0(index, processes, number):
    with served(index, times=(20, 20, 1, 10), processes=processes) as (server, port):
        whole = len(ask(port, "/search.jsonl", timeout=30)[1])
        with who_does_not_read(port) as reader:
            time.sleep(1)
            server.send_signal(number)
            time.sleep(1)
            reader.settimeout(10)
            got = b""
            while more := reader.recv(1 << 20):
                got += more
                if len(got.partition(b"\r\n\r\n")[2]) >= whole:
                    break
        assert len(got.partition(b"\r\n\r\n")[2]) == whole
        assert server.wait(15) == 0


def test_the_grace_is_limited(index):
    with served(index, times=(60, 60, 1, 1)) as (server, port), who_does_not_read(port):
        time.sleep(1)
        server.terminate()
        assert server.wait(10) == 0


def test_a_full_disk_behind_the_log_does_not_stop_it(index):
    with open("/dev/full", "w") as full, served(index, log=full) as (server, port):
        assert ask(port)[0] == 200 and ask(port, "/article?id=khong")[0] == 404
        server.terminate()
        assert server.wait(15) == 0


def test_a_port_in_use_is_a_sentence_and_code_2(index):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run([sys.executable, "-m", "indexer.cli", "serve", "--index", str(index),
                               "--port", str(port)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and done.stderr.count("\n") == 1
    assert f"port {port}" in done.stderr and "--port" in done.stderr


# --- behind nginx --------------------------------------------------------------------------------------


@contextmanager
def proxied(tmp_path, inner, how):
    """nginx in front of the server; `how` is what its location says besides proxy_pass."""
    outer = free_port()
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kinds = "".join(f"{name}_temp_path {tmp_path / name};" for name in names)
    (tmp_path / "nginx.conf").write_text(
        f"daemon off; {'user root;' if os.geteuid() == 0 else ''} pid {tmp_path / 'pid'}; events {{}}\n"
        f"http {{ access_log off; {kinds} client_header_timeout 2s; send_timeout 2s;"
        f" server {{ listen 127.0.0.1:{outer}; location / {{ proxy_pass http://127.0.0.1:{inner}; {how} }} }} }}")
    nginx = subprocess.Popen([NGINX, "-c", str(tmp_path / "nginx.conf"), "-e", "stderr"], stderr=subprocess.DEVNULL)
    with answering(nginx, outer):
        yield outer


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
@pytest.mark.parametrize("how", ["", "proxy_set_header X-Forwarded-For $remote_addr;", "proxy_set_header Host $host;"])
def test_whoever_comes_through_a_proxy_is_elsewhere_even_if_it_says_nothing(index, tmp_path, how):
    with served(index) as (_, inner), proxied(tmp_path, inner, how) as outer:
        assert "text" in json.loads(ask(inner, "/search.jsonl")[1].splitlines()[0])
        assert "text" not in json.loads(ask(outer, "/search.jsonl")[1].splitlines()[0])


@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_behind_a_proxy_slow_readers_and_senders_keep_nobody_waiting(index, tmp_path):
    with served(index) as (_, inner), proxied(tmp_path, inner, "") as outer, ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(who_does_not_read(outer))
        for _ in range(150):
            sender = slow.enter_context(socket.create_connection(("127.0.0.1", outer)))
            sender.sendall(b"GET / HTTP/1.1\r\nX-A: ")
        time.sleep(1)
        assert all(ask(outer)[0] == 200 for _ in range(4))
