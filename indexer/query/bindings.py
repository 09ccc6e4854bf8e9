"""chức: with người:, tỉnh: and năm: means one mention: the same person at the same post, in the same place and year.

The index holds one key a mention (entities/post_keys.py). They are read once an opened index into a table, so that a
question about a post looks at the mentions of that post only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from indexer.entities.post_keys import WIDE, Bound, bound_of
from indexer.entities.posts import parse_post, same_post
from indexer.model import All, AnyOf, Node, Post, Value
from indexer.query.lexicon import Lexicon

FACET = "mention"
YEARS = "0000", "9999"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one mention must hold; None asks for nothing. `people` are official keys, `provinces` province keys."""

    post: str | None = None
    people: Collection[str] | None = None
    provinces: Collection[str] | None = None
    years: tuple[str | None, str | None] | None = None

    def node(self, lexicon: Lexicon) -> Node:
        """The articles with such a mention.

        A post that reaches beyond one province ("Tư lệnh Quân khu 7") has no province: there the article's counts.
        """
        near = Value(FACET, mention_keys(lexicon, self))
        if not self.provinces:
            return near
        wide = mention_keys(lexicon, Asked(self.post, self.people, None, self.years), wide=True)
        return AnyOf((near, All((Value(FACET, wide), Value("province", tuple(self.provinces)))))) if wide else near


def mention_keys(lexicon: Lexicon, asked: Asked, *, wide: bool = False) -> tuple[str, ...]:
    """The keys of all mentions that hold what is `asked`; with `wide` only those of posts without a province."""
    post = parse_post(asked.post) if asked.post else None
    low, high = asked.years or YEARS
    found = (
        (key, bound)
        for key, bound in table(lexicon).about(post, asked.people)
        if (post is None or same_post(post, post_of(bound)))
        and (asked.people is None or bound.person in asked.people)
        and (asked.provinces is None or bound.province in asked.provinces)
        and (asked.years is None or (low or YEARS[0]) <= bound.year <= (high or YEARS[1]))
        and (not wide or bound.level in WIDE)
    )
    return tuple(key for key, _ in found)


def post_of(bound: Bound) -> Post:
    return Post("", bound.status, bound.head, bound.body, "", bound.level, bound.place)


# --- the mentions of an index -------------------------------------------------------------------------

Mentions = list[tuple[str, Bound]]


@dataclass(slots=True)
class Table:
    """Every mention of an index, by the head of its post and by its person."""

    all: Mentions = field(default_factory=list)
    by_head: dict[str, Mentions] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[str, Mentions] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, lexicon: Lexicon) -> Table:
        table = cls()
        for key, _ in lexicon.terms(FACET):
            row = key, bound_of(key)
            table.all.append(row)
            table.by_head[row[1].head].append(row)
            table.by_person[row[1].person].append(row)
        return table

    def about(self, post: Post | None, people: Collection[str] | None) -> Iterator[tuple[str, Bound]]:
        """The mentions worth looking at: those of the people asked for, else of the post's head, else all."""
        if people is not None:
            for person in people:
                yield from self.by_person.get(person, ())
        elif post is not None and post.head:
            yield from self.by_head.get(post.head, ())
        else:
            yield from self.all


TABLES: WeakKeyDictionary[Lexicon, Table] = WeakKeyDictionary()


def table(lexicon: Lexicon) -> Table:
    """The mentions of an opened index: it answers for one generation, so they are read once."""
    found = TABLES.get(lexicon)
    if found is None:
        found = TABLES[lexicon] = Table.of(lexicon)
    return found
