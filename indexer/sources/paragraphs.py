"""The lead and the paragraphs of an article, once its box and its title are known."""

from __future__ import annotations

import re

from indexer.sources.chrome import RELATED, plain
from indexer.sources.credits import byline
from indexer.sources.header import OF_PUBLICATION, dateline
from indexer.sources.marks import Marked
from indexer.sources.page import HEADINGS, Line
from indexer.sources.tidy import letters
from indexer.sources.title import NEAR

ENOUGH = 200
# Who took the picture, behind what it shows: "… - Ảnh: B.T.", "… (Ảnh: M.H.).".
CREDIT_BEHIND = re.compile(
    r"(?<=[.!?…\w])\s{0,2}[-–(|]?\s?\b(?:ảnh|photo|nguồn ảnh|ảnh minh họa)\s?:\s?[^!?():]{1,50}[.)]{0,3}$", re.I
)
PICTURES, SHORTEST_CAPTION, CAPTION_SHARE = 3, 25, 0.6
# The box below a title that holds the day, and what else such boxes hold: author, section, counters.
HEAD_LINES, BELOW_TITLE, LONGEST_FIELD, TABLES = 6, 10, 80, ("table", "tbody", "tr", "td")
SHORTEST_LEAD, LONGEST_LEAD, LEAD_LINES, BESIDE_THE_HEAD = 40, 900, 8, 6
PHOTO_CREDIT = re.compile(
    r"\b(?:ảnh|photo|nguồn ảnh)\s?:\s?(?:[^.]{2,60}|(?:[^\W\d_]{1,2}\.\s?){1,4}[^\W\d_]{0,8})[.)]{0,3}$", re.IGNORECASE
)


def lead_and_body(page: Marked, box: int | None, heading: int | None, title: str) -> tuple[list[str], list[str]]:
    """The lead's lines and the body's. Captions are left out unless they carry much of the text."""
    span = page.span(box) if box is not None else (0, 0)
    lead = lead_lines(page, span, heading)
    body = body_lines(page, span, lead, title, heading, captions=False)
    length = sum(map(len, body))
    if length + page.length(lead) < ENOUGH or is_photo_story(page, span, length):
        body = body_lines(page, span, lead, title, heading, captions=True) or body
    texts = [page.lines[number].text for number in lead]
    return texts, [text for text in body if text not in texts]


def is_photo_story(page: Marked, span: tuple[int, int], length: int) -> bool:
    """Whether captions carry much of a text that has `length` characters without them.

    Some reports are a paragraph and then pictures; officials and places stand under these.
    """
    shown = [page.lines[n] for n in range(*span) if not page.quiet[n] and len(page.lines[n].text) >= SHORTEST_CAPTION
             and not page.lines[n].linked and (page.captions[n] or is_caption(page.lines[n]))]
    return len(shown) >= PICTURES and sum(len(line.text) for line in shown) >= CAPTION_SHARE * length


def lead_lines(page: Marked, span: tuple[int, int], heading: int | None) -> list[int]:
    """The summary: lines named so between title and body or at its head, or the one the metadata repeats."""
    start, end = span
    first = heading + 1 if heading is not None and heading < end else max(0, start - NEAR)
    last = min(start + BESIDE_THE_HEAD, end) if end else len(page.lines)
    numbers = range(first, min(last, len(page.lines)))
    return (named_lead(page, first, last) or repeated_lead(page, start, numbers)
            or (unnamed_lead(page, range(first, start)) if heading is not None and end else []))


def named_lead(page: Marked, first: int, last: int) -> list[int]:
    """The lines of a box named as the lead that begins between the lines `first` and `last`."""
    for box in page.boxes:
        if (
            "lead" in box.kinds
            and first <= box.start < max(last, first + 1)
            and not page.quiet[min(box.start, len(page.lines) - 1)]
        ):
            named = [n for n in range(box.start, min(box.end, box.start + LEAD_LINES)) if page.says_something(n)]
            if may_be_lead(page.length(named)) and not page.lines[named[-1]].text.endswith(","):
                return named
    return []


def repeated_lead(page: Marked, start: int, numbers: range) -> list[int]:
    """The line that the metadata's summary repeats, or a heading above the body (from `start`) that reads as prose."""
    wanted = letters(page.meta.lead)[:60]
    for number in numbers:
        line, above = page.lines[number], number < start
        is_heading = page.boxes[line.box].tag in HEADINGS
        said = letters(line.text)
        if (
            len(wanted) > 30
            and may_be_lead(len(line.text))
            and (said.startswith(wanted) or said[10:].startswith(wanted[10:50]))
        ):
            return [number] if above or is_heading else []
        if above and is_heading and line.prose and not page.quiet[number]:
            return [number]
    return []


def unnamed_lead(page: Marked, between: range) -> list[int]:
    """What is said between the title and a body that begins right behind it, though nothing names it."""
    if len(between) > NEAR:
        return []
    said = [n for n in between if page.says_something(n) and not page.captions[n] and not byline(page.lines[n].text)]
    prose = [n for n in said if page.lines[n].prose]
    return prose if prose and len(prose) <= 2 and may_be_lead(page.length(prose)) else []


def may_be_lead(length: int) -> bool:
    """Whether a text of so many characters may be a lead."""
    return SHORTEST_LEAD <= length <= LONGEST_LEAD


def body_lines(
    page: Marked, span: tuple[int, int], lead: list[int], title: str, heading: int | None, captions: bool
) -> list[str]:
    """The lines of running text, without the title again, dates, links to other articles, captions and chrome.

    `heading` is the title's line: what stands above it in the same box is the site's, unless it is prose.
    """
    again, head = letters(title), head_lines(page, heading)
    kept: list[str] = []
    for number in range(*span):
        line = page.lines[number]
        if heading is not None and number < heading and not line.prose:
            continue
        if number in lead or number in head or (page.captions[number] and not captions):
            continue
        if not page.says_something(number):
            continue
        if plain(line.text) in RELATED and not any(later.prose for later in page.lines[number + 1 : span[1]]):
            break
        if letters(line.text) == again or (not captions and is_caption(line)):
            continue
        if "author" in page.boxes[line.box].kinds and byline(line.text):
            continue
        if kept and kept[-1] == line.text:
            continue
        kept.append(CREDIT_BEHIND.sub("", line.text) or line.text if page.captions[number] else line.text)
    return kept


def head_lines(page: Marked, heading: int | None) -> set[int]:
    """The lines of small boxes right below the title (line `heading`) that hold a day and nothing that reads as text.
    A lead may stand between, no more. A table must say that the day is of publication."""
    found: set[int] = set()
    if heading is None:
        return found
    for box in page.boxes:
        lines = page.lines[box.start : box.end]
        if (
            heading < box.start <= heading + BELOW_TITLE
            and sum(bool(line.prose) for line in page.lines[heading + 1 : box.start]) <= 1
            and 2 <= len(lines) <= HEAD_LINES
            and all(len(line.text) <= LONGEST_FIELD and not line.prose for line in lines)
            and any(dateline(line.text, page.month_first) for line in lines
                    if box.tag not in TABLES or OF_PUBLICATION.match(line.text))
        ):
            found.update(range(box.start, box.end))
    return found


def is_caption(line: Line) -> bool:
    """A line under a picture that is slanted, or that ends with a photographer's name."""
    if len(line.text) > 350:
        return False
    if PHOTO_CREDIT.search(line.text) and (line.image_above or len(line.text) < 200):
        return not byline(line.text)
    return line.image_above and line.slanted and not line.text.startswith(("“", '"', "-"))
