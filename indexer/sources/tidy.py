"""A line of text as every reader of pages and files takes it: composed, spaced by single blanks, comparable."""

from __future__ import annotations

import unicodedata

# re has no class for capital letters, and they alternate with small ones from U+0100 on.
CAPITAL = "[" + "".join(filter(str.isupper, map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]))) + "]"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"


def tidy(text: str) -> str:
    """NFC, one space between words, one line a paragraph, no empty line."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return "\n".join(filter(None, map(tidy_line, text.splitlines())))


def tidy_line(line: str) -> str:
    """One line without invisible signs, one space between words."""
    # Only the plain space counts as printable white space: most lines need no more than a look.
    if line.isprintable() and "  " not in line:
        return line.strip()
    for character in INVISIBLE:
        line = line.replace(character, "")
    return " ".join(line.split())


def letters(line: str) -> str:
    """What two spellings of one heading share: its letters and figures, in lower case."""
    return "".join(filter(str.isalnum, line)).lower()
