"""From text to syllables with positions and offsets: the terms that decide every match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from indexer.text.normalize import normalize

# A syllable is a run of letters (with combining marks NFC cannot compose) with inner apostrophes, or of digits.
LETTERS = r"[^\W\d_][\u0300-\u036f]*"
SYLLABLE = re.compile(rf"(?:{LETTERS})+(?:'(?:{LETTERS})+)*|\d+")


@dataclass(frozen=True, slots=True)
class Syllable:
    """A syllable of a text: normalised lower-case form, character offsets, and whether the next one pairs with it.

    Two neighbours pair unless punctuation together with white space stands between them: "quân sự" and "28-NQ/TW"
    pair throughout, "quân sự, quốc phòng" and "quân sự - quốc phòng" do not across the mark.
    """

    text: str
    start: int
    end: int
    paired: bool


def syllables(text: str) -> list[Syllable]:
    """The syllables of `text` (any text; offsets are exact for text from `shown`)."""
    normal = normalize(text)
    found = [(m.group().lower(), m.start(), m.end()) for m in SYLLABLE.finditer(normal)]
    gaps = [normal[end:start] for (_, _, end), (_, start, _) in pairwise(found)]
    return [Syllable(*at, paired) for at, paired in zip(found, [*map(joins, gaps), False], strict=False)]


def joins(gap: str) -> bool:
    """Whether two syllables with `gap` between them form a pair: white space alone, or punctuation alone."""
    return gap == " " or (gap.isspace() and "\n" not in gap) or not any(map(str.isspace, gap))
