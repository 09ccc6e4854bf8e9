"""Which districts an article is about, or since July 2025 which communes: by what the text says of them.

As for provinces, a body of the place ("Ban CHQS huyện Lạc Dương") and the place of the event ("tại xã Đăk Plô") speak
loudly, a bare name softly; birthplaces, long lists and the posts of several guests do not. A place counts only within
a province that the article is about, so that each of the ten districts called Châu Thành is told from the others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.entities.clues import AUTHORITY, BETWEEN, EVENT, LEAD, PASSING, POST, lists, lives
from indexer.entities.outlets import portal_district
from indexer.entities.places import FOREVER, REFORM, UNITS, Mention, Row, era, gazetteer, key, on_day
from indexer.entities.provinces import Page
from indexer.entities.published import quote
from indexer.model import Evidence, Locality, Province

ENOUGH = 3.0  # a name in the opening, a body in the lead or two further down; once in passing is by the way
OPENING = 250  # characters: who is named in the first sentence is what the news is of
LONGEST_JOINT = 12  # characters that hold ", và huyện "
SHARE = 0.4  # of the weight of the place named most, below which another one is by the way
MOST = 4  # places of one article: who names more speaks of the province
WEIGHTS = {"authority": 2.0, "event": 2.0, "post": 0.8, "bare": 1.0, "town": 0.5, "list": 0.5, "passing": 0.0}
TITLE = 5.0

# How a unit word or its party committee is written in full; what is missing here is written so.
IN_FULL = {
    "tp": "thành phố", "tp.": "thành phố", "t.p": "thành phố", "t.phố": "thành phố", "thành phồ": "thành phố",
    "tx": "thị xã", "tx.": "thị xã", "t.xã": "thị xã", "h.": "huyện", "q.": "quận",
    "huyện ủy": "huyện", "quận ủy": "quận", "thị ủy": "thị xã",
}  # fmt: skip
# "tại thôn 3, xã Đăk Plô, | huyện Đăk Glei": the nearer places belong to the one that follows.
NEARER = re.compile(
    r"(?:(?:thôn|ấp|bản|làng|khu phố|tổ dân phố|xã|phường|thị trấn|trung tâm|nhà văn hóa|trường)\s[^;.:()\n]{1,40}"
    r"(?:,|\(|thuộc)\s*)+$"
)
SEVERAL = re.compile(r"(?:\bcác|\bnhững|(?<![\d/.-])\d{1,2}(?:/\d{1,2})?|\b(?:hai|ba|bốn|năm|sáu)) $")


@dataclass(frozen=True, slots=True)
class Named:
    """One mention of a place that lies in a province of the article: the place, and how much the mention weighs."""

    row: Row
    kind: str
    part: str
    weight: float
    zone: str
    start: int
    end: int


def find_localities(page: Page, provinces: Sequence[Province]) -> tuple[Locality, ...]:
    """The districts (until June 2025) or communes (since) that an article on `provinces` is about, weightiest first."""
    where = frozenset(province.name for province in provinces)
    if not where:
        return ()
    named: dict[Row, list[Named]] = defaultdict(list)
    for each in spoken(page, where):
        named[each.row].append(each)
    weights = {row: sum(each.weight for each in said) for row, said in without_guests(named).items()}
    least = max(ENOUGH, SHARE * max(weights.values(), default=0.0))
    chosen = sorted((row for row in weights if weights[row] >= least), key=lambda row: -weights[row])
    if not chosen and on_day(page.day) < REFORM:
        return own_district(page, where)
    return tuple(locality(page, named[row]) for row in chosen) if len(chosen) <= MOST else ()


def own_district(page: Page, where: frozenset[str]) -> tuple[Locality, ...]:
    """The district whose own portal the article is from, where it tells of "huyện" without a name."""
    row = portal_district(page.url, where) if page.url and not page.national else None
    words = "huyện|xã|thị trấn" if row and row.unit == "huyện" else row.unit if row else ""
    if not row or not re.search(rf"\b(?:{words})\b", page.text.lower()):
        return ()
    return (Locality("district", row.unit, row.name, row.province, Evidence(page.url or "", "url")),)


def locality(page: Page, said: list[Named]) -> Locality:
    """The unit that these mentions name, with the weightiest as evidence."""
    best = max(said, key=lambda each: each.weight)
    found = quote(page.title if best.zone == "title" else page.text, best.start, best.end)
    evidence = Evidence(found.quote, best.zone, found.start, found.end)
    return Locality(best.kind, best.row.unit, best.row.name, best.row.province, evidence)


def without_guests(named: dict[Row, list[Named]]) -> dict[Row, list[Named]]:
    """Without the places that stand only in posts, where there are several: their heads came as guests."""
    guests = [row for row, said in named.items() if {"post"} <= {e.part for e in said} <= {"post", "town", "passing"}]
    return {row: said for row, said in named.items() if row not in guests} if len(guests) > 1 else named


def spoken(page: Page, where: frozenset[str]) -> Iterator[Named]:
    """Each district (or commune, by the day) of the provinces `where` that title and text name, with its part in the
    sentence."""
    kind = "commune" if on_day(page.day) >= REFORM else "district"
    for zone, text in (("title", page.title), ("text", page.text)):
        places = [(place, row) for place in page.places[zone] if (row := row_of(place, kind, where, page.day))]
        alone = [place for place, _ in places]
        listed = {place.start: "list" for run in lists(text, alone) for place in run}
        listed = {**in_counted_pairs(text, alone), **listed}
        for place, row in places:
            part = listed.get(place.start) or part_of(text, place)
            yield Named(row, kind, part, weight(part, zone, place), zone, place.start, place.end)


def in_counted_pairs(text: str, places: list[Mention]) -> dict[int, str]:
    """The part of two places that are counted together, by where each begins: "tại hai huyện Mai Sơn và Yên Châu"."""
    found: dict[int, str] = {}
    for one, two in pairwise(places):
        if two.start - one.end > LONGEST_JOINT:
            continue
        left = text[max(0, one.start - 70) : one.start].rpartition("\n")[2].lower()
        if SEVERAL.search(left) and BETWEEN.fullmatch(text, one.end, two.start):
            by_the_way = PASSING.search(SEVERAL.sub("", left)) or lives(left)
            part = "passing" if by_the_way else part_behind(SEVERAL.sub("", left), one)
            found |= dict.fromkeys((one.start, two.start), part)
    return found


def weight(part: str, zone: str, place: Mention) -> float:
    """What a mention proves, by its part in the sentence and its place in the article."""
    if zone == "title":
        return TITLE if WEIGHTS[part] else 0.0
    return WEIGHTS[part] * (3 if place.start < OPENING else 2 if place.start < LEAD else 1)


def row_of(place: Mention, kind: str, where: frozenset[str], day: str | None) -> Row | None:
    """The one place of `kind` in the article's provinces that a mention means; None where that cannot be told."""
    if place.kind != kind and not (kind == "district" and town_of_province(place, day)):
        return None
    unit = IN_FULL.get(place.unit, place.unit)
    known = (row for row in gazetteer().names[kind].get(key(place.name), ()) if row.province in where)
    rows = [row for row in known if kind == "district" or row.since]  # communes are a level of ours since 2025
    held = [row for row in rows if row.since <= on_day(day) <= (row.until or FOREVER)] or rows
    exact = [row for row in held if row.unit == unit] or ([] if place.unit else held)
    return exact[0] if len({(row.unit, row.province) for row in exact}) == 1 else None


def town_of_province(place: Mention, day: str | None) -> bool:
    """Whether "thành phố Lào Cai" is the town in the province of that name."""
    row = era(place.name, day) if place.kind == "province" and UNITS.get(place.unit) == "city" else None
    return row is not None and row.kind == "tỉnh"


def part_of(text: str, place: Mention) -> str:
    """The part a mention plays: authority, event, post, passing, or bare; "town" for a name without unit word."""
    left = text[max(0, place.start - 70) : place.start].rpartition("\n")[2].lower()
    if PASSING.search(left) or lives(left) or text.startswith(" cũ", place.end):
        return "passing"
    return "list" if SEVERAL.search(left) else part_behind(left, place)


def part_behind(left: str, place: Mention) -> str:
    """The part by the words `left` of a mention that is neither passing nor in a list."""
    left = NEARER.sub("", left)
    if place.unit.endswith("ủy"):
        return "post" if POST.search(left) else "authority"
    if authority := AUTHORITY.search(left):
        return "post" if POST.search(left[: authority.start()]) else "authority"
    if EVENT.search(left):
        return "event"
    return "bare" if place.unit else "town"
