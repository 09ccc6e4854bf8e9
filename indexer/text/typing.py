"""Raw TELEX and VNI typing: what a reader types when the input method is off ("quoocs phongf", "Nguye6n4").

TELEX writes marks as letters (aa ee oo dd, w for ă ơ ư; tones s f r x j), VNI as digits (6 circumflex, 7 horn,
8 breve, 9 đ; tones 1 to 5), anywhere after the vowel. Vietnamese itself never ends a syllable that way, so a word
that decodes to a possible syllable was most likely meant as one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from indexer.text.spelling import VOWELS, is_syllable, spell


def telex(text: str) -> str | None:
    """`text` decoded from TELEX typing; None when it is not plausibly such typing or would stay as it is."""
    return decoded(text, TELEX)


def vni(text: str) -> str | None:
    """`text` decoded from VNI typing; None when it is not plausibly such typing or would stay as it is."""
    return decoded(text, VNI)


@dataclass(frozen=True, slots=True)
class Method:
    """An input method: what its keys do to the letters before them. `tones` are those of `spelling.TONES`."""

    tones: Mapping[str, str]
    marks: Mapping[str, Mapping[str, str]]
    alone: Mapping[str, str]  # keys that are letters of their own where they have nothing to mark
    word: re.Pattern[str]


TELEX = Method(
    tones={"s": "sắc", "f": "huyền", "r": "hỏi", "x": "ngã", "j": "nặng"},
    marks={
        "a": {"a": "â"},
        "e": {"e": "ê"},
        "o": {"o": "ô"},
        "d": {"d": "đ"},
        "w": {"a": "ă", "o": "ơ", "u": "ư"},
    },
    alone={"w": "ư"},
    word=re.compile(r"[a-z]+", re.IGNORECASE | re.ASCII),
)
VNI = Method(
    tones={"1": "sắc", "2": "huyền", "3": "hỏi", "4": "ngã", "5": "nặng"},
    marks={
        "6": {"a": "â", "e": "ê", "o": "ô"},
        "7": {"o": "ơ", "u": "ư"},
        "8": {"a": "ă"},
        "9": {"d": "đ"},
        "d": {"d": "đ"},
    },
    alone={},
    word=re.compile(r"[a-z][a-z0-9]+", re.IGNORECASE | re.ASCII),
)


TYPED = 1 / 5  # the least share of words that must decode: three in four Vietnamese syllables bear a mark
STRANGERS = 1 / 3  # the share of words, names mostly, that may be neither typing nor Vietnamese


def decoded(text: str, method: Method) -> str | None:
    """`text` with every word decoded that can be, when at least one can and few are left that mean nothing."""
    if not text.isascii():
        return None  # its marks are typed already
    words = method.word.findall(text)
    syllables = {word: decode(word, method) for word in words}
    strangers = [word for word in words if not (syllables[word] or stands(word))]
    typed = [word for word in words if (syllables[word] or word).lower() != word.lower()]
    if len(strangers) > len(words) * STRANGERS or len(typed) < len(words) * TYPED:
        return None
    result = method.word.sub(lambda match: syllables[match.group()] or match.group(), text)
    return result if result != text else None


def stands(word: str) -> bool:
    """Whether `word` can stay as it is: a syllable without marks, an abbreviation, a name of letters and digits."""
    return is_syllable(word) or word.isupper() or not word.isalpha()


def decode(word: str, method: Method) -> str | None:
    """The syllable `word` types, or None. An abbreviation without a vowel (TW, CHQS) types none."""
    if word.isupper() and not VOWELS.intersection(word.lower()):
        return None
    # A mark may be typed late (vietej), but a second o may also be just that (ngoeof).
    for reach in (len(word), 1):
        letters, tone = taken_apart(word.lower(), method, reach)
        syllable = spell(HORNED.sub("ươ", letters), tone)
        if syllable:
            return cased(syllable, word)
    return None


HORNED = re.compile(r"ưo|uơ(?=.)")  # one horn key is enough for both letters of ươ


def taken_apart(word: str, method: Method, reach: int) -> tuple[str, str]:
    """The letters `word` types, without tone, and the tone; a mark key reaches back at most `reach` letters."""
    letters, tones = "", []
    for key in word:
        if key in method.tones and VOWELS.intersection(letters):
            tones.append(method.tones[key])
        else:
            letters = marked(letters, key, method, reach)
    return letters, " ".join(tones) or "ngang"  # two tones make none that exists


def marked(letters: str, key: str, method: Method, reach: int) -> str:
    """`letters` after `key`: its mark on the last letter that can take it, or one letter more."""
    marks = method.marks.get(key, {})
    for at in range(len(letters) - 1, max(-1, len(letters) - 1 - reach), -1):
        if letters[at] in marks:
            return letters[:at] + marks[letters[at]] + letters[at + 1 :]
    return letters + method.alone.get(key, key)


def cased(syllable: str, word: str) -> str:
    """`syllable` in capitals like `word`."""
    if len(word) > 1 and word.isupper():
        return syllable.upper()
    return syllable.capitalize() if word[0].isupper() else syllable
