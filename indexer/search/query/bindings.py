"""chức: with người:, tỉnh: and năm: means one mention: the same person at the same post, in the same place and year.

Posts compare as parsed, never as a run of words: "Chỉ huy trưởng" finds "CHT Bộ CHQS", not "Phó Chỉ huy trưởng". The
index holds one key a mention (entities/post_keys.py). They are read once an opened index into a table, so that a
question about a post looks at the mentions of that post only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from indexer.entities.post_keys import WIDE, Bound, bound_of, post_of_key
from indexer.entities.posts import parse_post, same_post
from indexer.entities.unaccented import accented
from indexer.model import All, AnyOf, Node, Post, Value
from indexer.search.per_engine import per_engine
from indexer.search.query.lexicon import Lexicon
from indexer.search.query.tree import Either, Every, Field, Keys, Range, Tree

FACET = "mention"
YEARS = "0000", "9999"


def bind(nodes: Sequence[Tree], lexicon: Lexicon) -> list[Tree]:
    """The parts of a conjunction with each chức: bound to the người:, tỉnh: and năm: beside it.

    A post nobody in the index holds stays as it is, and is searched as words.
    """
    posts = [node for node in nodes if isinstance(node, Field) and node.name == "post" and held(node.value, lexicon)]
    if not posts:
        return list(nodes)
    beside = Beside.of(nodes)
    rest = [node for node in nodes if node not in posts and node not in beside.taken]
    return [*rest, *(beside.bound(post, lexicon) for post in posts)]


def held(post: str, lexicon: Lexicon) -> bool:
    """Whether anyone in the index holds `post`."""
    asked = parse_post(accented(post))
    return bool(asked.head in heads_of(lexicon) if asked.head else post_keys(asked, lexicon))


def heads_of(lexicon: Lexicon) -> frozenset[str]:
    """The heads of all posts that the index knows ("chủ tịch", "chỉ huy trưởng")."""
    return frozenset(table(lexicon).posts_by_head)


def post_keys(asked: Post, lexicon: Lexicon) -> tuple[str, ...]:
    """The keys of the facet "post" that are the post asked for."""
    by_head = table(lexicon).posts_by_head
    near = by_head.get(asked.head, []) if asked.head else [each for posts in by_head.values() for each in posts]
    return tuple(key for key, post in near if same_post(asked, post))


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a chức: and belongs to the same mention."""

    taken: tuple[Tree, ...] = ()
    people: tuple[str, ...] | None = None
    provinces: tuple[str, ...] | None = None
    years: tuple[str | None, str | None] | None = None

    @classmethod
    def of(cls, nodes: Sequence[Tree]) -> Beside:
        """The first người:, tỉnh: and năm: among the parts; more of a kind stay conditions of the article."""
        keys = {node.facet: node for node in reversed(nodes) if isinstance(node, Keys)}
        year = next((node for node in nodes if isinstance(node, Range) and node.name == "year"), None)
        official, province = keys.get("official"), keys.get("province")
        return cls(
            tuple(node for node in (official, province, year) if node is not None),
            official.keys if official else None,
            province.keys if province else None,
            (year.low, year.high) if year else None,
        )

    def bound(self, post: Field, lexicon: Lexicon) -> Tree:
        """The chức: as keys: of the facet "post" where it stands alone, else of mentions."""
        written = accented(post.value)
        if not self.taken and not parse_post(written).place:
            return Keys("post", post_keys(parse_post(written), lexicon), post.start, post.end)
        asked = Asked(written, self.people, self.provinces, self.years)
        near = Keys(FACET, mention_keys(lexicon, asked), post.start, post.end)
        wide = mention_keys(lexicon, Asked(written, self.people, None, self.years), wide=True)
        if not (self.provinces and wide):
            return near
        of_article = Keys("province", self.provinces, post.start, post.end)
        return Either((near, Every((Keys(FACET, wide, post.start, post.end), of_article))))


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
    post = parse_post(accented(asked.post)) if asked.post else None
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
    """A bound post as a Post to compare with."""
    return Post("", bound.status, bound.head, bound.body, "", bound.level, bound.place)


# --- the mentions of an index -------------------------------------------------------------------------

Mentions = list[tuple[str, Bound]]


@dataclass(slots=True)
class Table:
    """Every mention of an index, by the head of its post and by its person."""

    all: Mentions = field(default_factory=list)
    by_head: dict[str, Mentions] = field(default_factory=lambda: defaultdict(list))
    by_person: dict[str, Mentions] = field(default_factory=lambda: defaultdict(list))
    posts_by_head: dict[str, list[tuple[str, Post]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, lexicon: Lexicon) -> Table:
        """The table of an index, from its terms of the facets mention and post."""
        table = cls()
        for key, _ in lexicon.terms(FACET):
            row = key, bound_of(key)
            table.all.append(row)
            table.by_head[row[1].head].append(row)
            table.by_person[row[1].person].append(row)
        for key, _ in lexicon.terms("post"):
            post = post_of_key(key)
            table.posts_by_head[post.head].append((key, post))
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


@per_engine
def table(lexicon: Lexicon) -> Table:
    """The mentions of an opened index."""
    return Table.of(lexicon)
