"""Which words of an article prove the year of a day that is written without one.

Every year named in a dating sense, and every occasion that fixes a year, is a proof of one year for a day of a given
month: a review of 2022 told in January proves 2023, the recruits of 2023 chosen in November prove 2022. The year with
the weightiest proofs is the article's; one that comes before a year which the text tells as past proves nothing. A
year without a proof is never given, and the proof's words are kept as evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from indexer.entities.dates import Day, days
from indexer.entities.occasions import Fixed, anniversaries, feasts, lunar_years, papers, terms
from indexer.entities.years import Year, years, years_in_address

LEAD = 700
# how much a proof weighs in the title, the lead, further down, an occasion
TITLE, OPENING, BELOW, OCCASION = 3, 2, 1, 3
LAW_OF_2015 = 2016  # since then recruits are handed over once a year, in February or March (78/2015/QH13, article 33)
UNPROVEN = None

Shifts = Sequence[int | None]
SAME: Shifts = (0,) * 13
# What must be added to a year of each sense: without a month, then from January to December. None: it proves nothing.
SHIFTS: Mapping[str, Shifts] = {
    "review": (0, 1, 1, *(0,) * 10),
    "looked back": (UNPROVEN, 1, 1, *(0,) * 10),
    "plan": (UNPROVEN, *(0,) * 9, -1, -1, -1),
    "to come": (UNPROVEN, *(0,) * 9, -1, -1, -1),
    "draft": (UNPROVEN, 0, 0, 0, 0, 0, *(-1,) * 7),
    "delivery": (0, *(0,) * 9, -1, -1, -1),
    "training": (0, *(0,) * 11, -1),
    "award": (UNPROVEN, UNPROVEN, UNPROVEN, UNPROVEN, *(0,) * 9),
    "season": (1, *(1,) * 7, *(0,) * 5),
    **dict.fromkeys(("drafted", "programme", "opening", "aside", "greeting", "month", "batch", "half", "quarter",
                     "so far"), SAME),
}
TWO_DRAFTS: Shifts = (UNPROVEN, *(0,) * 9, -1, -1, -1)  # until 2015 recruits went in September as well
CARRIED_OUT = 6  # months from a plan to what it plans
TOLD, TOLD_ALONE = frozenset({"aside", "month", "opening"}), frozenset({"opening", "aside", "month"})
# Senses that may be of a year just over or to come: beside its neighbour one of them says nothing.
SOFT = frozenset({"programme", "opening", "aside", "plan", "to come", "training", "greeting", "month"})


@dataclass(frozen=True, slots=True)
class Proof:
    """One year, how much its proof weighs, where the words stand (zone: title, text or url; span), and their sense:
    one of `Year.sense`, "day", or the kind of an occasion (anniversary, lunar, term)."""

    year: int
    weight: int
    zone: str
    start: int
    end: int
    sense: str


@dataclass(frozen=True)
class Reading:
    """A title, a text (both normalised) and an address, with the days, years and occasions read in them."""

    title: str
    text: str
    url: str = ""

    @cached_property
    def days(self) -> list[Day]:
        """The days written in the text, page clocks left out."""
        return without_clocks(self.text, days(self.text))

    @cached_property
    def years(self) -> list[Year]:
        """The years written in the text, each with its sense."""
        return years(self.text)

    @cached_property
    def title_years(self) -> list[Year]:
        """The years written in the title, each with its sense."""
        return years(self.title)

    @cached_property
    def zones(self) -> tuple[tuple[str, list[Year]], ...]:
        """Years by zone; the address counts only for a title that names none."""
        titled = ("title", self.title_years) if self.title_years else ("url", years_in_address(self.url))
        return titled, ("text", self.years)

    @cached_property
    def occasions(self) -> list[tuple[str, str, Fixed]]:
        """(kind, zone, occasion) of each occasion in title and text."""
        readers = (("anniversary", anniversaries), ("anniversary", feasts), ("lunar", lunar_years), ("term", terms),
                   ("paper", papers))
        return [(kind, zone, each) for kind, read in readers
                for zone, words in (("title", self.title), ("text", self.text)) for each in read(words)]

    @cached_property
    def named(self) -> frozenset[int]:
        """Years named in a dating sense anywhere."""
        return frozenset(year.year for _, found in self.zones for year in found if year.sense in SHIFTS)


def proven(reading: Reading, month: int | None) -> tuple[int, Proof] | None:
    """The year of a day in `month` (None: of the article as a whole) with its weightiest proof; None if none is
    proven.
    """
    found = [proof for proof in proofs(reading, month) if is_plausible(proof.year)]
    least = told_past(reading, month) if found else 0
    found = [proof for proof in found if proof.year >= least]
    if not found:
        return None
    weights: Counter[int] = Counter()
    for proof in found:
        weights[proof.year] += proof.weight
    best = max(weights, key=lambda year: (weights[year], year if month else -year))
    return best, max((proof for proof in found if proof.year == best), key=lambda proof: proof.weight)


def is_plausible(year: int) -> bool:
    """Whether an article on the web may be of this year."""
    return 1995 <= year <= date.today().year + 1


def proofs(reading: Reading, month: int | None) -> Iterator[Proof]:
    """Every proof of a year for a day in `month`."""
    for zone, found in reading.zones:
        for year in found:
            weight = weight_of(year, zone, month)
            shift = shift_of(year, month)
            if weight and shift is not None and not between(year, month, reading.named):
                yield Proof(year.year + shift, weight, zone, year.start, year.end, year.sense)
    for day in reading.days:
        late = month or first_month(reading) or day.month
        if day.year and day.sense in ("", "as of") and day.start < LEAD and day.month <= late:
            yield Proof(day.year, OPENING, "text", day.start, day.end, "day")
    for kind, zone, fixed in reading.occasions:
        if (shift := occasion_shift(kind, fixed, month)) is not None:
            yield Proof(fixed.year + shift, OCCASION, zone, fixed.start, fixed.end, kind)


def first_month(reading: Reading) -> int | None:
    """The month of the lead's first day if that has no year: a dated day of a later month is of an earlier year."""
    first = next((day for day in reading.days if day.sense in ("", "as of") and day.start < LEAD), None)
    return first.month if first and not first.year else None


def weight_of(year: Year, zone: str, month: int | None) -> int:
    """How much a year weighs by where it stands; further down what merely begins a sentence tells the past."""
    if zone != "text":
        return TITLE
    if year.start < LEAD:
        return OPENING
    return 0 if year.sense in (TOLD if month else TOLD_ALONE) else BELOW


def shift_of(year: Year, month: int | None) -> int | None:
    """What to add to a year of this sense for a day in `month`; None where it proves nothing."""
    if year.sense not in SHIFTS:
        return UNPROVEN
    if year.sense == "month" and month and (year.part or 0) > month:
        return UNPROVEN  # of a month to come, or of the year before
    if year.sense == "quarter":
        return quarter_shift(year.part or 0, month)
    table = TWO_DRAFTS if year.sense == "draft" and year.year < LAW_OF_2015 else SHIFTS[year.sense]
    return table[month or 0]


def quarter_shift(quarter: int, month: int | None) -> int:
    """The first quarter is planned in December, the last one reviewed in January."""
    return -(quarter == 1 and month == 12) + (quarter == 4 and month == 1)


def between(year: Year, month: int | None, named: frozenset[int]) -> bool:
    """Whether a soft sense stands beside its neighbour year: the earlier of two is over in spring, the later not begun
    in autumn."""
    if year.sense not in SOFT or month is None:
        return False
    return year.year + 1 in named if month < 7 else year.year - 1 in named


def occasion_shift(kind: str, fixed: Fixed, month: int | None) -> int | None:
    """What to add to the year an occasion names: a lunar year is greeted from November on, an election prepared from
    September on, and a term of four years (2006-2010) opens at the end of the year before. A paper is carried out
    within half a year; without a month it proves nothing."""
    if kind == "paper":
        late = ((month or 0) - (fixed.month or 0)) % 12
        return int((month or 0) < (fixed.month or 0)) if month and late <= CARRIED_OUT else None
    if kind == "lunar":
        return -((month or 0) >= 11)
    if kind == "term" and fixed.elected:
        return -((month or 0) >= 9)
    if kind == "term":
        return -((fixed.to or 0) - fixed.year == 4 and (month or 0) >= 10)
    return 0


# --- page furniture -----------------------------------------------------------------------------

FURNITURE = re.compile(
    r"(?:thứ|hai|ba|tư|năm|sáu|bảy|chủ|nhật|ngày|tháng|gmt|lúc|giờ|am|pm|cập|đăng|hôm|nay|xuất|bản|lượt|xem|[\W\d_])+",
    re.IGNORECASE,
)


def is_furniture(text: str, day: Day) -> bool:
    """Whether the line of `day` is nothing but a date and a time: a clock or a stamp of the page."""
    begin, end = text.rfind("\n", 0, day.start) + 1, text.find("\n", day.end)
    return FURNITURE.fullmatch(text, begin, end if end >= 0 else len(text)) is not None


def without_clocks(text: str, found: list[Day]) -> list[Day]:
    """`found` without the page's clock: of several bare stamps the earliest is the article's, the clock runs on."""
    stamps = [day for day in found if day.year and day.start < 2 * LEAD and is_furniture(text, day)]
    if len(stamps) < 2:
        return found
    first = min(stamps, key=lambda day: day.iso() or "")
    return [day for day in found if day is first or day not in stamps]


# --- what is over -------------------------------------------------------------------------------

OVER = frozenset({"review", "looked back", "drafted", "document", "past"})
LONG_LINE = 60  # characters: shorter lines are headings and page furniture, not the story
FUTURE = re.compile(r"\b(?:dự kiến|sẽ|trước|hết|đến|tới|hạn|hoàn thành|từ nay)\b[^.;]{0,40}$")


def told_past(reading: Reading, month: int | None = None) -> int:
    """The first year a day in `month` can be of: none before a year, or a day of a later month, told as past."""
    found = [year.year for year in reading.years if year.sense in OVER and is_over(reading.text, year.start)]
    told = (day for day in reading.days if day.sense in ("", "as of", "passing"))
    found += [day.year + (month is not None and day.month > month) for day in told if day.year
              and is_over(reading.text, day.start)]
    return max((year for year in found if year <= date.today().year), default=0)


def is_over(text: str, at: int) -> bool:
    """Whether what stands at `at` is told in a line of prose, and not as to come."""
    begin, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    if (end if end >= 0 else len(text)) - begin < LONG_LINE:
        return False
    return FUTURE.search(text[max(begin, at - 60) : at].lower()) is None
