"""A text of which only some parts may be shown: the rest of its characters are masked.

Some parts are shown to everybody (`parts`). What else a reader may see he is given as he asks for it, by his allowance,
in cells: a text of n characters has CELLS of them, and cell c begins at character c * n / CELLS, rounded up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

Span = tuple[int, int]
CELLS = 128
MASK = "…"
MASKED = re.compile(rf"\s*{MASK}[{MASK}\s]*")


class Allowance(Protocol):
    """What one reader may see of texts besides the parts that everybody sees."""

    def take(self, article: str, cells: Sequence[int]) -> int:
        """Ask for cells of an article's text, the most wanted first.

        Returns all that the reader may see by now, as a number: bit c is set for cell c.
        """


class Excerpt(str):
    """A text with every character outside of `parts` masked: as long as the `whole` text, so that places in it hold.

    Whatever shows it, or a slice of it, cannot show more than the parts; `around` shows more, as far as the reader's
    `allowance` goes. Code that only searches takes `whole_of` it.
    """

    __slots__ = ("allowance", "article", "parts", "whole")
    whole: str
    parts: tuple[Span, ...]
    article: str
    allowance: Allowance | None

    def __new__(
        cls, whole: str, parts: Sequence[Span], article: str = "", allowance: Allowance | None = None
    ) -> Excerpt:
        """`parts` are ascending, and do not overlap. `article` is the id that the allowance knows the text by."""
        made = super().__new__(cls, masked(whole, parts, 0, len(whole)))
        made.whole, made.parts, made.article, made.allowance = whole, tuple(parts), article, allowance
        return made

    def around(self, start: int, end: int, near: Span | None = None) -> str:
        """The characters from `start` to `end`, masked where the reader may not see them: `visible`."""
        return masked(self.whole, self.visible(start, end, near), start, end)

    def visible(self, start: int, end: int, near: Span | None = None) -> list[Span]:
        """What the reader may see from `start` to `end`, ascending, without cut words.

        The allowance is asked for what is missing, for what is next to `near` first (default: the beginning).
        """
        known = merged((max(start, a), min(end, b)) for a, b in self.parts)
        if self.allowance is None or covers(known, start, end):
            return known
        cells = [cell for cell in self.cells(start, end) if not covers(known, *self.within(cell, start, end))]
        low, high = near or (start, start)
        cells.sort(key=lambda cell: max(low - self.beginning(cell + 1), self.beginning(cell) - high))
        given = self.allowance.take(self.article, cells)
        found = merged([*known, *(self.within(cell, start, end) for cell in cells if given >> cell & 1)])
        return [span for each in found if (span := self.uncut(*each, start, end))]

    def cells(self, start: int, end: int) -> range:
        """The cells that hold characters from `start` to `end`."""
        length = len(self.whole)
        return range(start * CELLS // length, (end - 1) * CELLS // length + 1)

    def beginning(self, cell: int) -> int:
        """The first character of a cell."""
        return -(-cell * len(self.whole) // CELLS)

    def within(self, cell: int, start: int, end: int) -> Span:
        """The part of a cell that lies between `start` and `end`."""
        return max(start, self.beginning(cell)), min(end, self.beginning(cell + 1))

    def uncut(self, first: int, last: int, start: int, end: int) -> Span | None:
        """The span without the words that it cuts, except at `start` and `end`; None if nothing is left."""
        text = self.whole
        while start < first < last and not (text[first - 1].isspace() or text[first].isspace()):
            first += 1
        while first < last < end and not (text[last - 1].isspace() or text[last].isspace()):
            last -= 1
        return (first, last) if first < last else None


class Quote(str):
    """A slice of an excerpt. It knows where it stands, so that its reader can be shown more of it (`seen`)."""

    __slots__ = ("end", "excerpt", "start")
    excerpt: Excerpt
    start: int
    end: int

    def __new__(cls, excerpt: Excerpt, start: int, end: int) -> Quote:
        """The words of `excerpt` from `start` to `end`."""
        made = super().__new__(cls, excerpt[start:end])
        made.excerpt, made.start, made.end = excerpt, start, end
        return made


def whole_of(text: str) -> str:
    """The whole text, to search it; what is shown must be a slice of `text` itself, or `seen`."""
    if isinstance(text, Quote):
        return text.excerpt.whole[text.start : text.end]
    return text.whole if isinstance(text, Excerpt) else text


def seen(text: str, start: int, end: int, near: Span | None = None) -> str:
    """The characters of a text from `start` to `end`. Those of an excerpt or quote are masked, but for what its reader
    may see; his allowance is asked for what is next to `near` first (default: the beginning)."""
    if isinstance(text, Excerpt):
        return text.around(start, end, near)
    if isinstance(text, Quote):
        shift = text.start
        return text.excerpt.around(start + shift, end + shift, near and (near[0] + shift, near[1] + shift))
    return text[start:end]


def wordless(text: str) -> bool:
    """Whether nothing of a masked text is a word."""
    return not any(each.isalnum() for each in text)


def legible(text: str) -> str:
    """A slice of an excerpt with one mark for all characters that are masked in a row."""
    return MASKED.sub(f" {MASK} ", text).strip() if MASK * 2 in text else text


def merged(parts: Iterable[Span]) -> list[Span]:
    """The same parts, ascending and without overlaps or empty ones."""
    found: list[Span] = []
    for start, end in sorted(part for part in parts if part[0] < part[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def covers(parts: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the parts (from `merged`) holds all from `start` to `end`."""
    return start >= end or any(a <= start and end <= b for a, b in parts)


def masked(whole: str, parts: Iterable[Span], start: int, end: int) -> str:
    """The characters from `start` to `end` with all outside of `parts`, which lie within and ascend, masked."""
    return "".join(pieces(whole, parts, start, end))


def pieces(whole: str, parts: Iterable[Span], at: int, end: int) -> Iterator[str]:
    """Masked and plain pieces of the text in turn."""
    for first, last in parts:
        yield MASK * (first - at)
        yield whole[first:last]
        at = last
    yield MASK * (end - at)
