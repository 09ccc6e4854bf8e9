"""The budget of each request: seconds of processor, memory, its price, and its share of the threads.

What a request costs is estimated before the work begins (`indexer.model.budget`). Then the client pays for it
(`rate_limit.charge`); a request of more than HEAVY seconds also needs a place, of which there are half as many as
threads, so that light ones are answered meanwhile. A request over its budget is refused with a page that says what to
narrow.
"""

from __future__ import annotations

import ctypes
import threading

from flask import Flask, Response, current_app, g, request

from indexer.model import budget
from indexer.model.budget import Budget, OverBudget
from search_app.i18n import messages
from search_app.web.error_pages import error_response
from search_app.web.rate_limit import charge

HEAVY = 0.25  # seconds of processor
PATIENCE = 5.0  # seconds that a heavy request waits for a place
BUSY_SECONDS = 5  # Retry-After where there is no place
MEMORY = 100 << 20  # bytes that a request may hold at once
FREE = ("/static/", "/healthz")


class Busy(Exception):
    """As many heavy requests are being answered as may be."""


class Places:
    """Places for heavy requests among `threads`: half of the threads work on them, fewer wait, one is always left."""

    def __init__(self, threads: int, patience: float = PATIENCE) -> None:
        self._places = threading.BoundedSemaphore(max(1, threads // 2))
        self._waiting = threading.BoundedSemaphore(max(1, threads - threads // 2 - 1))
        self._may_wait, self._patience = threads - threads // 2 > 1, patience

    def take(self) -> None:
        """Take a place, if need be after a while. Raises Busy."""
        if self._places.acquire(blocking=False):
            return
        if not self._may_wait or not self._waiting.acquire(blocking=False):
            raise Busy
        try:
            if not self._places.acquire(timeout=self._patience):
                raise Busy
        finally:
            self._waiting.release()

    def give_back(self) -> None:
        """Give a place back."""
        self._places.release()


def register(app: Flask) -> None:
    """Give each request of `app` a budget, by the setting `request_seconds` (0: none)."""
    settings = app.extensions["settings"]
    if settings.request_seconds:
        app.extensions["places"] = Places(settings.threads)
        app.before_request(begin)
        app.teardown_request(end)
    app.register_error_handler(OverBudget, too_much)
    app.register_error_handler(Busy, busy)


def begin() -> None:
    """Start the budget of this request."""
    if not request.path.startswith(FREE):
        budget.begin(Budget(current_app.extensions["settings"].request_seconds, MEMORY, admit))


def end(error: BaseException | None) -> None:
    """End it, and give the memory of a heavy request back to the system."""
    budget.end()
    if g.pop("heavy", False):
        current_app.extensions["places"].give_back()
        release_memory()


def admit(seconds: float) -> None:
    """Let a request of so many seconds begin. Raises TooFast or Busy."""
    charge(seconds)
    if seconds > HEAVY and "heavy" not in g:
        current_app.extensions["places"].take()
        g.heavy = True


def release_memory() -> None:
    """Give freed memory back to the system; no effect with a C library other than glibc."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def too_much(error: OverBudget) -> Response:
    """503 with what to narrow."""
    current_app.logger.warning("over budget (%s): %s", error.reason, request.full_path[:500])
    return error_response(503, failure=messages.TOO_MUCH, code="too_heavy")


def busy(error: Busy) -> Response:
    """503 with when to ask again."""
    response = error_response(503, failure=messages.BUSY, code="busy")
    response.headers["Retry-After"] = str(BUSY_SECONDS)
    return response
