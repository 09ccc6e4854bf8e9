"""Signals that end a process. They raise `Stopped`: at once while a run reads, after the save while it writes.

A signal that arrives during an import is delivered after the import. An exception raised inside an import can be lost
or changed: NumPy reports a broken installation, and a `try: import` swallows it. Python drops an exception raised in a
finalizer or in a hook around a fork: the signal is sent once more.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
IMPORTING = "<frozen importlib._bootstrap>"  # co_filename of the frames of a running import
RETRY_SECONDS = 0.02  # pause before a signal that arrived during an import is sent again


class Stopped(KeyboardInterrupt):
    """A signal asks the process to end. `saved`: the work of this run was saved first."""

    def __init__(self, number: int, saved: bool = False) -> None:
        name = signal.Signals(number).name
        super().__init__(f"Stopped by {name} after saving; what this run did is kept." if saved else
                         f"Stopped by {name}; the index is as it was before this run.")
        self.number, self.saved = number, saved


class _Deferral:
    """How many `defer_signals` blocks are open, and the first signal that arrived in them."""

    depth = 0
    waiting: int | None = None


@contextmanager
def raise_on_signals() -> Iterator[None]:
    """A context in which SIGINT, SIGTERM and SIGHUP raise Stopped. Ignored signals (nohup, `&`) stay ignored.

    Does nothing outside the main thread.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python runs signal handlers in the main thread only
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    report = sys.unraisablehook

    def told(dropped: sys.UnraisableHookArgs) -> None:
        if isinstance(dropped.exc_value, Stopped):
            _send_again(dropped.exc_value.number)
        else:
            report(dropped)

    sys.unraisablehook = told
    for number in SIGNALS:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, _handle)
    try:
        yield
    finally:
        sys.unraisablehook = report
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def defer_signals() -> Iterator[None]:
    """A context that defers the signals. If one arrived, Stopped (with `saved`) is raised at the end of the block."""
    _Deferral.depth += 1
    try:
        yield
    finally:
        _Deferral.depth -= 1
        waiting, _Deferral.waiting = _Deferral.waiting, None
    if waiting is not None:
        raise Stopped(waiting, saved=True)


@contextmanager
def block_signals() -> Iterator[None]:
    """Within the block the kernel holds the signals back; they are delivered at its end.

    For forks: an exception raised within Python's own hooks around a fork is dropped, and the signal would be lost.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def ignore_signals_in_worker() -> None:
    """For worker processes: ignore SIGINT and SIGHUP, which reach the whole process group; the parent handles them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _handle(number: int, frame: FrameType | None) -> None:
    if _Deferral.depth:
        _Deferral.waiting = _Deferral.waiting or number
    elif _is_importing(frame):
        _send_again(number)
    else:
        raise Stopped(number)


def _send_again(number: int) -> None:
    again = threading.Timer(RETRY_SECONDS, os.kill, (os.getpid(), number))
    again.daemon = True
    again.start()


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == IMPORTING:
            return True
        frame = frame.f_back
    return False
