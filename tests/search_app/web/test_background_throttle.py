"""Work in the background gives way to readers, and is never put off for good."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from search_app.web.background_throttle import SLICE, BackgroundThrottle

LONG, A_MOMENT = 600.0, 0.2  # seconds


@contextmanager
def reader(throttle: BackgroundThrottle) -> Iterator[None]:
    """A request that is being served."""
    app = Flask(__name__)
    throttle.register(app)
    with app.test_request_context("/"):
        app.preprocess_request()
        yield


def work(pause: Callable[[], None]) -> threading.Thread:
    """Some slices of work, begun."""

    def slices() -> None:
        for _ in range(3):
            time.sleep(SLICE)
            pause()

    thread = threading.Thread(target=slices, daemon=True)
    thread.start()
    return thread


def test_work_waits_until_the_reader_is_served():
    throttle = BackgroundThrottle(patience=LONG)
    with reader(throttle):
        working = work(throttle)
        working.join(A_MOMENT)
        assert working.is_alive()
    working.join(LONG)
    assert not working.is_alive()


@pytest.mark.parametrize("patience", [0.0, 0.01])
def test_work_goes_on_in_the_end_however_many_readers_there_are(patience):
    throttle = BackgroundThrottle(patience)
    with reader(throttle):
        work(throttle).join(LONG)


def test_work_that_a_reader_waits_for_gives_way_to_nobody():
    throttle = BackgroundThrottle(patience=LONG)
    with reader(throttle), reader(throttle):
        working = work(throttle)
        with throttle.waited_for():
            working.join(LONG)
            assert not working.is_alive()


def test_without_readers_work_does_not_wait():
    work(BackgroundThrottle(patience=LONG)).join(LONG)
