"""Reading the dates pages and records give for themselves. Event dates in running text are not this room's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

VIET_NAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
FIRST_YEAR = 1995  # the first Vietnamese newspaper went online in 1997

ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?"
    r"(?:[T ]{1,2}(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$"
)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d)")
SHORT_YEAR = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{2})(?![\d/.-])")
MONTHS = {name: number for number, names in enumerate(
    ("một|giêng", "hai", "ba", "tư|bốn", "năm", "sáu", "bảy|bẩy", "tám", "chín", "mười", "mười một", "mười hai|chạp"), 1
) for name in names.split("|")}  # fmt: skip
IN_WORDS = re.compile(
    rf"(\d{{1,2}})\s{{1,3}}tháng\s{{1,3}}(\d{{1,2}}|{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
    r"(?:,?\s{1,3}năm\s{1,3}|\s?[,/]\s{0,3}|\s)(\d{4})(?!\d)",
    re.I,
)
NAMED_MONTHS = {name: number for number, names in enumerate(
    ("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug",
     "september|sept|sep", "october|oct", "november|nov", "december|dec"), 1
) for name in names.split("|")}  # fmt: skip
ENGLISH_MONTHS = "|".join(sorted(NAMED_MONTHS, key=len, reverse=True))
DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ -]({ENGLISH_MONTHS})\.?,?[ -](\d{{4}})(?!\d)", re.I)
MONTH_DAY = re.compile(rf"\b({ENGLISH_MONTHS})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)", re.I)
# How WordPress writes days in Vietnamese: "Tháng Sáu 5, 2025", "Th6 5, 2025", "05 Th6 2025".
MONTH_FIRST_WORDS = re.compile(
    rf"(?:tháng\s{{1,3}}|\bth)(\d{{1,2}}|{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
    r"\s{1,3}(\d{1,2}),?\s{1,3}(\d{4})(?!\d)",
    re.I,
)
SHORT_MONTH = re.compile(r"(?<!\d)(\d{1,2})[\s-]{0,3}thg?\.?\s?(\d{1,2}),?[\s-]{1,3}(\d{4})(?!\d)", re.I)
RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}")
WEEKDAYS = {name: number for number, names in enumerate(
    ("thứ hai|thứ 2|monday", "thứ ba|thứ 3|tuesday", "thứ tư|thứ 4|wednesday", "thứ năm|thứ 5|thursday",
     "thứ sáu|thứ 6|friday", "thứ bảy|thứ 7|saturday", "chủ nhật|chúa nhật|sunday")
) for name in names.split("|")}  # fmt: skip
WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b", re.I)
MONTH = re.compile(r"(?:tháng\s{1,3})?(\d{1,2})(?:\s?[/.-]\s?|\s{1,3}năm\s{1,3})(\d{4})$", re.I)
YEAR = re.compile(r"(?:năm\s{1,3})?(\d{4})$", re.I)
ENGLISH = re.compile(r"\b(?:published|posted|updated|last|by)\b", re.I)
CLOCK_OF_A_MACHINE = re.compile(r":\d{2}\.\d{6}(?!\d)")

DIGITS = re.compile(r"\d{8,18}|(?<=/)20\d{4}(?=/)")
FOLDERS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-]|$)")


def read_date(value: object) -> str | None:
    """ISO at its own precision (YYYY, YYYY-MM, YYYY-MM-DD), the day as in Viet Nam, or None if it is no date.

    Reads ISO with or without time and zone, RFC 2822, seconds or milliseconds since 1970, YYYYMMDD, and what
    Vietnamese pages write: "24/02/2022", "12:16 - Thứ Năm, 24/02/2022", "ngày 24 tháng 2 năm 2022", "2/2022",
    "February 24, 2022".
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return from_number(value)
    text = " ".join(str(value)[:200].split())
    if text.isascii() and text.isdigit() and len(text) >= 8:
        return from_number(int(text)) if len(text) < 14 else from_digits(text)
    written = from_rfc2822(text) if RFC_2822.match(text) else None  # it has a zone
    return from_iso(text) or written or find_date(text) or from_month(text) or from_rfc2822(text)


def find_date(text: str, month_first: bool = False) -> str | None:
    """The first full date inside `text`, as YYYY-MM-DD. A month over 12 in the middle means month first.

    `month_first`: the page's other dates are written so; then a date that could be either is too.
    """
    found = locate_date(text, month_first)
    return found[0] if found else None


def locate_date(text: str, month_first: bool = False) -> tuple[str, int, int] | None:
    """The first full date of the likeliest form inside `text`, and where it stands: (ISO, start, end)."""
    return next(dates_in(text, month_first), None)


def all_dates(text: str, month_first: bool = False) -> list[tuple[str, int, int]]:
    """Every full date inside `text`, in the order in which they stand: (ISO, start, end)."""
    found: list[tuple[str, int, int]] = []
    for each in dates_in(text, month_first):
        if not any(each[1] < end and start < each[2] for _, start, end in found):
            found.append(each)
    return sorted(found, key=lambda each: each[1])


def dates_in(text: str, month_first: bool) -> Iterator[tuple[str, int, int]]:
    """The full dates of `text`, form by form, the likeliest form first."""
    for pattern, parts in FORMS:
        for found in pattern.finditer(text):
            if dated := parts(found, text, month_first):
                yield dated, found.start(), found.end()


def writes_month_first(text: str) -> bool:
    """Whether the dates of a page that can be read one way only are written with the month before the day."""
    pairs = [(int(found[1]), int(found[3])) for found in DAY_FIRST.finditer(text)]
    months = sum(first <= 12 < second <= 31 for first, second in pairs)
    return months > 0 and not any(second <= 12 < first <= 31 for first, second in pairs)


def day_first(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """Day and month as written; the other way round where only that makes a date, or where the weekday, English words
    or the page's other dates say so."""
    day, month, year = int(found[1]), int(found[3]), int(found[4])
    if day > 12 or month > 12:
        return iso(year, month, day) if month <= 12 else iso(year, day, month)
    as_written, turned = iso(year, month, day), iso(year, day, month)
    if (weekday := WEEKDAY.search(text)) and as_written and turned and as_written != turned:
        said = WEEKDAYS[weekday[0].lower()]
        fits = [dated for dated in (as_written, turned) if date.fromisoformat(dated).weekday() == said]
        if len(fits) == 1:
            return fits[0]
    return turned if month_first or ENGLISH.search(text) else as_written


def short_year(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """Day, month and the year's last two figures."""
    return iso(2000 + int(found[4]), int(found[3]), int(found[1]))


def in_words(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "24 tháng 2 năm 2022", "24 tháng Hai, 2022"."""
    return iso(int(found[3]), MONTHS.get(found[2].lower()) or int(found[2]), int(found[1]))


def month_first_words(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "Tháng Hai 24, 2022", "Th2 24, 2022"."""
    return iso(int(found[3]), MONTHS.get(found[1].lower()) or int(found[1]), int(found[2]))


def short_month(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "24 Th2 2022"."""
    return iso(int(found[3]), int(found[2]), int(found[1]))


def year_first(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "2022-02-24" and with slashes or dots."""
    return iso(int(found[1]), int(found[3]), int(found[4]))


def day_month(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "24 February 2022", "24-Feb-2022"."""
    return iso(int(found[3]), NAMED_MONTHS[found[2].lower()], int(found[1]))


def month_day(found: re.Match[str], text: str, month_first: bool) -> str | None:
    """ "February 24, 2022"."""
    return iso(int(found[3]), NAMED_MONTHS[found[1].lower()], int(found[2]))


FORMS = (
    (DAY_FIRST, day_first), (IN_WORDS, in_words), (MONTH_DAY, month_day), (DAY_MONTH, day_month),
    (MONTH_FIRST_WORDS, month_first_words), (SHORT_MONTH, short_month), (YEAR_FIRST, year_first),
    (SHORT_YEAR, short_year),
)


def date_in_url(url: str) -> str | None:
    """The date a newspaper's address carries (/2022/02/24/, -20220224, tuoitre's 20260101084009247), if plausible."""
    try:
        path = urlsplit(url).path[:500]
    except ValueError:
        return None
    if found := FOLDERS.search(path):
        dated = iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
        if dated:
            return dated
    runs = [from_digits(run) for run in DIGITS.findall(path)]
    return next((run for run in runs if run), None)


def from_machine_clock(value: object) -> bool:
    """Whether a time carries microseconds: a crawler's clock writes them, an editor's system does not."""
    return bool(CLOCK_OF_A_MACHINE.search(str(value)[:60])) and ".000000" not in str(value)


def from_number(value: float) -> str | None:
    """A date written as a number: YYYYMMDD, a year, or seconds or milliseconds since 1970."""
    if 10_000_000 <= value < 100_000_000 and (dated := from_digits(str(int(value)))):
        return dated
    if FIRST_YEAR <= value <= last_year():
        return iso(int(value)) if value == int(value) else None
    for unit in (1, 1000):
        if 7e8 < value < 5e9 * unit and value / unit > 7e8:
            return in_viet_nam(datetime.fromtimestamp(value / unit, UTC))
    return None


def from_iso(text: str) -> str | None:
    """A date in ISO 8601 at its own precision; a time with a zone gives the day in Viet Nam."""
    found = ISO.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.group(1, 2, 3))
    if not (found[4] and found[8] and day and month and year):
        return iso(year or 0, month, day)
    hour, minute = int(found[4]) % 24, int(found[5]) % 60
    try:
        return in_viet_nam(datetime(year, month, day, hour, minute, tzinfo=zone(found[8])))
    except (ValueError, OverflowError):
        return None


def zone(text: str) -> timezone:
    """The zone of "Z", "+07:00" or "+0700"."""
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def from_month(text: str) -> str | None:
    """A month with its year ("2/2022", "tháng 2 năm 2022"), or a year alone."""
    if found := MONTH.match(text):
        return iso(int(found[2]), int(found[1]))
    found = YEAR.match(text)
    return iso(int(found[1])) if found else None


def from_rfc2822(text: str) -> str | None:
    """A date as e-mail and RSS write it, as the day in Viet Nam."""
    try:
        return in_viet_nam(parsedate_to_datetime(text))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def from_digits(run: str) -> str | None:
    """A date at the head of an id: YYYYMMDD, YYYYMMDDhhmmss…, or a site's three digits and YYMMDDhhmmss…"""
    if len(run) in (17, 18) and run[:2] in ("17", "18") and int(run[9:11]) < 24 and int(run[11:13]) < 60:
        return iso(2000 + int(run[3:5]), int(run[5:7]), int(run[7:9]))
    if len(run) == 8 or (14 <= len(run) <= 17 and int(run[8:10]) < 24):
        return iso(int(run[:4]), int(run[4:6]), int(run[6:8]))
    return iso(int(run[:4]), int(run[4:])) if len(run) == 6 and run[:2] == "20" else None


def in_viet_nam(moment: datetime) -> str | None:
    """The day of a moment in Viet Nam; without a zone, the day it says."""
    day = moment.astimezone(VIET_NAM) if moment.tzinfo else moment
    return iso(day.year, day.month, day.day)


def iso(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The parts as ISO at their precision, or None if there is no such day or no such newspaper yet."""
    if not FIRST_YEAR <= year <= last_year():
        return None
    try:
        date(year, month if month is not None else 1, day if day is not None else 1)
    except ValueError:
        return None
    return "-".join([f"{year}", *(f"{part:02d}" for part in (month, day) if part is not None)])


def last_year() -> int:
    """The last year a newspaper can be of: next year, for calendars that are ahead."""
    return datetime.now(VIET_NAM).year + 1
