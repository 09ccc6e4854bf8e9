"""Years as Vietnamese news names them: reviewed, planned, or fixed by an anniversary, a lunar name or a congress.

Laws, birth years, periods and turning points of the past date nothing. Reads normalised text; offsets are into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from indexer.entities.dates import DAY, DOCUMENT, FIRST_YEAR, MONTH, YEAR, at_numbers, clause, cues
from indexer.entities.places import table

YEARS = re.compile(rf"(?<![\d.,])(?P<y>{YEAR})(?:\s?[-/]\s?(?P<to>{YEAR}|\d\d(?!\d)))?(?![\d/]|[.,-]\d)")
MONTH_OF = re.compile(rf"(?:tháng\s+|\bt)(?P<m>{MONTH})\s*(?:[/.-]|năm)\s*$")
PERIOD = re.compile(rf"(?:{cues('period')})\s*$")
DOCUMENT_YEAR = re.compile(rf"\b(?:{cues('document')}|sinh|sn)\b[^,]{{0,60}}$")
PAST = re.compile(rf"\b(?:{cues('past')}|tháng \d+)\s*$")
# A plan is for a year to come when read late in the year before; a review is of a year that is over when read early.
PLAN = re.compile(cues("plan"))
REVIEW = re.compile(cues("review"))
PROGRAMME = re.compile(rf"{cues('programme')}|khóa \d+")
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
    recent = (match for match in at_numbers(YEARS, text, (4,)) if int(match["y"]) >= FIRST_YEAR)
    return [year for match in recent if (year := read_year(text, match))]


def read_year(text: str, match: re.Match[str]) -> Year | None:
    left = text[max(0, match.start() - 110) : match.start()].rpartition("\n")[2].lower()
    at = (match.start(), match.end())
    if match["to"]:
        to = int(match["to"]) if len(match["to"]) == 4 else int(match["y"][:2] + match["to"])
        season = re.search(r"(?:năm học|mùa khô|mùa mưa|mùa|niên vụ)\s*(?:năm\s*)?$", left)
        return Year(to, *at, "season") if season else Year(int(match["y"]), *at, "period", to)
    if month := MONTH_OF.search(left):
        before = left[: month.start()]
        sense = "document" if DOCUMENT.search(before) else "passing" if PAST.search(before) else "month"
        return Year(int(match["y"]), *at, sense)
    if left[-1:] in ("/", "-", "."):
        return None
    return Year(int(match["y"]), *at, sense_of_year(left, text[match.end() : match.end() + 80]))


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
    if plan and "hoàn thành" in before[: plan.start()]:
        return "programme"
    return "plan" if plan else "review" if review else "programme" if PROGRAMME.search(before) else "passing"


# --- anniversaries and lunar years ------------------------------------------------------------

DAY_AND_MONTH = rf"(?:{DAY})\s?[/.-]\s?(?:{MONTH})\s?[/.-]\s?"
COUNT = re.compile(r"(?P<n>\d{2,3})\s+năm\s+(?P<what>[^;\n]{0,110})", re.IGNORECASE)
OCCASION = re.compile(r"(?:ngày|năm|truyền thống|thành lập|cách mạng|quốc khánh|giải phóng|chiến thắng)", re.IGNORECASE)
FOUNDED = re.compile(rf"{DAY_AND_MONTH}(?P<y>{YEAR})")
TERM = re.compile(r"đại hội[^.;\n]{0,90}nhiệm kỳ (?P<a>20\d\d)\s?-\s?(?P<b>20\d\d)", re.IGNORECASE)
SPAN = re.compile(rf"{DAY_AND_MONTH}(?P<a>{YEAR})\s?[-/]\s?(?:{DAY_AND_MONTH})?(?P<b>20\d\d)(?!\d)")
STEMS = ["Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"]
BRANCHES = ["Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"]
LUNAR = re.compile(rf"(?:{'|'.join(STEMS)}) (?:{'|'.join(BRANCHES)}|Tí|Tị)\b")


def anniversaries(text: str) -> Iterator[int]:
    """Years that anniversaries fix: "22/12/1944 - 22/12/2022", "78 năm Ngày thành lập Quân đội nhân dân" -> 2022."""
    for span in at_numbers(SPAN, text, (1, 2)):
        yield int(span["b"])
    for count in at_numbers(COUNT, text, (2, 3)):
        if OCCASION.match(count["what"]):
            founded = founding_year(count["what"])
            if founded:
                yield founded + int(count["n"])


def founding_year(occasion: str) -> int | None:
    """The year an occasion goes back to, as written beside it or as known."""
    if written := FOUNDED.search(occasion):
        return int(written["y"])
    return next((year for event, year in founding_years() if event in occasion.lower()), None)


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
        remainders = (STEMS.index(stem) + 4) % 10, (BRANCHES.index(branch) + 4) % 12
        yield from (year for year in range(FIRST_YEAR, FIRST_YEAR + 60) if (year % 10, year % 12) == remainders)


@cache
def founding_years() -> tuple[tuple[str, int], ...]:
    return tuple((row["event"], int(row["founded"])) for row in table("anniversaries.csv"))
