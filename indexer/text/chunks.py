"""Reading a text chunk by chunk, each distinct chunk once.

A chunk is what stands between two spaces ("quốc", "phòng,", "28-NQ/TW"). Neither a token of pyvi nor a syllable
reaches across a space, and the news repeats itself: a few hundred thousand chunks make up millions of words. So
each chunk is taken apart once, its parts are kept as rows of a table, and a text is read by looking its chunks up
and gathering their rows with NumPy. Syllables are numbers from here on: an engine need not look them up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from indexer.text.normalize import fold

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

# A token of pyvi: where it stands in its chunk, what it says for joining the token before it, itself and the one
# after it to what precedes them, its number in pyvi's word list, and how pyvi's last rule sees it.
TOKEN_ROW = np.dtype("i4, i4, f8, f8, f8, i8, ?, ?")
TOKEN_ROW.names = ("start", "end", "before", "here", "after", "known", "apart", "capital")
# A syllable: where it stands in its chunk, its number, the token of the chunk it begins in.
SYLLABLE_ROW = np.dtype("i4, i4, i4, i4")
SYLLABLE_ROW.names = ("start", "end", "number", "token")
# A chunk: how long it is, its first token and how many, its first syllable and how many.
CHUNK_ROW = np.dtype("i4, i4, i4, i4, i4")
CHUNK_ROW.names = ("size", "token", "tokens", "syllable", "syllables")

LIMIT = 150_000  # chunks kept, about 60 MB; a full table is dropped whole and filled anew
NEWLINE = 0  # the first chunk of every table


class Apart(NamedTuple):
    """What some chunks consist of: the TOKEN_ROWs of all in order, how many are of each chunk, the same of their
    SYLLABLE_ROWs, and how each syllable is spelled, which gives it its number."""

    tokens: Rows
    tokens_each: Ints
    syllables: Rows
    syllables_each: Ints
    spelled: Sequence[str]


TakeApart = Callable[[Sequence[str]], Apart]


class Reader:
    """Reads texts with `take_apart`. Safe to share between threads."""

    def __init__(self, take_apart: TakeApart, limit: int = LIMIT) -> None:
        self.take_apart = take_apart
        self.limit = limit
        self.chunks = Chunks(take_apart)

    def read(self, texts: Sequence[str]) -> Reading:
        """The reading of `texts`, whose only white space is " " and "\\n"."""
        if len(self.chunks.numbers) > self.limit:
            self.chunks = Chunks(self.take_apart)  # a reading under way keeps the table it began with
        return self.chunks.read(texts)


@dataclass(frozen=True, slots=True)
class Reading:
    """The chunks of all texts in order: their rows, the text each is of, and where and in which line it begins there.

    All three count from 0.
    """

    chunk: Rows
    text: Ints
    begin: Ints
    line: Ints
    token_rows: Rows
    syllable_rows: Rows
    known: Syllables

    def tokens(self) -> tuple[Rows, Ints]:
        """The rows of all tokens in order, and the chunk each stands in."""
        return gather(self.token_rows, self.chunk["token"], self.chunk["tokens"])

    def syllables(self) -> tuple[Rows, Ints]:
        """The rows of all syllables in order, and the chunk each stands in."""
        return gather(self.syllable_rows, self.chunk["syllable"], self.chunk["syllables"])


def gather(rows: Rows, at: Ints, count: Ints) -> tuple[Rows, Ints]:
    """`count[i]` rows from `at[i]` on, for every i in turn; and the i of each."""
    owner = np.repeat(np.arange(len(count)), count)
    shift = np.repeat(at - before(count), count)
    return rows.take(np.arange(len(owner)) + shift), owner  # take is several times faster than rows[…]


class Syllables:
    """The syllables seen so far: how each number is spelled, and how without accents."""

    def __init__(self) -> None:
        self.spelled: list[str] = []
        self.folded: list[str] = []
        self.numbers: dict[str, int] = {}

    def numbered(self, spelled: Sequence[str]) -> Ints:
        """The number of each; what is new gets the next one."""
        for syllable in spelled:
            if syllable not in self.numbers:
                self.spelled.append(syllable)
                self.folded.append(fold(syllable))
                self.numbers[syllable] = len(self.numbers)
        return np.fromiter(map(self.numbers.__getitem__, spelled), np.int64, len(spelled))


class Chunks:
    """The chunks taken apart so far. Rows are only ever added, under a lock, before the chunk can be looked up."""

    def __init__(self, take_apart: TakeApart) -> None:
        self.take_apart = take_apart
        self.numbers: dict[str, int] = {}
        self.known = Syllables()
        self.lock = Lock()
        self.chunk, self.token, self.syllable = Table(CHUNK_ROW), Table(TOKEN_ROW), Table(SYLLABLE_ROW)
        self.add(["\n"])

    def read(self, texts: Sequence[str]) -> Reading:
        """The tokens and syllables of all texts, chunk by chunk; each distinct chunk is analysed once."""
        cut = [text.replace("\n", " \n ").split(" ") for text in texts]
        parts = list(chain.from_iterable(cut))
        numbers = list(map(self.numbers.get, parts))
        if None in numbers:
            self.add(part for part, number in zip(parts, numbers, strict=True) if number is None)
            numbers = list(map(self.numbers.get, parts))
        number = np.array(numbers, np.int64)
        chunk = self.chunk.rows.take(number)
        counts = np.fromiter(map(len, cut), np.int64, len(cut))
        text = np.repeat(np.arange(len(cut)), counts)
        newline = number == NEWLINE
        # A chunk and its space; less the two spaces put around a newline, of which the first stands before it.
        step = chunk["size"] + 1 - 2 * newline
        begin = np.cumsum(step) - step - newline
        line = np.cumsum(newline)
        first = np.repeat(before(counts), counts)
        begin, line = begin - begin[first], line - line[first]
        return Reading(chunk, text, begin, line, self.token.rows, self.syllable.rows, self.known)

    def add(self, parts: Iterable[str]) -> None:
        """Takes those of `parts` apart that are new."""
        with self.lock:
            new = [part for part in dict.fromkeys(parts) if part not in self.numbers]
            if not new:
                return  # another thread has been quicker
            apart = self.take_apart(new)
            apart.syllables["number"] = self.known.numbered(apart.spelled)
            rows = np.empty(len(new), CHUNK_ROW)
            rows["size"] = list(map(len, new))
            rows["tokens"], rows["syllables"] = apart.tokens_each, apart.syllables_each
            rows["token"] = self.token.extend(apart.tokens) + before(apart.tokens_each)
            rows["syllable"] = self.syllable.extend(apart.syllables) + before(apart.syllables_each)
            first = self.chunk.extend(rows)
            self.numbers.update(zip(new, range(first, first + len(new)), strict=True))


def before(counts: Ints) -> Ints:
    """How many the counts before each come to."""
    return np.cumsum(counts) - counts


class Table:
    """A growing array of rows. What a reader has taken hold of stays valid while the table grows."""

    def __init__(self, dtype: npt.DTypeLike) -> None:
        self.rows: Rows = np.zeros(1024, dtype)
        self.count = 0

    def extend(self, rows: Rows) -> int:
        """Adds `rows`; the number of the first of them."""
        first, self.count = self.count, self.count + len(rows)
        if self.count > len(self.rows):
            grown = np.zeros(2 * self.count, self.rows.dtype)
            grown[:first] = self.rows[:first]
            self.rows = grown
        self.rows[first : self.count] = rows
        return first
