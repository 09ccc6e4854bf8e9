"""Where a person's name begins and ends: surnames, minority and foreign names, capitals in headlines.

A name is a run of capitalised words. How it must begin depends on what stands before it: after a rank any run will
do, after a post or bare only a known surname, for "Sở Nội vụ" and "Hà Nội" are capitalised as well.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.entities.lexicon import MIDDLE_NAMES, name_ends, surnames
from indexer.entities.places import place_prefix
from indexer.entities.words import Words, members

LONGEST = 7
# A syllable Vietnamese can write: onset, up to three vowels, final. Anything else is foreign or of a minority.
SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"[aăâeêioôơuưyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# K'Mák, H'Yim, Y'Thông: one word is a whole name.
WHOLE = re.compile(r"[hky]'.{2,}")
# After these words a capitalised run is a place, a school or a street.
PLACE_WORDS = frozenset(members("before_place_name"))
NO_NAME = frozenset({"và", "của", "tỉnh", "huyện", "phường", "các", "những", "với", "về", "trên"})
KOREAN = frozenset(["moon", "kim", "park", "song", "lee", "cho", "jung", "jeong", "kang", "yoon", "ahn", "hwang",
                    "chung", "han", "suh", "choe", "choi", "ri"])
CONTINENTS = (["châu", "á"], ["châu", "âu"], ["châu", "phi"], ["châu", "mỹ"], ["châu", "đại", "dương"])
STEMS = frozenset(members("heavenly_stem"))
BRANCHES = frozenset(members("earthly_branch"))


def name_end(words: Words, at: int, after: str = "bare") -> int:
    """Where the name that begins at word `at` ends; 0 if none does.

    `after` says what stands before it: "rank" takes any capitalised run, "country" (a foreign post) two words or
    more, "abroad" (a post that may be foreign) a known surname or foreign-looking syllables, "honour" (đồng chí, ông)
    three words of any kind as well, "post" and "bare" a known surname only, and no place.
    """
    if (at, after) not in words.names:
        words.names[at, after] = read_name(words, at, after)
    return words.names[at, after]


def read_name(words: Words, at: int, after: str) -> int:
    """name_end, worked out."""
    end = run_end(words, at, after)
    size = end - at
    if not size or size > LONGEST or words.lower[at:end] in CONTINENTS:
        return 0
    first = words.lower[at]
    if words.words[end] == "." and len(words.words[end - 1]) < 3 and foreign(words.lower[end - 1]):
        return 0  # "Harry B.", "Vi Văn Nh.": cut at an initial, or masked
    if size > 2 and not NO_NAME.isdisjoint(words.lower[at:end]):
        return 0  # "TRÌNH DÂN DỤNG VÀ CÔNG NGHIỆP TỈNH": a body in capitals
    if size == 1:
        return end if WHOLE.fullmatch(first) or (after == "rank" and foreign(first) and not words.acronym(at)) else 0
    if first in surnames() or "'" in first:
        return 0 if after in ("bare", "post") and is_place(words, at, end) else end
    if after in ("rank", "country"):
        return end
    if after in ("honour", "abroad") and any(map(foreign, words.lower[at:end])):
        return end
    # "ông Ngọc Kim Nam": a rare surname or a misprint
    return end if after == "honour" and size > 2 and not is_place(words, at, end) else 0


def name_before(words: Words, end: int, floor: int) -> int:
    """Where the bare name that ends at `end` begins, not before `floor`; -1 if there is none."""
    start = end
    while start > floor and end - start <= LONGEST and words.capital(start - 1):
        start -= 1
        if words.joined(start):
            break
    return next((at for at in range(start, end) if name_end(words, at) == end and not announced(words, at)), -1)


def run_end(words: Words, at: int, after: str = "bare") -> int:
    """The end of the run of capitalised words from `at` that can belong to one name."""
    first = words.lower[at]
    # "Trung úy lê Hải Đức": a misprint that only a rank before it makes readable.
    misprint = after == "rank" and first in surnames() and words.capital(at + 1)
    shouted = words.acronym(at)
    if not (words.capital(at) or misprint) or (shouted and first not in surnames()) or ends_name(words, at):
        return at
    end = at + 1
    while end - at <= LONGEST and not words.joined(end):
        if not words.capital(end) and not is_middle_name(words, at, end, after):
            break
        if is_caption(words, end) or ends_name(words, end):
            break
        if len(words.words[end]) > 1 and words.acronym(end) != shouted:
            break
        end += 1
    if after in ("country", "abroad") and first not in surnames():
        while words.words[end] == "-" and words.joined(end) and words.capital(end + 1):
            end += 2  # "Nasser Al-Rahawi"
    if first in KOREAN and words.words[end] == "-" and words.lower[end + 1].isalpha() and len(words.words[end + 1]) < 5:
        end += 2  # "Moon Jae-in": the last syllable is lower case
    return end


def is_caption(words: Words, at: int) -> bool:
    """Whether "Ảnh:" or "Nguồn:" begins at `at`, the credit of a picture that runs into its text."""
    return words.words[at + 1] == ":" and words.lower[at] in ("ảnh", "nguồn", "video", "clip")


def is_middle_name(words: Words, at: int, end: int, after: str) -> bool:
    """"Đại tá Trần | quang | Thanh": a middle name in lower case, which only what stands before makes readable."""
    if end != at + 1 or after not in ("rank", "honour") or words.lower[end] not in MIDDLE_NAMES:
        return False
    return words.lower[at] in surnames() and words.capital(end + 1) and not words.acronym(end + 1)


def ends_name(words: Words, at: int) -> bool:
    """Whether a rank, a post, a body or the like, or a sentence that names its source begins at `at`: no name runs into
    it.
    """
    goes_on = words.words[at] == "Theo" and words.lower[at + 1].isalpha() and not words.capital(at + 1)
    return goes_on or bool(name_ends().size_at(words.lower, at))


def is_place(words: Words, at: int, end: int) -> bool:
    """Whether the words from `at` to `end` are exactly a place's name."""
    return place_size(words, at, end) == end - at


def place_size(words: Words, at: int, end: int, announced: bool = False) -> int:
    """How many of the words [at, end) are the longest known place name; 0 if none. `announced`: behind a unit word."""
    return known_place(tuple(words.lower[at:end]), announced) if end > at else 0


# Names of officials and their places come again and again, within an article and from one to the next.
@lru_cache(maxsize=20_000)
def known_place(words: tuple[str, ...], announced: bool = False) -> int:
    """How many of the words, from the first on, are a place's name; 0 for none."""
    return place_prefix(words, announced=announced)


def announced(words: Words, at: int) -> bool:
    """Whether the name at `at` is a place's or school's by the word before it, or a year's ("Kỷ Hợi")."""
    named = at > 0 and words.lower[at - 1] in PLACE_WORDS
    return named or (words.lower[at] in STEMS and words.lower[at + 1] in BRANCHES)


def foreign(word: str) -> bool:
    """Whether `word` (lower case) is no Vietnamese syllable."""
    return not SYLLABLE.fullmatch(word)
