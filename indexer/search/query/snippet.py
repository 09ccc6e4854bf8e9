"""The best few lines of an article for a query: plain text, and the spans of it to highlight.

A page must still escape what it gets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from indexer.model.excerpt import MASK, Excerpt, Quote, legible, seen, whole_of, wordless
from indexer.search.query.marker import Marker, Span, merged
from indexer.text import normalize

LENGTH = 260
ASKED = 140  # characters of an excerpt that are asked for: they count against what its reader may see
IN_A_ROW = 0.25  # what two different words side by side add to the worth of a window
Marks = tuple[Span, ...]
SENTENCE = re.compile(r"(?:[.!?…]['\")”]?\s|\n)\s*")
JOINED = re.compile(r"[\w\u0300-\u036f']")  # of normalised text, where every kind of apostrophe is this one


def snippet(marker: Marker, text: str, length: int = LENGTH) -> tuple[str, Marks]:
    """About `length` characters of `text` (from `shown`) with the most of the query in them, and where to highlight.

    Of an excerpt a part that its reader may see.
    """
    if isinstance(text, Excerpt):
        return of_excerpt(marker, text, length)
    return presented(text, marker.finds(text), length)


def presented(text: str, finds: Sequence[tuple[Span, str]], length: int) -> tuple[str, Marks]:
    """The snippet of a text in which these words were found."""
    start, end = frame(text, best(finds, length), length)
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    shift = len(before) - start
    inside = merged([(a, b) for (a, b), _ in finds if start <= a and b <= end], text)
    marks = tuple((a + shift, b + shift) for a, b in inside)
    return before + text[start:end].replace("\n", " ") + after, marks


def of_excerpt(marker: Marker, text: Excerpt, length: int) -> tuple[str, Marks]:
    """The snippet of the part that holds most different words of the query, the first of such parts.

    Where the parts that everybody sees hold fewer than the best window of ASKED characters, that window is asked for.
    """
    finds = marker.finds(text)
    parts = text.parts or ((0, 0),)
    window = best(finds, ASKED)
    framed = frame(text.whole, window, ASKED) if finds else (0, 0)
    if len(found_in(finds, framed)) > max(len(found_in(finds, part)) for part in parts):
        parts = (*parts, *text.visible(*framed, window))
    start, end = max(parts, key=lambda part: len(found_in(finds, part)))
    inside = [((a - start, b - start), form) for (a, b), form in finds if start <= a and b <= end]
    shown, marks = presented(text.whole[start:end], inside, length)
    before, after = "… " * (start > 0 and shown[:1] != "…"), " …" * (end < len(text) and shown[-1:] != "…")
    return before + shown + after, tuple((a + len(before), b + len(before)) for a, b in marks)


def found_in(finds: Sequence[tuple[Span, str]], part: Span) -> set[str]:
    """The different words that were found within a part."""
    low, high = part
    return {form for (start, end), form in finds if low <= start and end <= high}


def in_short(text: str, name: str = "") -> str:
    """A sentence on one line. Of a quote that is not shown whole, about ASKED characters around `name`, as far as its
    reader may see them; "" where that is not a word."""
    if not isinstance(text, Quote):
        return " ".join(text.split())
    words = whole_of(text)
    at = max(0, words.find(name))
    start, end = frame(words, (at, min(len(words), at + len(name))), ASKED)
    shown = seen(text, start, end, (at, at + len(name)))
    if wordless(shown):
        return ""
    return legible(f"{MASK * 2 * (start > 0)}{shown}{MASK * 2 * (end < len(words))}".replace("\n", " "))


def best(finds: Sequence[tuple[Span, str]], length: int) -> Span:
    """The characters from the first to the last find of the best window; (0, 0) where there is none.

    A window is worth the distinct forms it holds, those rare in this text more, and something for words in a row.
    """
    counts = Counter(form for _, form in finds)
    worth = {form: (1 + form.count(" ")) / (1 + log(count)) for form, count in counts.items()}
    in_a_row = [0.0, *(IN_A_ROW * (b[0][0] - a[0][1] == 1 and a[1] != b[1]) for a, b in pairwise(finds))]
    held: Counter[str] = Counter()
    value, top, chosen, first = 0.0, 0.0, (0, 0), 0
    for last, ((_, end), form) in enumerate(finds):
        held[form] += 1
        value += worth[form] * (held[form] == 1) + in_a_row[last] * (last > first)
        while first < last and end - finds[first][0][0] > length:
            gone = finds[first][1]
            held[gone] -= 1
            first += 1
            value -= worth[gone] * (held[gone] == 0) + in_a_row[first]
        if value > top + 1e-9:
            top, chosen = value, (finds[first][0][0], end)
    return chosen


def frame(text: str, window: Span, length: int) -> Span:
    """The snippet's place in the text: around `window`, from a sentence's start if there is one near, whole words."""
    if len(text) <= length:
        return 0, len(text)
    first, last = window
    room = max(0, length - (last - first))
    start = sentence_start(text, max(0, first - room), first)
    if start is None:
        start = whole(text, max(0, first - room // 3), first)
    if len(text) - start < length:
        start = whole(text, len(text) - length, start)
    return start, ending(text, max(start + length, last), start)


def sentence_start(text: str, low: int, high: int) -> int | None:
    """Where the last sentence that begins in [low, high] does."""
    starts = [found.end() for found in SENTENCE.finditer(text, low, high)]
    return starts[-1] if starts else (0 if low == 0 else None)


def whole(text: str, at: int, limit: int) -> int:
    """The first place from `at` on, and not past `limit`, where no word is cut."""
    while 0 < at < limit and (joined(text[at - 1]) or text[at].isspace()):
        at += 1
    return min(at, limit)


def ending(text: str, at: int, start: int) -> int:
    """The last place up to `at` where no word is cut; where that would leave nothing after `start`, the next one."""
    border = at = min(at, len(text))
    while border > start and cuts(text, border):
        border -= 1
    while border == start and cuts(text, at):
        at += 1
    return (start + len(text[start:border].rstrip())) if border > start else at


def cuts(text: str, at: int) -> bool:
    """Whether a border at `at` would go through a word."""
    return 0 < at < len(text) and joined(text[at]) and joined(text[at - 1])


@lru_cache(maxsize=1_000)
def joined(character: str) -> bool:
    """Whether `character` belongs to a word."""
    return bool(JOINED.match(normalize(character)))
