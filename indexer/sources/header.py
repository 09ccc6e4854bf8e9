"""The lines above a text: the day it was published, and the header that a crawler wrote."""

from __future__ import annotations

import re

from indexer.model import Stamp
from indexer.sources.dates import locate_date
from indexer.sources.tidy import CAPITAL

# What a crawler put before the text: " date 2022-12 Quốc phòng, an ninh Tổng kết …": month, section, title.
CRAWLED_HEADER = re.compile(
    r"\s{0,20}date ((?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?!\d)[ \t]{0,20}"
)
SECTION = re.compile(
    r"(?:Quốc phòng(?:,| -| –) [Aa]n ninh|An ninh(?:,| -| –) [Qq]uốc phòng|Thời sự|Chính trị|Xã hội|Tin tức|Trong tỉnh"
    rf"|Tin trong tỉnh|Tin địa phương|Hoạt động các ngành) (?={CAPITAL})"
)

# What stands around a date in a page's header: "12:16 - Thứ Năm, 24/02/2022 Lượt xem: 4824 In bài viết".
AROUND_A_DATE = re.compile(
    r"\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s?(?:[AaPp][Mm]|sáng|trưa|chiều|tối|CH|SA))?"
    r"|GMT\s?[+]?\s?\d{0,2}(?::\d{2})?|\bUTC\b|[AaPp]\.?[Mm]\b"
    r"|thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật|\bT[2-7]\b|\bCN\b"
    r"|(?:ngày|thời gian|cập nhật|đăng|xuất bản|gửi|tạo|viết|lúc|vào|bài|tin|đưa|công bố)(?=[\s:,]|$)"
    r"|(?:số\s)?(?:lượt|lần)\s(?:xem|đọc|truy cập)\s?:?\s?[\d.,]{0,12}|[\d.,]{1,12}\s(?:lượt\s(?:xem|đọc)|views?)"
    r"|in (?:bài viết|trang|bài|tin)|gửi (?:email|bài|mail)|\bemail\b|chia sẻ|bình luận"
    r"|published|posted|updated|\bon\b|views?\b",
    re.IGNORECASE,
)
MAY_BE_DATE = re.compile(r"\d\s?[/.-]\s?\d|[Tt]háng ")
WEATHER = re.compile(r"\d\s?°\s?C")
HEADER_LINES, HEADER_LENGTH, STRAY_LETTERS = 8, 140, 14


def header_of(text: str) -> tuple[list[str], tuple[Stamp, ...]]:
    """The lines, without the crawler's own date header where there is one."""
    found = CRAWLED_HEADER.match(text)
    if not found:
        return text.split("\n") if text else [], ()
    first, *rest = text[found.end() :].split("\n")
    first = SECTION.sub("", first, count=1) if SECTION.match(first) else first
    return [line for line in (first, *rest) if line], (Stamp(found[1], "header"),)


def take_dates(lines: list[str]) -> tuple[list[str], tuple[Stamp, ...]]:
    """Lines near the top that are nothing but a date with its weekday, time and counters leave the text."""
    kept: list[str] = []
    stamps: list[Stamp] = []
    for place, line in enumerate(lines):
        dated = dateline(line) if place < HEADER_LINES and not is_clock(lines, place) else None
        if dated is None:
            kept.append(line)
        else:
            stamps.append(Stamp(dated, "header"))
    # Of several the earliest: the page's own clock and the last update are later.
    return kept, tuple(sorted(stamps, key=lambda stamp: stamp.date)[:1])


def is_clock(lines: list[str], place: int) -> bool:
    """Whether a line of date and time stands above the weather: the page's own clock, not the article's date."""
    return any(WEATHER.search(line) for line in lines[place : place + 3])


def dateline(line: str) -> str | None:
    """The day a header line gives, or None if the line says anything else besides."""
    if len(line) > HEADER_LENGTH or not MAY_BE_DATE.search(line) or not (found := locate_date(line)):
        return None
    dated, start, end = found
    rest = AROUND_A_DATE.sub(" ", f"{line[:start]} {line[end:]}")
    return dated if sum(map(str.isalpha, rest)) <= STRAY_LETTERS else None
