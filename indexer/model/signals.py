"""Being stopped: a signal ends a run at once while it only reads, and after its work is safe while it is saving.

While a module is being imported a signal waits too: what is raised within an import is not seen to come out again as
it was. NumPy, interrupted there, says that it was not installed well, and a `try: import` may not say anything.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
IMPORTING = "<frozen importlib._bootstrap>"  # the file of every frame that imports a module
IMPORT_SECONDS = 0.02  # between two looks whether the import is over


class Stopped(KeyboardInterrupt):
    """Somebody wants the process to end. `saved`: the work under way was finished first."""

    def __init__(self, number: int, saved: bool = False) -> None:
        name = signal.Signals(number).name
        super().__init__(f"Stopped by {name} after saving; what this run did is kept." if saved else
                         f"Stopped by {name}; the index is as it was before this run.")
        self.saved = saved


class _Held:
    """Whether signals wait for the end of a `finishing` block, and the first that came meanwhile."""

    depth = 0
    waiting: int | None = None


@contextmanager
def stoppable() -> Iterator[None]:
    """Within the block SIGINT, SIGTERM and SIGHUP raise Stopped; those that are ignored (nohup, `&`) stay ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield  # Python runs signal handlers in the main thread only
        return
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number in SIGNALS:
        if before[number] is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def finishing() -> Iterator[None]:
    """Within the block the signals wait; at its end the first one raises Stopped, with `saved`."""
    _Held.depth += 1
    try:
        yield
    finally:
        _Held.depth -= 1
        waiting, _Held.waiting = _Held.waiting, None
    if waiting is not None:
        raise Stopped(waiting, saved=True)


@contextmanager
def held_back() -> Iterator[None]:
    """Within the block the kernel holds the signals back; they are delivered at its end.

    For forks: an exception raised within Python's own hooks around a fork is dropped, and the signal would be lost.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_to_parent() -> None:
    """For worker processes: Ctrl-C reaches the whole process group, but only the parent knows what to do about it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _stop(number: int, frame: FrameType | None) -> None:
    if _Held.depth:
        _Held.waiting = _Held.waiting or number
    elif _is_importing(frame):
        again = threading.Timer(IMPORT_SECONDS, os.kill, (os.getpid(), number))
        again.daemon = True
        again.start()
    else:
        raise Stopped(number)


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename == IMPORTING:
            return True
        frame = frame.f_back
    return False
