"""Where a person's name begins and ends: surnames, minority and foreign names, capitals in headlines.

A name is a run of capitalised words. How it must begin depends on what stands before it: after a rank any run will
do, after a post or bare only a known surname, for "Sở Nội vụ" and "Hà Nội" are capitalised as well.
"""

from __future__ import annotations

import re
from functools import cache

from indexer.entities.places import place_prefix
from indexer.entities.words import Phrases, Words, column, words_of

LONGEST = 7
# A syllable Vietnamese can write: onset, up to three vowels, final. Anything else is foreign or of a minority.
SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
SINGLE = re.compile(r"[hky]'.{2,}")


def name_end(words: Words, at: int, after: str = "bare") -> int:
    """Where the name that begins at word `at` ends; 0 if none does.

    `after` says what stands before it: "rank" takes any capitalised run, "country" (a foreign post) two words or
    more, "honour" (đồng chí, ông) a known surname or foreign-looking syllables, "post" and "bare" a surname only.
    """
    end = run_end(words, at, after)
    size = end - at
    if not size or size > LONGEST:
        return 0
    first = words.lower[at]
    if size == 1:
        return end if SINGLE.fullmatch(first) or (after == "rank" and foreign(first) and not words.acronym(at)) else 0
    if first in surnames() or "'" in first:
        return 0 if is_known_place(words, at, end) and after in ("bare", "post") else end
    if after in ("rank", "country") or (after == "honour" and any(map(foreign, words.lower[at:end]))):
        return end
    if after == "honour" and size > 2 and not is_known_place(words, at, end):
        return end  # "ông Ngọc Kim Nam": a rare surname or a misprint
    return 0


def run_end(words: Words, at: int, after: str = "bare") -> int:
    """The end of the run of capitalised words from `at` that can belong to one name."""
    if not words.capital(at) and not (after == "rank" and words.lower[at] in surnames() and words.capital(at + 1)):
        return at
    shouted = words.acronym(at)
    if shouted and words.lower[at] not in surnames():
        return at
    end = at
    while end - at <= LONGEST and (end == at or (words.capital(end) and not words.joined(end))):
        if end > at and (ends_name(words, end) or (len(words.words[end]) > 1 and words.acronym(end) != shouted and (shouted or not "'" in words.words[end]))):
            break
        end += 1
    return end if not ends_name(words, at) else at


def ends_name(words: Words, at: int) -> bool:
    """Whether a rank, a post or the name of a body begins at `at`: no name runs into it."""
    return bool(breakers().size_at(words.lower, at))


def is_known_place(words: Words, at: int, end: int) -> bool:
    return place_prefix(words.lower[at:end]) == end - at


def foreign(word: str) -> bool:
    """Whether `word` (lower case) is no Vietnamese syllable."""
    return not SYLLABLE.fullmatch(word)


@cache
def surnames() -> frozenset[str]:
    return frozenset(words_of(name)[0] for name in column("surnames.csv", "surname"))


@cache
def breakers() -> Phrases:
    posts = [head for head in column("heads.csv", "head") if " " in head]
    bodies = [body for body in column("bodies.csv", "body") if " " in body]
    deputies = [f"phó {head}" for head in posts]
    return Phrases([*posts, *deputies, *bodies, *column("ranks.csv", "rank"), *column("name_ends.csv", "phrase")])
