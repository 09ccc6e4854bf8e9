"""Who wrote an article and when it was published, as the page shows it around the text."""

from __future__ import annotations

from indexer.model import Stamp
from indexer.sources.chrome import is_chrome
from indexer.sources.credits import byline
from indexer.sources.dates import date_in_url, find_date, read_date
from indexer.sources.header import dateline
from indexer.sources.marks import Marked
from indexer.sources.title import NEAR


def author_of(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name in a box named as the author's, if it stands near the article."""
    for candidate in page.boxes:
        if (
            "author" in candidate.kinds
            and candidate.end - candidate.start in (1, 2)
            and not page.quiet[candidate.start]
            and (name := byline(page.lines[candidate.start].text))
            and is_near(page, candidate.start, box, heading)
        ):
            return name
    return None


def is_near(page: Marked, number: int, box: int | None, heading: int | None) -> bool:
    if box is None:
        return True
    start, end = page.span(box)
    return min(start if heading is None else heading, start) - 4 <= number <= end + 4


def signature_below(page: Marked, box: int | None) -> str | None:
    """A byline that stands right below the body's box."""
    end = page.span(box)[1]
    for line, quiet in zip(page.lines[end : end + 2], page.quiet[end : end + 2], strict=True):
        if not quiet and not line.linked and not is_chrome(line.text) and (name := byline(line.text)):
            return name
    return None


def stamps_of(page: Marked, box: int | None, heading: int | None) -> tuple[Stamp, ...]:
    """The days the page gives, most trusted first: declared, shown, in its address."""
    header = header_date(page, box, heading)
    in_url = date_in_url(page.meta.url) if page.meta.url else None
    found = [page.meta.stamp, Stamp(header, "header") if header else None, Stamp(in_url, "url") if in_url else None]
    return tuple(stamp for stamp in found if stamp)


def header_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The visible date: a marked time or a line that is only a date, from the title to the head of the body."""
    start, end = page.span(box)
    top = heading if heading is not None and heading <= start else max(0, start - NEAR)
    for number, value, published in page.page.times:
        if (published or top <= number <= start + 3) and (day := read_date(value)):
            return day
    below = range(top, min(max(start, top) + 4, len(page.lines)))
    above = range(top - 1, max(top - 5, -1), -1)
    behind = range(end, min(end + 3, len(page.lines)))
    for number in (*below, *above, *behind):
        if day := line_date(page, number, above=number < top):
            return day
    return None


def line_date(page: Marked, number: int, above: bool) -> str | None:
    """The day a line gives. Above the title, where today's date often stands, it must be named as the article's."""
    line = page.lines[number]
    named = "dated" in page.boxes[line.box].kinds
    if page.quiet[number] or (line.linked and not named):
        return None
    day = dateline(line.text) or (find_date(line.text) if named and len(line.text) < 120 else None)
    if day and above and not (named and ":" in line.text):
        return None
    return day
