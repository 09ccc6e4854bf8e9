"""Text of newspapers made safe to put anywhere in a message: one line, nothing that steers what shows it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Marks that change the direction of what follows: a title could make an address read as another one (UAX 9).
STEERING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
LONGEST_LINK = 2_000


def one_line(text: str) -> str:
    """The text on one line, without control characters, marks of direction, and halves of characters."""
    shown = (" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in STEERING.sub("", text)
             if unicodedata.category(sign) != "Cs")
    return " ".join("".join(shown).split())


def web_link(url: str | None) -> str:
    """The address if it is one of the web and can stand in a message; else ""."""
    written = (url or "").strip()
    try:
        known = urlsplit(written).scheme in ("http", "https") and bool(urlsplit(written).hostname)
    except ValueError:
        return ""
    clean = one_line(written) == written and not re.search(r"[\s<>\"]", written) and len(written) <= LONGEST_LINK
    return written if known and clean else ""
