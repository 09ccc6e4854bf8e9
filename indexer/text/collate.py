"""Vietnamese alphabetical order, for texts and for people's names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.text.normalize import normalize

# Letters of the alphabet in its order; f j w z stand where loan words and the Ethnic languages put them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # ngang comes first, then huyền hỏi ngã sắc nặng
RANK = {letter: rank for rank, letter in enumerate(ALPHABET)}
PART = re.compile(r"\d+|[^\W\d_][\u0300-\u036f]*")

Key = tuple[tuple[tuple[int, int, int], ...], tuple[int, ...], str]


def vietnamese_key(text: str) -> Key:
    """A key that sorts texts as a Vietnamese dictionary does.

    Syllable by syllable; letters decide first (a ă â b c d đ e ê …), tones only between equal letters (ngang huyền
    hỏi ngã sắc nặng), capitals last. Numbers sort by value and before letters, a shorter text before a longer one;
    letters that are not Vietnamese (ƀ, č, ĭ) stand right after the letter they are made from.
    """
    parts = [part for run in normalize(text).split() for part in (*map(weigh, PART.findall(run.lower())), SPACE)]
    return tuple(letter for letter, _ in parts), tuple(tone for _, tone in parts), text.swapcase()


def given_name_key(name: str) -> tuple[Key, Key, Key]:
    """A key that sorts people by given name (the last syllable), then middle names, then family name."""
    syllables = normalize(name).split() or [""]
    family = syllables[0] if len(syllables) > 1 else ""
    return vietnamese_key(syllables[-1]), vietnamese_key(" ".join(syllables[1:-1])), vietnamese_key(family)


Weight = tuple[tuple[int, int, int], int]
SPACE: Weight = ((0, 0, 0), 0)  # ends a syllable and sorts before all that could prolong it


@lru_cache(maxsize=2_000)  # an alphabet with its tones is some two hundred letters
def weigh(part: str) -> Weight:
    """The weight of a letter or a number, and its tone."""
    if part.isdecimal():
        return (1, int(part), 0), 0
    tone, letter = 0, ""
    for mark in unicodedata.normalize("NFD", part):
        if mark in TONES:
            tone = TONES.index(mark) + 1
        else:
            letter += mark
    letter = unicodedata.normalize("NFC", letter)
    return place(letter), tone


def place(letter: str) -> tuple[int, int, int]:
    """Where a letter stands: its own place, or after the first Vietnamese letter it is made from, or at the end."""
    if letter in RANK:
        return 2, RANK[letter], 0
    base = BARRED.get(letter) or unicodedata.normalize("NFD", letter)[0]
    return (2, RANK[base], ord(letter[-1])) if base in RANK else (3, ord(letter[0]), 0)


BARRED = {"ƀ": "b", "ƶ": "z", "ł": "l", "ø": "o"}
