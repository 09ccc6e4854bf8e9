"""Plain page text, chrome and all, becomes paragraphs. One function for .txt and for the `text` of JSONL records.

Rather keeps a caption than loses a sentence: a line is dropped only for what it certainly is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from indexer.model import Stamp
from indexer.sources.dates import locate_date

# re has no class for capital letters, and they alternate with small ones from U+0100 on.
CAPITAL = "[" + "".join(filter(str.isupper, map(chr, [*range(0x41, 0x250), *range(0x1E00, 0x1F00)]))) + "]"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\x00"

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
    r"\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s?(?:[AaPp][Mm]|sáng|trưa|chiều|tối|CH|SA))?|GMT\s?[+]?\s?\d{0,2}(?::\d{2})?|\bUTC\b|[AaPp]\.?[Mm]\b"
    r"|thứ\s(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s?nhật|\bT[2-7]\b|\bCN\b"
    r"|(?:ngày|thời gian|cập nhật|đăng|xuất bản|gửi|tạo|viết|lúc|vào|bài|tin|đưa|công bố)(?=[\s:,]|$)"
    r"|(?:số\s)?(?:lượt|lần)\s(?:xem|đọc|truy cập)\s?:?\s?[\d.,]{0,12}|[\d.,]{1,12}\s(?:lượt\s(?:xem|đọc)|views?)"
    r"|in (?:bài viết|trang|bài|tin)|gửi (?:email|bài|mail)|\bemail\b|chia sẻ|bình luận"
    r"|published|posted|updated|\bon\b|views?\b",
    re.IGNORECASE,
)
MAY_BE_DATE = re.compile(r"\d\s?[/.-]\s?\d|[Tt]háng ")
HEADER_LINES, HEADER_LENGTH, STRAY_LETTERS = 8, 140, 14

# Headings of other news: chrome by themselves, and what follows them is not the article either.
OTHER_NEWS = frozenset(
    [
        "tin liên quan",
        "tin bài liên quan",
        "bài viết liên quan",
        "bài liên quan",
        "các tin khác",
        "tin khác",
        "tin cùng chuyên mục",
        "cùng chuyên mục",
        "các bài viết khác",
        "tin mới",
        "tin mới nhất",
    ]
)
CHROME = OTHER_NEWS.union(
    [
        "bình luận",
        "back to top",
        "in bài viết",
        "in trang",
        "in bài",
        "in tin",
        "chia sẻ",
        "gửi bình luận",
        "gửi email",
        "facebook",
        "zalo",
        "twitter",
        "tweet",
        "về trang chủ",
        "trang chủ",
        "quay lại",
        "trở về",
        "trở lại",
        "lên đầu trang",
        "về đầu trang",
        "lưu bài viết",
        "lưu bài",
        "copy link",
        "sao chép liên kết",
        "nghe đọc bài",
        "đọc bài",
        "xem thêm",
        "đọc thêm",
        "ý kiến bạn đọc",
        "ý kiến của bạn",
        "viết bình luận",
        "quảng cáo",
        "print",
        "email",
        "share",
        "like",
        "theo dõi",
        "thích",
        "đánh giá bài viết",
        "từ khóa",
        "từ khoá",
        "gửi",
        "hủy",
        "huỷ",
        "đăng nhập",
        "xem theo ngày",
        "bản in",
        "phóng to",
        "thu nhỏ",
        "phản hồi",
        "top",
        "close",
        "more",
    ]
)
CHROME_LINE = re.compile(
    r"\*{0,2}\s?mời (?:bạn|quý) (?:bạn )?đọc (?:vào|xem|theo dõi).{0,140}|chia sẻ (?:bài viết|ý kiến) của bạn.{0,100}"
    r"|(?:số )?(?:lượt|lần) (?:xem|đọc|truy cập)\s?:?\s?[\d.,]{1,12}"
    r"|(?:bình luận|chia sẻ|thích|like|share)\s?\(?\s?\d{1,6}\s?\)?|từ kh(?:óa|oá)\s?:.{0,140}|tags?\s?:.{0,140}"
    r"|(?:©|copyright).{0,140}|tweet|\[\s?(?:trở về|quay lại)\s?\]|[|•·*_=\-–—.\s]{1,140}",
    re.IGNORECASE,
)
RELATED = OTHER_NEWS.union(
    [
        "các tin đã đưa",
        "tin đã đưa",
        "bài viết khác",
        "tin tức gần đây",
        "có thể bạn quan tâm",
        "tin nổi bật",
        "đọc nhiều",
        "theo dòng sự kiện",
    ]
)
LABEL, SHORT = 40, 140

ADDRESS = r"https?://[^\s<>\"']{4,1000}"
SOURCE_LINE = re.compile(
    rf"(?:\(?\s?(?:theo )?(?:nguồn|link gốc|bài gốc)\b(?P<name>[^:]{{0,80}}):?\s{{0,3}})?(?P<url>{ADDRESS})\)?$", re.I
)
CREDIT = re.compile(r"\(?(?:nguồn|theo)\s?:?\s(?P<name>[^:.!?\d]{2,50})\)?$", re.I)

# Captions that name nobody: dropped when they end like a caption or stand twice.
SCENE = re.compile(
    r"(?:toàn|quang|quan) cảnh\b|(?:ảnh|hình)\s(?:minh (?:họa|hoạ)|tư liệu)|các đại biểu (?:tham )?dự\b", re.I
)
SENTENCE_END = (".", "!", "?", "…", ":", ";", "./.", "”", '"', "’")

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
NOT_A_NAME = frozenset(
    [
        "toàn",
        "quang",
        "quan",
        "tin",
        "thông",
        "danh",
        "video",
        "clip",
        "ảnh",
        "hình",
        "kỳ",
        "phần",
        "bài",
        "hết",
        "xem",
        "cảm",
        "cộng",
        "tổ",
    ]
)
PLACES = frozenset(("Việt Nam", "Hà Nội", "Quân đội", "Trung Quốc", "Thành phố Hồ Chí Minh"))
BYLINE_LENGTH, BYLINES = 90, 4


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without its chrome. `title` is the heading found in it; `made_up`: it is only the first words."""

    title: str
    body: str
    made_up: bool = False
    author: str | None = None
    url: str | None = None
    source: str | None = None
    stamps: tuple[Stamp, ...] = ()


def clean_text(text: str, title: str = "") -> Cleaned:
    """Paragraphs one a line, and what the lines around them said of date, author and source.

    With a `title` the lines that repeat it leave the body. Without one the first short line is the title and
    leaves the body; if the text opens with a sentence, its first words stand in and the sentence stays.
    """
    lines, stamps = header_of(tidy(text))
    lines, dated = take_dates(lines)
    lines, url, source = take_source(drop_chrome(lines))
    lines, author = take_bylines(lines)
    found, lines, made_up = take_title(lines, tidy(title).replace("\n", " "))
    body = "\n".join(drop_captions(lines))
    return Cleaned(found, body, made_up, author, url, source, stamps or dated)


def tidy(text: str) -> str:
    """NFC, one space between words, one line a paragraph, no empty line."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return "\n".join(filter(None, map(tidy_line, text.splitlines())))


def tidy_line(line: str) -> str:
    # Only the plain space counts as printable white space: most lines need no more than a look.
    if line.isprintable() and "  " not in line:
        return line.strip()
    for character in INVISIBLE:
        line = line.replace(character, "")
    return " ".join(line.split())


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
        dated = dateline(line) if place < HEADER_LINES else None
        if dated is None:
            kept.append(line)
        elif not stamps:
            stamps.append(Stamp(dated, "header"))
    return kept, tuple(stamps)


def dateline(line: str) -> str | None:
    """The day a header line gives, or None if the line says anything else besides."""
    if len(line) > HEADER_LENGTH or not MAY_BE_DATE.search(line) or not (found := locate_date(line)):
        return None
    dated, start, end = found
    rest = AROUND_A_DATE.sub(" ", f"{line[:start]} {line[end:]}")
    return dated if sum(map(str.isalpha, rest)) <= STRAY_LETTERS else None


def drop_chrome(lines: list[str]) -> list[str]:
    """Without buttons, counters and, at the end, a list of other articles' headlines."""
    for place in range(len(lines) - 1, max(len(lines) // 2 - 1, 0), -1):
        if (
            len(lines[place]) < LABEL
            and plain(lines[place]) in RELATED
            and not any(is_sentence(line) for line in lines[place + 1 :])
        ):
            lines = lines[:place]
    return [line for line in lines if not is_chrome(line)]


def is_chrome(line: str) -> bool:
    return len(line) < SHORT and ((len(line) < LABEL and plain(line) in CHROME) or bool(CHROME_LINE.fullmatch(line)))


def plain(line: str) -> str:
    return line.strip(" :.*»›>-–()").lower()


def is_sentence(line: str) -> bool:
    return len(line) > SHORT or line.endswith((".", "!", "…"))


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
    last = len(lines)
    while last > 1 and len(names) < BYLINES and (name := byline(lines[last - 1])):
        names.insert(0, name)
        last -= 1
    return (lines[:last], ", ".join(names)) if names else (lines, None)


def byline(line: str) -> str | None:
    """Who wrote it, if the line says only that: "Tin, ảnh: Mai Khôi", "TUẤN HƯƠNG", "DP", "(Bộ CHQS tỉnh)"."""
    if len(line) > BYLINE_LENGTH:
        return None
    line = line.strip(" *_")
    if found := ROLES.match(line) or IN_BRACKETS.match(line):
        return found["name"].strip(" .")
    if line not in PLACES and NAMES.match(line) and len(line) <= 60 and line.split(" ")[0].lower() not in NOT_A_NAME:
        return line.rstrip(".")
    return None


def take_title(lines: list[str], given: str) -> tuple[str, list[str], bool]:
    if given:
        return given, without_title(lines, given), False
    if len(lines) > 1 and is_heading(lines[0]):
        return lines[0], lines[1:], False
    return first_words(lines[0]) if lines else "", lines, True


def without_title(lines: list[str], title: str) -> list[str]:
    """Without the lines among the first three that are the title, alone or after a section's name."""
    return [line for place, line in enumerate(lines) if place > 2 or not repeats(line, title)]


def repeats(line: str, title: str) -> bool:
    spare = len(line) - len(title)
    return -4 <= spare <= 40 and letters(line).endswith(letters(title)) and (spare < 6 or not line.endswith("."))


def letters(line: str) -> str:
    return "".join(filter(str.isalnum, line)).lower()


def is_heading(line: str) -> bool:
    return 12 <= len(line) <= 200 and line.count(" ") >= 2 and not line.endswith((".", "…", ":", ";", ",", "./."))


def first_words(line: str) -> str:
    if len(line) <= 120:
        return line.rstrip(" .")
    return line[:120].rsplit(" ", 1)[0].rstrip(" ,.;:-–") + "…"


def drop_captions(lines: list[str]) -> list[str]:
    """Without the repeats of a line, and without captions of a scene that names nobody."""
    counts = Counter(lines)
    kept: list[str] = []
    seen: set[str] = set()
    for line in lines:
        if line in seen or is_scene(line, counts[line] > 1):
            continue
        seen.add(line)
        kept.append(line)
    return kept or lines


def is_scene(line: str, twice: bool) -> bool:
    return len(line) < 90 and bool(SCENE.match(line)) and (twice or not line.endswith(SENTENCE_END))
