"""Runs of the product in processes that are forked from one which has imported it: a run costs milliseconds.

`python -m indexer.cli` spends a second on imports, the gazetteer and the segmenter. `Forks` starts one process that has
done all this, and asks it to fork a child for each call. A child is a real process: it has its own folder, environment
and output, it is met by signals, and it ends with an exit code. `tests/cli/test_processes.py` holds that a child does
what the command does.
"""

from __future__ import annotations

import contextlib
import io
import os
import pickle
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Call:
    """`function(*given)` in `folder`; its exit code is what the function returns. Output is added to two files."""

    function: Callable[..., int]
    given: tuple[Any, ...]
    folder: Path
    environment: dict[str, str]
    output: Path
    errors: Path
    own_session: bool


class Forks:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self.folder, self.begun = Path(tempfile.mkdtemp(prefix="quocphong-forks-")), 0  # for output without a file
        self.connection, other = Pipe()
        program = f"from tests.forks import serve; serve({other.fileno()})"
        self.process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, pass_fds=[other.fileno()],
                                        stdin=subprocess.DEVNULL)
        other.close()
        self.ended: dict[int, int] = {}  # process id -> wait status

    def start(self, function: Callable[..., int], *given: Any, folder: Path | None = None,
              environment: Mapping[str, str] | None = None, errors: Path | None = None,
              own_session: bool = False) -> Forked:
        """Begin `function(*given)` in a child. The function must be importable by its name."""
        self.begun += 1
        output = self.folder / f"{self.begun}.out"
        call = Call(function, given, folder or Path.cwd(), dict(os.environ if environment is None else environment),
                    output, errors or output.with_suffix(".err"), own_session)
        self.connection.send_bytes(pickle.dumps(call))
        while (told := self.connection.recv())[1] is not None:
            self.ended[told[0]] = told[1]
        return Forked(self, told[0], call.output, call.errors)

    def command(self, words: Sequence[object], first: Callable[[], None] | None = None, **how: Any) -> Forked:
        """Begin `quocphong` with these words, after `first`; the rest is as `start` takes it."""
        return self.start(quocphong, [str(word) for word in words], first, **how)

    def run(self, words: Sequence[object], **how: Any) -> subprocess.CompletedProcess[str]:
        """`quocphong` with these words to its end: exit code and output."""
        process = self.command(words, **how)
        output, errors = process.communicate()
        return subprocess.CompletedProcess(words, process.wait(), output, errors)

    def has_ended(self, process: int, seconds: float | None) -> bool:
        """Whether a child has ended, after waiting for it at most so long (None: without end)."""
        until = None if seconds is None else time.monotonic() + seconds
        while process not in self.ended:
            if not self.connection.poll(None if until is None else max(0.0, until - time.monotonic())):
                return False
            told, status = self.connection.recv()
            self.ended[told] = status
        return True

    def close(self) -> None:
        self.connection.close()
        self.process.wait()
        shutil.rmtree(self.folder)


@cache
def shared() -> Forks:
    """The one of this test process, started when it is first asked for; tests/conftest.py closes it."""
    return Forks()


@dataclass(slots=True)
class Forked:
    """A child, with what tests ask of `subprocess.Popen`."""

    forks: Forks
    pid: int
    output: Path
    errors: Path
    returncode: int | None = field(default=None)

    def poll(self) -> int | None:
        """The exit code, or minus the signal that ended it; None while it runs."""
        if self.returncode is None and self.forks.has_ended(self.pid, 0):
            self.returncode = os.waitstatus_to_exitcode(self.forks.ended.pop(self.pid))
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The exit code once it has ended. Raises TimeoutExpired."""
        if self.returncode is None and not self.forks.has_ended(self.pid, timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it wrote to its output and to its errors, once it has ended. Raises TimeoutExpired."""
        self.wait(timeout)
        return self.output.read_text(encoding="utf-8"), self.errors.read_text(encoding="utf-8")

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it ended a moment ago
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


# -- in the process that forks ------------------------------------------------------------------------


def serve(descriptor: int) -> None:
    """Fork a child for each call that comes, tell its process id, and its wait status when it has ended."""
    warm()
    connection = Connection(descriptor)
    hears, tells = os.pipe()
    os.set_blocking(tells, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(tells)
    running: set[int] = set()
    while True:
        ready = wait([connection, hears])
        if connection in ready:
            try:
                call = connection.recv_bytes()
            except EOFError:
                return
            child = os.fork()
            if not child:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                for each in (hears, tells, descriptor):
                    os.close(each)
                os._exit(obey(pickle.loads(call)))
            running.add(child)
            connection.send((child, None))
        if hears in ready:
            os.read(hears, 1000)
            for child in sorted(running):
                ended, status = os.waitpid(child, os.WNOHANG)
                if ended:
                    running.discard(child)
                    connection.send((child, status))


def warm() -> None:
    """Import what runs import and read what they read once: an article is indexed, sought and shown.

    A child that gives root's rights up may not read the interpreter's folder any more: it must find all imported.
    """
    import tqdm  # noqa: F401

    from tests.archives import index_of

    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        row = {"id": "a", "title": "Gia Lai giao quân", "text": "Đại tá Lê Văn Thử dự lễ giao quân tại tỉnh Gia Lai."}
        index = index_of(Path(folder), [row, row | {"id": "b"}])
        for words in (["search", "giao quan gia lai"], ["mentions", "--csv"], ["doctor"]):
            quocphong([*words, "--index", str(index)])


def obey(call: Call) -> int:
    """In a child: become the process that was ordered; the exit code that an interpreter would end with."""
    if call.own_session:
        os.setsid()
    for number, file in ((1, call.output), (2, call.errors)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    os.chdir(call.folder)
    os.environ.clear()
    os.environ.update(call.environment)
    time.tzset()
    try:
        return call.function(*call.given)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0 if leaving.code is None else 1
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(ValueError, OSError):
                stream.flush()


def quocphong(words: list[str], first: Callable[[], None] | None = None) -> int:
    """`quocphong` with these words, as `python -m indexer.cli` runs it."""
    from indexer.cli import main

    sys.argv = ["quocphong", *words]
    if first:
        first()
    return main(words)
