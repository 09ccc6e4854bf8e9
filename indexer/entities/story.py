"""The story without the page's furniture: weather, clocks, invitations to follow, pointers to and teasers of others.

What is cut is blanked out, so that all offsets into the text stay. Words are rows of data/furniture.csv.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, repeat

from indexer.entities.places import table

WEATHER = re.compile(r"\d\s?°\s?C")
ELLIPSIS = ("…", "...")
SHORTEST_TEASER, LONGEST_TEASER = 20, 180  # characters
FEWEST, FEWEST_SIGNED = 3, 2  # teasers in a row; fewer are enough behind the author's name
LONGEST_POINTER = 160
TAIL = 0.3  # lists of other articles stand below this share of the text


def story(text: str) -> str:
    """Normalised `text` with its furniture blanked out; the same object where it has none."""
    lines = text.split("\n")
    if not ("°" in text or "…" in text or "..." in text or may_point(lines)):
        return text
    cut = teasers_begin(lines)
    kept = [line if at < cut and not is_furniture(line) else " " * len(line) for at, line in enumerate(lines)]
    return "\n".join(kept)


def may_point(lines: list[str]) -> bool:
    """A cheap sieve: whether a short line begins with a word that pointers and headings begin with."""
    openings = [line[:16].lstrip(" *•-–>»[(").lower() for line in lines if len(line) < LONGEST_POINTER]
    return any(map(str.startswith, openings, repeat(beginnings())))


@cache
def beginnings() -> tuple[str, ...]:
    """The first words of all furniture phrases: a text without them needs no closer look."""
    return tuple({row["phrase"].split()[0] for row in table("furniture.csv")})


def is_furniture(line: str) -> bool:
    """Whether a line is the weather, or points to another article or to the paper's own channels."""
    if len(line) >= LONGEST_POINTER:
        return False
    return ("°" in line and WEATHER.search(line) is not None) or pointer().match(line) is not None


def teasers_begin(lines: list[str]) -> int:
    """The first line of what only announces other articles; the number of lines where there is none.

    The last lines all break off with an ellipsis, or a heading says so.
    """
    sizes = [*accumulate(map(len, lines))]
    least = next((at for at, size in enumerate(sizes) if size > TAIL * sizes[-1]), len(lines))
    for at in range(least + 1, len(lines)):
        if heading().fullmatch(lines[at].strip()):
            return at
    told = [at for at, line in enumerate(lines) if line.strip()]
    first = len(told)
    while first and told[first - 1] > least and is_teaser(lines[told[first - 1]]):
        first -= 1
    many = len(told) - first
    signed = first and many >= FEWEST_SIGNED and is_signature(lines[told[first - 1]])
    return told[first] if signed or many >= FEWEST else len(lines)


def is_teaser(line: str) -> bool:
    """Whether a line is the beginning of another article's text, broken off."""
    stripped = line.rstrip()
    return SHORTEST_TEASER <= len(stripped) <= LONGEST_TEASER and stripped.endswith(ELLIPSIS)


def is_signature(line: str) -> bool:
    """Whether a line is a name that ends an article: up to five words, no full stop."""
    return len(line.split()) <= 5 and line.strip()[-1:].isalpha()


def words(part: str) -> str:
    """A pattern of the phrases of one part of data/furniture.csv."""
    return "|".join(re.escape(row["phrase"]) for row in table("furniture.csv") if row["part"] == part)


@cache
def pointer() -> re.Pattern[str]:
    """The beginning of a line that points elsewhere: "Đọc thêm: …", "Theo dõi Báo … trên"."""
    return re.compile(rf"^[\W_]*(?:{words('pointer')})(?!\w)", re.IGNORECASE | re.MULTILINE)


@cache
def heading() -> re.Pattern[str]:
    """A line that heads a list of other articles: "Tin liên quan"."""
    return re.compile(rf"[\W_]*(?:{words('heading')})[\W_]*", re.IGNORECASE)
