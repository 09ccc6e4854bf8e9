"""Plain page text, chrome and all, becomes paragraphs. One function for .txt and for the `text` of JSONL records.

Rather keeps a caption than loses a sentence: a line is dropped only for what it certainly is.
"""

from __future__ import annotations

import re
from collections import Counter

from indexer.sources.chrome import drop_chrome
from indexer.sources.credits import take_bylines, take_source
from indexer.sources.found import Found
from indexer.sources.header import header_of, take_dates
from indexer.sources.tidy import letters, tidy

# Captions that name nobody: dropped when they end like a caption or stand twice.
SCENE = re.compile(
    r"(?:toàn|quang|quan) cảnh\b|(?:ảnh|hình)\s(?:minh (?:họa|hoạ)|tư liệu)|các đại biểu (?:tham )?dự\b", re.I
)
SENTENCE_END = (".", "!", "?", "…", ":", ";", "./.", "”", '"', "’")
NO_TEXT = "there is no text"


def read_text(text: str, title: str = "") -> Found | str:
    """The article in a text, or one plain sentence why there is none. `title`: the one it is known to have."""
    found = clean_text(text, title)
    return found if any(map(str.isalnum, found.body)) else NO_TEXT


def clean_text(text: str, title: str = "") -> Found:
    """Paragraphs one a line, and what the lines around them said of date, author and source.

    With a `title` the lines that repeat it leave the body. Without one the first short line is the title and
    leaves the body; if the text opens with a sentence, its first words stand in and the sentence stays.
    """
    lines, stamps = header_of(tidy(text))
    lines, dated = take_dates(lines)
    lines, url, source = take_source(drop_chrome(lines))
    lines, author = take_bylines(lines)
    heading, lines, made_up = take_title(lines, tidy(title).replace("\n", " "))
    body = "\n".join(drop_captions(lines))
    return Found(heading, body, "", url, source, author, stamps or dated, made_up)


def take_title(lines: list[str], given: str) -> tuple[str, list[str], bool]:
    """The title, the lines without it, and whether it is made up of the first words."""
    if given:
        return given, without_title(lines, given), False
    if len(lines) > 1 and is_heading(lines[0]):
        return lines[0], lines[1:], False
    return first_words(lines[0]) if lines else "", lines, True


def without_title(lines: list[str], title: str) -> list[str]:
    """Without the lines among the first three that are the title, alone or after a section's name."""
    return [line for place, line in enumerate(lines) if place > 2 or not repeats(line, title)]


def repeats(line: str, title: str) -> bool:
    """Whether a line is the title again, alone or behind a section's name."""
    spare = len(line) - len(title)
    return -4 <= spare <= 40 and letters(line).endswith(letters(title)) and (spare < 6 or not line.endswith("."))


def is_heading(line: str) -> bool:
    """Whether a line reads as a title."""
    return 12 <= len(line) <= 200 and line.count(" ") >= 2 and not line.endswith((".", "…", ":", ";", ",", "./."))


def first_words(line: str) -> str:
    """The beginning of a line, as a title for a text without one."""
    if len(line) <= 120:
        return line.rstrip(" .")
    return line[:120].rsplit(" ", 1)[0].rstrip(" ,.;:-–") + "…"


def drop_captions(lines: list[str]) -> list[str]:
    """Without the repeats of a line, and without captions of a scene that names nobody."""
    counts = Counter(lines)
    kept: list[str] = []
    seen: set[str] = set()
    for line in lines:
        if line in seen or is_scene(line, counts[line] > 1):
            continue
        seen.add(line)
        kept.append(line)
    return kept or lines


def is_scene(line: str, twice: bool) -> bool:
    """Whether a line is the caption of a scene that names nobody."""
    return len(line) < 90 and bool(SCENE.match(line)) and (twice or not line.endswith(SENTENCE_END))
