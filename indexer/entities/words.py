"""A zone of an article as words with offsets, and the phrase tables that are looked up in it.

One pass of the tokeniser serves the whole grammar of officials; everything after it looks only around anchors.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import compress

from indexer.text import normalize

UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())
LOWER = "".join(c for c in map(chr, [*range(0x61, 0x250), *range(0x1E00, 0x1F00)]) if c.islower())
LETTERS = r"[^\W\d_]+(?:'[^\W\d_]+)*"
# A word that begins with a capital keeps the hyphens of "Mít-thạ-phon" and the dots of "UVT.Ư", not those of
# "Niên-Ủy viên", "trưởng-tham mưu" and "tỉnh.Sau".
CAPITAL = rf"[{UPPER}][^\W\d_]*(?:'[^\W\d_]+|-[{LOWER}]+(?!\w)|(?<=[{UPPER}])\.[{UPPER}]{{1,4}}(?!\w))*"
WORD = re.compile(rf"{CAPITAL}|{LETTERS}|\d+|[^ ]")
CHUNKS_KEPT = 5_000
LONGEST_KEPT = 40  # letters; a longer chunk is an address or no text at all, and does not come again
PADDING = 12
SENTENCE_ENDS = frozenset(".!?\n")


class Words:
    """The words of one zone. `words` as normalised, `lower` in lower case, `ends` their end offsets.

    `normal` spares normalising `text` again where the caller has done it. Ends in PADDING line ends, so that the
    grammar may look ahead without asking whether there is more.
    """

    __slots__ = ("_marks", "_sentences", "anchors", "ends", "lower", "names", "posts", "size", "text", "words")

    def __init__(self, text: str, normal: str | None = None) -> None:
        self.text = normalize(text) if normal is None else normal
        self.words, self.ends, self._marks = cut(self.text)
        self.size = len(self.words)
        self.words += "\n" * PADDING
        self.ends += [len(self.text)] * PADDING
        self.lower: list[str] = [*map(str.lower, self.words)]
        # Where posts and names end that begin at a word: the grammar asks the same place several times.
        self.posts: dict[int, int] = {}
        self.names: dict[tuple[int, str], int] = {}
        self.anchors: list[int] | None = None  # where there is something to read: see mentions.anchors
        self._sentences: list[int] = []

    def places_of(self, known: Container[str]) -> list[int]:
        """Where words of `known` (in lower case) stand: the first sieve of every table, without a loop of ours."""
        return [*compress(range(self.size), map(known.__contains__, self.lower))]

    def start(self, at: int) -> int:
        """The offset of word `at`."""
        return self.ends[at] - len(self.words[at])

    def sentence_end(self, at: int) -> int:
        """The word that ends the sentence of word `at`, `at` itself included; never beyond `size`."""
        ends = self.sentence_ends()
        return ends[bisect_left(ends, at)]

    def sentence_start(self, at: int) -> int:
        """The first word of the sentence of word `at`."""
        ends = self.sentence_ends()
        before = bisect_left(ends, at)
        return ends[before - 1] + 1 if before else 0

    def sentence_ends(self) -> list[int]:
        """The words that end sentences, and `size` last; not the dot of "TP. Hồ Chí Minh", "14.12", "Nguyễn T. A"."""
        if not self._sentences:
            ends = (at for at in self._marks if self.words[at] != "." or self.full_stop(at))
            self._sentences = [*ends, self.size]
        return self._sentences

    def full_stop(self, at: int) -> bool:
        """Whether the dot `at` stands at the end of a word that is no abbreviation of a place."""
        return not self.joined(at + 1) and self.lower[at - 1] not in short_units()

    def span(self, start: int, end: int) -> str:
        """The normalised text of words [start, end), white space folded."""
        return " ".join(self.text[self.start(start) : self.ends[end - 1]].split())

    def joined(self, at: int) -> bool:
        """Whether word `at` follows its predecessor without white space."""
        return self.start(at) == self.ends[at - 1]

    def capital(self, at: int) -> bool:
        """Whether word `at` begins with a capital letter."""
        return self.words[at][:1].isupper()

    def capitals_end(self, at: int) -> int:
        """The end of the run of capitalised words, no acronyms, from `at`: "Lạc Dương Sử Thanh Hoài"; at most eight."""
        end = at
        while end - at < 8 and self.capital(end) and not self.acronym(end) and (end == at or not self.joined(end)):
            end += 1
        return end

    def acronym(self, at: int) -> bool:
        """UBND, T.Ư, BĐBP: two letters or more, all of them capitals."""
        word = self.words[at]
        return len(word) > 1 and word.isupper()


def cut(text: str) -> tuple[list[str], list[int], list[int]]:
    """The words of `text`, as WORD finds them, where each ends, and which of them are marks that may end a sentence.

    No word reaches over a blank, and what stands between two is most often letters alone, hence one word: to ask that
    takes a fraction of what the pattern does, and so it does for letters with a mark behind ("phòng,"). The rest
    ("(CHQS)") comes again and again.
    """
    words: list[str] = []
    ends: list[int] = []
    marks: list[int] = []
    at = 0
    for chunk in text.split(" "):
        if chunk.isalpha():
            words.append(chunk)
            ends.append(at + len(chunk))
        elif not chunk[-1:].isalnum() and (letters := chunk[:-1]).isalpha():
            mark, end = chunk[-1], at + len(chunk)
            if mark in SENTENCE_ENDS:
                marks.append(len(words) + 1)
            words += letters, mark
            ends += end - 1, end
        else:
            for word, end, is_mark in known_cuts(chunk) if len(chunk) <= LONGEST_KEPT else cut_chunk(chunk):
                if is_mark:
                    marks.append(len(words))
                words.append(word)
                ends.append(at + end)
        at += len(chunk) + 1
    return words, ends, marks


def cut_chunk(chunk: str) -> tuple[tuple[str, int, bool], ...]:
    """(word, where it ends, whether it ends a sentence) of each word of a chunk."""
    return tuple((word[0], word.end(), word[0] in SENTENCE_ENDS) for word in WORD.finditer(chunk))


known_cuts = lru_cache(CHUNKS_KEPT)(cut_chunk)


class Phrases:
    """Phrases by their first two words, the longest first: two dictionary look-ups decide most positions.

    `by_first[first][second]` holds what follows these two; the second word "" says that the first is a phrase alone.
    """

    __slots__ = ("by_first",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self.take_in(map(words_of, phrases))

    @classmethod
    def of(cls, phrases: Iterable[list[str]]) -> Phrases:
        """Phrases whose words are known already."""
        table = cls(())
        table.take_in(phrases)
        return table

    def take_in(self, phrases: Iterable[list[str]]) -> None:
        """Index the phrases by first and second word, longer ones first."""
        self.by_first: dict[str, dict[str, list[list[str]]]] = {}
        for first, *rest in sorted(phrases, key=len, reverse=True):
            self.by_first.setdefault(first, {}).setdefault(rest[0] if rest else "", []).append(rest[1:])

    def openings(self) -> Iterator[tuple[str, str]]:
        """The first two words of each phrase, "" for a second that is not there."""
        return ((first, second) for first, seconds in self.by_first.items() for second in seconds)

    def size_at(self, lower: list[str], at: int) -> int:
        """How many words of the longest phrase stand at `at`; 0 if none."""
        seconds = self.by_first.get(lower[at])
        if seconds is None:
            return 0
        for rest in seconds.get(lower[at + 1], ()):
            size = len(rest) + 2
            if not rest or lower[at + 2 : at + size] == rest:
                return size
        return 1 if "" in seconds else 0

    def ends_at(self, lower: list[str], end: int, longest: int) -> bool:
        """Whether a phrase of at most `longest` words ends just before `end`."""
        return any(self.size_at(lower, end - size) == size for size in range(1, min(end, longest) + 1))

    def stands_in(self, lower: list[str], start: int, stop: int) -> bool:
        """Whether a phrase begins at one of the words [start, stop)."""
        return any(lower[at] in self.by_first and self.size_at(lower, at) for at in range(start, stop))


def words_of(phrase: str) -> list[str]:
    """The lower-case words of a short phrase, as the tokeniser sees them."""
    return [word.lower() for word in WORD.findall(normalize(phrase))]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the room's CSV files."""
    with (files("indexer.entities") / "data" / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def members(kind: str) -> tuple[str, ...]:
    """The phrases of one closed word class of the grammar (data/word_classes.csv)."""
    return word_classes()[kind]


@cache
def word_classes() -> dict[str, tuple[str, ...]]:
    """The phrases of each word class, read once: every module of the grammar asks for some when it is imported."""
    classes: dict[str, list[str]] = {}
    for row in rows("word_classes.csv"):
        classes.setdefault(row["class"], []).append(row["phrase"])
    return {kind: tuple(phrases) for kind, phrases in classes.items()}


@cache
def short_units() -> frozenset[str]:
    """Units of place written short, with a dot: "TP.", "TX."."""
    return frozenset(members("short_unit"))


@cache
def column(name: str, key: str) -> tuple[str, ...]:
    """One column of a CSV file of the room."""
    return tuple(row[key] for row in rows(name))
