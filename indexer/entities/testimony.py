"""What an article can teach about where an official serves, and what it could ask: facet keys of the index.

An article whose province is certain (the text, the dateline or a district tells it) teaches that a person held a post
there on its day. An article whose province rests on less could ask the same of its own officials.
`indexer.ingest.cross_article` puts the two together over a whole index; nothing is learned here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.entities.places import era
from indexer.entities.post_keys import IN_OFFICE, SEPARATOR, province_of, unique
from indexer.entities.posts import HEADS_OF_MINISTRY, parse_post
from indexer.entities.words import rows
from indexer.model import Entities, Official, Post

CERTAIN = frozenset({"text", "dateline", "district"})
LEARNED = "learned"  # the basis of a province that another article's testimony gave
OPEN = frozenset({LEARNED, "commune", "domain"})
LOCAL = frozenset({"tỉnh", "huyện", "khu vực", "xã"})


@dataclass(frozen=True, slots=True)
class Testimony:
    """A person at a post on a day, and in which province ("" where that is the question).

    `place` is the one the post itself names: "" in "Chỉ huy trưởng Bộ CHQS tỉnh", "Ba Vì" in "Bí thư Huyện ủy Ba Vì".
    `day` is at its own precision. Names and ranks are in lower case.
    """

    name: str
    rank: str
    head: str
    body: str
    level: str
    place: str
    day: str
    province: str = ""

    def key(self) -> str:
        """The facet key that holds all fields."""
        return SEPARATOR.join(getattr(self, name).replace(SEPARATOR, "/") for name in self.__slots__)

    @property
    def year(self) -> str:
        """The year of the testimony's day."""
        return self.day[:4]

    def same_post(self, other: Testimony) -> bool:
        """Whether both are of one person at one post; what "tỉnh" means is told by the province alone."""
        mine, theirs = ((each.name, each.head, each.body, each.level, each.place) for each in (self, other))
        return mine == theirs

    def same_map(self, other: Testimony) -> bool:
        """Whether the province taught was on both days what it is on either: a reform ends what is known of it."""
        row = era(self.province or other.province, self.day)
        return row is not None and row == era(self.province or other.province, other.day)


@dataclass(frozen=True, slots=True)
class Taught:
    """What other articles teach an article: the province, and the official whom they name at the same post there."""

    name: str
    province: str

    def key(self) -> str:
        """The facet key of what was taught."""
        return f"{self.name}{SEPARATOR}{self.province}"


def testimony_of(key: str) -> Testimony:
    """The reverse of Testimony.key()."""
    return Testimony(*key.split(SEPARATOR)[:8])


def taught_of(key: str) -> Taught:
    """What a facet key says was taught."""
    return Taught(*key.split(SEPARATOR)[:2])


def testimony_keys(entities: Entities) -> dict[str, tuple[str, ...]]:
    """The facets "teaches" and "asks" of an article; both empty where its day or its officials' posts are not told."""
    provinces, day = entities.provinces, entities.published.date
    certain = len(provinces) == 1 and provinces[0].basis in CERTAIN
    opened = not provinces or provinces[0].basis in OPEN
    posts = list(local_posts(entities.officials, day)) if day and (certain or opened) else []
    return {
        "teaches": unique(taught.key() for official, post in posts if certain and day
                          if (taught := teaching(official, post, provinces[0].name, day))),
        "asks": unique(statement(official, post, day).key() for official, post in posts if opened and day
                       if not names_province(post)),
    }  # fmt: skip


def local_posts(officials: tuple[Official, ...], day: str | None) -> Iterator[tuple[Official, Post]]:
    """The public posts held below the centre, each read by its own words alone."""
    for official in officials:
        for text in official.posts:
            post = parse_post(text, (), day)
            public = post.cls and post.head and post.head not in HEADS_OF_MINISTRY
            if public and post.level in LOCAL and post.status == IN_OFFICE:
                yield official, post


def statement(official: Official, post: Post, day: str, province: str = "") -> Testimony:
    """The testimony of an official's post on a day."""
    rank = (official.rank or "").lower()
    return Testimony(official.name.lower(), rank, post.head, post.body, post.level, post.place, day, province)


def teaching(official: Official, post: Post, province: str, day: str) -> Testimony | None:
    """What an article on `province` teaches of a post: its own place, else that the post is there."""
    where = post.place if names_province(post) else province_of(post, (province,)) or province
    if where != province and not names_province(post):
        return None  # a district of another province: a guest
    unplaced = "" if post.level == "tỉnh" else post.place
    return Testimony(official.name.lower(), (official.rank or "").lower(), post.head, post.body, post.level, unplaced,
                     day, where)


def names_province(post: Post) -> bool:
    """Whether a post names its province itself."""
    return post.level == "tỉnh" and bool(post.place)


def grade(rank: str) -> int:
    """The height of a rank by the law's table; 0 for none."""
    return next((int(row["grade"]) for row in rows("ranks.csv") if rank.lower().startswith(row["rank"].lower())), 0)
