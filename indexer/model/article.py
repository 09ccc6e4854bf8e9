"""What the newspaper published, and how its Vietnamese was read."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date the page gives for its own publication, before anything is inferred.

    `date` is ISO at its own precision (YYYY, YYYY-MM, YYYY-MM-DD); `basis` is where it stood:
    "meta" (the page's metadata or the record's own field), "header" (the page's visible header) or "url".
    """

    date: str
    basis: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as its newspaper published it, without menus and captions.

    `id` is stable across changes of content. `path` is the file it came from, relative to its root, and `line`
    the line in a JSONL file (1-based). `lead` is the summary paragraph where the page marks one, else "".
    `body` holds one paragraph a line. `stamps` come in order of trust. `notes` are warnings worth reporting.
    `online` is what became of the page since it was fetched: "altered", "gone", or "" (as it was, or nobody looked),
    and `online_at` when that was first seen (ISO, UTC).
    """

    id: str
    path: str
    title: str
    body: str
    lead: str = ""
    line: int | None = None
    url: str | None = None
    source: str | None = None
    author: str | None = None
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()
    online: str = ""
    online_at: str = ""

    @property
    def text(self) -> str:
        """The running text as shown: the lead, where there is one, above the body."""
        return f"{self.lead}\n{self.body}" if self.lead else self.body


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or line that gave no article. `path` as given, `line` 1-based or None, `why` one plain sentence."""

    path: str
    line: int | None
    why: str

    @property
    def where(self) -> str:
        """The file, and the line where there is one."""
        return f"{self.path}, line {self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, eq=False)
class Numbered(Sequence[str]):
    """Strings as numbers of a vocabulary, which may grow and which many share: equal to what spells the same."""

    numbers: array[int]
    vocabulary: Sequence[str]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self.vocabulary.__getitem__, self.numbers)

    def __getitem__(self, at: Any) -> Any:
        found = self.numbers[at]
        return self.vocabulary[found] if isinstance(found, int) else Numbered(found, self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Numbered) and list(self) == list(other)


@dataclass(frozen=True, slots=True)
class Terms:
    """An article's syllables and words, ready for an engine: every array is parallel to `syllables`.

    syllables  normalised, lower case, accented ("thanh", "hóa", "k'mák", "28")
    folded     the same without accents ("thanh", "hoa", "k'mak", "28")
    positions  place in one position space; zones and entity phrases are POSITION_GAP apart, so no phrase crosses them
    starts, ends  character offsets: into the title for the title zone, into Article.text for lead and body,
                  0 for entities
    paired     1 where the syllable and its successor form a pair (no punctuation with white space between them)
    word_at    index of the first syllable of each pyvi word; single syllables included
    title, lead, body  zone ends, in syllables: title [0, title), lead [title, lead), body [lead, body);
               the words of the article's entities fill [body, len(syllables))
    """

    syllables: Numbered
    folded: Numbered
    positions: array[int]
    starts: array[int]
    ends: array[int]
    paired: bytes
    word_at: array[int]
    title: int
    lead: int
    body: int

    @property
    def words(self) -> tuple[str, ...]:
        """The pyvi words, syllables joined by "_" ("quốc_phòng"); parallel to `word_at`."""
        return tuple("_".join(self.syllables[a:b]) for a, b in pairwise((*self.word_at, len(self.syllables))))
