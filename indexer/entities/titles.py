"""Ranks and posts: where they begin and end in a text, and what a post consists of.

A post is a head ("Phó Chủ tịch") with a status before it ("nguyên") and a scope behind it ("UBND tỉnh Kon Tum").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.entities.lexicon import (
    FOREIGN_HEADS,
    QUALIFIED,
    STATUSES,
    bodies,
    countries,
    foreign_countries,
    post_words,
    rank_spellings,
    ranks,
)
from indexer.entities.names import place_size
from indexer.entities.scope import JOINERS, country_before, head_size, scope_size
from indexer.entities.words import Words

IN_OFFICE = "đương nhiệm"
# The abbreviation a text explains as it goes: "Quân đội nhân dân (QĐND) Việt Nam".
GLOSS = re.compile(r"\([^\W\d_][\w.&-]*\)")


@dataclass(frozen=True, slots=True)
class Parts:
    """A post in its own words; `status` is đương nhiệm, quyền (acting), phụ trách, nguyên or cố. See posts.py."""

    text: str
    status: str
    head: str
    body: str = ""
    place: str = ""


def parts_of(text: str) -> Parts:
    """`text` ("nguyên Phó Chủ tịch UBND tỉnh Kon Tum") as status, head, body ("UBND tỉnh") and place ("Kon Tum").

    Without a known head everything is body; without a known place at its end, `place` is empty.
    """
    words = Words(text)
    start, status = status_at(words, 0)
    head = start + head_size(words, start)
    place = next((at for at in range(head, words.size) if is_place_to_end(words, at)), words.size)
    parts = [words.span(a, b) if b > a else "" for a, b in ((start, head), (head, place), (place, words.size))]
    return Parts(text, STATUSES.get(status, IN_OFFICE), *parts)


def is_place_to_end(words: Words, at: int) -> bool:
    """Whether the words from `at` to the end are a place name."""
    whole = (place_size(words, at, words.size), countries().size_at(words.lower, at))
    return words.capital(at) and words.size - at in whole


def post_end(words: Words, at: int) -> int:
    """Where the post that begins at word `at` ends; 0 if none begins there."""
    if at not in words.posts:
        words.posts[at] = read_post(words, at)
    return words.posts[at]


def read_post(words: Words, at: int) -> int:
    """post_end, worked out: status, head, and as much scope as follows."""
    head, _ = status_at(words, at)
    size = head_size(words, head)
    if not size:
        return 0
    end = at = head + size
    abroad = is_foreign(words, head, end)
    while step := scope_size(words, at):
        if abroad and words.capital(at) and foreign_name(words, at):
            break
        abroad = abroad or is_country(words, at)
        at += step
        if words.lower[at - 1] not in JOINERS:
            end = at
    return end


def post_text(words: Words, start: int, end: int) -> str:
    """The post [start, end) as written, without an abbreviation explained in brackets."""
    return " ".join(GLOSS.sub("", words.span(start, end)).split())


def rank_at(words: Words, at: int) -> tuple[int, str | None]:
    """The rank at `at`, as size in words and in its official spelling with QNCN kept; (0, None) if none."""
    size = ranks().size_at(words.lower, at)
    if not size:
        return 0, None
    name = rank_spellings()[" ".join(words.lower[at : at + size])]
    more = QUALIFIED.size_at(words.lower, at + size)
    return size + more, f"{name} {words.span(at + size, at + size + more)}" if more else name


def status_at(words: Words, at: int) -> tuple[int, str]:
    """The end and the word of a status at `at` ("nguyên", "quyền", "Q."), or (at, "")."""
    word = words.lower[at]
    if word in STATUSES:
        return at + (2 if words.words[at + 1] == "." else 1), word
    if word == "phụ" and words.lower[at + 1] == "trách":
        return at + 2, "phụ trách"
    return at, ""


# --- posts of other countries -------------------------------------------------------------------


def name_kind(words: Words, start: int, end: int) -> str:
    """How freely a name may begin after the post [start, end): see names.name_end."""
    if not is_foreign(words, start, end):
        return "post"
    bare = end == start + head_size(words, start)
    return "country" if bare or country_before(words, end) else "abroad"


def is_foreign(words: Words, start: int, end: int) -> bool:
    """Whether the post [start, end) may be another country's: its head or a country it names says so."""
    start += words.lower[start] == "phó"
    if FOREIGN_HEADS.size_at(words.lower, start):
        return True
    return any(is_country(words, at) for at in range(start, end))


def is_country(words: Words, at: int) -> bool:
    """Whether another country's name begins at `at`."""
    return words.capital(at) and foreign_countries().size_at(words.lower, at) > 0


def foreign_name(words: Words, at: int) -> bool:
    """Whether two or more capitalised words begin at `at` that are neither scope nor place: a foreign name."""
    end = words.capitals_end(at)
    known = bodies().size_at(words.lower, at) or post_words().size_at(words.lower, at) or head_size(words, at)
    if end - at < 2 or known:
        return False
    return not place_size(words, at, end) and not countries().size_at(words.lower, at)
