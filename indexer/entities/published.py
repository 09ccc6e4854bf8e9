"""When an article appeared, when its main event was, and which years it is about.

The page's own stamps come first, in their order of trust. Without one the main event's day stands in, its year written
beside it or proven by other words (proofs.py), which are kept as evidence; failing that a proven year alone; failing
that nothing. A year is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.entities.dates import Day
from indexer.entities.proofs import LEAD, Proof, Reading, is_furniture, proven
from indexer.entities.reach import countries_named, is_local, is_of_forces, names_forces
from indexer.entities.years import ABOUT
from indexer.model import Evidence, Published, StatedDate

REACH = 160
FAR_APART = 300  # days: a visible page header this far after the lead's full date is the day of a crawl
LATE = 60  # days: news told by its hour ("sáng 25-12") does not come so late either
PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Dated:
    """What a text says of time: publication, the main event's ISO day, the years it reviews or plans.

    `map_day` is the day by which its places are read: publication, or what the text says of it without being sure.
    """

    published: Published
    event: str | None
    years_about: tuple[int, ...]
    map_day: str | None


def read_dates(title: str, text: str, stamps: Sequence[StatedDate], url: str | None = None) -> Dated:
    """When an article appeared and what years it tells of, by its normalised title and text, stamps and address."""
    reading = Reading(title, told_part(title, text), url or "")
    event = main_event(reading)
    own = own_date(stamps)
    if own and event and own.basis == "header" and is_crawl_day(own, event, reading):
        own = None
    proof = None if own or not event or event.year else proven_year(event, reading)
    year = year_of(event, own, proof) if event else None
    day = event.iso(year) if event else None
    told = (each for each in in_turn(own, event, day, proof, reading) if each and not in_future(each.date or ""))
    published = next(told, Published())
    map_day = published.date
    if published.inferred and not is_sure(published, event, proof, reading):
        published, day = Published(), None
    return Dated(published, day, years_about(reading, published.year), map_day)


def told_part(title: str, text: str) -> str:
    """The part of a text that is read for days and years: its beginning, where it is not on the forces."""
    if len(text) <= 2 * LEAD or names_forces(f"{title}\n{text[:LEAD]}"):
        return text
    return text[: 2 * LEAD].rpartition(" ")[0]


def in_turn(
    own: Published | None, event: Day | None, day: str | None, proof: Told | None, reading: Reading
) -> Iterator[Published | None]:
    """What tells the day of publication, in order of trust; what comes later is not worked out before it is asked."""
    yield own
    yield from_event(reading, event, day, proof)
    yield from_years(reading)


def is_sure(inferred: Published, event: Day | None, proof: Told | None, reading: Reading) -> bool:
    """Whether its words may date the article: any proof where it is on the forces, whose years go by one pattern.

    Other news tells of all years. There only what the event's own sentence or the title says is sure.
    """
    opening = f"{reading.title}\n{reading.text[:LEAD]}"
    if event and event.year and COURT.search(opening) and not is_furniture(reading.text, event):
        return False
    if inferred.basis == "years" and COURT.search(opening):
        told = proven(reading, None)
        if told and told[1].sense == "month":
            return False  # the month of the deed, not of the sentence
    if is_of_forces(opening):
        return is_near(event, proof, reading)
    if inferred.basis != "event" or not event:
        return is_sure_year(reading, opening)
    if event.year:
        return is_sure_day(event, reading, opening)
    if not proof or proof[1].sense in LOOSE:
        return False
    if proof[1].zone != "text":
        return proof[1].sense not in TITLED
    return is_beside(event, proof, reading)


def is_sure_year(reading: Reading, opening: str) -> bool:
    """Whether the year that a text proves without a day is that of the article; `opening`: its title and lead."""
    told = proven(reading, None)
    if told is None or (told[1].zone == "text" and OPENS.search(reading.text[: told[1].start][-12:])):
        return False
    return told[1].sense in (SURE_ALONE if is_local(opening) else SURE_ANYWHERE[told[1].zone])


def is_sure_day(event: Day, reading: Reading, opening: str) -> bool:
    """Whether a full date is that of the news: it begins its sentence, is told by its hour, or is the page's own."""
    own = quote(reading.text, event.start, event.end)
    before = own.quote[: event.start - own.start].lower()
    first = before.strip() == "ngày" and event.start < FIRST and not countries_named(opening)
    stamped = not before.strip() and CLOCK.match(reading.text, event.end) is not None
    hour = BY_HOUR.search(before) is not None and (is_local(opening) or len(before) < SHORT)
    return first or stamped or hour or is_furniture(reading.text, event)


def is_near(event: Day | None, proof: Told | None, reading: Reading) -> bool:
    """Whether the words that date an article on the forces stand near its beginning, or are of one yearly round.

    Further down a full date is of the past it tells, and a year that merely begins a sentence or names a course is
    of any time.
    """
    if event and event.year and event.start >= LEAD:
        return is_by_hour(event, reading) or is_furniture(reading.text, event)
    if not proof or proof[1].zone != "text" or proof[1].start < LEAD:
        return True
    return proof[1].sense not in WEAK or (event is not None and is_beside(event, proof, reading))


def is_beside(event: Day, proof: Told, reading: Reading) -> bool:
    """Whether the words of a proof in the text begin in the event's own sentence."""
    own = quote(reading.text, event.start, event.end)
    return own.start <= proof[1].start < own.end


def is_by_hour(event: Day, reading: Reading) -> bool:
    """Whether a day is told by its hour: "sáng 25-12"."""
    return BY_HOUR.search(reading.text[max(0, event.start - HOUR) : event.start].lower()) is not None


# Courts and inquiries tell of days long gone.
COURT = re.compile(r"\b(?:khởi tố|bị can|xét xử|bị cáo|phiên tòa|truy tố|cáo trạng|lĩnh án|năm tù|bị tước|phúc thẩm"
                   r"|sơ thẩm)\b", re.IGNORECASE)
# A day of news by its hour: "sáng 12/3/2021", "(hôm nay 12/3/2021)".
BY_HOUR = re.compile(r"\b(?:sáng|trưa|chiều|tối|nay|qua)\W*(?:ngày )?$")
OPENS = re.compile(r"(?:^|[.!?:\n]\s*)(?:Trong )?[Nn]ăm $")  # "Năm 2011, thanh tra đã …" tells of any year
CLOCK = re.compile(r"[\s|,-]{1,4}\d{1,2}:\d\d")  # "26/07/2016 20:43Diễn tập …": a stamp that runs into the text
FIRST = 200  # characters: where a sentence that begins with its day tells the news
SURE_ALONE = frozenset({"anniversary", "lunar", "term", "half", "drafted", "delivery", "programme", "training",
                        "review", "plan", "draft"})
# Of an article on anything; an address keeps only what is in a title.
SURE_ANYWHERE = {"url": SURE_ALONE, "title": frozenset({"anniversary", "half", "training", "delivery", "drafted"}),
                 "text": frozenset[str]()}
HOUR = 14  # characters that hold "sáng ngày "
SHORT = 24  # characters: "(Báo A) Chiều nay, ngày " is all that may stand before a day of news
# What a title says of a programme, a product or a passing year; far down, of any time.
TITLED = frozenset({"programme", "aside", "training", "passing"})
WEAK = frozenset({"opening", "aside", "draft", "training", "month"})
LOOSE = frozenset({"draft", "opening", "to come"})  # senses that outside the forces are of something else


def in_future(iso: str) -> bool:
    """Whether a day, month or year begins after tomorrow, which today is somewhere already: nothing appeared then."""
    return iso > (date.today() + timedelta(days=1)).isoformat()[: len(iso)]


# --- the page's own date ----------------------------------------------------------------------


def own_date(stamps: Sequence[StatedDate]) -> Published | None:
    """The most trusted stamp, made finer by a later one that agrees with it."""
    stamps = [stamp for stamp in stamps if is_plausible(stamp.date)]
    if not stamps:
        return None
    first = stamps[0]
    finest = max((stamp for stamp in stamps if stamp.date.startswith(first.date)), key=lambda stamp: len(stamp.date))
    return Published(finest.date, PRECISION[len(finest.date)], first.basis, Evidence(finest.date, zone_of(finest)))


def zone_of(stamp: StatedDate) -> str:
    """Where a stamp's evidence stands: in the address or in the record."""
    return "url" if stamp.basis == "url" else "record"


def is_plausible(iso: str) -> bool:
    """Whether an ISO date has a known precision and a year from 1995 to next year."""
    return len(iso) in PRECISION and "1995" <= iso[:4] <= str(date.today().year + 1)


def is_crawl_day(own: Published, event: Day, reading: Reading) -> bool:
    """Whether a page header is the day of a crawl: far behind the lead's full date, or behind another bare stamp."""
    stamp, day = own.date or "", event.iso() or titled_day(event, reading)
    if len(stamp) < 10 or not day:
        return False
    behind = (date.fromisoformat(stamp) - date.fromisoformat(day)).days
    far = FAR_APART if event.year else LATE
    return behind > far or (event.year is not None and behind > 0 and is_furniture(reading.text, event))


def titled_day(event: Day, reading: Reading) -> str | None:
    """The ISO day of an event told by its hour, where the title proves its year: "Tổng kết năm 2018", "sáng 25-12"."""
    if not is_by_hour(event, reading):
        return None
    told = proven_year(event, reading)
    return event.iso(told[0]) if told and told[1].zone == "title" else None


# --- the main event ---------------------------------------------------------------------------

Told = tuple[int, Proof]  # a proven year and the words that prove it
NEWS = ("", "tomorrow", "yesterday")  # senses of days that the news is of


def main_event(reading: Reading) -> Day | None:
    """The first day told as news; the lead's before any other."""
    news = [day for day in reading.days if day.sense in NEWS and (not day.year or is_plausible(str(day.year)))]
    if news and PREPARES.search(reading.title):
        news = [day for day in news if not is_awaited(day, reading)]
    return next((day for day in news if day.start < LEAD), next((day for day in news if day.start < 2 * LEAD), None))


def is_awaited(day: Day, reading: Reading) -> bool:
    """Whether a day is that of handing recruits over, which a title that only prepares it leaves to come."""
    line = reading.text[max(0, day.start - 110) : day.start].rpartition("\n")[2].rpartition(". ")[2].lower()
    return HANDED_OVER.search(line) is not None and " đã " not in line


PREPARES = re.compile(r"\b(?:khám tuyển|sơ tuyển|khám sức khỏe|sẵn sàng|chuẩn bị|rà soát|xét duyệt|chốt quân)\b",
                      re.IGNORECASE)
HANDED_OVER = re.compile(r"\b(?:giao,? (?:và )?nhận quân|giao quân|giao nhận (?:công dân|tân binh))\b")


def from_event(reading: Reading, event: Day | None, day: str | None, proof: Told | None) -> Published | None:
    """The event's day as that of publication: the day after "hôm qua", the day before "sáng mai"."""
    if not event or not day:
        return None
    shift = {"tomorrow": -1, "yesterday": 1}.get(event.sense, 0)
    told = (date.fromisoformat(day) + timedelta(days=shift)).isoformat()
    where = quote(reading.text, event.start, event.end)
    if event.year and any(is_later(other, day) for other in reading.days):
        return Published(day[:4], "year", "event", where, where)  # it is told from later on
    return Published(told, "day", "event", where, words_of(proof, reading) if proof else where)


def is_later(other: Day, day: str) -> bool:
    """Whether another day of the text, told as past and in the same year, is after `day`."""
    return other.sense in ("", "as of", "passing") and day < (other.iso() or "") and (other.iso() or "")[:4] == day[:4]


def year_of(event: Day, own: Published | None, proof: Told | None) -> int | None:
    """The event's year: as written, else the one nearest before publication, else the proven one."""
    if event.year:
        return event.year
    if own and own.date:
        of_last_year = len(own.date) > 4 and event.month - int(own.date[5:7]) > 5
        return int(own.date[:4]) - of_last_year
    return proof[0] if proof else None


def proven_year(event: Day, reading: Reading) -> Told | None:
    """The year that words of the article prove for `event`."""
    return proven(reading, event.month)


def words_of(told: Told, reading: Reading) -> Evidence:
    """The sentence of a proof; the whole of a title or an address."""
    proof = told[1]
    if proof.zone == "text":
        return quote(reading.text, proof.start, proof.end)
    whole = reading.title if proof.zone == "title" else reading.url
    return Evidence(whole, proof.zone, 0, len(whole))


# --- years alone ------------------------------------------------------------------------------


def from_years(reading: Reading) -> Published | None:
    """The year the text turns on: reviewed rather than planned, the title's before the body's."""
    told = proven(reading, 1) if NEW_YEAR.search(reading.title) else proven(reading, None)
    told = told or period_closed(reading)
    if not told:
        return None
    where = words_of(told, reading)
    return Published(str(told[0]), "year", "years", where, where)


def period_closed(reading: Reading) -> Told | None:
    """The end of a period that the text rewards or sums up: "khen thưởng … giai đoạn 2009-2019"."""
    ends = [year for year in reading.years if year.sense == "period" and year.to and is_plausible(str(year.to))
            and CLOSING.search(reading.text[max(0, year.start - 160) : year.start])]
    last = max(ends, key=lambda year: year.to or 0, default=None)
    return (last.to, Proof(last.to, 1, "text", last.start, last.end, "period")) if last and last.to else None


NEW_YEAR = re.compile(r"\b(?:Tết|Xuân|chúc tết|mừng xuân)\b")
CLOSING = re.compile(r"\b(?:khen|tổng kết|sơ kết|nhìn lại|\d+ năm thực hiện)\b[^.\n]*giai đoạn $", re.IGNORECASE)


def years_about(reading: Reading, published: int | None) -> tuple[int, ...]:
    """Years reviewed or planned, within a year of publication."""
    named = {year.year for _, found in reading.zones for year in found if year.sense in ABOUT}
    return tuple(sorted(year for year in named if published is None or abs(year - published) <= 1))


def sentences_of_dates(title: str, text: str) -> dict[str, Evidence]:
    """The first sentence for each year reviewed or planned, the title's before the text's, and for the main "event"."""
    reading = Reading(title, text)
    event = main_event(reading)
    found = {"event": quote(text, event.start, event.end)} if event else {}
    for zone, whole, named in (("title", title, reading.title_years), ("text", text, reading.years)):
        for year in named:
            if year.sense in ABOUT and str(year.year) not in found:
                told = quote(whole, year.start, year.end)
                found[str(year.year)] = replace(told, zone=zone)
    return found


WORD_OVER = re.compile(r"\W|$")
# Both patterns begin with one class of characters: that is what makes them fast.
SENTENCE_OVER = re.compile(r"[\n.!?…](?:(?<=\n)|(?<!\n)\s+)")  # a line's end, or a mark with white space behind
NEXT_SENTENCE = re.compile(r"\s(?:(?<=\n)|(?<=[.!?…]\s)\s*(?=[^\W\da-z]))")  # and here with a capital letter behind


def quote(text: str, start: int, end: int) -> Evidence:
    """The sentence around a span, or as much of it as is near, as evidence with its offsets. No word is cut."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    begin = start - len(before) + max((found.end() for found in SENTENCE_OVER.finditer(before)), default=0)
    over = NEXT_SENTENCE.search(after)
    stop = end + (over.start() if over else len(after))
    if begin > 0 and begin == start - REACH:
        space = text.find(" ", begin, start)
        begin = (space if space >= 0 else text.rfind(" ", 0, begin)) + 1
    if over is None and text[stop - 1 : stop + 1].isalnum() and stop < len(text):
        space = text.rfind(" ", end, stop)
        stop = space if space >= 0 else next(WORD_OVER.finditer(text, stop)).start()
    return Evidence(text[begin:stop], "text", begin, stop)
