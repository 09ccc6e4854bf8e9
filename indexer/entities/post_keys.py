"""Officials as facet keys: posts, classes, levels, roles, and one key a mention: person, post, place and year at once.

A mention key is "person|status|head|body|level|place|province|year". Every part is one a reader may ask for alone, and
all parts are of the same person at the same post: "Chỉ huy trưởng" of one man and "Thanh Hóa" of another never meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from indexer.entities.accused import SUSPECT
from indexer.entities.lexicon import STATUSES, enlisted_ranks
from indexer.entities.places import districts
from indexer.entities.words import members, rows
from indexer.model import Entities, Official, Post

SEPARATOR = "|"
IN_OFFICE = "đương nhiệm"
WIDE = frozenset({"trung ương", "quân khu", "nước ngoài"})
FORCES = frozenset({"quân đội", "biên phòng"})
LOWEST_GENERAL = 15  # grade of Thiếu tướng in ranks.csv


@dataclass(frozen=True, slots=True)
class Bound:
    """One article's statement that a person held a post: the parts of a mention key. "" is unknown or none.

    `person` is an official's key; `province` the post's province at publication, "" for posts that reach further;
    `dated` is "suy ra" where the year is inferred.
    """

    person: str
    status: str = ""
    head: str = ""
    body: str = ""
    level: str = ""
    place: str = ""
    province: str = ""
    year: str = ""
    dated: str = ""

    def key(self) -> str:
        """The facet key that holds all fields."""
        return SEPARATOR.join(getattr(self, name).replace(SEPARATOR, "/") for name in self.__slots__)


def bound_of(key: str) -> Bound:
    """The parts of a mention key; the reverse of Bound.key()."""
    return Bound(*key.split(SEPARATOR)[:9])


def has_page(official: Official) -> bool:
    """Whether what the press says of a person may be gathered on a page: officers and holders of public posts.

    Not enlisted men, not heads of firms, schools and hamlets, and nobody in an article that says he is under
    investigation: that article may well be about a namesake.
    """
    if official.rank in enlisted_ranks() or any(role.name == SUSPECT for role in official.roles):
        return False
    return bool(official.rank) or any(post.cls for post in official.held)


def people_keys(entities: Entities) -> dict[str, tuple[str, ...]]:
    """Facet keys of an article's officials."""
    people = entities.officials
    posts = [post for official in people for post in official.held]
    return {
        "post": unique(post_key(post) for post in posts if post.head and post.level != "nước ngoài"),
        "class": unique(post.cls for post in posts if post.cls),
        "level": unique(post.level for post in posts if post.level),
        "role": unique(role.name for official in people for role in official.roles if role.name != SUSPECT),
        "mention": unique(bound.key() for person in people if has_page(person) for bound in bounds(person, entities)),
    }


def unique(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys in order, each once."""
    return tuple(dict.fromkeys(keys))


def post_key(post: Post) -> str:
    """"Chỉ huy trưởng|Bộ CHQS|tỉnh"; a status other than in office stands before the head."""
    head = post.head if post.status == IN_OFFICE else f"{post.status} {post.head}"
    return SEPARATOR.join(part.replace(SEPARATOR, "/") for part in (head, post.body, post.level))


def post_of_key(key: str) -> Post:
    """The post a key of the facet stands for; its place and class are not in the key."""
    named, body, level = [*key.split(SEPARATOR), "", ""][:3]
    status = next((each for each in set(STATUSES.values()) if named.startswith(f"{each} ")), "")
    return Post("", status or IN_OFFICE, named.removeprefix(f"{status} "), body, "", level)


def post_label(key: str) -> str:
    """"Chủ tịch|UBND|tỉnh" -> "Chủ tịch UBND (tỉnh)"; the level shows only where the body does not tell it."""
    head, body, level = [*key.split(SEPARATOR), "", ""][:3]
    told = level in ("", "trung ương", "quân khu", "khu vực") or body in telling_bodies()
    name = f"{head} {body}".strip()
    return name if told else f"{name} ({level})"


def bounds(official: Official, entities: Entities) -> Iterator[Bound]:
    """One Bound for each post of `official`; for a person with a rank alone, one without a post."""
    year, dated = str(entities.published.year or ""), "suy ra" if entities.published.inferred else ""
    provinces = tuple(province.name for province in entities.provinces)
    for post in official.held or (Post(""),):
        where = province_of(post, provinces, official.rank or "")
        status = post.status if post.text else ""
        yield Bound(official.key, status, post.head, post.body, post.level, post.place, where, year, dated)


def province_of(post: Post, provinces: tuple[str, ...], rank: str = "") -> str:
    """The province of a post at publication: its own place, else the one the article is about; "" if neither tells.

    A commander without a body, and a general of whatever body below no province, serve wider than the article's.
    """
    if post.level == "tỉnh":
        return post.place
    if post.level in WIDE or (post.cls in FORCES and not post.level and (not post.body or is_general(rank))):
        return ""
    if post.place and post.level == "huyện":
        holding = districts(post.place)
        narrowed = [name for name in holding if name in provinces] or holding
        if len(narrowed) == 1:
            return narrowed[0]
    return provinces[0] if len(provinces) == 1 else ""


@cache
def generals() -> frozenset[str]:
    """Ranks of generals."""
    return frozenset(row["rank"] for row in rows("ranks.csv") if int(row["grade"]) >= LOWEST_GENERAL)


def is_general(rank: str) -> bool:
    """Whether a rank is a general's."""
    return rank in generals()


@cache
def telling_bodies() -> frozenset[str]:
    """Bodies whose name says their level."""
    return frozenset(members("body_that_tells_its_level"))
