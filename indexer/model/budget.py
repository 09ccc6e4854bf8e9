"""Budgets of work: the processor time and memory one request may take, known before it starts and checked meanwhile.

A front end sets a budget for the work of its thread (`within`, or `begin` and `end`). Code that does the work knows no
front end: it tells what it is about to do (`plan`), and long steps ask now and then whether time is left (`check`).
Without a budget, as on the command line, both do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import thread_time


class OverBudget(Exception):
    """A request asks for more than its budget holds. `reason` is work, memory or time."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Budget:
    """What one request may take: `seconds` of processor, and `size` bytes at once.

    `charge` is told the seconds planned so far whenever that grows, before the work is done; it may raise to refuse it.
    `clock` gives the seconds of processor that this thread has used; tests pass their own.
    """

    def __init__(self, seconds: float, size: int, charge: Callable[[float], None] = lambda seconds: None,
                 clock: Callable[[], float] = thread_time) -> None:
        self.seconds, self.size, self.planned = seconds, size, 0.0
        self._charge, self._clock = charge, clock
        self._started = clock()

    def plan(self, seconds: float, size: int = 0) -> None:
        """Tell of work of about so many `seconds` that holds `size` bytes at once. OverBudget if it must not begin."""
        if size > self.size:
            raise OverBudget("memory")
        if self.planned + seconds > self.seconds:
            raise OverBudget("work")
        self.planned += seconds
        self._charge(self.planned)

    def check(self) -> None:
        """OverBudget if the time is used up: an estimate was wrong."""
        if self.used() > self.seconds:
            raise OverBudget("time")

    def forgive(self, seconds: float) -> None:
        """Leave out so many seconds that were used for everybody."""
        self._started += seconds

    def used(self) -> float:
        """The seconds of processor used so far."""
        return self._clock() - self._started


_current: ContextVar[Budget | None] = ContextVar("budget", default=None)


def current() -> Budget | None:
    """The budget of this thread's work; None if it has none."""
    return _current.get()


def begin(budget: Budget) -> None:
    """Have the work of this thread keep to `budget` until `end`."""
    _current.set(budget)


def end() -> None:
    """Let the work of this thread take what it needs."""
    _current.set(None)


@contextmanager
def within(budget: Budget) -> Iterator[Budget]:
    """A context whose work keeps to `budget`."""
    token = _current.set(budget)
    try:
        yield budget
    finally:
        _current.reset(token)


@contextmanager
def aside() -> Iterator[None]:
    """A context for work that serves all requests to come, such as opening an index: no request pays for it."""
    budget = _current.get()
    if budget is None:
        yield
        return
    before, token = budget.used(), _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
        budget.forgive(budget.used() - before)


def plan(seconds: float, size: int = 0) -> None:
    """Tell the budget, if there is one, what is about to be done; see `Budget.plan`."""
    if budget := _current.get():
        budget.plan(seconds, size)


def check() -> None:
    """OverBudget if there is a budget and its time is used up."""
    if budget := _current.get():
        budget.check()
