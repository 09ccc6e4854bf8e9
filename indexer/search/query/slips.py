"""How likely one syllable is typed for another: a cost for each kind of slip, from data/slips.csv.

Costs are negative natural logarithms of how often a slip happens, up to a constant that all share (the noisy channel
of Kernighan, Church and Gale, 1990). They were set by hand and checked with tests/quality/slips.py.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.search.query.tables import rows
from indexer.text import fold

TONES = "\u0300\u0301\u0303\u0309\u0323"
HOI_NGA = {"\u0309", "\u0303"}
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")  # each row begins half a key further right than the one above


@dataclass(frozen=True, slots=True)
class Slip:
    """A row of data/slips.csv: its name, the kind of reading that mends it, and what it costs."""

    name: str
    kind: str
    cost: float


@cache
def slips() -> dict[str, Slip]:
    """The slips by name."""
    return {row["slip"]: Slip(row["slip"], row["kind"], float(row["cost"])) for row in rows("slips.csv")}


@cache
def thresholds() -> dict[str, float]:
    """The thresholds of data/thresholds.csv by name."""
    return {row["name"]: float(row["value"]) for row in rows("thresholds.csv")}


def slip_between(typed: str, meant: str) -> tuple[str, float] | None:
    """(kind, cost) of typing the syllable `typed` for `meant`, both in lower case; None where it takes more than one
    slip. The same syllable costs nothing.
    """
    if typed == meant:
        return "", 0.0
    if fold(typed) == fold(meant):
        return told(accent_slip(typed, meant))
    exact = letter_slip(typed, meant)
    if exact:
        return told(exact)
    loose = letter_slip(fold(typed), fold(meant))
    if loose is None:
        return None
    kind, cost = told(loose)
    also = 0.0 if accents(typed) == accents(meant) else told("bare_too" if not accents(typed) else "accents_too")[1]
    return kind, cost + also


def told(name: str) -> tuple[str, float]:
    """Kind and cost of a slip."""
    slip = slips()[name]
    return slip.kind, slip.cost


def accent_slip(typed: str, meant: str) -> str:
    """The slip between two syllables of the same letters."""
    if typed == fold(typed):
        return "bare"
    tones, plain = (tone(typed), tone(meant)), (toneless(typed), toneless(meant))
    if plain[0] == plain[1]:
        return "tone_missing" if not tones[0] else "hoi_nga" if set(tones) == HOI_NGA else "tone"
    if tones[0] == tones[1]:
        if plain[0] == fold(plain[0]):
            return "mark_missing"
        return "mark" if sum(a != b for a, b in zip(*plain, strict=True)) == 1 else "tone_and_mark"
    return "tone_and_mark"


def letter_slip(typed: str, meant: str) -> str | None:
    """The slip between two strings that are one letter apart; None where they are not."""
    at = next((at for at, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), min(len(typed), len(meant)))
    if len(typed) == len(meant) + 1 and typed[at + 1 :] == meant[at:]:
        return "doubled" if at and typed[at] == typed[at - 1] else "extra"
    if len(typed) + 1 == len(meant) and typed[at:] == meant[at + 1 :]:
        return "dropped"
    if len(typed) != len(meant):
        return None
    if typed[at + 1 :] == meant[at + 1 :]:
        return key_slip(fold(typed[at]), fold(meant[at]))
    swapped = typed[at : at + 2] == meant[at : at + 2][::-1] and typed[at + 2 :] == meant[at + 2 :]
    return "swapped" if swapped else None


def key_slip(typed: str, meant: str) -> str | None:
    """The slip of one key for another."""
    if {typed, meant} == {"i", "y"}:
        return "i_y"
    return "next_key" if meant in beside().get(typed, "") else "other_key"


@cache
def beside() -> dict[str, str]:
    """The letters around each letter of the keyboard."""
    places = {letter: (x + y / 2, y) for y, row in enumerate(KEYBOARD) for x, letter in enumerate(row)}
    return {
        letter: "".join(o for o, (a, b) in places.items() if o != letter and abs(a - x) <= 1 and abs(b - y) <= 1)
        for letter, (x, y) in places.items()
    }


@lru_cache(maxsize=50_000)
def accents(syllable: str) -> str:
    """The accents of a syllable without its letters."""
    return "".join(c for c in unicodedata.normalize("NFD", syllable) if unicodedata.combining(c) or c == "đ")


def tone(syllable: str) -> str:
    """The tone mark of a syllable, "" where it has none."""
    return "".join(c for c in unicodedata.normalize("NFD", syllable) if c in TONES)


def toneless(syllable: str) -> str:
    """A syllable without its tone mark."""
    return unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", syllable) if c not in TONES))
