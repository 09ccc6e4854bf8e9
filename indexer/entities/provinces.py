"""Which province an article is about, by evidence a reader can see, and honest silence where there is none.

In order: the text (a unit or body with a place, the place of the event), the dateline or masthead, a district that only
one province has, an official known to have headed a province that day, communes, and last the site. Passing mentions
(guests, birthplaces, lists, neighbours, foreign provinces) do not count; a national piece has no province.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from indexer.entities.places import Mention, era, mentions, present, table
from indexer.entities.published import quote
from indexer.model import Evidence, Official, Province

LEAD = 500
ENOUGH = 2.0  # what the text must say of a province before it counts: one authority in the lead, or two plain mentions
SECOND = 0.75  # the share of the first province's weight at which a second one is meant as well

BODY = (
    r"(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|tỉnh ủy|thành ủy|bộ chqs|bchqs|bộ chỉ huy quân sự|bộ chỉ huy|bộ tư lệnh|btl|bch|ban chỉ huy|llvt"
    r"|lực lượng vũ trang|bđbp|bộ đội biên phòng|biên phòng|công an|đoàn đbqh|đoàn đại biểu quốc hội|mttq|mặt trận tổ quốc|mttq việt nam|tỉnh đoàn"
    r"|đảng bộ|chính quyền|quân sự|hội đồng nvqs|hội đồng nghĩa vụ quân sự|ban chỉ đạo|hội \w+ \w+|sở [\w ]{2,25}|lãnh đạo|quân và dân|quân dân"
    r"|nhân dân|thanh niên|dân quân|tân binh|tuổi trẻ|phụ nữ|bí thư|chủ tịch|ban chqs|tòa án|viện kiểm sát|cảnh sát|chqs)"
)
AUTHORITY = re.compile(rf"\b{BODY}\s*(?:các\s+)?(?:tỉnh|thành phố|tp\.?)?\s*$", re.IGNORECASE)
PLACE_OF_EVENT = re.compile(r"\b(?:tại|ở|trên địa bàn|địa bàn|điểm cầu|biên giới|từ đầu cầu|thuộc|về|đến thăm|thăm)\s+(?:tỉnh\s+)?$", re.IGNORECASE)
PASSING = re.compile(
    r"\b(?:quê|quê quán|nguyên quán|quê ở|quê tại|sinh ra|sinh tại|trú|trú tại|cư trú|ngụ|ngụ tại|thường trú|hộ khẩu|hktt|đến từ|người|giáp|giáp ranh"
    r"|giáp với|nguyên (?:phó )?(?:bí thư|chủ tịch|chỉ huy)[\w ]{0,25}|từng|trường|quốc lộ|đường|cao tốc|chiến dịch|chiến thắng|trận|sông|biển|mặt trận"
    r"|đại học|giải phóng|tỉnh bạn|đội bóng|clb|cựu)\W{0,3}(?:[\w ,]{0,40}\b(?:xã|huyện|phường|thị xã|quận|thị trấn)\b[\w ,]{0,40})?(?:tỉnh|tp\.?|thành phố)?\s*$",
    re.IGNORECASE,
)
FOREIGN_AFTER = re.compile(r"\s*[,(]?\s*(?:thuộc\s+)?(?:nước\s+)?(?:CHDCND\s+)?(?:Lào|Campuchia|Cam-pu-chia|Trung Quốc|Thái Lan)\b")
BETWEEN = re.compile(r"\s*(?:\([^()]{0,40}\)\s*)?(?:,|;|và|cùng|với|-|&|/)\s*(?:và\s+)?(?:các\s+)?(?:bộ chqs|llvt|công an|ubnd)?\s*(?:tỉnh|thành phố)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Page:
    """What the decision needs: normalised title and text, the day ("" unknown), and where the page comes from."""

    title: str
    text: str
    day: str | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Clue:
    """One province, how strongly one place speaks for it, and the words that do."""

    province: str
    weight: float
    zone: str
    start: int
    end: int


def find_provinces(page: Page, officials: Sequence[Official]) -> tuple[Province, ...]:
    """The provinces an article is about, usually one, each by its name at publication and today's, with evidence."""
    places = {"title": list(mentions(page.title, page.day)), "text": list(mentions(page.text, page.day))}
    clues = [clue for zone, found in places.items() for clue in spoken(getattr(page, zone), zone, found)]
    named = strongest(clues)
    if named == [] and is_national(clues):
        return ()
    for basis, found in (
        ("text", lambda: named),
        ("dateline", lambda: mastheads(page)),
        ("district", lambda: units(page, places, "district")),
        ("official", lambda: heads(page, officials)),
        ("commune", lambda: units(page, places, "commune")),
        ("domain", lambda: sites(page)),
    ):
        chosen = found()
        if chosen:
            return tuple(Province(at_publication(c.province, page.day), present(c.province, page.day), basis, shown(page, c)) for c in chosen)
    return ()


def at_publication(name: str, day: str | None) -> str:
    """The province that held on `day` what was once `name`: a Kon Tum of 2026 is Quảng Ngãi."""
    return name if not day or era(name, day) else present(name, day)


def shown(page: Page, clue: Clue) -> Evidence:
    if clue.zone in ("title", "text"):
        found = quote(getattr(page, clue.zone), clue.start, clue.end)
        return Evidence(found.quote, clue.zone, found.start, found.end)
    return Evidence((page.url if clue.zone == "url" else page.source) or "", clue.zone)


# --- what the text says -----------------------------------------------------------------------


def spoken(text: str, zone: str, places: list[Mention]) -> Iterable[Clue]:
    """Clues from the provinces a zone names; those in lists of three or more and in passing weigh nothing."""
    provinces = [place for place in places if place.kind == "province"]
    listed = in_lists(text, provinces)
    for place in provinces:
        weight = 0.0 if place.start in listed else weigh(text, zone, place)
        yield Clue(place.provinces[0], weight, zone, place.start, place.end)


def weigh(text: str, zone: str, place: Mention) -> float:
    left = text[max(0, place.start - 70) : place.start].rpartition("\n")[2]
    if FOREIGN_AFTER.match(text, place.end) or PASSING.search(left):
        return 0.0
    strong = AUTHORITY.search(left) is not None or PLACE_OF_EVENT.search(left) is not None
    if zone == "title":
        return 5.0
    weight = 2.0 if strong else 1.0 if place.unit else 0.5
    return weight * (2 if place.start < LEAD else 1)


def in_lists(text: str, places: list[Mention]) -> set[int]:
    """Where provinces stand three or more in a row: "các tỉnh Kon Tum, Gia Lai và Đắk Lắk"."""
    runs: list[list[Mention]] = []
    for place in places:
        if runs and BETWEEN.fullmatch(text, runs[-1][-1].end, place.start):
            runs[-1].append(place)
        else:
            runs.append([place])
    return {place.start for run in runs if len({p.name for p in run}) > 2 for place in run}


def strongest(clues: list[Clue]) -> list[Clue]:
    """The best clue of the province the text speaks of most, and of a second that it speaks of nearly as much."""
    weights: Counter[str] = Counter()
    for clue in clues:
        weights[clue.province] += clue.weight  # type: ignore[assignment]
    ranked = [(name, weight) for name, weight in weights.most_common(3) if weight >= ENOUGH]
    chosen = [name for name, weight in ranked if weight >= ranked[0][1] * SECOND][:2]
    return [max((c for c in clues if c.province == name), key=lambda c: c.weight) for name in chosen]


def is_national(clues: list[Clue]) -> bool:
    return len({clue.province for clue in clues}) >= 4


# --- other evidence ---------------------------------------------------------------------------


MASTHEAD_LINES = 4


def mastheads(page: Page) -> list[Clue]:
    """The outlet's mark at the start of a line near the top: "ĐBP - ", "(LĐ online) - ", "(kontumtv.vn) –"."""
    at = 0
    for line in page.text.split("\n")[:MASTHEAD_LINES]:
        mark = MARK.match(line)
        if mark:
            word = mark["mark"].strip()
            province = marks().get(word) or of_host(word.lower())
            if province:
                return [Clue(province, 1.0, "text", at + mark.start(), at + mark.end())]
        at += len(line) + 1
    return []


MARK = re.compile(r"\s*\(?\s*(?P<mark>[\w.]{2,20}(?: online)?)\s*\)?\s*[-.:]\s*(?=\S)")


@cache
def marks() -> dict[str, str]:
    return {row["mark"]: row["province"] for row in table("mastheads.csv")}


def units(page: Page, places: dict[str, list[Mention]], kind: str) -> list[Clue]:
    """The province most districts (or communes) named lie in, if it explains more of them than any other."""
    votes: Counter[str] = Counter()
    first: dict[str, Clue] = {}
    certain: set[str] = set()
    names: dict[tuple[str, str], Mention] = {}
    for zone, found in places.items():
        for place in found:
            left = getattr(page, zone)[max(0, place.start - 60) : place.start]
            if place.kind == kind and not PASSING.search(left.rpartition("\n")[2]):
                names.setdefault((place.unit, place.name), place)
                for province in place.provinces:
                    first.setdefault(province, Clue(province, 1.0, zone, place.start, place.end))
    for place in names.values():
        for province in place.provinces:
            votes[province] += 1
        if len(place.provinces) == 1:
            certain.add(place.provinces[0])
    if not votes or kind == "commune" and max(votes.values()) < 2:
        return []
    (best, count), *rest = votes.most_common(2)
    return [first[best]] if best in certain and (not rest or rest[0][1] < count) else []


def heads(page: Page, officials: Sequence[Official]) -> list[Clue]:
    """The province of a head of province, council or command whose post names none, where dated rows know the person."""
    for official in officials:
        for row in known_officials().get(official.name.lower(), ()):
            if (not page.day or in_term(row, page.day)) and any(fits(row["post"], post) for post in official.posts):
                where = official.evidence or Evidence(official.name)
                return [Clue(row["province"], 1.0, where.zone, where.start, where.end)]
    return []


def fits(known: str, post: str) -> bool:
    """Whether a post as written is the known one: "Chủ tịch UBND tỉnh" has its head and body, whatever follows."""
    return known.lower() in post.lower() or post.lower() in known.lower()


def in_term(row: dict[str, str], day: str) -> bool:
    """Whether `day` (ISO at its own precision) falls in the term, compared at the coarser precision."""
    since, until = row["since"], row["until"]
    return (not since or since[: len(day)] <= day[: len(since)]) and (not until or day[: len(until)] <= until[: len(day)])


@cache
def known_officials() -> dict[str, list[dict[str, str]]]:
    known: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in table("known_officials.csv"):
        known[row["name"].lower()].append(row)
    return known


# --- the site ---------------------------------------------------------------------------------


def sites(page: Page) -> list[Clue]:
    """The province of the site, where the text names none of its own."""
    for zone, value in (("url", page.url), ("record", page.source)):
        province = value and (of_host(host(value)) or (of_outlet(value) if zone == "record" else None))
        if province:
            return [Clue(at_publication(province, page.day), 1.0, zone, 0, 0)]
    return []


def host(address: str) -> str:
    found = re.search(r"^(?:https?://)?(?:www\.)?([\w.-]+\.[a-z]{2,})(?:[/:?]|$)", address.strip().lower())
    return found[1] if found else ""


def of_host(name: str) -> str | None:
    """The province of a host: an outlet's domain or one under it, or the label before .gov.vn or .dcs.vn."""
    name = name.removeprefix("www.")
    labels = name.split(".")
    if name.endswith((".gov.vn", ".dcs.vn")):
        return domains().get(".".join(labels[-3:])) or domains().get(labels[-3])
    return next((domains()[tail] for n in range(len(labels) - 1) if (tail := ".".join(labels[n:])) in domains()), None)


def of_outlet(source: str) -> str | None:
    """The province in an outlet's name: "Báo Bình Định", "LLVT tỉnh Bà Rịa - Vũng Tàu"."""
    return next((place.name for place in mentions(source) if place.kind == "province"), None)


@cache
def domains() -> dict[str, str]:
    return {row["domain"]: row["province"] for row in table("domains.csv") if row["province"]}

