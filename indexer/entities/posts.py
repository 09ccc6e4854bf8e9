"""Posts as what they are: head, body, class, level and place in canonical names, so that posts compare as parsed.

"CHT Bộ CHQS tỉnh" and "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Thanh Hóa" are one post; "Phó Chỉ huy trưởng" and
"nguyên Chỉ huy trưởng" are others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from indexer.entities.lexicon import STATUSES, bodies, foreign_countries
from indexer.entities.names import place_size
from indexer.entities.places import era, province_named
from indexer.entities.post_tables import (
    CITY,
    CLASSES,
    UNIT_LEVELS,
    Body,
    Head,
    body_classes,
    body_phrases,
    heads,
    written_bodies,
    written_bodies_by_name,
)
from indexer.entities.scope import head_size
from indexer.entities.titles import GLOSS, IN_OFFICE, status_at
from indexer.entities.words import Phrases, Words, members
from indexer.model import Post

ABROAD = "nước ngoài"
UNITS = Phrases(UNIT_LEVELS)
NOT_UNITS = Phrases(("xã hội",))  # "Sở Lao động - Thương binh và Xã hội"
QUALIFIERS = Phrases(members("post_qualifier"))
# Heads that only other countries have, and one that Vietnamese papers use mostly for theirs.
ABROAD_HEADS, OFTEN_ABROAD = frozenset(members("head_abroad")), frozenset({"ngoại trưởng"})
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


@lru_cache(maxsize=2_000)
def parse_post(text: str, provinces: tuple[str, ...] = (), day: str | None = None) -> Post:
    """`text` as a Post. `provinces` of the article on its `day` complete a "tỉnh" or "thành phố" without a name.

    Total: what the tables do not know keeps its own words as head or body.
    """
    status, scope = taken_apart(text)
    return scope.post(text, status, provinces, day)


# Posts come again and again, each time in an article of another place and day.
@lru_cache(maxsize=20_000)
def taken_apart(text: str) -> tuple[str, Scope]:
    """The status of a post, and what its other words say by themselves."""
    words = Words(TERM.sub("", GLOSS.sub("", text)))
    start, status = status_at(words, 0)
    size = head_size(words, start)
    head = heads().get(" ".join(words.lower[start : start + size]), Head(sentence(words, start, start + size)))
    scope = Scope(head)
    scope.read(words, start + size)
    return STATUSES.get(status, IN_OFFICE), scope


def has_known_body(text: str) -> bool:
    """Whether the tables know the body of a post, its unit, its place or its country: nothing is cut from it."""
    _, scope = taken_apart(text)
    known = bool(scope.own) and scope.own[0].name in written_bodies_by_name()
    return known or bool(scope.unit or scope.province or scope.formation or scope.abroad)


# Heads that share what follows the next one: "Phó Tư lệnh, Tham mưu trưởng | Quân khu 7".
SHARING = {"quân đội": ("quân đội", "biên phòng"), "Đảng": ("Đảng",)}


def with_shared_tails(held: Sequence[Post]) -> list[Post]:
    """The posts of one person in order, each that is a bare head with the body, level and place of the next one."""
    done: list[Post] = []
    for post in reversed(held):
        after = done[-1] if done else None
        bare = not (post.body or post.level or post.place)
        if after and bare and after.cls in SHARING.get(post.cls, ()) and after.status == post.status:
            post = replace(post, body=after.body, cls=after.cls, level=after.level, place=after.place)
        done.append(post)
    return done[::-1]


def same_post(asked: Post, held: Post) -> bool:
    """Whether `held` is the post `asked` for: the same status and head, and all else that `asked` says."""
    if asked.status != held.status or (asked.head and asked.head != held.head):
        return False
    pairs = ((asked.body, held.body), (asked.level, held.level), (asked.place, held.place))
    return all(not wanted or wanted.lower() == has.lower() for wanted, has in pairs)


class Scope:
    """What stands behind a head, read from left to right: the body, those it belongs to, units and places."""

    def __init__(self, head: Head) -> None:
        self.head = head.name
        self.implied = head
        self.own: list[Body] = []
        self.unit = self.place = self.formation = self.province = ""
        self.abroad = False

    def read(self, words: Words, at: int) -> None:
        """Read bodies and places from a word on to the end of the post."""
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
            if not self.counted(lower, at + size):
                self.unit = self.unit or UNIT_LEVELS[" ".join(lower[at : at + size])]
            size += words.words[at + size] == "."
            return size + self.named(words, at + size, unit=True)
        if (size := foreign_countries().size_at(lower, at)) and words.capital(at) and not goes_on(words, at + size):
            self.abroad, self.place = True, words.span(at, at + size)
            return size
        return self.named(words, at, unit=False) if self.own or not words.capital(at - 1) else 0

    def counted(self, lower: list[str], end: int) -> bool:
        """Whether the unit word that ends before `end` only says of which ones a wider unit's body is: "dân quân xã,
        phường | của tỉnh".
        """
        return lower[end] in (",", "của") and UNITS.size_at(lower, end + 1) > 0

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
        size = place_size(words, at, max(end, at + 1), unit) or (end - at if unit else 0)
        if size and not self.place:
            self.place = words.span(at, at + size)
        if size and unit and words.lower[at - 1] == "tỉnh":
            self.province = words.span(at, at + size)
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
        """The parsed post, for an article of these provinces and day."""
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
        elif body == "Tỉnh ủy" and not self.own and self.implied.body and is_city(provinces, day):
            body = "Thành ủy"  # "TUV" in a city of that rank
        elif body == "CHQS":
            body = "Bộ CHQS" if level == "tỉnh" else "Ban CHQS"
        cls = "" if self.abroad or level == ABROAD else self.cls(own)
        return Post(text, status, head, body, cls, level, place)

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
        if self.abroad or self.head.lower().removeprefix("phó ") in ABROAD_HEADS:
            return ABROAD, self.place
        if self.head.lower() in OFTEN_ABROAD and not own:
            return "", self.place  # "Ngoại trưởng A": of which country, the words do not say
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
        if level == "tỉnh" and self.province and not province:
            level, place = named_province(self.province)
            self.abroad = level == ABROAD
            return level, place
        if level == "tỉnh":
            # A place that is no province ("Đồn Biên phòng Hải Hòa") leaves it to the article which province it is.
            return level, province or (provinces[0] if len(provinces) == 1 else "")
        if level == "khu vực":
            return level, self.place or self.formation
        if level == "trung ương":
            return level, province or ""  # "đại biểu Quốc hội (Kon Tum)"
        return level, self.formation if level == "quân khu" else self.place


def goes_on(words: Words, at: int) -> bool:
    """Whether the name before word `at` goes on there: "Đức | Huệ" is no country, "Lào | Bộ Quốc phòng" is one."""
    return words.capital(at) and not words.acronym(at) and not bodies().size_at(words.lower, at)


# The first halves of two provinces' names, as a post that is cut at the dash has them.
CUT = {"bà rịa": "Bà Rịa - Vũng Tàu", "thừa thiên": "Huế"}


def named_province(place: str) -> tuple[str, str]:
    """Level and place of what stands behind "tỉnh": a province, a name cut short, else a province of another
    country.
    """
    known = province_named(place) or CUT.get(place.lower())
    return ("tỉnh", known) if known else (ABROAD, place)


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
