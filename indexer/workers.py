"""Worker processes for reading and analysing: results come back in order, and only a few chunks are under way."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from types import TracebackType
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`; the last may be shorter."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


class Workers:
    """`count` processes (0: one per processor), started when there is a second chunk of work to do.

    A small run, the cron job's usual case, is over before processes would have started.
    """

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self.executor: ProcessPoolExecutor | None = None

    def each(self, function: Callable[[Sequence[T]], R], work: Iterable[list[T]]) -> Iterator[R]:
        """`function(chunk)` for each chunk of `work`, in order; at most two chunks a worker are under way."""
        work = iter(work)
        first, second = next(work, None), next(work, None)
        if second is None or self.count == 1:
            for chunk in (first, second):
                if chunk is not None:
                    yield function(chunk)
            yield from map(function, work)
            return
        waiting: deque[Future[R]] = deque()
        assert first is not None
        for chunk in _chain(first, second, work):
            waiting.append(self._started().submit(function, chunk))
            if len(waiting) > 2 * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = ProcessPoolExecutor(self.count)
        return self.executor

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.executor is not None:
            self.executor.shutdown(wait=kind is None, cancel_futures=True)


def _chain(first: T, second: T, rest: Iterable[T]) -> Iterator[T]:
    yield first
    yield second
    yield from rest
