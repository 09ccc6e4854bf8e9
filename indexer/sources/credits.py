"""Who wrote an article and where it came from, as its last lines say."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from indexer.sources.tidy import CAPITAL

ADDRESS = r"https?://[^\s<>\"']{4,1000}"
SOURCE_LINE = re.compile(
    rf"(?:\(?\s?(?:theo )?(?:nguồn|link gốc|bài gốc)\b(?P<name>[^:]{{0,80}}):?\s{{0,3}})?(?P<url>{ADDRESS})\)?$", re.I
)
CREDIT = re.compile(r"\(?(?:nguồn|theo)\s?:?\s(?P<name>[^:.!?\d]{2,50})\)?$", re.I)

PERSON = rf"{CAPITAL}[^\W\d_]*(?:[.'’-][^\W\d_]+)*"
NAMES = re.compile(
    rf"{PERSON}(?: {PERSON}){{0,4}}(?:\s?[-–—,/&]\s?{PERSON}(?: {PERSON}){{0,4}}){{0,4}}"
    rf"(?: \((?:[Tt]ổng hợp|[Tt]heo|[Dd]ịch|[Ll]ược dịch|[Bb]iên dịch|{CAPITAL})[^()]{{0,30}}\))?\.?$"
)
ROLE = (
    r"(?:tin|bài|ảnh|clip|video|thực hiện|nội dung|đồ họa|ctv|pv|btv|phóng viên|cộng tác viên"
    r"|tác giả|nhóm (?:pv|phóng viên)"
    r"|biên tập|người viết|văn bản|hình ảnh|lược ghi|ghi)"
)
ROLES = re.compile(
    rf"(?i:{ROLE}(?:\s?(?:,|và|&|-|–|\+)\s?{ROLE}){{0,4}})(?:\s?[:.]\s?|\s)(?P<name>{CAPITAL}[^!?:;]{{1,70}})$"
)
IN_BRACKETS = re.compile(r"\((?P<name>[^()\d]{2,45})\)$")
NOT_A_NAME = frozenset((
    "toàn", "quang", "quan", "tin", "thông", "danh", "video", "clip", "ảnh", "hình", "kỳ", "phần", "bài", "hết", "xem",
    "cảm", "cộng", "tổ"
))
PLACES = frozenset(("Việt Nam", "Hà Nội", "Quân đội", "Trung Quốc", "Thành phố Hồ Chí Minh"))
BYLINE_LENGTH, BYLINES = 90, 4
SITE_LINES = 4
SHARING = re.compile(r"(?:chia sẻ|in|lưu|gửi)(?: bài viết| bài| trang| email)?|bình luận|ý kiến bạn đọc|từ "
                     r"khóa.{0,80}", re.I)
LONGEST_SHOUTED = 5  # words in capitals: names have four at most


def take_source(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    """A line that only says where the text came from leaves it: "Nguồn Thanh Hóa: http://…", "Nguồn: TTXVN"."""
    for place in range(len(lines) - 1, max(len(lines) - 5, -1), -1):
        line = lines[place]
        if "http" in line and len(line) < 1200 and (found := SOURCE_LINE.match(line)):
            url = found["url"].rstrip(".,;)")
            return lines[:place] + lines[place + 1 :], url, host(url)
        if place and len(line) < 60 and (found := CREDIT.match(line)):
            return lines[:place] + lines[place + 1 :], None, found["name"].strip(" )")
    return lines, None, None


def host(url: str | None) -> str | None:
    """The site an address belongs to, without "www."."""
    try:
        name = urlsplit(url or "").hostname
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def take_bylines(lines: list[str]) -> tuple[list[str], str | None]:
    """Up to four lines at the end that only name who wrote it, the text's author first."""
    names: list[str] = []
    last = below = len(lines)
    while last > 1 and below - last < SITE_LINES and of_the_site(lines[last - 1]):
        last -= 1
    while last > 1 and len(names) < BYLINES and (name := byline(lines[last - 1])):
        names.insert(0, name)
        last -= 1
    return (lines[:last], ", ".join(names)) if names else (lines, None)


def of_the_site(line: str) -> bool:
    """Whether a line below the author's name is the site's: a heading in capitals, a word on sharing."""
    return (line.isupper() and len(line.split()) >= LONGEST_SHOUTED) or SHARING.fullmatch(line.strip()) is not None


def byline(line: str) -> str | None:
    """Who wrote it, if the line says only that: "Tin, ảnh: Mai Khôi", "TUẤN HƯƠNG", "DP", "(Bộ CHQS tỉnh)"."""
    if len(line) > BYLINE_LENGTH:
        return None
    line = line.strip(" *_")
    if found := ROLES.match(line) or IN_BRACKETS.match(line):
        return found["name"].strip(" .")
    if line.isupper() and len(line.split()) >= LONGEST_SHOUTED:
        return None  # "ĐỒNG HÀNH CÙNG DOANH NGHIỆP": a heading of the site, longer than any name
    if line not in PLACES and NAMES.match(line) and len(line) <= 60 and line.split(" ")[0].lower() not in NOT_A_NAME:
        return line.rstrip(".")
    return None
