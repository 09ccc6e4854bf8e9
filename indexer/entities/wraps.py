"""Lines that a portal breaks in the middle of a sentence, joined again.

    Tham dự buổi lễ có Đại tá Hồ Gia
    Thắng, Phó Chỉ huy trưởng Bộ CHQS        the name goes on, and so does the sentence

A break is turned into a blank, so that all offsets into the text stay.
"""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.entities.places import CAPITAL

FEWEST = 2  # breaks before a small letter that show a text to be wrapped
SHARE = 0.25  # of all its breaks
WIDEST = 130  # characters: wrapped lines are no longer
REST_OF_NAME = re.compile(rf"[{CAPITAL}][^\W\d_]*(?: [{CAPITAL}][^\W\d_]*)?\s*[,;(–-]")
SLACK = 24  # characters: a wrapped line ends where the next word did not fit


def unwrapped(text: str) -> str:
    """Normalised `text` with breaks inside a sentence as blanks; the same object where it has none.

    What goes on with a small letter is the same sentence. In a text that is wrapped throughout a line of nearly full
    width goes on with a capital as well, unless a mark ends it.
    """
    if not may_go_on(text):
        return text
    lines = text.split("\n")
    inside = {at for at, pair in enumerate(pairwise(lines)) if goes_on(*pair)}
    if not inside:
        return text
    full = [len(lines[at].rstrip()) for at in inside if len(lines[at]) <= WIDEST]
    breaks = sum(1 for one, two in pairwise(lines) if one.strip() and two.strip())
    if len(full) >= FEWEST and len(full) >= SHARE * breaks:
        width = max(full)
        inside |= {at for at, pair in enumerate(pairwise(lines)) if is_full(*pair, width) or cuts_name(*pair)}
    return "".join(f"{line} " if at in inside else f"{line}\n" for at, line in enumerate(lines))[:-1]


def may_go_on(text: str) -> bool:
    """A cheap sieve: whether any line begins with a small letter."""
    at = text.find("\n")
    while at >= 0 and not text[at + 1 : at + 2].islower():
        at = text.find("\n", at + 1)
    return at >= 0


def goes_on(line: str, following: str) -> bool:
    """Whether the sentence of `line` goes on in the line `following` with a small letter."""
    return following[:1].islower() and is_open(line)


def is_full(line: str, following: str, width: int) -> bool:
    """Whether a line of a text wrapped at `width` is full and open, so that the one `following` belongs to it."""
    size = len(line.rstrip())
    return width - SLACK <= size <= width + SLACK and following[:1].isupper() and is_open(line)


def cuts_name(line: str, following: str) -> bool:
    """Whether a line ends inside a name: "… có Đại tá Hồ Gia", "Thắng, Phó Chỉ huy trưởng"."""
    last = line.split()[-1:]
    return bool(last) and last[0].isalpha() and last[0].istitle() and REST_OF_NAME.match(following) is not None


def is_open(line: str) -> bool:
    """Whether no mark ends a line: a letter, a number, a comma or a dash does."""
    return line.rstrip()[-1:].isalnum() or line.rstrip().endswith((",", "-", "–", "&"))
