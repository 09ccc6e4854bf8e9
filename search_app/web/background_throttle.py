"""Background work gives way to requests: it runs in the pauses between them.

Python runs one thread at a time. Work that takes seconds, such as making the tables of suggestions after a run of the
indexer, would more than double the time of every page in those seconds.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from flask import Flask, g

SLICE = 0.005  # seconds of work between two checks for requests
QUIET = 0.02  # seconds after a request in which another is likely to follow
PATIENCE = 0.1  # seconds that a slice of work waits at most


class BackgroundThrottle:
    """A function that background work calls often. It waits while requests are served, once a slice of work is done.

    After `patience` seconds it returns in any case, so that the work goes on.
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
        """Wait if a slice of work is done and requests are being served."""
        if monotonic() - self._worked < SLICE:
            return
        until = monotonic() + self._patience
        with self._changed:
            while (left := until - monotonic()) > 0 and (wait := self._to_wait()):
                self._changed.wait(min(left, wait))
        self._worked = monotonic()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """A context in which a request waits for the work itself: the work does not wait."""
        self._count(waiting=1)
        try:
            yield
        finally:
            self._count(waiting=-1)

    def _to_wait(self) -> float:
        """Seconds until no request is likely; 0 if the work may go on."""
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
