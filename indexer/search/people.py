"""People across articles: who is one person, held by what, and who only might be.

A person is all mentions with one key (name and province, or name and body). Two keys become one person only where an
article states the move ("nguyên Chỉ huy trưởng Bộ CHQS tỉnh …", "được điều động giữ chức …") and dates and ranks
allow it, or where an editor's row says so; equal names alone are shown as "có thể là cùng một người". Nothing here is
stored: it is worked out from the index at hand, so that a correction never makes an index outdated.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.moves import moved
from indexer.entities.post_keys import IN_OFFICE, Bound
from indexer.entities.testimony import grade
from indexer.model import Query, Value
from indexer.search.corrections import Correction
from indexer.search.mentions import MentionRow, rows
from indexer.search.per_engine import per_engine
from indexer.search.query.bindings import table
from indexer.text import fold, normalize

READ = 5  # articles looked at for the sentence that states a move
PLACED_ALONE = ("tỉnh", "quân khu")  # one of a name in the whole country
PLACED = ("tỉnh", "huyện", "khu vực", "xã", "quân khu")


@dataclass(frozen=True, slots=True)
class Move:
    """Why two keys are one person: the article that says so and its sentence."""

    keys: frozenset[str]
    article: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Person:
    """One person: `id` is the first of the `keys` in order; `held` are the mentions, `moves` what joined the keys."""

    id: str
    name: str
    keys: tuple[str, ...]
    held: tuple[Bound, ...]
    moves: tuple[Move, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def place(self) -> str:
        """What tells namesakes apart: the province or body of the first key."""
        return self.id.partition("@")[2]


class People:
    """Everyone an index names, after corrections."""

    def __init__(self, engine: Engine, corrections: Sequence[Correction] = ()) -> None:
        self._by_key: dict[str, Person] = {}
        held = held_by_key(engine)
        barred = {key for each in corrections if each.action == "not-official" for key in each.keys}
        apart = [frozenset(each.keys) for each in corrections if each.action == "split"]
        named = {each.keys[0]: each.keys[1] for each in corrections if each.action == "rename"}
        groups = Groups(held.keys() - barred, apart)
        for each in corrections:
            if each.action == "merge":
                groups.join(each.keys)
        moves = [move for move in stated_moves(engine) if groups.join(tuple(move.keys))]
        for keys in groups.all():
            person = made(keys, held, moves, corrections, named)
            self._by_key |= dict.fromkeys(keys, person)

    def get(self, key: str) -> Person | None:
        """The person of a key, whichever of his keys it is; None for nobody or nobody official."""
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[Person]:
        return iter(dict.fromkeys(self._by_key.values()))

    def search(self, text: str) -> list[Person]:
        """Everyone whose name holds the words of `text` in a row, in any case, with or without accents."""
        wanted = f" {' '.join(normalize(text).lower().split())} "
        spelled: Callable[[str], str] = fold if fold(wanted) == wanted else str
        return [person for person in self if wanted in f" {spelled(person.name.lower())} "]

    def maybe_same(self, person: Person) -> list[Person]:
        """Others of the same name: shown as "có thể là cùng một người", never merged."""
        return [other for other in self if other.name == person.name and other is not person]

    def corrected(self, mentions: Iterable[MentionRow]) -> Iterator[MentionRow]:
        """Rows under the ids and names of their people; rows of nobody official are left out."""
        for row in mentions:
            if person := self.get(row.person):
                renamed = any(each.action == "rename" for each in person.corrections)
                yield replace(row, person=person.id, name=person.name if renamed else row.name)


def summary(mentions: Sequence[MentionRow]) -> dict[str, Any]:
    """One person's rows as the JSON of `quocphong officials`: ranks and posts with the days named and the articles."""
    first = mentions[0]
    ranks = periods((row.rank, row) for row in mentions if row.rank)
    posts = periods((row.post_name, row) for row in mentions if row.head)
    return {
        "id": first.person,
        "name": Counter(row.name for row in mentions).most_common(1)[0][0],
        "ranks": [{"rank": period.name} | period.as_json() for period in ranks],
        "posts": [{"post": period.name} | period.as_json() for period in posts],
        "articles": len({row.id for row in mentions}),
    }


@dataclass(frozen=True, slots=True)
class Period:
    """When newspapers named someone by one rank or post, and where. It is never a term of office.

    name         the rank or post
    first, last  ISO dates of the first and last naming, "" where no article has one; what each rests on
    articles     the mentions, the oldest first
    """

    name: str
    first: str
    first_basis: str
    last: str
    last_basis: str
    province: str
    articles: tuple[MentionRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The period without its name, as `quocphong officials --json` prints it."""
        return {
            "first": self.first, "first_basis": self.first_basis, "last": self.last, "last_basis": self.last_basis,
            "province": self.province,
            "articles": [{"id": row.id, "url": row.url, "published": row.published, "basis": row.published_basis,
                          "title": row.title, "source": row.source, "sentence": row.sentence}
                         for row in self.articles],
        }  # fmt: skip


def periods(named: Iterable[tuple[str, MentionRow]]) -> Iterator[Period]:
    """The period of each name in (name, mention) pairs, in order of first naming."""
    by_name: dict[str, list[MentionRow]] = defaultdict(list)
    for name, row in named:
        by_name[name].append(row)
    for name, named_so in sorted(by_name.items(), key=lambda each: min(row.published or "9" for row in each[1])):
        days = sorted((row.published, row.published_basis) for row in named_so if row.published) or [("", "none")]
        province = next((row.province for row in named_so if row.province), "")
        yield Period(name, *days[0], *days[-1], province, tuple(sorted(named_so, key=lambda row: row.published)))


# --- who is one person --------------------------------------------------------------------------------


class Groups:
    """Keys joined into people, never two that must stay apart."""

    def __init__(self, keys: Iterable[str], apart: Sequence[frozenset[str]]) -> None:
        self._group = {key: {key} for key in keys}
        self._apart = apart

    def join(self, keys: Sequence[str]) -> bool:
        """Make one person of the `keys` there are; False where that would join some that are kept apart."""
        known = [key for key in keys if key in self._group]
        together = set().union(*(self._group[key] for key in known))
        if len(known) < 2 or any(len(together & kept) > 1 for kept in self._apart):
            return False
        self._group |= dict.fromkeys(together, together)
        return True

    def all(self) -> list[tuple[str, ...]]:
        """Every group with its keys in order; groups in order."""
        return sorted({tuple(sorted(group)) for group in self._group.values()})


def made(
    keys: tuple[str, ...], held: dict[str, list[Bound]], moves: Sequence[Move], corrections: Sequence[Correction],
    named: dict[str, str],
) -> Person:  # fmt: skip
    """The person behind these facet keys.

    `held` gives the posts of each key, `named` the names that editors chose. Moves and corrections that do not
    concern the keys are left out.
    """
    about = tuple(each for each in corrections if set(each.keys) & set(keys))
    name = next((named[key] for key in keys if key in named), label("official", keys[0]))
    joined = tuple(move for move in moves if move.keys <= set(keys))
    return Person(keys[0], name, keys, tuple(bound for key in keys for bound in held[key]), joined, about)


def held_by_key(engine: Engine) -> dict[str, list[Bound]]:
    """The mentions of an index by person key."""
    return {key: [bound for _, bound in found] for key, found in table(engine).by_person.items()}


# --- moves an article states --------------------------------------------------------------------------


@per_engine
def stated_moves(engine: Engine, *, pause: Callable[[], None] = lambda: None) -> tuple[Move, ...]:
    """The moves the articles of an index state. `pause` is called between articles."""
    return tuple(moves(engine, pause))


def moves(engine: Engine, pause: Callable[[], None]) -> Iterator[Move]:
    """Where one key is given a post that another key of the same name holds, and an article states it."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    known = table(engine)
    for _, bound in known.all:
        if bound.status == IN_OFFICE and (post := placed_post(bound)):
            holders[post].add(bound.person)
    for key, bound in known.all:
        pause()
        post = placed_post(bound)
        for other in sorted(holders.get(post, ())) if post else ():
            if other != bound.person and (move := stated(engine, key, bound, other)):
                yield move


def placed_post(bound: Bound) -> tuple[str, ...] | None:
    """Name, post and place: what must be equal; None for a post whose place is not told.

    Many provinces have a Châu Thành: below the province the place counts with its province, and without it is not told.
    """
    if not bound.head or bound.level not in PLACED or not bound.place:
        return None
    within = "" if bound.level in PLACED_ALONE else bound.province
    if not within and bound.level not in PLACED_ALONE:
        return None
    return bound.person.partition("@")[0], bound.head, bound.body, bound.level, bound.place, within


def stated(engine: Engine, key: str, bound: Bound, other: str) -> Move | None:
    """The move an article with mention `key` states ("nguyên" or a word of moving), if dates and ranks allow it."""
    found = engine.find(Query(match=Value("mention", (key,)), sort="newest", limit=READ))
    theirs = told_of(engine, other)
    for entry in engine.entries([hit.id for hit in found.hits]):
        for row in rows(entry):
            same = (row.person, row.status, row.head, row.body, row.place)
            if same != (bound.person, bound.status, bound.head, bound.body, bound.place):
                continue
            says = row.status == "nguyên" or moved(row.sentence, row.name)
            if says and allowed(row, theirs):
                return Move(frozenset((bound.person, other)), row.id, row.sentence)
    return None


def told_of(engine: Engine, person: str) -> list[MentionRow]:
    """The mentions of a person in at most 200 articles, oldest first."""
    found = engine.find(Query(match=Value("official", (person,)), sort="oldest", limit=200))
    entries = engine.entries([hit.id for hit in found.hits])
    return [row for entry in entries for row in rows(entry) if row.person == person]


def allowed(row: MentionRow, theirs: Sequence[MentionRow]) -> bool:
    """Nobody is former before the last time named in office (a year's grace), and nobody has lost rank since."""
    in_office = [their.published for their in theirs if their.head == row.head and their.status == IN_OFFICE]
    if row.status == "nguyên" and row.published and any(day[:4] > row.published[:4] for day in in_office if day):
        return False
    before = [grade(their.rank) for their in theirs if their.published <= row.published and their.rank]
    return not (row.rank and before) or grade(row.rank) >= max(before)
