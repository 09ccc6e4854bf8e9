"""A text of which only some parts may be shown: the rest of its characters are masked."""

from __future__ import annotations

import re
from collections.abc import Sequence

Span = tuple[int, int]
MASK = "…"
MASKED = re.compile(rf"\s*{MASK}[{MASK}\s]*")


class Excerpt(str):
    """A text with every character outside of `parts` masked: as long as the `whole` text, so that places in it hold.

    Whatever shows it, or a slice of it, cannot show more than the parts. Code that only searches takes `whole_of` it.
    """

    __slots__ = ("parts", "whole")
    whole: str
    parts: tuple[Span, ...]

    def __new__(cls, whole: str, parts: Sequence[Span]) -> Excerpt:
        """`parts` are ascending, and do not overlap."""
        pieces, at = list[str](), 0
        for start, end in parts:
            pieces += (MASK * (start - at), whole[start:end])
            at = end
        made = super().__new__(cls, "".join([*pieces, MASK * (len(whole) - at)]))
        made.whole, made.parts = whole, tuple(parts)
        return made


def whole_of(text: str) -> str:
    """The whole text, to search it; what is shown must be a slice of `text` itself."""
    return text.whole if isinstance(text, Excerpt) else text


def legible(text: str) -> str:
    """A slice of an excerpt with one mark for all characters that are masked in a row."""
    return MASKED.sub(f" {MASK} ", text).strip() if MASK * 2 in text else text
