"""An article as a newspaper published it, and its syllables and words (`Terms`)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from indexer.model.authors import people_in

FETCHED_RECORD = ".page.json"  # ending of `Article.path` of an article that the fetcher stored


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A publication date that the page states. Nothing in it is inferred.

    date   ISO, as precise as the page gives it: YYYY, YYYY-MM or YYYY-MM-DD
    basis  where the page states it: "meta" (metadata of the page, or a field of the record), "header" (the visible
           header) or "url"
    """

    date: str
    basis: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its newspaper published it, without menus and captions.

    id         stays the same when the content changes
    path       the file it was read from, relative to its corpus root
    line       the line in a JSONL file, from 1; None for other files
    lead       the summary paragraph if the page marks one, else ""
    body       the paragraphs, one per line
    source     the newspaper, as the page or record names it
    stamps     the publication dates that the page states, most trusted first
    notes      warnings to report
    online     the state of the page on the web, when last checked: "altered", "gone", or "" (unchanged or not checked)
    online_at  when that state was first seen (ISO, UTC)
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
    stamps: tuple[StatedDate, ...] = ()
    notes: tuple[str, ...] = ()
    online: str = ""
    online_at: str = ""

    @property
    def authors(self) -> tuple[str, ...]:
        """The persons or offices that `author` names (see `people_in`)."""
        return people_in(self.author)

    @property
    def text(self) -> str:
        """The text as shown: the lead, if there is one, then the body."""
        return f"{self.lead}\n{self.body}" if self.lead else self.body


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or line from which no article could be read, or a warning about one.

    `path` is as given by the caller; `line` counts from 1 (None: the whole file); `why` is one sentence.
    """

    path: str
    line: int | None
    why: str

    @property
    def where(self) -> str:
        """The path, with the line if there is one."""
        return f"{self.path}, line {self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True, eq=False)
class NumberedStrings(Sequence[str]):
    """An immutable sequence of strings, stored as indices into a shared, growing `vocabulary`.

    Equal to another NumberedStrings with the same strings, whatever its vocabulary.
    """

    numbers: array[int]
    vocabulary: Sequence[str]

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return map(self.vocabulary.__getitem__, self.numbers)

    def __getitem__(self, at: Any) -> Any:
        found = self.numbers[at]
        return self.vocabulary[found] if isinstance(found, int) else NumberedStrings(found, self.vocabulary)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NumberedStrings) and list(self) == list(other)


@dataclass(frozen=True, slots=True)
class Terms:
    """The analysed text of an article: its syllables and words, as the engines take them.

    All arrays except `word_at` have one element per syllable.

    syllables  normalised, lower case, accented ("thanh", "hóa", "k'mák", "28")
    folded     the same without accents ("thanh", "hoa", "k'mak", "28")
    positions  position of the syllable in the article; between zones and entity phrases there is a gap of
               POSITION_GAP, so that no phrase query matches across them
    starts, ends  character offsets: in the title for the title zone, in Article.text for lead and body, 0 for entities
    paired     1 where the syllable and its successor form a pair (no punctuation with white space between them)
    word_at    index of the first syllable of each pyvi word; a single syllable can be a word
    title, lead, body  ends of the zones, as syllable indices: title [0, title), lead [title, lead), body [lead, body),
               then the names of the article's entities [body, len(syllables))
    """

    syllables: NumberedStrings
    folded: NumberedStrings
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
