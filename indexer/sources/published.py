"""When an article was published, as the page declares it, shows it and has it in its address."""

from __future__ import annotations

import re
from datetime import date

from indexer.model import StatedDate
from indexer.sources.chrome import is_chrome
from indexer.sources.credits import signed_name
from indexer.sources.dates import all_dates, date_in_url, read_date
from indexer.sources.header import dateline, fields_of, is_update, published_of
from indexer.sources.marks import Marked
from indexer.sources.metadata import agree
from indexer.sources.page import Line, Time
from indexer.sources.tidy import letters
from indexer.sources.title import DATE_IN_TITLE, NEAR, is_hidden, text_start

# A date that says whose it is; a site's clock says at most the weekday.
OF_THE_ARTICLE = re.compile(
    r"(?:ngày|thời gian|được|lần)?\s?(?:đăng|xuất bản|phát hành|đưa tin|cập nhật|published|posted)\b", re.I
)
WHOLE_PAGE = ("body", "html", "form", "main")
# A day that a text tells of, as newspapers write it: "Sáng 18-12", "ngày 5/6".
TOLD_DAY = re.compile(r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm|đến|và)\s(\d{1,2})[-/.](\d{1,2})(?!\d)", re.I)
FIRST_LINES, DAYS_BEFORE, DAYS_AHEAD = 40, 60, 20
DAYS_BEFORE_A_CLOCK = 3
TITLES = 10
FOOT = 3  # lines around a text's end where its day may stand
TITLE_S_BOXES = 3  # how far out from the title's own box its header reaches


def stated_dates_of(page: Marked, header: str | None) -> tuple[StatedDate, ...]:
    """The days the page gives, most trusted first: declared, shown (`header`: see `header_date`), in its address."""
    in_url = date_in_url(page.meta.url) if page.meta.url else None
    shown = StatedDate(header, "header") if header else None
    found = [page.meta.stamp, shown, StatedDate(in_url, "url") if in_url else None]
    return tuple(stated for stated in found if stated)


def header_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The visible date: a marked time or a line that is only a date, from the title to the head of the body.

    A line that tells of an update counts only where no other line gives a day.
    """
    start, end = text_start(page, box), page.span(box)[1]
    top = heading if heading is not None and heading <= start else max(0, start - NEAR)
    own = titles(page)
    dated = [(time, day) for time in page.page.times if (day := own_time(time, own))]
    times = {time.line: day for time, day in reversed(dated)}
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
    # At last the day that times of publication agree on, wherever they stand below the title.
    published = {day for time, day in dated if time.published and time.line >= top}
    return updated or (published.pop() if len(published) == 1 else None)


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


def own_time(time: Time, titles: list[str]) -> str | None:
    """The day of a time for machines, None if it belongs to an article of another title."""
    if time.headline and not any(agree(letters(time.headline), title) for title in titles):
        return None
    return read_date(time.value)


def titles(page: Marked) -> list[str]:
    """What the page declares as its title, and its first h1s, as `letters` spells them."""
    headings = [line.text for line in page.lines if page.boxes[line.box].tag == "h1"][:TITLES]
    return [letters(title) for title in (*page.meta.titles, *headings)]


def line_date(page: Marked, number: int, top: int) -> str | None:
    """The day a line gives. Above the title (line `top`), where today's date often stands, it must be the article's:
    named as a date and either with the hour or in the title's own box, or right above the title among its siblings."""
    line = page.lines[number]
    if number in (top - 1, top - 2) and (day := day_of_clock(page, number, top)):
        return day
    named, alone = named_as_date(page, line)
    may_be_linked = named or number > top  # some systems link the date to the article itself
    # A date that says whose it is, or that stands alone in a box named so, may stand in a bar named as something else.
    says_so = number > top and OF_THE_ARTICLE.match(line.text) and not is_hidden(page, line)
    if (page.quiet[number] and not (alone and number >= top) and not says_so) or page.teasers[number] or (
        line.linked and not may_be_linked
    ):
        return None
    short = len(line.text) < 120
    says_more = (named and short) or signed_name(line.text)
    whose = number <= top and says_whose(line.text)
    day = dateline(line.text, page.month_first) or (labelled_date(page, line.text) if says_more else None)
    day = day or (day_in_fields(page, line.text) if number > top or whose else None)
    if day is None and number == top and (behind := DATE_IN_TITLE.search(line.text)):
        return dateline(behind[0].strip(" ()"), page.month_first)
    if day and number < top and not whose:
        beside = (named and (":" in line.text or shares_box(page, number, top))) or is_sibling(page, number, top)
        return day if beside and fits_text(page, day, top) else None
    return day


def is_sibling(page: Marked, number: int, top: int) -> bool:
    """Whether a line right above the title (line `top`) stands in the same box, one that is not the whole page."""
    parent = page.boxes[page.lines[number].box].parent
    same = parent == page.boxes[page.lines[top].box].parent
    return number >= top - 2 and same and page.boxes[parent].tag not in WHOLE_PAGE


def day_of_clock(page: Marked, number: int, top: int) -> str | None:
    """The day of a box that is named as the site's clock and stands right above the title (line `top`) in its box,
    where the text tells of a day shortly before: some systems name an article's own day "today"."""
    line = page.lines[number]
    if "clock" not in page.boxes[line.box].kinds or not shares_box(page, number, top):
        return None
    day = dateline(line.text, page.month_first)
    told = told_days(page, day, top) if day else []
    return day if any(0 <= days <= DAYS_BEFORE_A_CLOCK for days in told) else None


def day_in_fields(page: Marked, text: str) -> str | None:
    """The day in a header line of several fields: that of publication where there are two."""
    days = [field for field in fields_of(text) if dateline(field, page.month_first)]
    first = next((field for field in days if not is_update(field)), days[0] if days else "")
    return dateline(first, page.month_first)


def says_whose(text: str) -> bool:
    """Whether a line, or one of the fields it has, begins with whose the day is: "Trang 3 | Phát hành ngày …"."""
    return any(OF_THE_ARTICLE.match(part) for part in (text, *fields_of(text)))


def fits_text(page: Marked, day: str, top: int) -> bool:
    """Whether a day above the title (line `top`) may be the article's and not the page's clock: of the days that the
    text tells of, if any, one lies shortly before it."""
    told = told_days(page, day, top)
    return not told or any(-DAYS_AHEAD <= days <= DAYS_BEFORE for days in told)


def told_days(page: Marked, day: str, top: int) -> list[int]:
    """How many days before `day` those lie that the text below line `top` tells of, which have no year: in the year
    before, its own and the next. [] for a day without its month or a text that tells of none."""
    lines = enumerate(page.lines[top : top + FIRST_LINES], top)
    text = " ".join(line.text for n, line in lines if line.prose and not page.quiet[n] and not page.teasers[n])
    shown = date.fromisoformat(day) if len(day) == len("2024-03-05") else None
    if shown is None:
        return []
    told = [(int(found[1]), int(found[2])) for found in TOLD_DAY.finditer(text)]
    return [(shown - day_of).days for d, m in told for year in (shown.year - 1, shown.year, shown.year + 1)
            if (day_of := valid(year, m, d))]


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
