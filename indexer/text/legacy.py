"""Text in the encodings of before Unicode, read as Latin: "§¹i t¸ NguyÔn" (TCVN3), "Ñaïi taù" (VNI).

Old documents were typed in fonts whose letters sit on code points of Western letters. Read with the wrong
table they are text, but not Vietnamese, and nothing in them can be found. TCVN3: TCVN 5712:1993; VNI: the layout
of VNI for Windows, where a vowel is followed by a letter that stands for its marks.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.text.spelling import is_syllable


def legacy_encoding(text: str) -> str | None:
    """The encoding, "TCVN3" or "VNI", that `text` was written in before it was misread as Latin; None when neither.

    Three things are asked of the words that decoding would change: that they are no small part of the text, that
    many of them are no Vietnamese as they stand, and that nearly all of them become possible syllables. French or
    German fails the last, proper Vietnamese the second.
    """
    shares = {name: mended(text, name) for name in DECODERS}
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] >= LEAST_MENDED else None


def from_legacy(text: str) -> str | None:
    """`text` in Unicode when `legacy_encoding` knows its encoding, else None.

    Decode before `shown`, which takes the soft hyphen away that is TCVN3's ư. TCVN3 writes marked capitals with the
    small letters' codes in a second font; with the font lost, "NGUYÔN" comes out as "NGUYễN".
    """
    name = legacy_encoding(text)
    return DECODERS[name](text) if name else None


LEAST_MENDED = 0.75  # of the words that decoding changes: those it turns into possible syllables
LEAST_BROKEN = 0.3  # of the same words: those that are none before
LEAST_CHANGED = 0.2  # of all words
FEWEST = 2  # words changed
WORD = re.compile(r"[^\W\d_]+")


def mended(text: str, name: str) -> float:
    """The share of words decoding turns into possible syllables, 0.0 where there is too little to go by."""
    words = text.split()
    changed = [(word, after) for word in words if (after := DECODERS[name](word)) != word]
    if len(changed) < max(FEWEST, LEAST_CHANGED * len(words)):
        return 0.0
    broken = sum(not is_vietnamese(word) for word, _ in changed) / len(changed)
    return sum(is_vietnamese(after) for _, after in changed) / len(changed) if broken >= LEAST_BROKEN else 0.0


def is_vietnamese(word: str) -> bool:
    """Whether each run of letters in a word is a Vietnamese syllable."""
    return all(map(is_syllable, WORD.findall(word)))


# --- TCVN3 (ABC): one Western code point for each Vietnamese letter ---------------------------

TCVN3 = str.maketrans(
    dict(
        zip(
            "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
            "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
            strict=True,
        )
    )
)


def from_tcvn3(text: str) -> str:
    """A text in TCVN3 (ABC) as Unicode."""
    return text.translate(TCVN3)


# --- VNI: a vowel, then a letter for its marks; ñ ö ô æ î ò ñ stand alone ---------------------

VNI_MARKS = {
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
VNI_ALONE = {"ñ": "đ", "ö": "ư", "ô": "ơ", "æ": "ỉ", "ì": "ì", "í": "í", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
VNI = re.compile(f"([aeouyöô])([{''.join(VNI_MARKS)}])|([{''.join(VNI_ALONE)}])", re.IGNORECASE)


def from_vni(text: str) -> str:
    """A text in VNI as Unicode."""
    return VNI.sub(vni_letter, text)


def vni_letter(match: re.Match[str]) -> str:
    """The letter of a match of the VNI pattern, composed."""
    vowel, mark, alone = (part or "" for part in match.groups())
    first = vowel or alone
    lower = VNI_ALONE.get(first.lower(), first.lower()) + VNI_MARKS.get(mark.lower(), "")
    composed = unicodedata.normalize("NFC", lower)
    return composed.upper() if first.isupper() else composed


DECODERS = {"TCVN3": from_tcvn3, "VNI": from_vni}
