"""When an article appeared, when its main event was, and which years it is about.

The page's own stamps come first, in their order of trust. Without one the main event's day stands in, its year read
from the years the text names; failing that those years alone; failing that nothing. A year is never guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from indexer.entities.dates import Day, days
from indexer.entities.years import Year, anniversaries, lunar_years, terms, years
from indexer.model import Evidence, Published, Stamp

REACH = 160
FAR_APART = 300  # days: a visible page header this far after the lead's full date is the day of a crawl
PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Dated:
    """What a text says of time: publication, the main event's ISO day, the years it reviews or plans."""

    published: Published
    event: str | None
    years_about: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """A title and text, normalised, with the days and years read in them, and on demand the years occasions fix."""

    title: str
    text: str
    days: list[Day]
    years: list[Year]
    title_years: list[Year]

    @cached_property
    def anniversaries(self) -> set[int]:
        return {*anniversaries(self.title), *anniversaries(self.text)}

    @cached_property
    def lunar_years(self) -> set[int]:
        return {*lunar_years(self.title), *lunar_years(self.text)}

    @cached_property
    def terms(self) -> list[tuple[int, int]]:
        return [*terms(self.title), *terms(self.text)]


def read_dates(title: str, text: str, stamps: Sequence[Stamp], url: str | None = None) -> Dated:
    """When an article appeared and what years it tells of, by its normalised title and text, stamps and address."""
    reading = Reading(title, text, days(text), years(text), years(title) + years_in_address(url or ""))
    event = main_event(reading)
    own = own_date(stamps)
    if own and event and event.year and own.basis == "header" and is_crawl_day(own, event):
        own = None
    year = year_of(event, own, reading) if event else None
    day = event.iso(year) if event else None
    told = (each for each in in_turn(own, event, day, reading) if each and not in_future(each.date or ""))
    published = next(told, Published())
    return Dated(published, day, years_about(reading, published.year))


def in_turn(own: Published | None, event: Day | None, day: str | None, reading: Reading) -> Iterator[Published | None]:
    """What tells the day of publication, in order of trust; what comes later is not worked out before it is asked."""
    yield own
    yield from_event(reading.text, event, day)
    yield from_years(reading)


def in_future(iso: str) -> bool:
    """Whether a day, month or year begins after tomorrow, which today is somewhere already: nothing appeared then."""
    return iso > (date.today() + timedelta(days=1)).isoformat()[: len(iso)]


def years_in_address(url: str) -> list[Year]:
    """Years of a title that only the address keeps: "tong-ket-cong-tac-nam-2022" -> 2022."""
    return [Year(int(year), 0, 0, "programme") for year in re.findall(r"-nam-(20\d\d)(?![\d])", url)]


# --- the page's own date ----------------------------------------------------------------------


def own_date(stamps: Sequence[Stamp]) -> Published | None:
    """The most trusted stamp, made finer by a later one that agrees with it."""
    stamps = [stamp for stamp in stamps if is_plausible(stamp.date)]
    if not stamps:
        return None
    first = stamps[0]
    finest = max((stamp for stamp in stamps if stamp.date.startswith(first.date)), key=lambda stamp: len(stamp.date))
    return Published(finest.date, PRECISION[len(finest.date)], first.basis, Evidence(finest.date, zone_of(finest)))


def zone_of(stamp: Stamp) -> str:
    return "url" if stamp.basis == "url" else "record"


def is_plausible(iso: str) -> bool:
    return len(iso) in PRECISION and "1995" <= iso[:4] <= str(date.today().year + 1)


def is_crawl_day(own: Published, event: Day) -> bool:
    stamp, day = own.date or "", event.iso()
    if len(stamp) < 10 or not day:
        return False
    return (date.fromisoformat(stamp) - date.fromisoformat(day)).days > FAR_APART


# --- the main event ---------------------------------------------------------------------------

LEAD = 700


def main_event(reading: Reading) -> Day | None:
    """The first day told as news; the lead's before any other."""
    news = [day for day in reading.days if not day.sense and (not day.year or is_plausible(str(day.year)))]
    return next((day for day in news if day.start < LEAD), next((day for day in news if day.start < 2 * LEAD), None))


def from_event(text: str, event: Day | None, day: str | None) -> Published | None:
    return Published(day, "day", "event", quote(text, event.start, event.end)) if event and day else None


def year_of(event: Day, own: Published | None, reading: Reading) -> int | None:
    """The event's year: as written, else the one nearest before publication, else as the named years imply."""
    if event.year:
        return event.year
    if own and own.date:
        of_last_year = len(own.date) > 4 and event.month - int(own.date[5:7]) > 5
        return int(own.date[:4]) - of_last_year
    implied = implied_year(event.month, reading)
    return implied + 1 if implied and precedes_what_it_tells(event, implied, reading) else implied


def precedes_what_it_tells(event: Day, year: int, reading: Reading) -> bool:
    """Whether the event, put in `year`, would come before a day of that year that the text tells as past."""
    told = [day for day in reading.days if day.year == year and day.sense != "commemorated" and day.start > event.start]
    later = [day for day in told if (day.month, day.day) > (event.month, event.day)]
    return any(PAST_TENSE.search(reading.text[day.end : day.end + 60]) for day in later)


PAST_TENSE = re.compile(r"\b(?:đã|bị|khi|lúc|phát hiện|bắt)\b", re.IGNORECASE)


def implied_year(month: int, reading: Reading) -> int | None:
    """The year of a day in `month` when only other years are named: full dates, anniversaries, plans and reviews.

    Of Y and Y + 1 both named, a month from July on belongs to Y (a review in autumn), an earlier one to Y + 1. Alone, a
    plan read in the last quarter is next year's, a review read in January or February last year's.
    """
    votes = named_years(reading, month)
    if not votes:
        return None
    best = max(votes, key=lambda year: (votes[year], year))
    before, after = votes.get(best - 1, 0), votes.get(best + 1, 0)
    if before or after:
        first = best - 1 if before >= after else best
        return first if month >= 7 else first + 1
    if best in occasions(reading, month):
        return best
    senses = {year.sense for year in (*reading.years, *reading.title_years) if year.year == best} & CURRENT
    if month >= 10 and senses == {"plan"}:
        return best - 1
    return best + 1 if month <= 2 and senses == {"review"} else best


CURRENT = frozenset({"review", "plan", "programme", "opening", "month", "season", "greeting"})


def named_years(reading: Reading, month: int = 6) -> Counter[int]:
    """How strongly each year is named: thrice in the title or where an occasion fixes it, twice in the lead."""
    votes: Counter[int] = Counter()
    for year in reading.title_years:
        votes[year.year] += 3 * (year.sense in CURRENT)
    for year in reading.years:
        votes[year.year] += (2 if year.start < LEAD else year.sense != "month") * (year.sense in CURRENT)
    for day in reading.days:
        votes[day.year or 0] += (day.sense in ("", "as of")) * (2 if day.start < LEAD else 0)
    for fixed in occasions(reading, month):
        votes[fixed] += 3
    return Counter({year: count for year, count in votes.items() if count and is_plausible(str(year))})


def occasions(reading: Reading, month: int) -> set[int]:
    """Years that an anniversary, a lunar new year or a congress fixes."""
    lunar = {year - (month >= 11) for year in reading.lunar_years}
    return {*reading.anniversaries, *lunar, *terms_begun(reading.terms, month)}


def terms_begun(terms: Sequence[tuple[int, int]], month: int) -> list[int]:
    """The year of the congress that opens the latest term: 2025-2030 in 2025, but 2006-2010 by the end of 2005."""
    latest = max(terms, default=None)
    return [latest[0] - (latest[1] - latest[0] == 4 and month >= 10)] if latest else []


# --- years alone ------------------------------------------------------------------------------


def from_years(reading: Reading) -> Published | None:
    """The year the text turns on: reviewed rather than planned, the title's before the body's."""
    votes = named_years(reading) or periods_closed(reading)
    if not votes:
        return None
    best = max(votes, key=lambda year: (votes[year], -year))
    if NEW_YEAR.search(reading.title):
        best = implied_year(1, reading) or best
    named = next((year for year in reading.years if best in (year.year, year.to)), None)
    title = Evidence(reading.title, "title", 0, len(reading.title))
    return Published(str(best), "year", "years", quote(reading.text, named.start, named.end) if named else title)


def periods_closed(reading: Reading) -> Counter[int]:
    """Ends of periods that the text rewards or sums up: "khen thưởng … giai đoạn 2009-2019"."""
    ends = [y.to for y in reading.years if y.to and CLOSING.search(reading.text[max(0, y.start - 160) : y.start])]
    return Counter(year for year in ends if is_plausible(str(year)))


NEW_YEAR = re.compile(r"\b(?:Tết|Xuân|chúc tết|mừng xuân)\b")
CLOSING = re.compile(r"\b(?:khen|tổng kết|sơ kết|nhìn lại|\d+ năm thực hiện)\b[^.\n]*giai đoạn $", re.IGNORECASE)


ABOUT = frozenset({"review", "plan", "programme", "opening"})


def years_about(reading: Reading, published: int | None) -> tuple[int, ...]:
    """Years reviewed or planned, within a year of publication."""
    named = {year.year for year in (*reading.title_years, *reading.years) if year.sense in ABOUT}
    return tuple(sorted(year for year in named if published is None or abs(year - published) <= 1))


def sentences_of_dates(title: str, text: str) -> dict[str, Evidence]:
    """The first sentence for each year reviewed or planned, the title's before the text's, and for the main "event"."""
    reading = Reading(title, text, days(text), years(text), years(title))
    event = main_event(reading)
    found = {"event": quote(text, event.start, event.end)} if event else {}
    for zone, whole, named in (("title", title, reading.title_years), ("text", text, reading.years)):
        for year in named:
            if year.sense in ABOUT and str(year.year) not in found:
                told = quote(whole, year.start, year.end)
                found[str(year.year)] = replace(told, zone=zone)
    return found


def quote(text: str, start: int, end: int) -> Evidence:
    """The sentence around a span, or as much of it as is near, as evidence with its offsets."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    begin = start - len(re.split(r"\n|[.!?…]\s+", before)[-1])
    stop = end + len(re.split(r"\n|(?<=[.!?…])\s+(?=[^\W\da-z])", after)[0])
    if begin > 0 and begin == start - REACH:
        begin = text.find(" ", begin) + 1
    return Evidence(text[begin:stop], "text", begin, stop)
