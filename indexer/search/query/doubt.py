"""Which words of a query may be slips: those that no pair, name or place that the archive knows speaks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from indexer.search.query.abbreviations import is_short_form
from indexer.search.query.arcs import MOST_ACCENTS, NUMBERED, Token
from indexer.search.query.named_people import names
from indexer.search.query.support import Support
from indexer.search.query.written import place_names
from indexer.text import fold
from indexer.text.spelling import is_syllable
from indexer.text.typing import VNI, decode

UNIT_WORDS = ("tỉnh", "huyện", "xã", "phường", "quận", "thành phố", "thị trấn", "thị xã", "đặc khu")
LONGEST_NAME = 5  # syllables of a name of a person or a place


def doubtful(run: Sequence[Token], support: Support) -> list[bool]:
    """For each word of a run whether it may be a slip. The cheap signs come first: most words need no other."""
    doubts = [can_be_slip(word) for word in run]
    if len(run) == 1:
        return [doubts[0] and not known_alone(run[0], support)]
    for at in range(len(run) - 1):
        if (doubts[at] or doubts[at + 1]) and supported(run[at], run[at + 1], support):
            doubts[at] = doubts[at + 1] = False
    if any(doubts):
        for at in [*misspelt_beside(run, doubts, support)]:
            doubts[at] = True
        for start, end in named(run, support):
            doubts[start:end] = [False] * (end - start)
    raw = [vni_typed(word.text) for word in run]
    return [doubt or (typed and sum(raw) > 1) for doubt, typed in zip(doubts, raw, strict=True)]


def vni_typed(text: str) -> bool:
    """Whether a word is a syllable as VNI types it: "quan6", "d9o62n". Two of them are no chance."""
    return text.isascii() and not text.isalpha() and bool(decode(text, VNI))


def misspelt_beside(run: Sequence[Token], doubts: Sequence[bool], support: Support) -> Iterator[int]:
    """The words beyond doubt that stand by a doubtful one as many write the two, but for the accents: of "dân quân từ
    vệ" also "từ", though "quân từ" is written."""
    for at in range(len(run) - 1) if not support.bare else ():
        pair = run[at].syllables[-1], run[at + 1].syllables[0]
        if doubts[at] != doubts[at + 1] and support.under_any(*map(fold, pair)) >= support.rule["support"]:
            sure = int(doubts[at])  # the place in the pair of the word beyond doubt
            if written_otherwise(pair, sure, support):
                yield at + sure


def written_otherwise(pair: tuple[str, str], at: int, support: Support) -> bool:
    """Whether enough articles hold the pair as one word, with other accents on its syllable `at`, 0 or 1."""
    forms = support.known.forms.get(fold(pair[at]), ())[:MOST_ACCENTS]
    words = (f"{pair[0]}_{form}" if at else f"{form}_{pair[1]}" for form in forms if form != pair[at])
    return any(support.engine.frequency("word", word) >= support.rule["support"] for word in words)


def can_be_slip(word: Token) -> bool:
    """Whether a word can be a slip at all: no number, no abbreviation."""
    return not (word.text.isdigit() or is_short_form(word.text))


def known_alone(word: Token, support: Support) -> bool:
    """Whether a word by itself is beyond doubt: a syllable of Vietnamese that some articles hold, or any other word
    that many do."""
    held, rare = support.articles(word.syllables[0]), support.rule["rare"]
    if len(word.syllables) != 1:
        return held >= rare or not NUMBERED.fullmatch(word.text)
    return held >= (rare if is_syllable(word.text) else 10 * rare) or word.syllables[0] in place_names()


def supported(one: Token, other: Token, support: Support) -> bool:
    """Whether enough articles hold the two words next to each other."""
    pair = one.syllables[-1], other.syllables[0]
    name = " ".join(pair)
    like_a_place = not support.bare and name not in place_names() and fold(name) in bare_places()
    return support.beyond_doubt(*pair, "place_share" if like_a_place else "share")


def named(run: Sequence[Token], support: Support) -> Iterator[tuple[int, int]]:
    """Where a person or a place that the archive knows is named, as (first word, end), a unit word before it included.
    """
    row = [word.syllables[0] if len(word.syllables) == 1 else "" for word in run]
    for start in range(len(row)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(row)) + 1):
            name = " ".join(row[start:end])
            place = name in places(support.bare) and said_as_place(run, start, end, support)
            if place or (end - start > 1 and is_official(name, support)):
                yield start - unit_before(run, start, support.bare), end


def said_as_place(run: Sequence[Token], start: int, end: int, support: Support) -> bool:
    """Whether the name of a place is meant as one: the archive holds it, or it has capitals or a unit word before it.

    There is a commune Giao Nhân, and "giao nhân quân" is a slip.
    """
    capitals = all(word.text[:1].isupper() for word in run[start:end])
    if capitals or end - start == 1 or unit_before(run, start, support.bare):
        return True
    return all(support.together(a.syllables[-1], b.syllables[0]) for a, b in pairwise(run[start:end]))


def unit_before(run: Sequence[Token], at: int, bare: bool) -> int:
    """How many words before `at` are a unit word ("huyện", "đặc khu")."""
    words = [" ".join(word.syllables) for word in run[max(0, at - 2) : at]]
    return next((size for size in (2, 1) if " ".join(words[-size:]) in unit_words(bare) and size <= len(words)), 0)


@cache
def unit_words(bare: bool) -> frozenset[str]:
    """UNIT_WORDS as they are compared."""
    return frozenset(map(fold, UNIT_WORDS)) if bare else frozenset(UNIT_WORDS)


def places(bare: bool) -> frozenset[str]:
    """The names of places as they are compared. Without accents one syllable ("lia") is no sign of a place."""
    return bare_places() if bare else place_names()


@cache
def bare_places() -> frozenset[str]:
    """The same without accents, of two syllables or more."""
    return frozenset(fold(name) for name in place_names() if " " in name)


def is_official(name: str, support: Support) -> bool:
    """Whether an official of the archive has just this name."""
    written = (key.rpartition("@")[0] for key in names(support.engine).whole(fold(name)))
    return any(name == (fold(each) if support.bare else each) for each in written)
