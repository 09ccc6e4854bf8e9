"""Posts as what they are: head, body, class, level and place in canonical names, so that posts compare as parsed.

"CHT Bộ CHQS tỉnh" and "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Thanh Hóa" are one post; "Phó Chỉ huy trưởng" and
"nguyên Chỉ huy trưởng" are others. Ways of writing are rows of data/post_heads.csv and data/post_bodies.csv; what
became of a body is a dated row of data/units.csv.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from indexer.entities.lexicon import STATUSES, bodies, foreign_countries
from indexer.entities.names import place_size
from indexer.entities.places import era, gazetteer, province_named
from indexer.entities.scope import head_size
from indexer.entities.titles import GLOSS, IN_OFFICE, status_at
from indexer.entities.words import Phrases, Words, members, rows, words_of
from indexer.model import Post
from indexer.text import fold

CLASSES = {
    "party": "Đảng", "government": "chính quyền", "council": "chính quyền", "assembly": "chính quyền",
    "justice": "chính quyền", "military": "quân đội", "police": "công an",
    "front": "MTTQ và đoàn thể",
}  # fmt: skip
LEVELS = {"central": "trung ương", "region": "quân khu"}
ABROAD = "nước ngoài"
CITY = "thành phố"  # a province or a district, by its name
UNIT_LEVELS = {
    "tỉnh": "tỉnh", "thành phố": CITY, "tp": CITY, "huyện": "huyện", "quận": "huyện", "thị xã": "huyện",
    "tx": "huyện", "xã": "xã", "phường": "xã", "thị trấn": "xã", "tt": "xã", "đặc khu": "xã",
}  # fmt: skip
UNITS = Phrases(UNIT_LEVELS)
NOT_UNITS = Phrases(("xã hội",))  # "Sở Lao động - Thương binh và Xã hội"
QUALIFIERS = Phrases(members("post_qualifier"))
COMMITTEES = {"Ủy viên Ban Thường vụ": Phrases(members("standing_committee")),
              "Ủy viên Ban Chấp hành": Phrases(members("committee"))}  # fmt: skip
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vii": "7", "ix": "9"}
TERM = re.compile(r"\s*\b(?:khóa|nhiệm kỳ)\s+(?:[IVXLC]+\b|\d+(?:\s*-\s*\d+)?)", re.IGNORECASE)
BRANCH = re.compile(r"(chính trị|hậu cần(?: - kỹ thuật)?|kỹ thuật)(?:$| +(.+))", re.IGNORECASE)
# Heads that carry the first word of their body: "Bộ trưởng Quốc phòng" is of the Bộ Quốc phòng.
HEADS_OF_MINISTRY = frozenset({"Bộ trưởng", "Thứ trưởng"})
# Bodies that only say where another body belongs: "Bộ Tư lệnh Quân khu 4" is the Quân khu.
SHELLS = frozenset({"Bộ Tư lệnh"})
VAGUE = frozenset({"Quân đội nhân dân", "Đảng"})  # a head that implies a body means that one, not these
OWN_FORCES = frozenset({"công an", "biên phòng"})


@lru_cache(maxsize=20_000)
def parse_post(text: str, provinces: tuple[str, ...] = (), day: str | None = None) -> Post:
    """`text` as a Post. `provinces` of the article on its `day` complete a "tỉnh" or "thành phố" without a name.

    Total: what the tables do not know keeps its own words as head or body.
    """
    words = Words(TERM.sub("", GLOSS.sub("", text)))
    start, status = status_at(words, 0)
    size = head_size(words, start)
    head = heads().get(" ".join(words.lower[start : start + size]), Head(sentence(words, start, start + size)))
    scope = Scope(head)
    scope.read(words, start + size)
    return scope.post(text, STATUSES.get(status, IN_OFFICE), provinces, day)


def same_post(asked: Post, held: Post) -> bool:
    """Whether `held` is the post `asked` for: the same status and head, and all else that `asked` says."""
    if asked.status != held.status or (asked.head and asked.head != held.head):
        return False
    pairs = ((asked.body, held.body), (asked.level, held.level), (asked.place, held.place))
    return all(not wanted or wanted.lower() == has.lower() for wanted, has in pairs)


# --- what became of bodies --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Successor:
    """What stands in the place of a body: `since` when (ISO, "" from the start), and why in a sentence to show."""

    body: str
    level: str
    since: str
    note: str


def successors(body: str, day: str | None = None, level: str = "", place: str = "") -> tuple[Successor, ...]:
    """What took the place of `body` (canonical) by `day` (None: by today), to offer beside a search for it.

    Rows about one place ("Bộ CHQS" in Hà Nội) count only where `place` is asked for.
    """
    found = (row for row in rows("units.csv") if row["body"] == body and level in ("", row["level"]))
    return tuple(
        Successor(row["successor"], row["successor_level"], following_day(row["until"]), row["note"])
        for row in found
        if row["successor"] and row["place"] in ("", place) and (not day or row["until"] < day)
    )


def predecessors(body: str, level: str = "") -> tuple[Successor, ...]:
    """What `body` (canonical) took the place of everywhere; `since` is the day it did."""
    return tuple(
        Successor(row["body"], row["level"], following_day(row["until"]), row["note"])
        for row in rows("units.csv")
        if row["successor"] == body and row["until"] and not row["place"] and level in ("", row["successor_level"])
    )


def following_day(day: str) -> str:
    """Rows end with a half-year: the day after 30 June is 1 July."""
    return day.replace("-06-30", "-07-01")


# --- reading the words behind the head ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """A canonical head, with the body it implies and its class and level, if any."""

    name: str
    body: str = ""
    cls: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A canonical body with the level and class it always has, if any."""

    name: str
    level: str = ""
    cls: str = ""
    place: str = ""


class Scope:
    """What stands behind a head, read from left to right: the body, those it belongs to, units and places."""

    def __init__(self, head: Head) -> None:
        self.head = head.name
        self.implied = head
        self.own: list[Body] = []
        self.unit = self.place = self.formation = ""
        self.abroad = False

    def read(self, words: Words, at: int) -> None:
        free = at  # where words no table knows begin: the name of a body of its own
        while at < words.size:
            known = len(self.own)
            if size := self.step(words, at):
                self.unknown(words, free, at, known)
                free = at + size
            at += size or 1
        self.unknown(words, free, words.size, len(self.own))

    def step(self, words: Words, at: int) -> int:
        """How many words at `at` a table knows, taken in; 0 if none."""
        lower = words.lower
        if not words.words[at][0].isalnum():
            return 0 if words.words[at] in "-&/" and self.between(words, at) else 1
        if size := self.committee(lower, at) or QUALIFIERS.size_at(lower, at):
            return size
        if size := body_phrases().size_at(lower, at):
            self.own.append(written_bodies()[" ".join(lower[at : at + size])])
            self.place = self.place or self.own[-1].place
            return size + self.number(words, at + size)
        if (size := UNITS.size_at(lower, at)) and not NOT_UNITS.size_at(lower, at):
            self.unit = self.unit or UNIT_LEVELS[" ".join(lower[at : at + size])]
            size += words.words[at + size] == "."
            return size + self.named(words, at + size, unit=True)
        if words.capital(at) and (size := foreign_countries().size_at(lower, at)):
            self.abroad, self.place = True, words.span(at, at + size)
            return size
        return self.named(words, at, unit=False) if self.own or not words.capital(at - 1) else 0

    def between(self, words: Words, at: int) -> bool:
        """Whether a dash stands within a name ("Hậu cần - Kỹ thuật")."""
        return at > 0 and words.words[at - 1][0].isalnum() and words.words[at + 1][0].isalnum()

    def committee(self, lower: list[str], at: int) -> int:
        """"Ủy viên | Ban Thường vụ | Tỉnh ủy": the committee goes with the head."""
        if self.head == "Ủy viên":
            for head, phrases in COMMITTEES.items():
                size = phrases.size_at(lower, at)
                if size and size >= body_phrases().size_at(lower, at):
                    self.head = head
                    return size
        return 0

    def number(self, words: Words, at: int) -> int:
        """The number of a region or area command: "Quân khu | 7", "phòng thủ khu vực 4 - Bình Liêu"."""
        number = ROMAN.get(words.lower[at], words.words[at])
        if self.own[-1].level in ("quân khu", "khu vực") and number.isdigit():
            numbered = self.own[-1].level == "quân khu"
            self.formation = self.formation or (f"{self.own[-1].name} {number}" if numbered else f"số {number}")
            return 1
        return 0

    def named(self, words: Words, at: int, unit: bool) -> int:
        """The place name at `at`, taken as the post's place; behind a unit word an unknown one counts as well."""
        if not words.capital(at):
            return 0
        end = words.capitals_end(at)
        size = place_size(words, at, max(end, at + 1)) or (end - at if unit else 0)
        if size and not self.place:
            self.place = words.span(at, at + size)
        return size

    def unknown(self, words: Words, start: int, end: int, known: int) -> None:
        """Words of no table: the name of the body, if none of the `known` ones was read before them."""
        while end > start and words.lower[end - 1] in ("và", "-", "&"):
            end -= 1
        if end > start and not known:
            level = "tỉnh" if words.lower[start] == "sở" else ""
            self.own.insert(0, Body(sentence(words, start, end), level, class_of(words, start)))

    # -- the whole ------------------------------------------------------------------------------------

    def post(self, text: str, status: str, provinces: tuple[str, ...], day: str | None) -> Post:
        own = self.own
        implied = written_bodies_by_name().get(self.implied.body)
        if implied and (all(body.name in VAGUE for body in own) or (implied.cls == "Đảng") > (own[0].cls == "Đảng")):
            own = [implied, *own]
        if len(own) > 1 and own[0].name in SHELLS:
            own = own[1:]
        head, body = self.with_body(own)
        level, place = self.where(own, provinces, day)
        if body == "BĐBP":
            body, level, place = border_guard(head, level, place, provinces)
        elif body == "CHQS":
            body = "Bộ CHQS" if level == "tỉnh" else "Ban CHQS"
        return Post(text, status, head, body, "" if self.abroad else self.cls(own), level, place)

    def with_body(self, own: list[Body]) -> tuple[str, str]:
        """Head and body in their canonical pair: "Chủ nhiệm | Chính trị" is a head, "Bộ trưởng" has a "Bộ"."""
        body = own[0].name if own else ""
        branch = BRANCH.match(body) if self.head.removeprefix("Phó ") == "Chủ nhiệm" else None
        if branch:
            return f"{self.head} {branch[1].capitalize()}", branch[2] or (own[1].name if len(own) > 1 else "")
        if self.head in HEADS_OF_MINISTRY and body and not body.startswith("Bộ "):
            return self.head, f"Bộ {body}"
        return self.head, body

    def cls(self, own: list[Body]) -> str:
        """The class of the body, else of what it belongs to, else of the head."""
        if self.head in HEADS_OF_MINISTRY:
            return self.implied.cls
        first = own[0].cls if own else ""
        wider = next((body.cls for body in own[1:] if body.cls in OWN_FORCES), "")
        if wider and first != "Đảng":
            return wider
        return first or next((body.cls for body in own[1:] if body.cls), "") or self.implied.cls or self.branch(own)

    def branch(self, own: list[Body]) -> str:
        """A "Chủ nhiệm Chính trị" is an officer whatever his unit."""
        return "quân đội" if self.head.endswith("Chủ nhiệm") and own and BRANCH.match(own[0].name) else ""

    def where(self, own: list[Body], provinces: tuple[str, ...], day: str | None) -> tuple[str, str]:
        """Level and place: of the body itself, of its unit word or place, of what it belongs to."""
        if self.abroad:
            return ABROAD, self.place
        fixed = own[0].level if own else ""
        wider = next((body.level for body in own[1:] if body.level), "")
        province = province_named(self.place) if self.place else None
        city = self.unit == CITY or (own and own[0].name in ("Thành ủy", "Thành đoàn") and not fixed)
        unit = self.unit if self.unit != CITY else ""
        if city:
            unit = "tỉnh" if is_city((province,) if self.place else provinces, day) else "huyện"
        elif not unit and province and not fixed:
            unit = "tỉnh"
        level = fixed or unit or wider or self.implied.level
        if level == "tỉnh":
            return level, province or self.place or (provinces[0] if len(provinces) == 1 else "")
        if level == "khu vực":
            return level, self.place or self.formation
        if level == "trung ương":
            return level, province or ""  # "đại biểu Quốc hội (Kon Tum)"
        return level, self.formation if level == "quân khu" else self.place


def border_guard(head: str, level: str, place: str, provinces: tuple[str, ...]) -> tuple[str, str, str]:
    """"Chỉ huy trưởng BĐBP tỉnh" is of the provincial command, "Tư lệnh BĐBP" of the Bộ Tư lệnh."""
    if head.endswith("Tư lệnh") or level == "trung ương":
        return "Bộ Tư lệnh BĐBP", "trung ương", ""
    if level == "tỉnh" or head.endswith("Chỉ huy trưởng"):
        return "Bộ Chỉ huy BĐBP", "tỉnh", place or (provinces[0] if len(provinces) == 1 else "")
    return "BĐBP", level, place


def is_city(provinces: tuple[str | None, ...], day: str | None) -> bool:
    """Whether there is one province and it is a city of that rank: there "thành phố" is the province."""
    row = era(provinces[0], day) if len(provinces) == 1 and provinces[0] else None
    return row is not None and row.kind == "thành phố"


def class_of(words: Words, at: int) -> str:
    """The class of a body by its first words as the grammar knows them."""
    size = bodies().size_at(words.lower, at)
    return CLASSES.get(body_classes().get(" ".join(words.lower[at : at + size]), ""), "")


def sentence(words: Words, start: int, end: int) -> str:
    """Words as a name begins: with a capital, else as written."""
    span = words.span(start, end) if end > start else ""
    return span[:1].upper() + span[1:]


# --- the tables ---------------------------------------------------------------------------------------


@cache
def heads() -> dict[str, Head]:
    """Every way to write a head, in lower case."""
    table: dict[str, Head] = {}
    for row in rows("heads.csv"):
        canonical = row["head"][0].upper() + row["head"][1:]
        deputy = {f"phó {row['head']}": f"Phó {canonical}"} if row["deputy"] else {}
        for name, shown in {row["head"]: canonical, **deputy}.items():
            level = LEVELS.get(row["level"], "")
            table[" ".join(words_of(name))] = Head(shown, "", CLASSES.get(row["class"], ""), level)
    for row in rows("post_heads.csv"):
        spelled = " ".join(words_of(row["written"]))
        known = table.get(spelled, Head(""))
        table[spelled] = Head(row["head"], row["body"], known.cls, known.level)
    return table


@cache
def written_bodies() -> dict[str, Body]:
    """Every way to write a body of the table, in lower case."""
    table = rows("post_bodies.csv")
    return {" ".join(words_of(row["written"])): Body(row["body"], row["level"], row["class"], row["place"])
            for row in table}


@cache
def written_bodies_by_name() -> dict[str, Body]:
    """Bodies by canonical name, for heads that imply one: "Ban CHQS huyện" is the Ban CHQS of a district."""
    table = {body.name: body for body in written_bodies().values()}
    table |= {f"Ban CHQS {level}": Body("Ban CHQS", level, "quân đội") for level in ("huyện", "xã")}
    return table


@cache
def body_phrases() -> Phrases:
    return Phrases(row["written"] for row in rows("post_bodies.csv"))


@cache
def body_classes() -> dict[str, str]:
    return {" ".join(words_of(row["body"])): row["class"] for row in rows("bodies.csv")}


# --- posts typed without accents ----------------------------------------------------------------------


def accented(text: str) -> str:
    """A post typed without accents in the words of the tables: "chi huy truong bo chqs" -> "chỉ huy trưởng bộ chqs".

    Text with an accent anywhere, and words of no table, stay as they are.
    """
    words = text.lower().split()
    if fold(text) != text:
        return text
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(min(7, len(words) - at), 0, -1) if " ".join(words[at : at + n]) in bare()), 0)
        found.append(bare()[" ".join(words[at : at + size])] if size else words[at])
        at += size or 1
    return " ".join(found)


@cache
def bare() -> dict[str, str]:
    """Heads, bodies, units, statuses and provinces by their accent-free form; the first in this order is meant."""
    provinces = [row.name for rows_ in gazetteer().eras.values() for row in rows_]
    known = [*heads(), *written_bodies(), *UNIT_LEVELS, *STATUSES, *members("post_qualifier"), *provinces]
    table: dict[str, str] = {}
    for phrase in known:
        table.setdefault(fold(phrase).lower(), phrase)
    return table
