"""Which line of a page is the article's title."""

from __future__ import annotations

import re

from indexer.sources.chrome import BEFORE_THE_SITE, says_nothing
from indexer.sources.credits import byline
from indexer.sources.header import dateline
from indexer.sources.marks import Marked
from indexer.sources.page import HEADINGS, Line
from indexer.sources.text import clean_text
from indexer.sources.tidy import letters

DATE_IN_TITLE = re.compile(r"\s?\((?:\d{1,2}:\d{2}\s?[,|-]?\s?)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()]{0,14}\)$")
NEAR = 12
PLAIN_TITLE = 4  # lines above the text in which a title may stand that is no heading element
LONGEST = 300
MENU, A_MENU_S = 4, 0.6  # links in a row that make a menu, and what of its lines they fill


def title_of(page: Marked, heading: int | None) -> str:
    """The heading a reader sees (a line's number), else the metadata's title, trimmed."""
    if heading is not None:
        line = page.lines[heading]
        return line.text if line.linked else DATE_IN_TITLE.sub("", line.text)
    first = next((title for title in page.meta.titles if letters(title) != letters(page.meta.site or "")), "")
    if first:
        return first if first != page.page.title else BEFORE_THE_SITE.split(first)[0]
    other = next((line.text for line in page.lines if page.boxes[line.box].tag in HEADINGS), "")
    return other or clean_text(page.lines[0].text).title


def title_line(page: Marked, box: int | None) -> int | None:
    """The line that repeats the metadata's title, or its beginning before the site's name; headings first."""
    wanted = [letters(title) for title in page.meta.titles]
    best, weight = None, 0.0
    for number, line in enumerate(page.lines[: max(page.span(box)[1], 1)]):
        if (
            8 <= len(line.text) <= LONGEST
            and not (line.prose and line.links)
            and not is_hidden(page, line)
            and (agreed := agreement(page, line, wanted)) > weight
        ):
            best, weight = number, agreed
    return nearest_heading(page, box) if best is None else best


def is_hidden(page: Marked, line: Line) -> bool:
    """Whether a line stands in a box that no reader sees: some systems repeat the window's title there."""
    box = line.box
    while box >= 0 and "hidden" not in page.boxes[box].kinds:
        box = page.boxes[box].parent
    return box >= 0


def agreement(page: Marked, line: Line, wanted: list[str]) -> float:
    """How far a line is the title in `wanted`: all of it but the site's name at its end, or at its beginning."""
    said, heading = letters(line.text), page.is_heading(line)
    if len(said) < 6 or said == letters(page.meta.site or ""):
        return 0.0
    if any(title.startswith(said) for title in wanted):
        return len(said) * (2.0 if heading else 1.0)
    return 0.9 * len(said) if heading and len(said) > 12 and any(said in title for title in wanted) else 0.0


def nearest_heading(page: Marked, box: int | None) -> int | None:
    """Where no line agrees with the metadata: the page's h1, or the last heading above the body."""
    start = min(text_start(page, box), len(page.lines) - 1)
    may_be = [number for number in range(start + 1) if may_be_title(page, number)]
    first = [number for number in may_be if page.boxes[page.lines[number].box].tag == "h1"] or only_h1(page, start)
    above = [number for number in may_be if number >= start - NEAR and page.is_heading(page.lines[number])]
    above = above or linked_title(page, start)
    if first and above and (menu_between(page, first[-1], above[-1]) or is_section(page, first[-1], above[-1])):
        first = []
    plain = [n for n in may_be if n >= start - PLAIN_TITLE and reads_as_title(page, n)]
    if not first and above and plain and menu_between(page, above[-1], plain[-1]):
        above = []
    return first[-1] if first else above[-1] if above else plain[-1] if plain else None


def menu_between(page: Marked, upper: int, lower: int) -> bool:
    """Whether a menu stands between two headings: then the upper one is the site's name."""
    between = page.lines[upper + 1 : max(lower, upper + 1)]
    links = [line for line in between if line.links >= A_MENU_S * len(line.text)]
    return sum(1 + line.text.count(" | ") for line in links) >= MENU


def is_section(page: Marked, upper: int, lower: int) -> bool:
    """Whether the upper of two headings is not named as a title and the lower one is: then it is the section's."""
    names = [page.boxes[page.lines[number].box].kinds for number in (upper, lower)]
    return upper < lower and "title" not in names[0] and "title" in names[1] and "lead" not in names[1]


def linked_title(page: Marked, start: int) -> list[int]:
    """The only line named as a title near the text, though it is a link: the article's to itself."""
    found = [n for n in range(max(0, start - NEAR), start) if page.is_heading(page.lines[n]) and page.lines[n].linked
             and not page.quiet[n] and not page.teasers[n] and reads_as_title(page, n)]
    return found if len(found) == 1 else []


def reads_as_title(page: Marked, number: int) -> bool:
    """Whether a line that no element makes a heading reads as one: a few words, no sentence, no name, no label."""
    text = page.lines[number].text
    return text.count(" ") >= 4 and len(text) <= 200 and not byline(text) and not text.endswith((":", ",", ";", "…"))


def only_h1(page: Marked, start: int) -> list[int]:
    """The page's only h1, near the text, where it is a link: some systems link an article's title to itself."""
    found = [n for n, line in enumerate(page.lines) if page.boxes[line.box].tag == "h1"]
    return [n for n in found if len(found) == 1 and max(0, start - NEAR) <= n <= start and not page.quiet[n]
            and len(page.lines[n].text) > 12 and not says_nothing(page.lines[n].text)]


def text_start(page: Marked, box: int | None) -> int:
    """The line at which a box's prose begins: some boxes hold the title and the date too."""
    start, end = page.span(box)
    return next((n for n in range(start, end) if page.lines[n].prose and not page.quiet[n]
                 and not page.is_heading(page.lines[n])), start)


def may_be_title(page: Marked, number: int) -> bool:
    """Whether a line could be a title: a few words that are no link, no boilerplate, no date and no system's label."""
    line = page.lines[number]
    return (
        12 < len(line.text) <= LONGEST
        and not (line.prose and line.text.endswith("."))
        and " " in line.text
        and not line.linked
        and not page.quiet[number]
        and not dateline(line.text, page.month_first)
        and not says_nothing(line.text)
    )
