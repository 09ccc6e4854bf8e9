"""Occasions that fix a year: anniversaries of a known day, a lunar new year, the congress that opens a term.

Each reader takes normalised text and yields the year with the span of the words that fix it. Founding days are rows of
data/anniversaries.csv, countries whose armies and parties have days of their own of data/countries.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.entities.dates import DAY, FIRST_YEAR, MONTH, YEAR, numbers
from indexer.entities.places import table
from indexer.entities.words import column

DAY_AND_MONTH = rf"(?:{DAY})\s?[/.-]\s?(?:{MONTH})\s?[/.-]\s?"
COUNT = re.compile(r"(?P<n>\d{2,3})\s+năm\s+(?P<what>[^;\n]{0,110})", re.IGNORECASE)
OCCASION = re.compile(r"(?:ngày|năm|truyền thống|thành lập|cách mạng|quốc khánh|giải phóng|chiến thắng)", re.IGNORECASE)
FOUNDED = re.compile(rf"{DAY_AND_MONTH}(?P<y>{YEAR})")
# What may stand between the count and the event: "78 năm | Ngày thành lập | Quân đội nhân dân". Anything else there
# ("Cục Quân lực", "Trường Sĩ quan") is a body with a day of its own.
FILLER = re.compile(
    r"(?:năm|ngày|lễ|truyền thống|thành lập|hội|thực hiện|lực lượng|cách mạng|kỷ niệm|chiến thắng|giải phóng|nước"
    r"|và|của|cả|đất|[\s,(])*"
)
SPAN = re.compile(rf"(?:{DAY})\s?[/.-]\s?(?P<m>{MONTH})\s?[/.-]\s?(?P<a>{YEAR})"
                  rf"\s?[-/]\s?(?:{DAY_AND_MONTH})?(?P<b>20\d\d)(?!\d)")
# "kỷ niệm 70 năm thành lập LLVT tỉnh 18-10 (1947-2017)": years without days, where the text says it is an anniversary.
YEARS_APART = re.compile(r"(?P<a>(?:1[89]|20)\d\d)\s?[-/]\s?(?P<b>20\d\d)(?!\d)")
SEPARATORS = ("-", "/", ".")
COMMEMORATES = re.compile(r"(?:kỷ niệm|kỉ niệm|ngày truyền thống|ngày thành lập|ngày giải "
                          r"phóng)[^.;\n]{0,110}$", re.IGNORECASE)
OTHER_PERIOD = re.compile(r"(?:giai đoạn|nhiệm kỳ|khóa|từ năm|thời kỳ|những năm)\W{0,3}$", re.IGNORECASE)
COUNTED_YEARS = re.compile(r"\b(?P<n>\d{1,3}) năm\b[^.;\n]*$", re.IGNORECASE)
TERM = re.compile(
    r"(?:đại hội|(?P<vote>bầu cử))[^.;\n]{0,110}?nhiệm kỳ (?:mới )?(?P<a>20\d\d)\s?-\s?(?P<b>20\d\d)", re.IGNORECASE
)
STEMS = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"]
BRANCHES = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"]
SPELLED = [f" {branch}" for branch in (*BRANCHES, "Tí", "Tị")]
LUNAR = re.compile(rf"(?:{'|'.join(STEMS)}) (?:{'|'.join(BRANCHES)}|Tí|Tị)\b")


@dataclass(frozen=True, slots=True)
class Fixed:
    """A year that an occasion fixes, and the span of the words that do; `to` is the last year of a term, which an
    election in May opens where it is `elected`; `month` is that of a paper's or an anniversary's day."""

    year: int
    start: int
    end: int
    to: int | None = None
    elected: bool = False
    month: int | None = None


def anniversaries(text: str) -> Iterator[Fixed]:
    """Anniversaries of `text`: "22/12/1944 - 22/12/2022", "78 năm Ngày thành lập Quân đội nhân dân" -> 2022."""
    done = 0
    for start, end in numbers(text):
        if start < done:
            continue
        size, after = end - start, text[end : end + 2]
        if size == 4 and after.strip()[:1] in SEPARATORS:
            yield from of_years_apart(text, start)
        elif size < 3 and after.strip()[:1] in SEPARATORS and (span := SPAN.match(text, start)):
            done = span.end()
            yield Fixed(int(span["b"]), *span.span(), month=int(span["m"]) if span["m"] else None)
        elif size in (2, 3) and after[:1] == " " and (count := COUNT.match(text, start)):
            yield from of_count(count)


def of_count(count: re.Match[str]) -> Iterator[Fixed]:
    """The year of "78 năm Ngày thành lập Quân đội nhân dân", where it is known what the count goes back to."""
    if OCCASION.match(count["what"]) and (founded := founding_year(count["what"])):
        yield Fixed(founded + int(count["n"]), *count.span())


def of_years_apart(text: str, at: int) -> Iterator[Fixed]:
    """The later of two years "1947-2017" at `at`, where the words before say it is an anniversary."""
    apart = YEARS_APART.match(text, at)
    if apart and is_anniversary(text[max(0, at - 130) : at], int(apart["b"]) - int(apart["a"])):
        yield Fixed(int(apart["b"]), *apart.span())


def is_anniversary(left: str, count: int) -> bool:
    """Whether two years with `left` before them are those of an anniversary; a count of years there must agree."""
    if not COMMEMORATES.search(left) or OTHER_PERIOD.search(left):
        return False
    counted = COUNTED_YEARS.search(left)
    return not counted or int(counted["n"]) == count


def founding_year(occasion: str) -> int | None:
    """The year an occasion goes back to, as written beside it or as known; None for other countries' occasions."""
    if written := FOUNDED.search(occasion):
        return int(written["y"])
    lower = occasion.lower()
    for event, year in founding_years():
        at = lower.find(event)
        if at >= 0 and FILLER.fullmatch(lower, 0, at):
            return None if is_abroad(lower[at + len(event) :]) else year
    return None


def terms(text: str) -> Iterator[Fixed]:
    """Terms that a congress or an election in the news opens: "Đại hội … nhiệm kỳ 2025-2030" -> 2025 to 2030."""
    for match in TERM.finditer(text) if "nhiệm kỳ 20" in text or "nhiệm kỳ mới 20" in text else ():
        if not re.search(r"nghị quyết[^.;\n]{0,40}$", text[max(0, match.start() - 50) : match.start()], re.IGNORECASE):
            yield Fixed(int(match["a"]), *match.span(), to=int(match["b"]), elected=match["vote"] is not None)


def lunar_years(text: str) -> Iterator[Fixed]:
    """Years of the sixty-year cycle nearest to the web: "Xuân Bính Ngọ" -> 2026."""
    likely = any(map(text.__contains__, SPELLED)) and any(map(text.__contains__, STEMS))
    for match in LUNAR.finditer(text) if likely else ():
        stem, branch = match.group().split()
        branch = {"Tí": "Tý", "Tị": "Tỵ"}.get(branch, branch)
        remainders = (STEMS.index(stem) + 4) % 10, (BRANCHES.index(branch) + 4) % 12
        for year in range(FIRST_YEAR, FIRST_YEAR + 60):
            if (year % 10, year % 12) == remainders:
                yield Fixed(year, *match.span())


PAPERS = ("ế hoạch số", "ướng dẫn số", "ông văn số", "iấy mời số", "ệnh lệnh số")
# "Thực hiện Kế hoạch số 19/KH-UBND ngày 04/1/2018 của …": what carries a plan out comes within months of it.
PAPER = re.compile(
    rf"\b(?:thực hiện|căn cứ|triển khai)\b[^.;\n]{{0,60}}\b(?:kế hoạch|hướng dẫn|công văn|giấy mời|mệnh lệnh)\b"
    rf"(?:(?!\d{{4}}-\d{{4}})[^.;\n]){{0,60}}?\bngày (?:{DAY})\s?[/.-]\s?(?P<m>{MONTH})\s?[/.-]\s?(?P<y>20\d\d)(?!\d)",
    re.IGNORECASE,
)


def papers(text: str) -> Iterator[Fixed]:
    """Days of the plans and letters that the text says are carried out."""
    for match in PAPER.finditer(text) if "/20" in text and any(map(text.__contains__, PAPERS)) else ():
        yield Fixed(int(match["y"]), *match.span(), month=int(match["m"]))


# "Kỷ niệm ngày Thương binh - Liệt sĩ 27/7/2017": the day as it comes round, not as it was first.
FEAST = re.compile(r"(?:27\s?[/.-]\s?0?7|22\s?[/.-]\s?12|0?3\s?[/.-]\s?0?3|30\s?[/.-]\s?0?4|19\s?[/.-]\s?0?8"
                   r"|28\s?[/.-]\s?0?3|26\s?[/.-]\s?0?3|0?2\s?[/.-]\s?0?9)\s?[/.-]\s?(?P<y>20\d\d)(?!\d)")


def feasts(text: str) -> Iterator[Fixed]:
    """Yearly days of the forces written with a year of this century behind words that keep them."""
    for match in FEAST.finditer(text) if "ỷ niệm" in text or "ỉ niệm" in text or "chào mừng" in text else ():
        if KEPT.search(text[max(0, match.start() - 130) : match.start()]):
            yield Fixed(int(match["y"]), *match.span())


KEPT = re.compile(r"(?:kỷ niệm|kỉ niệm|chào mừng)[^.;\n]{0,120}$", re.IGNORECASE)


@cache
def founding_years() -> tuple[tuple[str, int], ...]:
    """(event, year) of foundings whose anniversaries tell a year."""
    return tuple((row["event"], int(row["founded"])) for row in table("anniversaries.csv"))


FORCES_OF = ("cách mạng ", "hoàng gia ", "giải phóng ")


def is_abroad(behind: str) -> bool:
    """Whether a country's name begins `behind` an event: "Quân đội nhân dân | Lào" has another day."""
    rest = behind.lstrip()
    for word in FORCES_OF:
        rest = rest.removeprefix(word)
    if rest == behind:
        return False
    return any(rest.startswith(name) and not rest[len(name) : len(name) + 1].isalnum() for name in abroad())


@cache
def abroad() -> tuple[str, ...]:
    """The names of other countries in lower case."""
    return tuple(country.lower() for country in column("countries.csv", "country") if country != "Việt Nam")
