"""The lines above a text: the day it was published, and the header that a crawler wrote."""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.model import StatedDate
from indexer.sources.credits import byline
from indexer.sources.dates import ENGLISH_MONTHS, all_dates, locate_date
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
    r"|published|posted|created?|updated?|last|modified|\bon\b|\bby\b|\bat\b|views?\b|(?:sun|mon|tues|wednes|thurs|fri|satur)day"
    r"|\b(?:sun|mon|tue|wed|thu|fri|sat)\b",
    re.IGNORECASE,
)
MAY_BE_DATE = re.compile(rf"\d\s?[/.-]\s?\d|tháng |\bth\d|\d\s?th|\b(?:{ENGLISH_MONTHS})", re.IGNORECASE)
# What stands before a date and says which it is. "Ngày đăng" beside "Cập nhật" is the one of publication.
OF_PUBLICATION = re.compile(
    r"(?:ngày|thời gian|lúc|được)?\s?(?:đăng(?: tải| tin| lúc| ngày)?|xuất bản|phát hành|đưa(?: tin)?|công bố|tạo"
    r"|viết|gửi)\b"
    r"|published|posted|created?|ngày đăng",
    re.IGNORECASE,
)
OF_UPDATE = re.compile(r"cập nhật|sửa|chỉnh lý|updated?|modified|edited|last", re.IGNORECASE)
# A clock, a span of days, the day of printing or of a newspaper's issue.
NOT_OF_PUBLICATION = re.compile(
    r"\bhôm nay\b|\b(?:ngày|thời gian|lúc) in\b|\bin (?:lúc|ngày)\b|\btừ (?:ngày )?\d.{4,24}\b(?:đến|tới)\b|\btuần từ\b"
    r"|truy cập (?:ngày|lúc)|\bra ngày\b|ban hành|hiệu lực|hết hạn|bây giờ",
    re.IGNORECASE,
)
WEATHER = re.compile(r"\d\s?°\s?C")
BETWEEN_FIELDS = re.compile(r"\s?[|•·]\s?|\s{2,}")
BETWEEN_LABELLED = re.compile(r"\s?[|•·]\s?|\s{2,}|\s[–—-]\s(?=[^\W\d][^:]{2,20}:)")
# Where no sign parts the fields of a header, the next one's label does: "Ngày đăng: 05/06/2025 Tác giả: Mai Khôi". Some
# pages leave out even the space, which their style sheet makes.
FIELD_LABELS = (
    r"(?:(?:ngày|thời gian)(?: (?:đăng|tạo|cập nhật|xuất bản|viết|gửi|phát hành|đưa tin))?|cập nhật|đăng lúc|tác giả"
    r"|người (?:viết|đăng)|đăng bởi|nguồn(?: tin)?|chuyên mục|danh mục|(?:số )?lượt (?:xem|đọc)|author|created?"
    r"|updated?|posted|published|source|category|views)\s?:"
)
BEFORE_A_LABEL = re.compile(rf"\s(?={FIELD_LABELS})|(?<=\w)(?=(?-i:{CAPITAL}))(?={FIELD_LABELS})", re.IGNORECASE)
BETWEEN_NAMES_AND_DAY = re.compile(r"\s[–—-]\s")
CLOCK_TIME = re.compile(r"\d{1,2}\s?[:hg]\s?\d{2}")
FIELD = re.compile(
    r"(?:tác giả|người (?:viết|đăng)|nguồn|theo|chuyên mục|danh mục|mục|lượt (?:xem|đọc)|bình luận|cỡ chữ|từ khóa"
    r"|đăng bởi|bởi|viết bởi|author|source|category|by|in|tags?|views?|comments?)\b.{0,60}$",
    re.IGNORECASE,
)
LONGEST_FIELDS, SHORT_FIELD = 220, 30
HEADER_LINES, HEADER_LENGTH, STRAY_LETTERS = 8, 140, 14


def header_of(text: str) -> tuple[list[str], tuple[StatedDate, ...]]:
    """The lines, without the crawler's own date header where there is one."""
    found = CRAWLED_HEADER.match(text)
    if not found:
        return text.split("\n") if text else [], ()
    first, *rest = text[found.end() :].split("\n")
    first = SECTION.sub("", first, count=1) if SECTION.match(first) else first
    return [line for line in (first, *rest) if line], (StatedDate(found[1], "header"),)


def take_dates(lines: list[str]) -> tuple[list[str], tuple[StatedDate, ...]]:
    """Lines near the top that are nothing but a date with its weekday, time and counters leave the text."""
    kept: list[str] = []
    stamps: list[StatedDate] = []
    for place, line in enumerate(lines):
        dated = dateline(line) if place < HEADER_LINES and not is_clock(lines, place) else None
        if dated is None:
            kept.append(line)
        else:
            stamps.append(StatedDate(dated, "header"))
    # Of several the earliest: the page's own clock and the last update are later.
    return kept, tuple(sorted(stamps, key=lambda stamp: stamp.date)[:1])


def is_clock(lines: list[str], place: int) -> bool:
    """Whether a line of date and time stands above the weather: the page's own clock, not the article's date."""
    return any(WEATHER.search(line) for line in lines[place : place + 3])


def dateline(line: str, month_first: bool = False) -> str | None:
    """The day a header line gives, or None if the line says anything else besides.

    Of several days the one said to be of publication. `month_first`: the site writes the month before the day.
    """
    if len(line) > HEADER_LENGTH or not MAY_BE_DATE.search(line) or NOT_OF_PUBLICATION.search(line):
        return None
    if not locate_date(line, month_first):
        return None
    dates = all_dates(line, month_first)
    rest = line
    for _, start, end in reversed(dates):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = AROUND_A_DATE.sub(" ", rest)
    return published_of(line, dates) if sum(map(str.isalpha, rest)) <= STRAY_LETTERS else None


def fields_of(line: str) -> list[str]:
    """The fields of a header line that says several things, [] for any other line.

    "Tác giả: … | Ngày đăng: … | Lượt xem: 5" has three. Each of them is a day, or short and named; one is a day.
    """
    between = BETWEEN_LABELLED if line.count(":") > 1 else BETWEEN_FIELDS
    fields = [field.strip() for field in between.split(line)] if len(line) <= LONGEST_FIELDS else []
    fields = [field for field in fields if field]
    if len(fields) == 1:
        labelled = BEFORE_A_LABEL.split(fields[0])
        fields = labelled if len(labelled) > 1 else names_and_day(fields[0])
    if len(fields) < 2 or not any(MAY_BE_DATE.search(field) for field in fields):
        return []
    days = [dateline(field) for field in fields]
    named = [day or FIELD.match(field) or len(field) <= SHORT_FIELD for day, field in zip(days, fields, strict=True)]
    return fields if any(days) and all(named) else []


def names_and_day(line: str) -> list[str]:
    """The parts of "Mai Khôi - Lê Thử – 15/03/2023 09:12": names and one day, [] for any other line."""
    parts = [part.strip() for part in BETWEEN_NAMES_AND_DAY.split(line)]
    days = [part for part in parts if MAY_BE_DATE.search(part) and dateline(part)]
    return parts if days and all(part in days or CLOCK_TIME.fullmatch(part) or byline(part) for part in parts) else []


def published_of(line: str, dates: list[tuple[str, int, int]]) -> str:
    """Of a line's dates the one labelled as of publication, else the first that is not labelled as of an update."""
    before = [line[end:start] for (_, _, end), (_, start, _) in pairwise([("", 0, 0), *dates])]
    for is_it in (OF_PUBLICATION.search, lambda label: not OF_UPDATE.search(label)):
        for label, (dated, _, _) in zip(before, dates, strict=True):
            if is_it(label) and not (OF_UPDATE.search(label) and is_it == OF_PUBLICATION.search):
                return dated
    return dates[0][0]


def is_update(line: str) -> bool:
    """Whether a header line tells of an update only."""
    return bool(OF_UPDATE.search(line)) and not OF_PUBLICATION.search(line)
