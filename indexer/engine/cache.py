"""A cache of arrays, bounded by bytes: a thread-safe cachetools.LRUCache whose values tell their size as they come."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from operator import itemgetter
from threading import Lock
from typing import Any, TypeVar

from cachetools import LRUCache

T = TypeVar("T")


class Cache:
    """What `make` returned, by key. The least recently used values go first. Safe between threads."""

    def __init__(self, limit: int) -> None:
        """`limit`: bytes in all. A larger value is held alone: it would be made anew for each query otherwise."""
        self._limit = limit
        self._held: LRUCache[Hashable, tuple[Any, int]] = LRUCache(limit, getsizeof=itemgetter(1))
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value of `key`, made if it is not there; `size` gives its bytes.

        Two threads that miss at once both make it, outside the lock, and either result serves.
        """
        with self._lock:
            held = self._held.get(key)
        if held is not None:
            found: T = held[0]
            return found
        made = make()
        with self._lock:
            self._held[key] = made, min(size(made), self._limit)
        return made

    def holds(self, key: Hashable) -> bool:
        """Whether the value of `key` is there; this is no use of it."""
        with self._lock:
            return key in self._held

    def clear(self) -> None:
        """Forget all values."""
        with self._lock:
            self._held.clear()
