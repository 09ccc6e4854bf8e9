"""Who wrote an article and when it was published, as the page shows it around the text."""

from __future__ import annotations

import re

from indexer.model import StatedDate
from indexer.sources.authors import is_nobody, people
from indexer.sources.chrome import is_chrome
from indexer.sources.credits import SIGNED, byline
from indexer.sources.dates import all_dates, date_in_url, read_date
from indexer.sources.header import dateline, is_update, published_of
from indexer.sources.marks import Marked
from indexer.sources.title import NEAR, text_start

AN_OUTLET = re.compile(r"[A-ZĐ]{2,8}(?![^\W\d_])")  # behind a slash: "Mai Khôi/TTXVN", "Văn Hùng/VOV-Tây Bắc"
WHOLE_PAGE = ("body", "html", "form", "main")
TITLE_S_BOXES = 3  # how far out from the title's own box its header reaches


def author_of(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name in a box named as the author's, if it stands near the article."""
    for candidate in page.boxes:
        if (
            "author" in candidate.kinds
            and candidate.end - candidate.start in (1, 2)
            and not page.quiet[candidate.start]
            and (name := named_in(page, page.lines[candidate.start].text))
            and is_near(page, candidate.start, box, heading)
        ):
            return name
    return beside_the_date(page, box, heading)


def beside_the_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name on a line of its own right above or below the date, between the title and the body."""
    if heading is None or box is None:
        return None
    for number in range(heading + 1, min(text_start(page, box) + 1, len(page.lines))):
        line, beside = page.lines[number], (number - 1, number + 1)
        if not page.quiet[number] and (signed := SIGNED.match(line.text)):
            return people([signed["name"]], page.meta.site, page.meta.url)
        if (
            not page.quiet[number]
            and 1 < len(line.text.split()) <= 12
            and any(heading < n < len(page.lines) and dateline(page.lines[n].text, page.month_first) for n in beside)
            and (name := named_in(page, line.text))
        ):
            return name
    return None


def named_in(page: Marked, text: str) -> str | None:
    """The people that an author's box names, without the desk, section or site beside them."""
    name = byline(text)
    if not name:
        return None
    first, *others = re.split(r"\s?[/|]\s?", name)
    kept = [first, *(other for other in others if not AN_OUTLET.match(other))]
    return people([part for each in kept for part in re.split(r"\s[–-]\s", each)], page.meta.site, page.meta.url)


def is_near(page: Marked, number: int, box: int | None, heading: int | None) -> bool:
    """Whether a line stands from four lines above the title to four below the text."""
    if box is None:
        return True
    start, end = page.span(box)
    return min(start if heading is None else heading, start) - 4 <= number <= end + 4


def signature_below(page: Marked, box: int | None) -> str | None:
    """A byline that stands right below the body's box."""
    end = page.span(box)[1]
    for line, quiet in zip(page.lines[end : end + 2], page.quiet[end : end + 2], strict=True):
        if not quiet and not line.linked and not is_chrome(line.text) and (name := byline(line.text)):
            return None if is_nobody(name) else name
    return None


def stated_dates_of(page: Marked, box: int | None, heading: int | None) -> tuple[StatedDate, ...]:
    """The days the page gives, most trusted first: declared, shown, in its address."""
    header = header_date(page, box, heading)
    in_url = date_in_url(page.meta.url) if page.meta.url else None
    shown = StatedDate(header, "header") if header else None
    found = [page.meta.stamp, shown, StatedDate(in_url, "url") if in_url else None]
    return tuple(stamp for stamp in found if stamp)


def header_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The visible date: a marked time or a line that is only a date, from the title to the head of the body.

    A line that tells of an update counts only where no other line gives a day.
    """
    start, end = text_start(page, box), page.span(box)[1]
    top = heading if heading is not None and heading <= start else max(0, start - NEAR)
    for number, value, published in page.page.times:
        if (published or top <= number <= start + 3) and (day := read_date(value)):
            return day
    below = [*range(top, min(max(start, top) + 4, len(page.lines)))]
    if heading is None:  # then the nearest first: a site's clock stands farther up
        below = [*range(min(start, len(page.lines)) - 1, top - 1, -1), *[n for n in below if n >= start]]
    above = range(top - 1, max(top - 5, -1), -1)
    behind = range(end, min(end + 3, len(page.lines)))
    updated = None
    for number in (*below, *above, *behind):
        if day := line_date(page, number, top):
            if not is_update(page.lines[number].text):
                return day
            updated = updated or day
    return updated


def line_date(page: Marked, number: int, top: int) -> str | None:
    """The day a line gives. Above the title (line `top`), where today's date often stands, it must be the article's:
    named as a date and either with the hour or in the title's own box, or right above the title among its siblings."""
    line = page.lines[number]
    named = "dated" in page.boxes[line.box].kinds
    if page.quiet[number] or page.teasers[number] or (line.linked and not named):
        return None
    short = len(line.text) < 120
    says_more = (named and short) or SIGNED.match(line.text)
    day = dateline(line.text, page.month_first) or (labelled_date(page, line.text) if says_more else None)
    if day and number < top and not (
        (named and (":" in line.text or shares_box(page, number, top)))
        or (number >= top - 2 and page.boxes[line.box].parent == page.boxes[page.lines[top].box].parent
            and page.boxes[page.boxes[line.box].parent].tag not in WHOLE_PAGE)
    ):
        return None
    return day


def labelled_date(page: Marked, text: str) -> str | None:
    """The day in a line of a box named as a date, whatever else the line says."""
    dates = all_dates(text, page.month_first)
    return published_of(text, dates) if dates else None


def shares_box(page: Marked, number: int, top: int) -> bool:
    """Whether a line stands in a box around the title that is not the whole page."""
    around = page.lines[top].box
    for _ in range(TITLE_S_BOXES):
        around = page.boxes[around].parent
        if around < 0 or page.boxes[around].tag in WHOLE_PAGE:
            return False
        if page.boxes[around].start <= number:
            return True
    return False
