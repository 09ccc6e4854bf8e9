"""Pages as they were last made, so that who asks for one again gets it without its being made again.

A page is known by its ETag, which differs with all that a page is made of (security_headers.tag_of): nothing here goes
stale, it only ceases to be asked for. Packed, a page of results takes some 6 kB; to unpack it takes 0.1 ms.
"""

from __future__ import annotations

import zlib
from contextlib import suppress
from threading import Lock

from cachetools import LRUCache

LEVEL = 1  # twice as fast as zlib's own choice, for a tenth more bytes


class Pages:
    """Pages by ETag, packed. Of more than `limit` bytes the least recently used go. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self._packed: LRUCache[str, bytes] = LRUCache(limit, getsizeof=len)
        self._lock = Lock()

    def get(self, tag: str) -> bytes | None:
        """The page with this tag, where it is remembered."""
        with self._lock:
            packed = self._packed.get(tag)
        return None if packed is None else zlib.decompress(packed)

    def put(self, tag: str, page: bytes) -> None:
        """Remember a page, unless it alone is beyond the limit."""
        packed = zlib.compress(page, LEVEL)
        with self._lock, suppress(ValueError):  # of one that is too large
            self._packed[tag] = packed
