"""Reading the dates pages and records give for themselves. Event dates in running text are not this room's."""

from __future__ import annotations

import re
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
MONTH = re.compile(r"(?:tháng\s{1,3})?(\d{1,2})(?:\s?[/.-]\s?|\s{1,3}năm\s{1,3})(\d{4})$", re.I)
YEAR = re.compile(r"(?:năm\s{1,3})?(\d{4})$", re.I)
ENGLISH = re.compile(r"\b(?:published|posted|updated|last|by)\b", re.I)
CLOCK_OF_A_MACHINE = re.compile(r":\d{2}\.\d{6}(?!\d)")

DIGITS = re.compile(r"\d{8,18}|(?<=/)20\d{4}(?=/)")
FOLDERS = re.compile(r"/((?:19|20)\d{2})[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/-]|$)")


def read_date(value: object) -> str | None:
    """ISO at its own precision (YYYY, YYYY-MM, YYYY-MM-DD), the day as in Viet Nam, or None if it is no date.

    Reads ISO with or without time and zone, RFC 2822, seconds or milliseconds since 1970, YYYYMMDD, and what
    Vietnamese pages write: "24/02/2022", "12:16 - Thứ Năm, 24/02/2022", "ngày 24 tháng 2 năm 2022", "2/2022".
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return from_number(value)
    text = " ".join(str(value)[:200].split())
    if text.isascii() and text.isdigit() and len(text) >= 8:
        return from_number(int(text)) if len(text) < 14 else from_digits(text)
    return from_iso(text) or find_date(text) or from_month(text) or from_rfc2822(text)


def find_date(text: str) -> str | None:
    """The first full date inside `text`, as YYYY-MM-DD. A month over 12 in the middle means month first."""
    found = locate_date(text)
    return found[0] if found else None


def locate_date(text: str) -> tuple[str, int, int] | None:
    """The first full date of the likeliest form inside `text`, and where it stands: (ISO, start, end)."""
    for pattern, parts in FORMS:
        for found in pattern.finditer(text):
            if dated := parts(found, text):
                return dated, found.start(), found.end()
    return None


def day_first(found: re.Match[str], text: str) -> str | None:
    day, month = int(found[1]), int(found[3])
    if month > 12 or (day <= 12 and ENGLISH.search(text)):
        day, month = month, day
    return iso(int(found[4]), month, day)


def short_year(found: re.Match[str], text: str) -> str | None:
    return iso(2000 + int(found[4]), int(found[3]), int(found[1]))


def in_words(found: re.Match[str], text: str) -> str | None:
    return iso(int(found[3]), MONTHS.get(found[2].lower()) or int(found[2]), int(found[1]))


def year_first(found: re.Match[str], text: str) -> str | None:
    return iso(int(found[1]), int(found[3]), int(found[4]))


FORMS = ((DAY_FIRST, day_first), (IN_WORDS, in_words), (YEAR_FIRST, year_first), (SHORT_YEAR, short_year))


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
    if 10_000_000 <= value < 100_000_000 and (dated := from_digits(str(int(value)))):
        return dated
    if FIRST_YEAR <= value <= last_year():
        return iso(int(value)) if value == int(value) else None
    for unit in (1, 1000):
        if 7e8 < value < 5e9 * unit and value / unit > 7e8:
            return in_viet_nam(datetime.fromtimestamp(value / unit, UTC))
    return None


def from_iso(text: str) -> str | None:
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
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=minutes if text[0] == "+" else -minutes))


def from_month(text: str) -> str | None:
    if found := MONTH.match(text):
        return iso(int(found[2]), int(found[1]))
    found = YEAR.match(text)
    return iso(int(found[1])) if found else None


def from_rfc2822(text: str) -> str | None:
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
    return datetime.now(VIET_NAM).year + 1
