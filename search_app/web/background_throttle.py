"""Work behind the readers' backs gives way to them: it goes on in the pauses they leave.

Python lets one thread at a time run. Work that takes seconds, like making the tables of suggestions after a run of the
indexer, would make every page of those seconds take twice as long and more.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from flask import Flask, g

SLICE = 0.005  # seconds of work between two looks at whether a reader waits
QUIET = 0.02  # seconds after a request in which the next is likely to follow
PATIENCE = 0.1  # seconds a slice of work waits at most


class BackgroundThrottle:
    """Called often by the work; returns at once unless a slice of it is done and somebody is being served.

    After `patience` seconds the next slice is worked even so.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._changed = threading.Condition()
        self._served = self._waiting = 0
        self._last = self._worked = 0.0

    def register(self, app: Flask) -> None:
        """Count the requests of `app` from now on."""
        app.before_request(self._begin)
        app.teardown_request(self._end)

    def __call__(self) -> None:
        if monotonic() - self._worked < SLICE:
            return
        until = monotonic() + self._patience
        with self._changed:
            while (left := until - monotonic()) > 0 and (wait := self._to_wait()):
                self._changed.wait(min(left, wait))
        self._worked = monotonic()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """While a request waits for the work itself, nobody is given way to."""
        self._count(waiting=1)
        try:
            yield
        finally:
            self._count(waiting=-1)

    def _to_wait(self) -> float:
        """Seconds until it may be quiet, 0 if it is or the work is waited for."""
        if self._waiting:
            return 0.0
        return self._patience if self._served else max(0.0, self._last + QUIET - monotonic())

    def _begin(self) -> None:
        g.served = True
        self._count(served=1)

    def _end(self, error: BaseException | None) -> None:
        if g.pop("served", False):  # a request that was refused before has not begun
            self._last = monotonic()
            self._count(served=-1)

    def _count(self, served: int = 0, waiting: int = 0) -> None:
        with self._changed:
            self._served += served
            self._waiting += waiting
            self._changed.notify_all()
