"""Worker processes for reading and analysing: results come back in order, and only a few chunks are under way."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from types import TracebackType
from typing import TypeVar

from indexer.model.errors import QuocphongError
from indexer.model.signals import ignore_signals_in_worker

T = TypeVar("T")
R = TypeVar("R")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """`items` in lists of `size`; the last may be shorter."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


class Workers:
    """`count` processes (0: one per processor), started when there is a second chunk of work to do.

    A small run, the cron job's usual case, is over before processes would have started; the first chunk of a large one
    is done in the parent, whose tables the processes inherit. They end with the block, with the parent when it is
    killed, and at once when the block is left by an error.
    """

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self.executor: ProcessPoolExecutor | None = None
        self.others = set(multiprocessing.active_children())

    def each(self, function: Callable[[Sequence[T]], R], work: Iterable[list[T]]) -> Iterator[R]:
        """`function(chunk)` for each chunk of `work`, in order; at most two chunks a worker are under way.

        Raises QuocphongError when a worker was ended from outside, which is what a machine short of memory does.
        """
        work = iter(work)
        first, second = next(work, None), next(work, None)
        if second is None or self.count == 1:
            yield from map(function, chain((chunk for chunk in (first, second) if chunk is not None), work))
            return
        assert first is not None
        ahead = [first, second]
        if self.executor is None:
            yield function(ahead.pop(0))  # here: what it loads and learns, the processes need not load and learn
        try:
            yield from self._in_processes(function, chain(ahead, work))
        except BrokenProcessPool as error:
            raise QuocphongError("A worker process was ended from outside, perhaps for want of memory; the index is as"
                                 " it was before this run. Try: quocphong index --workers 1") from error

    def _in_processes(self, function: Callable[[Sequence[T]], R], work: Iterable[list[T]]) -> Iterator[R]:
        waiting: deque[Future[R]] = deque()
        for chunk in work:
            waiting.append(self._started().submit(function, chunk))
            if len(waiting) > 2 * self.count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _started(self) -> ProcessPoolExecutor:
        if self.executor is None:
            self.executor = ProcessPoolExecutor(self.count, initializer=_begin)
        return self.executor

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.executor is None:
            return
        if kind is not None:
            for process in set(multiprocessing.active_children()) - self.others:
                process.terminate()
        self.executor.shutdown(cancel_futures=True)


def _begin() -> None:
    """What a worker does first. It inherited the index's lock, so it must not outlive a parent that is killed."""
    ignore_signals_in_worker()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
