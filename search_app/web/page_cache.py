"""The page cache: compressed HTML by ETag.

The ETag differs with everything a page is made of (etags.new_tag), so no page here becomes wrong; an old one is not
asked for any more. A compressed result page takes about 6 kB, and is sent as it is to browsers that take gzip.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from search_app.web.allowances import Shown


@dataclass(frozen=True, slots=True)
class Remembered:
    """A page: its HTML in gzip's format, and what it shows of texts beyond what everybody sees."""

    packed: bytes
    shown: Shown = b""

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.packed) + len(self.shown)


class PageCache:
    """Pages by ETag, at most `limit` bytes of them: the least recently used go first. Safe between threads."""

    def __init__(self, limit: int) -> None:
        self._pages: LRUCache[str, Remembered] = LRUCache(limit, getsizeof=lambda page: page.size)
        self._lock = Lock()

    def get(self, tag: str) -> Remembered | None:
        """The page with this ETag; None where it is not in the cache."""
        with self._lock:
            return self._pages.get(tag)

    def put(self, tag: str, page: Remembered) -> None:
        """Keep a page, unless it alone is larger than the limit."""
        with self._lock, suppress(ValueError):  # cachetools refuses what is too large
            self._pages[tag] = page
