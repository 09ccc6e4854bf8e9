"""Reading what strangers wrote in processes that can be ended: a page that takes for ever, or all memory, costs itself.

A parser in C can be stopped in no other way. A worker ends itself by an alarm of the kernel, so it also ends where the
run that asked it was killed. The next reading starts a new one.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import LifoQueue
from threading import Event
from typing import Any, TypeVar

from indexer.model.signals import ignore_signals_in_worker

MOST = 2  # workers of a run: reading is work of the processor
MEMORY = 1 << 30  # bytes that a worker may take besides what it starts with
START = 60.0  # seconds that a worker may take to start, on a busy machine
GRACE = 5.0  # seconds after which a worker that its alarm did not end is killed
PRELOADED = ["indexer.fetch.selection"]

T = TypeVar("T")


class Unread(Exception):
    """What was to be read could not be, and the message says why in one plain sentence."""


class Workers:
    """Up to `most` processes that call functions. Safe to use from several threads; close it at the end."""

    def __init__(self, most: int = min(MOST, os.cpu_count() or 1), memory: int = MEMORY) -> None:
        self.memory = memory
        self.closed = Event()
        self.free: LifoQueue[Worker | None] = LifoQueue()
        for _ in range(most):
            self.free.put(None)

    def call(self, function: Callable[..., T], *arguments: Any, seconds: float) -> T:
        """What `function` (of a module, by its name) gives for the arguments, within `seconds`.

        Unread if it takes longer, raises, or ends its process.
        """
        worker = self.free.get()
        try:
            if self.closed.is_set():
                raise Unread("the run was stopped")
            worker = worker or Worker(self.memory)
            answer: T = worker.call((function, arguments, seconds))
            return answer
        finally:
            self.free.put(worker if worker and worker.is_alive else None)

    def close(self) -> None:
        """End all workers that are free, and let no other start."""
        self.closed.set()
        free = [self.free.get_nowait() for _ in range(self.free.qsize())]
        for worker in free:
            if worker:
                worker.end()
            self.free.put(None)  # who asks from now on is told at once


class Worker:
    """One process that calls what it is sent, one call after the other."""

    def __init__(self, memory: int) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=work, args=(theirs, memory), daemon=True)
        self.is_alive = True
        self.started = False
        self.process.start()
        theirs.close()

    def call(self, job: tuple[Callable[..., Any], tuple[Any, ...], float]) -> Any:
        """The answer to a job. Unread where there is none; the worker is ended if it does not answer."""
        seconds = job[-1]
        try:
            if not self.started:
                self.started = self.answer(START)
            self.pipe.send(job)
            succeeded, value = self.answer(seconds + GRACE)
        except (EOFError, OSError):
            raise Unread(self.end(seconds)) from None
        if not succeeded:
            raise Unread(f"cannot be read: {value}")
        return value

    def answer(self, seconds: float) -> Any:
        """The next thing the worker says. EOFError where it says nothing more, also for too long."""
        if not self.pipe.poll(seconds):
            raise EOFError
        return self.pipe.recv()

    def end(self, seconds: float = 0.0) -> str:
        """End the worker; returns why it had ended, as one sentence."""
        self.is_alive = False
        self.pipe.close()
        self.process.join(0.2 if seconds else 0.0)
        self.process.kill()
        self.process.join()
        code = self.process.exitcode or 0
        if code in (-signal.SIGALRM, -signal.SIGKILL):
            return f"reading it took more than {seconds:.0f} seconds"
        return f"the process that read it ended with {-code or 'no word'}"


def work(pipe: Connection, memory: int) -> None:
    """Answer the jobs that come through a pipe until it closes: (True, value) or (False, what went wrong)."""
    ignore_signals_in_worker()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit_memory(memory)
    pipe.send(True)
    with suppress(EOFError, OSError):
        while True:
            function, arguments, seconds = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, max(0.01, seconds))
            answer = answered(function, arguments)
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)


def answered(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    """Whether a function returned, and its value, else what it raised."""
    try:
        return True, function(*arguments)
    except MemoryError:
        return False, "it takes too much memory"
    except Exception as error:
        return False, f"{type(error).__name__}: {error}"[:300]


def limit_memory(more: int) -> None:
    """Let this process take `more` bytes of address space than it has now."""
    with open("/proc/self/statm", encoding="ascii") as figures:
        pages = int(figures.read().split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * resource.getpagesize() + more
    with suppress(ValueError, OSError):  # a stricter limit stands
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))
