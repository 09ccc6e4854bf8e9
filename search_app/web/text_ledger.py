"""The ledger of texts: which cells of which articles each reader has been given today, in bounded memory.

It is a table of pairs of reader and article, made before the server forks, so that all its processes share it: 12 MB
at most, of which only what is used is real. A pair is a keyed hash: who has read what cannot be read from it. No pair
is ever dropped to make room, since its reader could begin again. Where there is no room, readers are given nothing
new until the next day begins in Viet Nam, and see what everybody sees. So that few cannot use up the room of many, a
reader may have MOST_ARTICLES while half of the table is free, and FEWEST_ARTICLES after that.
"""

from __future__ import annotations

import fcntl
import mmap
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from tempfile import TemporaryFile

from indexer.search.excerpts import GRANTED

SLOTS = 1 << 19
WORDS = 3  # of 8 bytes for a pair: its key, and 128 cells
FULL, HALF_FULL = 3 / 4, 1 / 2
MOST_ARTICLES, FEWEST_ARTICLES = 8_000, 400
DAY, USED, FIRST = 0, 1, 8  # words: the day, how many slots are used, where the table begins
SECONDS_OF_DAY, VIET_NAM = 86_400, 7 * 3_600
WORD = (1 << 64) - 1


class TextLedger:
    """The cells given to each reader. Safe between threads, and between processes forked after it was made.

    Readers and articles are numbers (`number_of`). `clock` gives seconds since 1970; tests pass their own.
    """

    def __init__(self, slots: int = SLOTS, clock: Callable[[], float] = time.time) -> None:
        self.slots, self.clock = slots, clock
        self._words = memoryview(mmap.mmap(-1, 8 * (FIRST + WORDS * slots))).cast("Q")
        self._secret = secrets.token_bytes(16)
        self._threads, self._processes = threading.Lock(), TemporaryFile()  # noqa: SIM115 - as long as the ledger

    def take(self, reader: int, article: int, cells: Sequence[int]) -> int:
        """Give the reader cells of an article, in this order, until GRANTED of them are given today.

        Returns all that are given by now; 0 where the ledger has no room.
        """
        with self._held():
            at, known = self._find(reader, article)
            mask = with_cells(known, cells)
            if mask == known or (not known and self._room(reader) < 1):
                return known
            self._write(reader, at, article, known, mask)
            return mask

    def take_all(self, reader: int, shown: Mapping[int, int]) -> bool:
        """Give the reader all of these cells by article, or nothing and return False where one does not fit."""
        with self._held():
            found = [(article, mask, *self._find(reader, article)) for article, mask in shown.items()]
            if any((known | mask).bit_count() > GRANTED for _, mask, _, known in found):
                return False
            new = sum(not known for _, _, _, known in found)
            if new and self._room(reader) < new:
                return False
            for article, mask, _, known in found:
                if known | mask != known:
                    slot, _ = self._find(reader, article)  # one before may have been written there
                    self._write(reader, slot, article, known, known | mask)
            return True

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The ledger of today, for this thread of this process alone. The system lets go for a process that ends."""
        with self._threads:
            fcntl.lockf(self._processes, fcntl.LOCK_EX)
            try:
                self._turn_page()
                yield
            finally:
                fcntl.lockf(self._processes, fcntl.LOCK_UN)

    def _turn_page(self) -> None:
        """Begin anew where the day is another. A clock that is put back by hours does not begin the day again."""
        today = int((self.clock() + VIET_NAM) // SECONDS_OF_DAY)
        if today > self._words[DAY] or today < self._words[DAY] - 1:
            if self._words[USED]:
                self._words[:] = memoryview(bytes(self._words.nbytes)).cast("Q")
            self._words[DAY] = today

    def _find(self, reader: int, article: int) -> tuple[int, int]:
        """The word at which a pair stands or would stand, and its cells: 0 if it is not there."""
        words, key = self._words, self._key(reader, article)
        slot = key % self.slots
        while words[at := FIRST + WORDS * slot] not in (0, key):
            slot = (slot + 1) % self.slots
        return at, words[at + 1] | words[at + 2] << 64

    def _key(self, reader: int, article: int) -> int:
        pair = reader.to_bytes(8, "little") + article.to_bytes(8, "little")
        return int.from_bytes(blake2b(pair, digest_size=8, key=self._secret).digest(), "little") or 1

    def _room(self, reader: int) -> int:
        """How many more articles the reader may have today. Two slots are the most that an article takes."""
        used = self._words[USED]
        most = MOST_ARTICLES if used < self.slots * HALF_FULL else FEWEST_ARTICLES
        return min(most - self._find(reader, 0)[1], int(self.slots * FULL) - used - 1)

    def _write(self, reader: int, at: int, article: int, known: int, mask: int) -> None:
        """Write the cells of a pair; a new one is counted for its reader."""
        if not known:
            self._put(at, reader, article, mask)
            count_at, count = self._find(reader, 0)
            self._put(count_at, reader, 0, count + 1)
        else:
            self._words[at + 1], self._words[at + 2] = mask & WORD, mask >> 64

    def _put(self, at: int, reader: int, article: int, value: int) -> None:
        words = self._words
        words[USED] += words[at] == 0
        words[at], words[at + 1], words[at + 2] = self._key(reader, article), value & WORD, value >> 64


def with_cells(mask: int, cells: Sequence[int]) -> int:
    """The cells of `mask` and as many of `cells`, in this order, as may be given."""
    for cell in cells:
        if mask.bit_count() >= GRANTED:
            break
        mask |= 1 << cell
    return mask


def number_of(name: str) -> int:
    """The number of a reader or an article; 0 stands for none."""
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little") or 1
