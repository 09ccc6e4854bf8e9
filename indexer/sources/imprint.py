"""Who wrote an article and when it was published, as the page shows it around the text."""

from __future__ import annotations

import re
from datetime import date

from indexer.model import Stamp
from indexer.sources.authors import is_nobody, people
from indexer.sources.chrome import is_chrome
from indexer.sources.credits import SIGNED, byline, without_outlets
from indexer.sources.dates import all_dates, date_in_url, read_date
from indexer.sources.header import dateline, fields_of, is_update, published_of
from indexer.sources.marks import Marked
from indexer.sources.metadata import agree
from indexer.sources.page import Box, Line, Time
from indexer.sources.tidy import letters
from indexer.sources.title import DATE_IN_TITLE, NEAR, is_hidden, text_start

# A date that says whose it is; a site's clock says at most the weekday.
OF_THE_ARTICLE = re.compile(r"(?:ngày|thời gian|được|lần)?\s?(?:đăng|xuất bản|phát hành|đưa tin|cập nhật|published|posted)\b", re.I)
WHOLE_PAGE = ("body", "html", "form", "main")
ONLY_A_LABEL = re.compile(r"(?:(?:được )?(?:đăng|viết|gửi) )?(?:bởi|by|tác giả|người viết|written by|posted by)\s?:?", re.I)
TEXT_S_CREDIT = re.compile(r"(?:nội dung|bài viết|bài|tin|thực hiện|tác giả)\b[^:]{0,20}:", re.I)
# A day that a text tells of, as newspapers write it: "Sáng 18-12", "ngày 5/6".
TOLD_DAY = re.compile(r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|đến|và)\s(\d{1,2})[-/.](\d{1,2})(?!\d)", re.I)
FIRST_LINES, DAYS_BEFORE, DAYS_AHEAD = 40, 60, 20
BY = re.compile(r"(?:(?:được )?(?:đăng|viết|gửi) )?(?:bởi|by|tác giả|người viết)\b", re.I)
FOOT = 3  # lines around a text's end where its day may stand
CREDITS = 4  # last lines of the text's box that may hold who made it, though its name is a picture's
TITLE_S_BOXES = 3  # how far out from the title's own box its header reaches


def author_of(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name in a box named as the author's, if it stands near the article."""
    for candidate in page.boxes:
        if (
            "author" in candidate.kinds
            and candidate.end - candidate.start in (1, 2)
            and not page.quiet[candidate.start]
            and (name := named_in(page, page.lines[name_line(page, candidate)].text))
            and is_near(page, candidate.start, box, heading)
        ):
            return name
    return beside_the_date(page, box, heading)


def name_line(page: Marked, candidate: Box) -> int:
    """The line of an author's box that holds the name: the second where the first is only its label."""
    labelled = ONLY_A_LABEL.fullmatch(page.lines[candidate.start].text)
    return min(candidate.start + 1, candidate.end - 1) if labelled else candidate.start


def beside_the_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name on a line of its own right above or below the date, between the title and the body."""
    if heading is None or box is None:
        return None
    for number in range(heading + 1, min(text_start(page, box) + 1, len(page.lines))):
        line, beside = page.lines[number], (number - 1, number + 1)
        if page.quiet[number]:
            continue
        if signed := SIGNED.match(line.text):
            return people([signed["name"]], page.meta.site, page.meta.url)
        for part in (line.text, *fields_of(line.text)):
            if BY.match(part) and (name := named_in(page, part)):
                return name
        if (
            1 < len(line.text.split()) <= 12
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
    parts = re.split(r"\s[–-]\s", without_outlets(name))
    return people(parts, page.meta.site, page.meta.url)


def is_near(page: Marked, number: int, box: int | None, heading: int | None) -> bool:
    """Whether a line stands from four lines above the title to four below the text."""
    if box is None:
        return True
    start, end = page.span(box)
    return min(start if heading is None else heading, start) - 4 <= number <= end + 4


def signature_below(page: Marked, box: int | None) -> str | None:
    """A byline that stands right below the body's box, or at its end in a box of credits."""
    start, end = page.span(box)
    for line in page.lines[max(start, end - CREDITS) : end] if box is not None else ():
        if TEXT_S_CREDIT.match(line.text) and (name := byline(line.text)):
            return None if is_nobody(name) else name
    for line, quiet in zip(page.lines[end : end + 2], page.quiet[end : end + 2], strict=True):
        if not quiet and not line.linked and not is_chrome(line.text) and (name := byline(line.text)):
            return None if is_nobody(name) else without_outlets(name)
    return None


def stamps_of(page: Marked, box: int | None, heading: int | None) -> tuple[Stamp, ...]:
    """The days the page gives, most trusted first: declared, shown, in its address."""
    header = header_date(page, box, heading)
    in_url = date_in_url(page.meta.url) if page.meta.url else None
    found = [page.meta.stamp, Stamp(header, "header") if header else None, Stamp(in_url, "url") if in_url else None]
    return tuple(stamp for stamp in found if stamp)


def header_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The visible date: a marked time or a line that is only a date, from the title to the head of the body.

    A line that tells of an update counts only where no other line gives a day.
    """
    start, end = text_start(page, box), page.span(box)[1]
    top = heading if heading is not None and heading <= start else max(0, start - NEAR)
    times = {time.line: day for time in reversed(page.page.times) if (day := own_time(page, time))}
    below = [*range(top, min(max(start, top) + 4, len(page.lines)))]
    if heading is None:  # then the nearest first: a site's clock stands farther up
        below = [*range(min(start, len(page.lines)) - 1, top - 1, -1), *[n for n in below if n >= start]]
    above = range(top - 1, max(top - 5, -1), -1)
    behind = foot_of(page, end)
    updated = None
    for number in (*below, *above, *behind):
        if top <= number <= start + 3 and number in times and not dates_another(page, number, top):
            return times[number]
        if day := line_date(page, number, top):
            if not is_update(page.lines[number].text):
                return day
            updated = updated or day
    return updated or declared_by_time(page, top)


def foot_of(page: Marked, end: int) -> list[int]:
    """The lines right behind a text that may still be its own: up to comments, links and boilerplate. Before these, a
    day at the end of the text's box that says whose it is."""
    foot = [n for n in range(max(0, end - FOOT), min(end, len(page.lines))) if OF_THE_ARTICLE.match(page.lines[n].text)]
    for number in range(end, min(end + FOOT, len(page.lines))):
        line = page.lines[number]
        if page.quiet[number] or page.teasers[number] or line.linked or is_chrome(line.text):
            break
        foot.append(number)
    return foot


def dates_another(page: Marked, number: int, top: int) -> bool:
    """Whether the time at a line is of the article that the line, or its small box, links to."""
    line = page.lines[number]
    return number > top and (
        (line.linked and not dateline(line.text, page.month_first)) or (page.teasers[number] and not page.teasers[top])
    )


def own_time(page: Marked, time: Time) -> str | None:
    """The day of a time for machines, None if it belongs to another article."""
    if time.headline and not any(agree(letters(time.headline), letters(title)) for title in titles(page)):
        return None
    return read_date(time.value)


def titles(page: Marked) -> list[str]:
    """What the page declares as its title, and its h1s."""
    return [*page.meta.titles, *(line.text for line in page.lines if page.boxes[line.box].tag == "h1")]


def declared_by_time(page: Marked, top: int) -> str | None:
    """The day that the page's times of publication agree on, wherever they stand below the title (line `top`)."""
    days = {own_time(page, time) for time in page.page.times if time.published and time.line >= top} - {None}
    return days.pop() if len(days) == 1 else None


def line_date(page: Marked, number: int, top: int) -> str | None:
    """The day a line gives. Above the title (line `top`), where today's date often stands, it must be the article's:
    named as a date and either with the hour or in the title's own box, or right above the title among its siblings."""
    line = page.lines[number]
    named, alone = named_as_date(page, line)
    may_be_linked = named or number > top  # some systems link the date to the article itself
    # A date that says whose it is, or that stands alone in a box named so, may stand in a bar named as something else.
    says_so = number > top and OF_THE_ARTICLE.match(line.text) and not is_hidden(page, line)
    if (page.quiet[number] and not (alone and number >= top) and not says_so) or page.teasers[number] or (
        line.linked and not may_be_linked
    ):
        return None
    short = len(line.text) < 120
    says_more = (named and short) or SIGNED.match(line.text)
    day = dateline(line.text, page.month_first) or (labelled_date(page, line.text) if says_more else None)
    day = day or (day_in_fields(page, line.text) if number > top else None)
    if day is None and number == top and (behind := DATE_IN_TITLE.search(line.text)):
        return dateline(behind[0].strip(" ()"), page.month_first)
    if day and number < top and not (
        (named and (":" in line.text or shares_box(page, number, top)))
        or (number >= top - 2 and page.boxes[line.box].parent == page.boxes[page.lines[top].box].parent
            and page.boxes[page.boxes[line.box].parent].tag not in WHOLE_PAGE)
        or OF_THE_ARTICLE.match(line.text)
    ):
        return None
    if day and number < top and not (OF_THE_ARTICLE.match(line.text) or fits_text(page, day, top)):
        return None
    return day


def day_in_fields(page: Marked, text: str) -> str | None:
    """The day in a header line of several fields: that of publication where there are two."""
    days = [field for field in fields_of(text) if dateline(field, page.month_first)]
    first = next((field for field in days if not is_update(field)), days[0] if days else "")
    return dateline(first, page.month_first)


def fits_text(page: Marked, day: str, top: int) -> bool:
    """Whether a day above the title (line `top`) may be the article's and not the page's clock: of the days that the
    text tells of, if any, one lies shortly before it."""
    lines = enumerate(page.lines[top : top + FIRST_LINES], top)
    text = " ".join(line.text for n, line in lines if line.prose and not page.quiet[n] and not page.teasers[n])
    told = [(int(found[1]), int(found[2])) for found in TOLD_DAY.finditer(text)]
    shown = date.fromisoformat(day) if len(day) == len("2024-03-05") else None
    if shown is None or not told:
        return True
    passed = [(shown - day_of).days for d, m in told for year in (shown.year - 1, shown.year, shown.year + 1)
              if (day_of := valid(year, m, d))]
    return any(-DAYS_AHEAD <= days <= DAYS_BEFORE for days in passed)


def valid(year: int, month: int, day: int) -> date | None:
    """The day, None if there is none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def named_as_date(page: Marked, line: Line) -> tuple[bool, bool]:
    """Whether the line's box, or one around it that holds nothing else, is named as a date; and whether that box holds
    nothing else: then what else it is named says nothing ("bread-crumb__time")."""
    for number in (line.box, page.boxes[line.box].parent):
        box = page.boxes[number]
        alone = box.end - box.start == 1
        if number >= 0 and "dated" in box.kinds and (alone or number == line.box):
            return True, alone
    return False, False


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
