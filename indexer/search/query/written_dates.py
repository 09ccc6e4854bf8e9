"""Dates written within a query: 1/7/2025, 01-07-2025, ngày 1 tháng 7 năm 2025, 12/2022, tháng 12 năm 2022.

Each is one day or month in every spelling: an article matches if any of the spellings stands in it. A date without a
year stays plain words. A date may also be taken as a filter on the day of publication (recognised.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.search.query.days import as_written, extent
from indexer.search.query.tree import Chunk, Dated, Either, Every, Tree
from indexer.text import fold, normalize

KIND = "date"  # of the interpretation, to switch it off
BETWEEN = r"\s*[/.-]\s*"
DAY = r"(?:(?:(?:ngay|hom)\s+)?(?:(?:mung|mong)\s+)?)"
YEAR = r"(?:\s*[,/.-]?\s*nam\s+|\s*[,/.-]\s*|\s+)"
LATEST_SHORT = 49  # "1/7/49" is of 2049, "30/4/75" of 1975
# "số 12/2022" is a document, "quý 1/2024" a quarter: behind these words two numbers are no month.
NO_MONTH = "".join(f"(?<!{word} )" for word in (
    "so", "quy", "dot", "ky", "khoa", "lan", "dinh", "quyet", "tu", "hoach", "thi", "van", "lenh", "luat", "to",
    "nhom"))
MONTHS = (  # as words; the first is the usual one
    ("một", "giêng"), ("hai",), ("ba",), ("tư",), ("năm",), ("sáu",), ("bảy", "bẩy"), ("tám",), ("chín",), ("mười",),
    ("mười một",), ("mười hai", "chạp"))  # fmt: skip
NUMBERS = {fold(name): number for number, names in enumerate(MONTHS, 1) for name in names} | {"bon": 4}
NAMED = "|".join(sorted(NUMBERS.keys() - {"bon"}, key=len, reverse=True))
LETTERS = rf"(?P<letters>{NAMED})(?:\s+nam)?\s+(?P<year>\d{{4}})"
DAY_NAMED = rf"(?:(?:ngay|hom)\s+)?(?:mung|mong)\s+(?P<named>{NAMED}|bon)"  # mùng bốn: the first ten days only
# Searched in the accent-free query. In each: day (or none), month, year.
PATTERNS = tuple(re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-]|\.\d)", re.IGNORECASE) for pattern in (
    rf"{DAY}(?P<day>\d{{1,2}})\s+thang\s+(?P<month>\d{{1,2}}){YEAR}(?P<year>\d{{4}})",
    rf"{DAY}(?P<day>\d{{1,2}}){BETWEEN}(?P<month>\d{{1,2}})(?:{BETWEEN}|\s+nam\s+)(?P<year>\d{{4}})",
    rf"{DAY}(?P<year>\d{{4}}){BETWEEN}(?P<month>\d{{1,2}}){BETWEEN}(?P<day>\d{{1,2}})",
    rf"{DAY}(?P<day>\d{{1,2}})\s+thang\s+{LETTERS}",
    rf"{DAY_NAMED}\s+thang\s+{LETTERS}",
    rf"{DAY_NAMED}\s+thang\s+(?P<month>\d{{1,2}}){YEAR}(?P<year>\d{{4}})",
    rf"{DAY}(?P<day>\d{{1,2}})/(?P<month>\d{{1,2}})/(?P<short>\d{{2}})",
    rf"thang\s+(?P<month>\d{{1,2}}){YEAR}(?P<year>\d{{4}})",
    rf"thang\s+{LETTERS}",
    rf"{NO_MONTH}(?P<month>\d{{1,2}})\s?[/-]\s?(?P<year>\d{{4}})",
))


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day or month in a query: its ISO form ("2025-07-01", "2022-12") and its place."""

    iso: str
    start: int
    end: int

    @property
    def shown(self) -> str:
        """As readers write it: "1/7/2025", "12/2022"."""
        return as_written(self.iso)

    @property
    def is_day(self) -> bool:
        """Whether the date is one day, not a month."""
        return len(self.iso) == 10


def written_dates(text: str) -> list[WrittenDate]:
    """The dates in a query text (as shown), from left to right, without overlaps."""
    if not any(map(str.isdigit, text)):
        return []
    plain = fold(normalize(text))
    found: list[WrittenDate] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(plain):
            date = date_of(match)
            if date and not any(date.start < other.end and other.start < date.end for other in found):
                found.append(date)
    return sorted(found, key=lambda date: date.start)


def date_of(match: re.Match[str]) -> WrittenDate | None:
    """The date a pattern found; None where there is no such day or month ("31/2/2025")."""
    named = match.groupdict()
    if letters := named.get("letters"):
        named["month"] = str(NUMBERS[" ".join(letters.split()).lower()])
    if day := named.get("named"):
        named["day"] = str(NUMBERS[" ".join(day.split()).lower()])
    if short := named.get("short"):
        named["year"] = f"{'20' if int(short) <= LATEST_SHORT else '19'}{short}"
    parts = [int(part) for name in ("year", "month", "day") if (part := named.get(name))]
    iso = "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
    return WrittenDate(iso, *match.span()) if extent(iso) and 1900 <= parts[0] <= 2100 else None


def with_dates(tree: Every, text: str) -> tuple[Every, list[WrittenDate]]:
    """`tree` with the words of each date in `text` as one leaf `Dated`, and the dates so read.

    A date counts where it is made of whole loose words that stand in a row: within quotation marks or fields it stays
    as typed.
    """
    read: list[WrittenDate] = []
    return every(tree, written_dates(text), read), read


def every(tree: Every, dates: list[WrittenDate], read: list[WrittenDate]) -> Every:
    """The parts of a conjunction with dates as leaves; dates taken are added to `read`."""
    nodes: list[Tree] = []
    waiting = list(tree.nodes)
    while waiting:
        node = waiting[0]
        date = next((d for d in dates if isinstance(node, Chunk) and d.start == node.start), None)
        taken = chunks_of(date, waiting) if date else 0
        if date and taken:
            nodes.append(Dated(forms(date.iso), date.iso, date.start, date.end))
            read.append(date)
        else:
            nodes.append(inside(node, dates, read))
        del waiting[: taken or 1]
    return replace(tree, nodes=tuple(nodes))


def inside(node: Tree, dates: list[WrittenDate], read: list[WrittenDate]) -> Tree:
    """A part that has parts itself, with their dates read; what is excluded stays as typed."""
    if isinstance(node, Every):
        return every(node, dates, read)
    if isinstance(node, Either):
        return Either(tuple(inside(each, dates, read) for each in node.nodes))
    return node


def chunks_of(date: WrittenDate, nodes: list[Tree]) -> int:
    """How many of the leading `nodes` are the words of `date`; 0 where they are no whole loose words."""
    for size, node in enumerate(nodes, 1):
        if not isinstance(node, Chunk) or node.literal or node.end > date.end:
            return 0
        if node.end == date.end:
            return size
    return 0


def forms(iso: str) -> tuple[str, ...]:
    """Every way newspapers write a day or month, as runs of syllables: punctuation between numbers does not count."""
    return tuple(dict.fromkeys(day_forms(iso) if len(iso) == 10 else month_forms(iso)))


def day_forms(iso: str) -> Iterator[str]:
    """1/7/2025, 01/07/2025, 1/7 năm 2025, 1 tháng 7 năm 2025, 1 tháng bảy năm 2025."""
    year, month, day = iso.split("-")
    for d in numbers(day):
        for m in numbers(month):
            yield f"{d} {m} {year}"
            yield f"{d} {m} năm {year}"
            yield f"{d} tháng {m} năm {year}"
            yield f"{d} tháng {m} {year}"
        yield from (f"{d} tháng {name} năm {year}" for name in MONTHS[int(month) - 1])


def month_forms(iso: str) -> Iterator[str]:
    """12/2022, tháng 12 năm 2022, tháng mười hai năm 2022."""
    year, month = iso.split("-")
    for m in numbers(month):
        yield f"{m} {year}"
        yield f"tháng {m} năm {year}"
    yield from (f"tháng {name} năm {year}" for name in MONTHS[int(month) - 1])


def numbers(two_digits: str) -> tuple[str, ...]:
    """A number without and with its leading zero."""
    return tuple(dict.fromkeys((str(int(two_digits)), two_digits)))
