"""A small cache of arrays: the longest unused go first, bounded by bytes, safe between threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Remembers what `make` returned; two threads that miss at once both make it, and either result serves."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value kept under `key`; else what `make` gives, kept with its `size` in bytes."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key][0]
                return found
        made = make()
        self._put(key, made, size(made))
        return made

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _put(self, key: Hashable, value: Any, size: int) -> None:
        with self._lock:
            if key in self._held:
                return
            self._held[key] = value, size
            self._bytes += size
            while self._bytes > self._limit and len(self._held) > 1:
                self._bytes -= self._held.popitem(last=False)[1][1]
