"""A zone of an article as words with offsets, and the phrase tables that are looked up in it.

One pass of the tokeniser serves the whole grammar of officials; everything after it looks only around anchors.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import accumulate
from operator import sub

from indexer.text import normalize

UPPER = "".join(c for c in map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]) if c.isupper())
LOWER = "".join(c for c in map(chr, [*range(0x61, 0x250), *range(0x1E00, 0x1F00)]) if c.islower())
LETTERS = r"[^\W\d_]+(?:'[^\W\d_]+)*"
# A word takes its leading blanks along, so that the pieces add up to the text and offsets are running sums. Dots and
# hyphens belong to it in "UVT.Ư", "T.S", "Mít-thạ-phon" (capital, then small letters only), never in "trưởng-tham mưu".
HYPHENED = rf"[{UPPER}][^\W\d_]*(?:-[{LOWER}]+)+(?!\w)"
DOTTED = rf"[{UPPER}]{{1,4}}(?:\.[{UPPER}]{{1,4}})+(?!\w)"
WORD = re.compile(rf" *(?:{HYPHENED}|{DOTTED}|{LETTERS}|\d+|[^ ])")
PADDING = 12


class Words:
    """The words of one zone. `words` as normalised, `lower` in lower case, `ends` their end offsets.

    Ends in PADDING line ends, so that the grammar may look ahead without asking whether there is more.
    """

    __slots__ = ("ends", "lower", "size", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = normalize(text)
        pieces: list[str] = WORD.findall(self.text)
        self.size = len(pieces)
        self.words: list[str] = [*map(str.lstrip, pieces, " " * len(pieces)), *"\n" * PADDING]
        self.ends: list[int] = [*accumulate(map(len, pieces)), *[len(self.text)] * PADDING]
        self.starts: list[int] = [*map(sub, self.ends, map(len, self.words))]
        self.lower: list[str] = [*map(str.lower, self.words)]

    def span(self, start: int, end: int) -> str:
        """The normalised text of words [start, end), white space folded."""
        return " ".join(self.text[self.starts[start] : self.ends[end - 1]].split())

    def joined(self, at: int) -> bool:
        """Whether word `at` follows its predecessor without white space."""
        return self.starts[at] == self.ends[at - 1]

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


class Phrases:
    """Phrases by their first word, the longest first: one dictionary look-up decides most positions."""

    __slots__ = ("by_first",)

    def __init__(self, phrases: Iterable[str]) -> None:
        self.by_first: dict[str, list[list[str]]] = {}
        for phrase in sorted({tuple(words_of(phrase)) for phrase in phrases}, key=len, reverse=True):
            self.by_first.setdefault(phrase[0], []).append([*phrase[1:]])

    def __contains__(self, word: str) -> bool:
        return word in self.by_first

    def size_at(self, lower: list[str], at: int) -> int:
        """How many words of the longest phrase stand at `at`; 0 if none."""
        rests = self.by_first.get(lower[at])
        if rests:
            for rest in rests:
                size = len(rest) + 1
                if lower[at + 1 : at + size] == rest:
                    return size
        return 0


def words_of(phrase: str) -> list[str]:
    """The lower-case words of a short phrase, as the tokeniser sees them."""
    return [word.strip().lower() for word in WORD.findall(normalize(phrase))]


def rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the room's CSV files."""
    with (files("indexer.entities") / "data" / name).open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def members(kind: str) -> list[str]:
    """The phrases of one closed word class of the grammar (data/word_classes.csv)."""
    return [row["phrase"] for row in rows("word_classes.csv") if row["class"] == kind]


@cache
def column(name: str, key: str) -> tuple[str, ...]:
    """One column of a CSV file of the room."""
    return tuple(row[key] for row in rows(name))
