"""Who wrote an article and where it came from, as its last lines say."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from indexer.sources.authors import is_nobody, speaks
from indexer.sources.chrome import is_pointer
from indexer.sources.tidy import CAPITAL

ADDRESS = r"https?://[^\s<>\"']{4,1000}"
SOURCE_LINE = re.compile(
    rf"(?:\(?\s?(?:theo )?(?:nguồn|link gốc|bài gốc)\b(?P<name>[^:]{{0,80}}):?\s{{0,3}})?(?P<url>{ADDRESS})\)?$", re.I
)
CREDIT = re.compile(
    r"\(?(?:(?:nguồn|theo)\s?:?|(?:nguồn (?:tin|bài|bài viết|trích dẫn|đăng)|source)\s?:)"
    r"\s(?P<name>[^:.!?\d]{2,50})\)?$", re.I
)

PERSON = rf"{CAPITAL}[^\W\d_]*(?:[.'’-][^\W\d_]+)*"
NAMES = re.compile(
    rf"{PERSON}(?: {PERSON}){{0,4}}(?:\s?[-–—,/&+]\s?{PERSON}(?: {PERSON}){{0,4}}){{0,5}}"
    rf"(?: \((?:[Tt]ổng hợp|[Tt]heo|[Dd]ịch|[Ll]ược dịch|[Bb]iên dịch|{CAPITAL})[^()]{{0,30}}\))?\.?$"
)
# What says that the people named made the piece: "MAI KHÔI (thực hiện)". It is not part of their names.
MADE_BY = re.compile(
    r"\s?[(\[–-]?\s?(?:(?:thực hiện|ghi|lược ghi|ghi chép|ghi lại|phỏng vấn|lược thuật|viết|chấp bút)"
    r"(?:\s?(?:và|&|,)\s?(?:chụp )?ảnh)?)\s?[)\]]?\.?$",
    re.IGNORECASE,
)
ROLE = (
    r"(?:tin|bài|ảnh|clip|video|thực hiện|nội dung|đồ họa|đồ hoạ|ctv|pv|p\.v|btv|phóng viên|cộng tác viên"
    r"|trình bày|thiết kế"
    r"|(?:tác giả|người viết)(?: bài viết| tin bài| bài)?|bài viết|author|nhóm (?:pv|p\.v|phóng viên|tác giả)"
    r"|biên tập|người viết|người đăng|văn bản|hình ảnh|lược ghi|ghi|(?:(?:được )?(?:đăng|viết|gửi|soạn"
    r"|biên soạn) )?bởi|by)"
)
ROLES = re.compile(
    rf"(?i:{ROLE}(?:\s?(?:,|và|&|-|–|\+)\s?{ROLE}){{0,4}})(?:\s?[:.]\s?|\s)(?P<name>{CAPITAL}[^!?:;]{{1,70}})$"
)
# A header that names both: "Submitted by Mai Khôi on 15/03/2023", "Đăng bởi Mai Khôi | 15/03/2023".
SIGNED = re.compile(
    r"(?:được )?(?:submitted|posted|published|written|đăng|gửi|viết|biên tập)\s(?:by|bởi)\s(?P<name>[^|,\d]{2,60}?)"
    r"\s?(?:\bon\b|\bat\b|\bvào\b|\bngày\b|\blúc\b|[|,•·–-])\s?[^.!?]{0,40}\d{4}\b.{0,30}$",
    re.IGNORECASE,
)
SIGNED_BEHIND = re.compile(  # "Đã đăng vào 15.03.2023 bởi Mai Khôi - Lê Thử [ đã cập nhật 16.03.2023 ]"
    r"(?:đã )?(?:được )?(?:posted|published|written|đăng|gửi|viết)\s[^.!?]{0,20}\d[^!?]{5,30}\s(?:by|bởi)\s"
    r"(?P<name>[^|,\d()\[\]]{2,80}?)\s?(?:[|(\[].{0,60})?$",
    re.IGNORECASE,
)
A_GROUP = re.compile(r"(?:nhóm|tổ)\s(?:pv|p\.v|phóng viên|btv|biên tập|tác giả)(?:\s[^.!?:]{1,40})?$", re.IGNORECASE)
DESIGN = re.compile(r"(?:trình bày|thiết kế|đồ họa|đồ hoạ|kỹ thuật|dựng phim)\s?:", re.IGNORECASE)  # not who wrote it
AN_OUTLET = re.compile(r"[A-ZĐ]{2,8}(?![^\W\d_])")  # behind a slash: "Mai Khôi/TTXVN", "Văn Hùng/VOV-Tây Bắc"
IN_BRACKETS = re.compile(r"\((?P<name>[^()\d]{2,45})\)$")
NOT_A_NAME = frozenset((
    "toàn", "quang", "quan", "tin", "thông", "danh", "video", "clip", "ảnh", "hình", "kỳ", "phần", "bài", "hết", "xem",
    "tags", "tag", "share", "thứ", "chủ",
    "cảm", "cộng", "tổ", "xin", "thưa", "trân", "vâng", "kính", "thực", "bấm", "mời", "chú", "ghi", "bởi", "by", "tác"
))
PLACES = frozenset(("Việt Nam", "Hà Nội", "Quân đội", "Trung Quốc", "Thành phố Hồ Chí Minh"))
# What newspapers sell or ask for below an article.
ADVERTISEMENT = re.compile(
    r".{0,40}(?:quảng cáo|hotline|đường dây nóng|liên hệ\s?:|đặt (?:mua )?báo|đặt mua|khuyến mãi|giảm giá|ưu đãi"
    r"|tải (?:app|ứng dụng)"
    r"|theo dõi (?:chúng tôi|báo|kênh|fanpage|trang)|fanpage|đăng ký (?:kênh|nhận|ngay|tại)|youtube|zalo|tiktok"
    r"|google news"
    r"|tuyển (?:dụng|sinh|\d)|cần tuyển|công ty (?:tnhh|cp|cổ phần)|showroom|cho thuê|cần bán|trân trọng giới thiệu"
    r"|nhấn vào đây|tài trợ|ủng hộ (?:tòa|báo)|\b(?:ĐT|SĐT|Tel|Phone)\b\s?[:.]|\b0\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}\b)",
    re.IGNORECASE,
)
BYLINE_LENGTH, BYLINES, BEHIND_BYLINES, LONGEST_ADVERTISEMENT = 90, 4, 4, 250
LOWER_WORDS = 4  # in what a role's colon introduces: "Bài, ảnh: Phòng Tham mưu Bộ chỉ huy", not a sentence
SHARING = re.compile(r"(?:chia sẻ|in|lưu|gửi)(?: bài viết| bài| trang| email)?|bình luận|ý kiến bạn đọc|từ "
                     r"khóa.{0,80}", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s?[-–—,/&+]\s?")
LONGEST_SHOUTED = 5  # words in capitals: names have four at most


def signed_name(line: str) -> str | None:
    """Whom a header line that names author and day names, None for any other line."""
    found = SIGNED.match(line) or SIGNED_BEHIND.match(line)
    return found["name"] if found else None


def take_source(lines: list[str]) -> tuple[list[str], str | None, str | None]:
    """A line that only says where the text came from leaves it: "Nguồn Thanh Hóa: http://…", "Nguồn: TTXVN".

    Returns the other lines, the address and the source's name, None for what is not said.
    """
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
    """Up to four lines at the end that only name who wrote it leave the text, and advertisements behind them.

    Returns the other lines and the names, the text's author first. Who answers questions in the text is no author.
    """
    last = without_advertisements(lines)
    kept, names = last, []  # type: int, list[str]
    while last > 1 and kept - last < BYLINES and (name := byline(lines[last - 1])):
        last -= 1
        if not (is_nobody(name) or speaks(name, lines[:last]) or DESIGN.match(lines[last])):
            names.insert(0, without_outlets(name))
    return (lines[:last], ", ".join(names) or None) if last < kept else (lines, None)


def without_outlets(name: str) -> str:
    """The names without the outlets behind a slash, joined by " - "."""
    first, *others = re.split(r"\s?[/|]\s?", name)
    return " - ".join([first, *(other for other in others if not AN_OUTLET.match(other))])


def without_advertisements(lines: list[str]) -> int:
    """Where the text ends, if a byline stands there and only advertisements behind it; else the number of lines."""
    end = len(lines)
    while end > 1 and len(lines) - end < BEHIND_BYLINES and (
        is_advertisement(lines[end - 1]) or of_the_site(lines[end - 1])
    ):
        end -= 1
    return end if end < len(lines) and byline(lines[end - 1]) else len(lines)


def is_advertisement(line: str) -> bool:
    """Whether a line below the text, which is no byline, sells or asks for something, or points elsewhere."""
    return (
        len(line) <= LONGEST_ADVERTISEMENT
        and (bool(ADVERTISEMENT.match(line)) or is_pointer(line))
        and not byline(line)
    )


def of_the_site(line: str) -> bool:
    """Whether a line below the author's name is the site's: a heading in capitals, a word on sharing."""
    return is_shouted(line) or SHARING.fullmatch(line.strip()) is not None


def is_shouted(line: str) -> bool:
    """Whether a line is in capitals and longer than a name; several names are several parts."""
    parts = BETWEEN_NAMES.split(line)
    return line.isupper() and any(len(part.split()) >= LONGEST_SHOUTED for part in parts)


def byline(line: str) -> str | None:
    """Who wrote it, if the line says only that: "Tin, ảnh: Mai Khôi", "TUẤN HƯƠNG", "DP", "(Bộ CHQS tỉnh)"."""
    if len(line) > BYLINE_LENGTH:
        return None
    line = line.strip(" *_·•|")
    made = MADE_BY.sub("", line)
    made = made.strip(" -–:,(") if made != line else line
    if A_GROUP.fullmatch(made):
        return made
    if found := ROLES.match(made):
        name = found["name"].strip(" .")
        return name if may_be_names(name) else None
    if found := IN_BRACKETS.match(line):
        return found["name"].strip(" .") if made == line else None
    if is_shouted(line):
        return None  # "ĐỒNG HÀNH CÙNG DOANH NGHIỆP": a heading of the site, longer than any name
    if made not in PLACES and NAMES.match(made) and len(made) <= 70 and first_word(made) not in NOT_A_NAME:
        return made.rstrip(".")
    return None


def may_be_names(text: str) -> bool:
    """Whether what a role introduces may be names of people or of their office, and is no sentence."""
    lower = sum(word[0].islower() for word in text.split())
    return first_word(text) not in NOT_A_NAME and lower <= LOWER_WORDS


def first_word(line: str) -> str:
    """The first word in lower case, without signs."""
    return line.split(" ")[0].lower().strip(".,")
