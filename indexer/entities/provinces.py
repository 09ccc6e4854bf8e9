"""Which province an article is about, by evidence a reader can see, and honest silence where there is none.

In order: the text (a body or unit with a place, the place of the event), the dateline or masthead, a district that only
one province has, an official known to have headed a province that day by a dated row, the words of the address, an
official as other articles of the index know him, communes, and last the site, which speaks only for an article on local
affairs that names no province of its own. A national piece has no province.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from indexer.entities.clues import (
    AUTHORITY,
    EVENT,
    LEAD,
    PASSING,
    Clue,
    is_located,
    lives,
    spoken,
    surnames,
    word_before,
)
from indexer.entities.outlets import masthead, of_host, of_outlet, of_path
from indexer.entities.places import (
    CAPITAL,
    EVE_OF_REFORM,
    REFORM,
    Mention,
    era,
    mentions,
    on_day,
    present,
    table,
)
from indexer.entities.published import quote
from indexer.entities.reach import is_local, is_national
from indexer.entities.testimony import LEARNED, Taught
from indexer.model import Evidence, Official, Province

ENOUGH = 2.0  # what a province must weigh to count: one body or place of an event, or several plain mentions
AGAINST_NATION = 5.0  # and in a piece that opens with the whole country
FAR_DOWN = 2.5  # and that much where neither title nor lead says anything
SECOND = 0.6  # the share of the first province's weight at which another one is meant as well
SUPPORTED = 4  # votes of places below the province, two for each with its unit word, that count wherever they stand
HOME = 1.5  # how much more the outlet's own province weighs, once the text names it

SEVERAL = re.compile(r"\b(?:các|\d+|hai|ba|bốn|năm) (?:tỉnh|địa phương|tỉnh, thành)\b", re.IGNORECASE)
# What a round-up opens with, and where the paragraphs of its provinces begin.
ROUND_UP = re.compile(r"\b(?:các|nhiều|\d+) (?:tỉnh|địa phương|tỉnh, thành(?: phố)?)\b", re.IGNORECASE)
PARAGRAPH = re.compile(r"(?:^|\n)\W{0,3}(?:Cũng |Còn |Riêng )?(?:[Tt]ại|Ở|[Tt]rên địa bàn)(?: dưới)? $")
NAME_AFTER = re.compile(rf" [{CAPITAL}](?![{CAPITAL}])\w")


@dataclass(frozen=True)
class Page:
    """What the decision needs: normalised title and text, the day (None unknown), and where the page comes from."""

    title: str
    text: str
    day: str | None = None
    url: str | None = None
    source: str | None = None
    taught: Taught | None = None  # where other articles of the index know one of its officials

    @cached_property
    def places(self) -> dict[str, list[Mention]]:
        """The places it names, by zone; a title that is only the text's first words must not count twice."""
        made_up = self.text.startswith(self.title.rstrip("… "))
        title = [] if made_up else list(mentions(self.title, self.day))
        return {"title": title, "text": list(mentions(self.text, self.day))}

    @cached_property
    def outlet(self) -> tuple[str, str] | None:
        """The outlet's province and the zone that tells it."""
        if self.url and (province := of_host(self.url)):
            return at_publication(province, self.day), "url"
        if self.source and (province := of_outlet(self.source)):
            return at_publication(province, self.day), "record"
        return None

    @cached_property
    def national(self) -> bool:
        """Whether it opens with the country: "cả nước", or several military regions."""
        return is_national(self.title, self.text[:LEAD])


# Words of the time since July 2025, when districts were gone and provinces merged.
SINCE_REFORM = re.compile(
    r"\b(?:(?:2|02|hai) cấp|sáp nhập|hợp nhất|sau sắp xếp|phòng thủ khu vực|CHPTKV|PTKV|đặc khu|Đảng bộ (?:xã"
    r"|phường) lần thứ I)\b"
)


# The commands that took the place of those of districts in July 2025.
COMMAND_OF_AREA = re.compile(r"\b[Cc]hỉ huy (?:[Pp]hòng thủ [Kk]hu vực|PTKV)\b|\bCHPTKV\b")


def settled(day: str | None, text: str) -> str | None:
    """`day`, or for a bare year in which the map changed its last day or the eve of the change, as the text speaks.

    Without a day the commands that came with the new map tell that it holds. A known year 2025 leaves open which map
    holds: only words of the new one make it the new one.
    """
    if not day and ("PTKV" in text or "hòng thủ" in text) and COMMAND_OF_AREA.search(text):
        return REFORM
    if day != REFORM[:4]:
        return day
    return f"{day}-12-31" if SINCE_REFORM.search(text) else EVE_OF_REFORM


def find_provinces(page: Page, officials: Sequence[Official]) -> tuple[Province, ...]:
    """The provinces an article is about, usually one, each by its name at publication and today's, with evidence."""
    for basis, read in EVIDENCE.items():
        if chosen := read(page, officials):
            return tuple(province(page, clue, basis) for clue in chosen)
    return ()


def province(page: Page, clue: Clue, basis: str) -> Province:
    """The province that a clue proves, as it was at publication and as it is now."""
    name = at_publication(clue.province, page.day)
    return Province(name, present(clue.province, page.day), basis, shown(page, clue))


def at_publication(name: str, day: str | None) -> str:
    """The province that held on `day` what was once `name`: a Kon Tum of 2026 is Quảng Ngãi."""
    return name if not day or era(name, day) else present(name)


def shown(page: Page, clue: Clue) -> Evidence:
    """The words that a clue rests on."""
    if clue.zone in ("title", "text"):
        found = quote(page.title if clue.zone == "title" else page.text, clue.start, clue.end)
        return Evidence(found.quote, clue.zone, found.start, found.end)
    return Evidence((page.url if clue.zone == "url" else page.source) or "", clue.zone)


# --- the text ---------------------------------------------------------------------------------


def by_text(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """The best clue of the province the text speaks of most, and of others it speaks of nearly as much."""
    spoken_of = [*spoken(page.title, "title", page.places["title"]), *spoken(page.text, "text", page.places["text"])]
    clues = without_guests([renamed(clue, at_publication(clue.province, page.day)) for clue in spoken_of])
    weights = weigh(clues, page)
    ranked = [(name, weight) for name, weight in weights.most_common(5) if weight >= least(name, clues, page)]
    if not ranked:
        return []
    (first, top), *others = ranked
    chosen = [first, *(name for name, weight in others if belongs(name, weight, top, clues, page))]
    return [max((clue for clue in clues if clue.province == name), key=lambda clue: clue.weight) for name in chosen]


def renamed(clue: Clue, name: str) -> Clue:
    """The clue for the province under this name."""
    return clue if clue.province == name else replace(clue, province=name)


def least(name: str, clues: list[Clue], page: Page) -> float:
    """What a province must weigh to count: more far down the page, and most in a piece that opens with the country."""
    own = [clue for clue in clues if clue.province == name and clue.weight]
    if SEVERAL.search(page.title):
        return ENOUGH
    near = {clue.role for clue in own if clue.zone == "title" or clue.start < LEAD}
    if page.national and "event" not in near:
        return AGAINST_NATION
    return ENOUGH if near else FAR_DOWN


def weigh(clues: list[Clue], page: Page) -> Counter[str]:
    """The summed weight of the clues for each province."""
    weights: Counter[str] = Counter()
    for clue in clues:
        # In a national piece a province that acts in the lead is one of many.
        weights[clue.province] += clue.weight / (2 if page.national and clue.role == "acts" else 1)  # type: ignore[assignment]
    home = page.outlet
    if home and weights[home[0]] and not page.national:
        weights[home[0]] *= HOME  # type: ignore[assignment]
    return weights


def without_guests(clues: list[Clue]) -> list[Clue]:
    """Without the heads of several provinces: those of two or more who stand only in posts came as guests."""
    roles = defaultdict(set)
    for clue in clues:
        if clue.weight:
            roles[clue.province].add(clue.role)
    guests = [name for name, parts in roles.items() if parts <= {"post", "bare"} and "post" in parts]
    return clues if len(guests) < 2 else [clue for clue in clues if clue.province not in guests]


def belongs(name: str, weight: float, top: float, clues: list[Clue], page: Page) -> bool:
    """Whether a province beside the first is meant too: both in the title, or a text that says it is on several."""
    titled = {clue.province for clue in clues if clue.zone == "title" and clue.weight}
    if SEVERAL.search(page.title):
        return weight >= ENOUGH
    if ROUND_UP.search(page.text[:LEAD]) and opens_paragraph(name, clues, page):
        return weight >= ENOUGH
    roles = Counter(clue.role for clue in clues if clue.province == name)
    if roles["counted"]:
        return weight >= ENOUGH
    shared = name in titled and len(titled) > 1
    return weight >= top * SECOND and (shared or roles["heading"] + roles["joint"] > 0 or roles["authority"] > 2)


def opens_paragraph(name: str, clues: list[Clue], page: Page) -> bool:
    """Whether a paragraph is of the province: "Tại tỉnh Hậu Giang, …"."""
    return any(clue.province == name and clue.zone == "text" and clue.weight and
               PARAGRAPH.search(page.text, max(0, clue.start - 20), clue.start) for clue in clues)


# --- dateline, districts, officials, communes -------------------------------------------------


def by_dateline(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """The province of the masthead in the text."""
    found = masthead(page.text)
    return [Clue(found[0], "masthead", 1.0, "text", *found[1:])] if found else []


def by_district(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """Provinces by districts that only they have."""
    return by_units(page, "district", 1)


def by_commune(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """One commune is enough since they are the level below the province; before, two must agree: names are many."""
    return by_units(page, "commune", 2 if on_day(page.day) >= REFORM else 4)


def by_units(page: Page, kind: str, fewest: int) -> list[Clue]:
    """The province most districts (or communes) named lie in, at least one in no other; bare town names count half.

    Below the lead a place counts that acts or is where something happens, or several: others are named by the way.
    """
    first: dict[str, Clue] = {}
    votes: Counter[str] = Counter()
    certain: set[str] = set()
    speaking: set[str] = set()
    for place, zone, speaks in units(page, kind):
        for name in place.provinces:
            votes[name] += 2 if place.unit else 1
            first.setdefault(name, Clue(name, kind, 1.0, zone, place.start, place.end))
        if len(place.provinces) == 1:
            certain.add(place.provinces[0])
            speaking.update(place.provinces if speaks else ())
    ranked = [*votes.most_common(2), ("", 0), ("", 0)]
    (best, count), (_, second) = ranked[:2]
    if best not in certain or not fewest <= count > second:
        return []
    near = first[best].zone == "title" or first[best].start < LEAD or best in speaking
    return [first[best]] if near or (count >= SUPPORTED and not page.national) else []


def units(page: Page, kind: str) -> list[tuple[Mention, str, bool]]:
    """Each district (or commune) the page names, once, save those named in passing; with its zone, and whether a body
    of it acts there or something happens in it."""
    seen: dict[tuple[str, str], tuple[Mention, str, bool]] = {}
    for zone, text in (("title", page.title), ("text", page.text)):
        for place in page.places[zone]:
            left = text[max(0, place.start - 60) : place.start].rpartition("\n")[2]
            if place.kind == kind and not (is_by_the_way(left.lower()) or is_longer_name(text, place, left)):
                speaks = bool(place.unit) and speaks_loudly(left.lower())
                known = seen.setdefault((place.unit, place.name), (place, zone, speaks))
                if speaks and not known[2]:
                    seen[place.unit, place.name] = known[0], known[1], True
    return list(seen.values())


def is_by_the_way(left: str) -> bool:
    """Whether the words before a place mark it as passing: an origin, a guest's home, a comparison."""
    return PASSING.search(left) is not None or lives(left)


def speaks_loudly(left: str) -> bool:
    """Whether what stands before a place lets a body of it act, or something happen in it."""
    return bool(AUTHORITY.search(left) or EVENT.search(left)) or is_located(left)


def is_longer_name(text: str, place: Mention, left: str) -> bool:
    """Whether a bare town name is a part of another name: "Lâm | Chí Linh", "miền | Đông Triều | Tiên"."""
    return not place.unit and (word_before(left) in surnames() or NAME_AFTER.match(text, place.end) is not None)


def by_official(page: Page, officials: Sequence[Official]) -> list[Clue]:
    """The province of a head whose post names none, where a dated row knows the person in that post."""
    for official in officials:
        for row in known_officials().get(official.name.lower(), ()):
            if (not page.day or in_term(row, page.day)) and any(fits(row, post) for post in official.posts):
                where = official.evidence or Evidence(official.name)
                return [Clue(row["province"], "official", 1.0, where.zone, where.start, where.end)]
    return []


def by_learned(page: Page, officials: Sequence[Official]) -> list[Clue]:
    """The province where other articles know an official of this one at the same post, but for a national piece."""
    known = page.taught
    official = next((each for each in officials if known and each.name.lower() == known.name), None)
    if not known or not official or page.national:
        return []
    where = official.evidence or Evidence(official.name)
    return [Clue(known.province, LEARNED, 1.0, where.zone, where.start, where.end)]


def fits(row: dict[str, str], post: str) -> bool:
    """Whether a post as written is the known one, and names no other place: "Chủ tịch UBND tỉnh", "… tỉnh Tây Ninh"."""
    return post.lower() in (row["post"].lower(), f"{row['post']} {row['province']}".lower())


def in_term(row: dict[str, str], day: str) -> bool:
    """Whether `day` (ISO at its own precision) falls in the term, compared at the coarser precision.

    A row with one date is a sighting, not a term: it vouches for that calendar year.
    """
    since, until = row["since"], row["until"]
    if since == until:
        return day[:4] == since[:4]
    begun = not since or since[: len(day)] <= day[: len(since)]
    return begun and (not until or day[: len(until)] <= until[: len(day)])


@cache
def known_officials() -> dict[str, list[dict[str, str]]]:
    """Rows of data/known_officials.csv by name in lower case."""
    known: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("known_officials.csv"):
        known[row["name"].lower()].append(row)
    return known


# --- the site ---------------------------------------------------------------------------------


def by_address(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """The province that the words of the address name behind a unit word, as a title that is lost would."""
    named = of_path(page.url) if page.url and not page.national else None
    return [Clue(named[0], "address", 1.0, "url", 0, 0)] if named else []


def by_domain(page: Page, _officials: Sequence[Official]) -> list[Clue]:
    """The outlet's province, for a text on local affairs that does not open with the whole country."""
    outlet = page.outlet
    if not outlet or page.national or not (is_local(page.title) or is_local(page.text)):
        return []
    return [Clue(outlet[0], "outlet", 1.0, outlet[1], 0, 0)]


EVIDENCE: dict[str, Callable[[Page, Sequence[Official]], list[Clue]]] = {
    "text": by_text,
    "dateline": by_dateline,
    "district": by_district,
    "official": by_official,
    "address": by_address,
    LEARNED: by_learned,
    "commune": by_commune,
    "domain": by_domain,
}
