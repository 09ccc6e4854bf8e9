"""Days as Vietnamese news writes them: what they say and in what sense, not what they mean for the article.

"Sáng 11-1", "ngày 28 tháng 3 năm 2022", "(25-26/4)" are days; "03/2019/NĐ-CP", "19/19 chỉ tiêu", "4/12 thôn" are not.
Reads normalised text; offsets are into it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.entities.places import table

FIRST_YEAR = 2000  # Provincial news on the web begins about here: an earlier year is history.


def cue_words(sense: str) -> tuple[str, ...]:
    """The cue words of a sense (data/date_cues.csv), in lower case."""
    return tuple(row["cue"] for row in table("date_cues.csv") if row["part"] == sense)


def cues(sense: str) -> str:
    """The cue words of a sense as alternatives of a pattern for lower-case text."""
    return "|".join(map(re.escape, cue_words(sense)))


DAY, MONTH, YEAR = r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]", r"(?:19|20)\d\d"
NUMERIC = rf"(?P<d>{DAY})\s?[/.-]\s?(?P<m>{MONTH})(?:\s?[/.-]\s?(?P<y>{YEAR}))?(?![\d%]|[/.,-]\d)"
LONG = rf"(?P<ld>{DAY})\s+tháng\s+(?P<lm>{MONTH})(?:(?:,?\s+năm|\s?[,/.-]|\s)\s?(?P<ly>{YEAR}))?(?!\d)"
ISO = rf"(?P<iy>{YEAR})-(?P<im>{MONTH})-(?P<id>{DAY})(?!\d)"
NUMBER = re.compile(r"[0-9]+")
DAY_SIZES = frozenset({1, 2, 4})  # digits a date may begin with
DATE = re.compile(rf"(?<![\d/.,])(?:{ISO}|{LONG}|{NUMERIC})", re.IGNORECASE)

# A day and month without a year need a cue just before them; other days of a range or list may stand between.
CUE = re.compile(
    r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|nay|qua|mai|mốt|kia|mùng|hôm|khai mạc|thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])"
    r"|chủ nhật|từ|đến|tới|hết)"
    r"\s*[,(:]?\s*(?:từ\s+)?(?:ngày\s+)?(?:(?:\d{1,2}(?:[/.-]\d{1,2})?)\s*(?:-|đến(?: ngày)?|và|,|&)\s*)*$"
)
# The common case of CUE, which needs no pattern: one of these words alone and at most one mark stand before the day.
CUE_WORDS = frozenset(
    {"ngày", "sáng", "trưa", "chiều", "tối", "đêm", "nay", "qua", "mai", "mốt", "kia", "mùng", "hôm",
     "từ", "đến", "tới", "hết"}
)
# After these a number is a day also where a counted noun follows: "chiều 5/3 tỉnh …" against "đến 4/12 thôn".
NAMED_DAY = re.compile(r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|hôm nay|hôm qua)\s*[,(:]?\s*$")
PAPERS = cue_words("document")
PAPER = rf"(?:{cues('document')})"
NUMBERED = r"(?:/nđ-cp|/qđ-\w+|-nq/\w+|-ct/\w+|-kl/\w+|/tt-\w+|/qh\d+)"
DOCUMENT = re.compile(rf"\b{PAPER}\s*(?:số)?\s*:?\s*$|(?:\b{PAPER}\b|{NUMBERED})[^.;\n]{{0,60}}ngày\s*$"
                      rf"|\b{PAPER} (?:số )?\d[^.;,\n]{{2,40}} - $")
COUNTED = re.compile(rf"\s*(?:{cues('counted')})\b", re.IGNORECASE)
COMMEMORATED = re.compile(cues("commemorated"))
THIS_VERY_DAY = re.compile(r"(?:sáng|chiều|tối|trưa|nay)\W{0,3}(?:ngày\W{0,3})?$")
BEHIND_FEAST = re.compile(r"\d{4}\)?\s?, (?:vào )?ngày $")  # "kỷ niệm … (27/7/1947 - 27/7/2017), ngày | 1/7"
LATER = re.compile(
    r"\b(?:(?:trước|hạn|đến hết|hết) (?:vào )?(?:ngày )?|(?:sẽ|dự kiến)\b(?:(?!\bđã\b)[^,]){0,60}"
    r"|sẽ được (?:tổ chức|diễn ra|khai mạc)\b[^.;\n]{0,70},(?: từ)? (?:ngày )?"
    r"(?:\d[\d/.-]* (?:đến|tới|và) (?:ngày )?)?)$"
)
# What follows a day that is only announced: "ngày 18-10 | tới", "ngày 18-10, hội thao | sẽ khai mạc".
TO_COME = re.compile(
    r"\s*(?:\([^()]{0,30}\)\s*)?(?:tới(?! (?:thăm|dự|nay|làm))|sắp tới|tới đây|"
    rf"(?:(?!\b(?:đã|vừa|{cues('happens')})\b)[^.;:\n]){{0,70}}?\bsẽ\b)",
    re.IGNORECASE,
)
# "để chuẩn bị cho ngày hội diễn ra vào ngày 20/2 và lễ giao quân sáng 21/2": what is prepared is to come.
PREPARED = re.compile(r"\b(?:để|nhằm) (?:chuẩn bị|phục vụ)(?: tốt| chu đáo)? cho\b(?:(?!\bđã\b)[^,;]){0,140}$")
# "Tôi nhớ như in trận đấu ngày 13/9/2014", "đăng ký đến 16 giờ ngày 8/6/2018"
REMEMBERED = re.compile(r"\b(?:nhớ (?:như in|lại|mãi|rõ)|(?:tôi|vẫn|còn) nhớ|hồi tưởng)\b")
BY_THE_HOUR = re.compile(r"\b(?:đến|tới) \d{1,2} ?(?:giờ|h|g)(?: ?\d\d)?(?: phút)?(?: thứ \w+| chủ nhật)?,?"
                         r" (?:ngày )?$")
# "Theo cáo trạng, ngày 27/9/2020 …", "chào đời lúc 13 giờ ngày …", "cách đây 4 năm (24-2-2022)": told from the past.
ON_RECORD = re.compile(r"\b(?:trung thu|được biết|cáo trạng|kết quả điều tra|hồ sơ(?: vụ án)?|lời khai|cơ quan điều tra"
                       r"|chào đời|sinh ra"
                       r"|cách đây)\b[^.;]{0,60}$")
# "Ngày 19-3-2009, Vùng 2 | được thành lập": a day of history, though no anniversary is named.
FOUNDED = re.compile(r",?[^.;,\n]{0,60}\b(?:được thành lập|ra đời|chào đời|đã ban hành"
                     r"|đã ký (?:ban hành|quyết định))\b", re.IGNORECASE)
NEAR = 20  # characters that hold "sáng mai (ngày "
# By sense: a word the pattern needs, and the pattern.
NEIGHBOURS = {
    "tomorrow": (" mai", re.compile(r"\b(?:hôm|sáng|chiều|tối|trưa|ngày) mai\W{0,3}(?:ngày )?$")),
    "yesterday": (" qua", re.compile(r"\b(?:hôm|sáng|chiều|tối|trưa|đêm) qua\W{0,3}(?:ngày )?$")),
}
EARLIER = re.compile(
    r"\b(?:trước đó|từ|kể từ|hồi|vào năm|tính từ|sau ngày)"
    r"(?! (?:ngày )?\d{1,2}(?:[/.]\d{1,2})?\s?(?:-|đến|tới))\b.{0,25}$"
)
# "Quân khu 9 tháng 2-2019": the number is the unit's.
NUMBERED_UNIT = re.compile(r"\b(?:quân khu|quân đoàn|binh đoàn|sư đoàn|lữ đoàn|trung đoàn|tiểu đoàn|đại đội|hải đội"
                           r"|hải đoàn|vùng|khu vực|quận|phường|lớp|khóa)\s*$")
TODAY = re.compile(r"\b(?:hôm|sáng|trưa|chiều|tối) nay\W{0,3}(?:ngày )?$")  # "Dự kiến từ hôm nay (30-7)" is today
# "sẵn sàng ứng phó với mưa lũ từ 16 – | 19.6": a forecast.
FORECAST = re.compile(r"\b(?:ứng phó với|dự báo|cảnh báo)\b[^.;]{0,120}$")
AS_OF = re.compile(r"\btính (?:đến|tới)(?: hết)?(?: ngày)? $")


# Patterns of days that pass, each with words one of which it needs.
PASSING = (
    (("trước", "hạn", "hết", "sẽ", "dự kiến"), LATER),
    (("từ", "hồi", "vào năm", "trước đó", "sau ngày"), EARLIER),
    (("nhớ", "hồi tưởng"), REMEMBERED),
    (("đến", "tới"), BY_THE_HOUR),
    (("ứng phó", "báo"), FORECAST),
    (("thu", "biết", "cáo", "điều tra", "hồ sơ", "lời khai", "sinh", "chào đời", "cách đây"), ON_RECORD),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text. `year` is None where none is written. `sense` is "" for plain news, else why it is not:

    commemorated (an anniversary's date), history (before 2000), passing (a deadline, a past turning point), as of,
    announced (to come). "yesterday" and "tomorrow" are news of the day before and after publication.
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
    return [day for match in at_numbers(DATE, text, DAY_SIZES) if (day := read_day(text, match))]


def at_numbers(pattern: re.Pattern[str], text: str, sizes: Container[int]) -> Iterator[re.Match[str]]:
    """Matches of a pattern that begins with a number of so many digits: far cheaper than a search."""
    done = 0
    for start, end in numbers(text):
        if end - start in sizes and start >= done and (match := pattern.match(text, start)):
            done = match.end()
            yield match


@lru_cache(maxsize=8)
def numbers(text: str) -> tuple[tuple[int, int], ...]:
    """Where each number of a text begins and ends."""
    # Every pattern of this module visits the same numbers of the same text.
    return tuple(number.span() for number in NUMBER.finditer(text))


def read_day(text: str, match: re.Match[str]) -> Day | None:
    """The day a match gives, or None where the words beside it show that it is no day."""
    parts = match.groupdict()
    day, month, year = (next((parts[p + key] for p in ("", "l", "i") if parts[p + key]), None) for key in "dmy")
    left = text[max(0, match.start() - 90) : match.start()].lower()
    if (not year and not has_cue(left[-40:])) or is_of_document(left):
        return None
    if parts["ld"] and NUMBERED_UNIT.search(left):
        return None
    if not year and COUNTED.match(text, match.end()) and not NAMED_DAY.search(left):
        return None
    written = int(year) if year else None
    to_come = is_foreseen(text, match.start()) or is_prepared(text, match.start())
    found = Day(int(day or 0), int(month or 0), written, match.start(), match.end(),
                sense(left, year, text[match.end() : match.end() + 90], to_come))
    return found if found.iso(2024) else None


def has_cue(left: str) -> bool:
    """Whether `left` ends with a cue of a day. CUE decides; a cue word alone is found without it."""
    bare = left.rstrip()
    words = (bare[:-1] if bare.endswith((",", "(", ":")) else bare).rsplit(None, 1)
    return bool(words and words[-1] in CUE_WORDS) or CUE.search(left) is not None


def is_of_document(left: str) -> bool:
    """Whether the number behind `left` is of a document. DOCUMENT decides, where `left` ends with a word it needs."""
    bare = left.rstrip()
    unmarked = bare.removesuffix(":").rstrip()
    ends = bare.endswith(("ngày", " -")) or unmarked.endswith(PAPERS)
    ends = ends or unmarked.removesuffix("số").rstrip().endswith(PAPERS)
    return ends and DOCUMENT.search(left) is not None


def is_to_come(right: str) -> bool:
    """Whether `right`, behind a day, only announces it. TO_COME decides, where a word it needs stands there."""
    lower = right.lower()
    return ("sẽ" in lower or "tới" in lower) and TO_COME.match(right) is not None


def is_foreseen(text: str, at: int) -> bool:
    """Whether the sentence that holds `at` begins with "Dự kiến", "Theo kế hoạch": all its days are to come."""
    start = max(text.rfind(mark, max(0, at - 300), at) for mark in (". ", "\n")) + 1
    return text[start : start + 16].strip().lower().startswith(("dự kiến", "theo kế hoạch", "theo dự kiến"))


def is_prepared(text: str, at: int) -> bool:
    """Whether the clause of the day at `at` tells what is prepared for it."""
    left = text[max(0, at - 160) : at].lower()
    return (" cho" in left and ("để" in left or "nhằm" in left)) and PREPARED.search(clause(left)) is not None


def sense(left: str, year: str | None, right: str, foreseen: bool) -> str:
    """Why a day is not the news itself, judged by the words around it."""
    if year and int(year) < FIRST_YEAR:
        return "history"
    line = clause(left)
    if COMMEMORATED.search(line) and not THIS_VERY_DAY.search(line) and not BEHIND_FEAST.search(line):
        return "commemorated"
    if AS_OF.search(line):
        return "as of"
    if TODAY.search(line):
        return ""
    if FOUNDED.match(right):
        return "passing"
    if any(pattern.search(line) for words, pattern in PASSING if any(map(line.__contains__, words))):
        return "passing"
    if foreseen:
        return "announced"
    end = line[-NEAR:]
    near = next((name for name, (word, pattern) in NEIGHBOURS.items() if word in end and pattern.search(end)), "")
    return near or ("announced" if is_to_come(right) else "")


def clause(left: str) -> str:
    """The end of `left` that belongs to the same clause."""
    return left[max(map(left.rfind, (".", ";", "\n"))) + 1 :]
