"""Dates and years as Vietnamese news writes them: what they say and in what sense, not what they mean for the article.

"Sáng 11-1", "ngày 28 tháng 3 năm 2022", "(25-26/4)" are days; "03/2019/NĐ-CP", "19/19 chỉ tiêu" and "4/12 thôn" are not.
Reads normalised text; offsets are into it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

FIRST_YEAR = 2000  # Provincial news on the web begins about here: an earlier year is history.

DAY, MONTH, YEAR = r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]", r"(?:19|20)\d\d"
NUMERIC = rf"(?P<d>{DAY})\s?[/.-]\s?(?P<m>{MONTH})(?:\s?[/.-]\s?(?P<y>{YEAR}))?(?![\d%]|[/.,-]\d)"
LONG = rf"(?P<ld>{DAY})\s+tháng\s+(?P<lm>{MONTH})(?:(?:\s+năm|\s?[,/.-])\s?(?P<ly>{YEAR}))?(?!\d)"
ISO = rf"(?P<iy>{YEAR})-(?P<im>{MONTH})-(?P<id>{DAY})(?!\d)"
NUMBER = re.compile(r"\d+")
DATE = re.compile(rf"(?<![\d/.,])(?:{ISO}|{LONG}|{NUMERIC})", re.IGNORECASE)

# A day and month without a year need a cue just before them; other days of a range or list may stand between.
CUE = re.compile(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|nay|qua|mai|mốt|kia|mùng|hôm|khai mạc|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|từ|đến|tới|hết)"
    r"\s*[,(:]?\s*(?:từ\s+)?(?:ngày\s+)?(?:(?:\d{1,2}(?:[/.-]\d{1,2})?)\s*(?:-|đến(?: ngày)?|và|,|&)\s*)*$"
)
DOCUMENT = re.compile(
    r"(?:\bsố|nghị định|quyết định|nghị quyết|chỉ thị|thông tư|kết luận|công văn|kế hoạch|hướng dẫn|pháp lệnh|luật)\s*(?:số)?\s*:?\s*$"
    r"|(?:nghị định|quyết định|nghị quyết|chỉ thị|thông tư|kết luận|công văn|hướng dẫn|pháp lệnh|luật|/nđ-cp|/qđ-\w+|-nq/\w+|-ct/\w+|-kl/\w+"
    r"|/tt-\w+|/qh\d+)[^.;\n]{0,60}ngày\s*$"
)
COUNTED = re.compile(r"\s*(?:thôn|xã|huyện|phường|chỉ tiêu|đơn vị|đồng chí|tỉnh|địa phương|người|cơ quan|tiêu chí|trường)\b", re.IGNORECASE)
COMMEMORATED = re.compile(
    r"kỷ niệm|kỉ niệm|thành lập|truyền thống|ngày hội|quốc khánh|giải phóng|chiến thắng|ngày sinh|sinh ngày|sinh năm|thống nhất đất nước"
    r"|thương binh|phụ nữ|cách mạng tháng|toàn dân|ngày thầy thuốc|quốc tế|khởi nghĩa"
)
THIS_VERY_DAY = re.compile(r"(?:sáng|chiều|tối|trưa|nay)\W{0,3}(?:ngày\W{0,3})?$")
LATER = re.compile(r"\b(?:trước|hạn|đến hết|dự kiến|sẽ|hết) (?:vào )?(?:ngày )?$")
EARLIER = re.compile(r"\b(?:trước đó|từ|kể từ|hồi|vào năm|tính từ|sau ngày)(?! (?:ngày )?\d{1,2}(?:[/.-]\d{1,2})? (?:-|đến|tới))\b.{0,25}$")
AS_OF = re.compile(r"\btính (?:đến|tới)(?: hết)?(?: ngày)? $")


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text. `year` is None where none is written. `sense` is "" for plain news, else why it is not:

    commemorated (an anniversary's date), history (before 2000), passing (a deadline, a past turning point), as of.
    """

    day: int
    month: int
    year: int | None
    start: int
    end: int
    sense: str = ""

    def iso(self, year: int | None = None) -> str | None:
        """The day as ISO, in its own year or `year`; None if there is none or the calendar has no such day."""
        year = self.year or year
        try:
            return date(year, self.month, self.day).isoformat() if year else None
        except ValueError:
            return None


def days(text: str) -> list[Day]:
    """The days normalised `text` names, in order; document numbers, ratios and bare fractions are none."""
    return [day for match in at_numbers(DATE, text) if (day := read_day(text, match))]


def at_numbers(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern that begins with a number, tried only where numbers stand: far cheaper than a search."""
    done = 0
    for start in numbers(text):
        if start >= done and (match := pattern.match(text, start)):
            done = match.end()
            yield match


@lru_cache(maxsize=8)
def numbers(text: str) -> tuple[int, ...]:
    # Every pattern of this module visits the same numbers of the same text.
    return tuple(number.start() for number in NUMBER.finditer(text))


def read_day(text: str, match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    day, month, year = (next((parts[p + key] for p in ("", "l", "i") if parts[p + key]), None) for key in "dmy")
    left = text[max(0, match.start() - 90) : match.start()].lower()
    if (not year and not CUE.search(left[-40:])) or DOCUMENT.search(left) or COUNTED.match(text, match.end()):
        return None
    found = Day(int(day or 0), int(month or 0), int(year) if year else None, match.start(), match.end(), sense(left, year))
    return found if found.iso(2024) else None


def sense(left: str, year: str | None) -> str:
    """Why a day is not the news itself, judged by the words before it."""
    if year and int(year) < FIRST_YEAR:
        return "history"
    line = clause(left)
    if COMMEMORATED.search(line) and not THIS_VERY_DAY.search(line):
        return "commemorated"
    if AS_OF.search(line):
        return "as of"
    if LATER.search(line) or EARLIER.search(line):
        return "passing"
    return ""


def clause(left: str) -> str:
    """The end of `left` that belongs to the same clause."""
    return left[max(map(left.rfind, (".", ";", "\n"))) + 1 :]


# --- years ------------------------------------------------------------------------------------


YEARS = re.compile(rf"(?<![\d.,])(?P<y>{YEAR})(?:\s?[-/]\s?(?P<to>{YEAR}|\d\d(?!\d)))?(?![\d/]|[.,-]\d)")
MONTH_OF = re.compile(rf"(?:tháng\s+|\bt)(?P<m>{MONTH})\s*(?:[/.-]|năm)\s*$")
PERIOD = re.compile(r"(?:giai đoạn|thời kỳ|nhiệm kỳ|tầm nhìn|khóa|niên khóa|đến năm|tới năm|trước năm|sau năm|kể từ năm|những năm|các năm)\s*$")
DOCUMENT_YEAR = re.compile(r"(?:luật|nghị định|thông tư|nghị quyết|quyết định|chỉ thị|pháp lệnh|hiến pháp|sinh|sn)\b[^,]{0,60}$")
PAST = re.compile(r"\b(?:vào|hồi|đầu|giữa|cuối|từ|thành lập|tháng \d+|so với|cùng kỳ|khóa|lần)\s*$")
# A plan is for a year to come when read late in the year before; a review is of a year that is over when read early.
PLAN = re.compile(
    r"(?:nhiệm vụ|phương hướng|kế hoạch|đề ra|mục tiêu|chỉ tiêu|gọi công dân|tuyển quân|tuyển chọn|nhập ngũ|giao quân|giao, nhận quân|giao nhận quân"
    r"|khám tuyển|khám sức khỏe|sơ tuyển)"
)
REVIEW = re.compile(r"tổng kết|sơ kết|kết quả|đánh giá|nhìn lại|thành tích")
PROGRAMME = re.compile(r"(?:công tác|huấn luyện|diễn tập|ra quân|triển khai|thực hiện|đợt|tập huấn|hoàn thành|chương trình|phong trào|lớp|khóa \d+|hội thi|hội thao|hội nghị|lễ)")
GREETING = re.compile(r"\b(?:xuân|tết)\b")
YEAR_THAT_WAS = re.compile(r",?[^.;\n]{0,60}\b(?:đã|đạt|hoàn thành)\b", re.IGNORECASE)
YEAR_TO_COME = re.compile(r"[^.;\n]{0,40}\bsẽ\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Year:
    """A year named in a text. `sense`: plan, review, programme ("huấn luyện năm 2022"), opening ("Năm 2022, …"), month
    ("tháng 10-2015"), season (its later year), period (with `to`), or passing and document, which date nothing."""

    year: int
    start: int
    end: int
    sense: str
    to: int | None = None


def years(text: str) -> list[Year]:
    """The years since 2000 that normalised `text` names apart from full days, in order."""
    return [year for match in at_numbers(YEARS, text) if int(match["y"]) >= FIRST_YEAR and (year := read_year(text, match))]


def read_year(text: str, match: re.Match[str]) -> Year | None:
    left = text[max(0, match.start() - 110) : match.start()].rpartition("\n")[2].lower()
    at = (match.start(), match.end())
    if match["to"]:
        to = int(match["to"]) if len(match["to"]) == 4 else int(match["y"][:2] + match["to"])
        season = re.search(r"(?:năm học|mùa khô|mùa mưa|mùa|niên vụ)\s*(?:năm\s*)?$", left)
        return Year(to, *at, "season") if season else Year(int(match["y"]), *at, "period", to)
    if month := MONTH_OF.search(left):
        sense = "document" if DOCUMENT.search(left[: month.start()]) else "passing" if PAST.search(left[: month.start()]) else "month"
        return Year(int(match["y"]), *at, sense)
    return None if left[-1:] in ("/", "-", ".") else Year(int(match["y"]), *at, sense_of_year(left, text[match.end() : match.end() + 80]))


def sense_of_year(left: str, right: str) -> str:
    """In what sense a single year is named, judged by the words around it."""
    before = left.rstrip(" (").removesuffix("năm").rstrip(" (")
    if PERIOD.search(left) or PERIOD.search(before):
        return "passing"
    if DOCUMENT_YEAR.search(before):
        return "document"
    opens = not before.strip() or before.rstrip()[-1] in ".!?:;\""
    if right.startswith(" là năm") or (opens and YEAR_THAT_WAS.match(right)):
        return "review"
    if opens or YEAR_TO_COME.match(right):
        return "opening"
    if PAST.search(before):
        return "passing"
    before = clause(before.replace(":", "."))
    if GREETING.search(before[-24:]):
        return "greeting"
    plan, review = PLAN.search(before), REVIEW.search(before)
    if plan and review:
        return "plan" if plan.start() > review.start() else "review"
    return "plan" if plan else "review" if review else "programme" if PROGRAMME.search(before) else "passing"


# --- anniversaries and lunar years ------------------------------------------------------------

COUNT = re.compile(r"(?P<n>\d{2,3})\s+năm\s+(?P<what>[^;\n]{0,110})", re.IGNORECASE)
OCCASION = re.compile(r"(?:ngày|năm|truyền thống|thành lập|cách mạng|quốc khánh|giải phóng|chiến thắng)", re.IGNORECASE)
FOUNDED = re.compile(rf"\(?(?:{DAY})\s?[/.-]\s?(?:{MONTH})\s?[/.-]\s?(?P<y>{YEAR})")
TERM = re.compile(r"đại hội[^.;\n]{0,90}nhiệm kỳ (?P<a>20\d\d)\s?-\s?(?P<b>20\d\d)", re.IGNORECASE)
SPAN = re.compile(rf"(?:{DAY})\s?[/.-]\s?(?:{MONTH})\s?[/.-]\s?(?P<a>{YEAR})\s?[-/]\s?(?:(?:{DAY})\s?[/.-]\s?(?:{MONTH})\s?[/.-]\s?)?(?P<b>20\d\d)(?!\d)")
STEMS = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"]
BRANCHES = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"]
LUNAR = re.compile(rf"(?:{'|'.join(STEMS)}) (?:{'|'.join(BRANCHES)}|Tí|Tị)\b")


def anniversaries(text: str) -> Iterator[int]:
    """Years that anniversaries fix: "22/12/1944 - 22/12/2022", "78 năm Ngày thành lập Quân đội nhân dân" -> 2022."""
    for span in at_numbers(SPAN, text):
        yield int(span["b"])
    for count in at_numbers(COUNT, text):
        if OCCASION.match(count["what"]):
            day = FOUNDED.search(count["what"])
            founded = int(day["y"]) if day else next((year for event, year in founding_years() if event in count["what"].lower()), None)
            if founded:
                yield founded + int(count["n"])


def terms(text: str) -> Iterator[tuple[int, int]]:
    """Terms that a congress in the news opens: "Đại hội … nhiệm kỳ 2025-2030" -> (2025, 2030)."""
    for match in TERM.finditer(text) if "nhiệm kỳ" in text else ():
        if not re.search(r"nghị quyết[^.;\n]{0,40}$", text[max(0, match.start() - 50) : match.start()], re.IGNORECASE):
            yield int(match["a"]), int(match["b"])


def lunar_years(text: str) -> Iterator[int]:
    """Years of the sixty-year cycle nearest to the web: "Xuân Bính Ngọ" -> 2026."""
    for match in LUNAR.finditer(text):
        stem, branch = match.group().split()
        branch = {"Tí": "Tý", "Tị": "Tỵ"}.get(branch, branch)
        year = next((y for y in range(2000, 2060) if y % 10 == (STEMS.index(stem) + 4) % 10 and y % 12 == (BRANCHES.index(branch) + 4) % 12), None)
        if year:
            yield year


@cache
def founding_years() -> tuple[tuple[str, int], ...]:
    with (files("indexer.entities") / "data" / "anniversaries.csv").open(encoding="utf-8") as lines:
        return tuple((row["event"], int(row["founded"])) for row in csv.DictReader(lines))
