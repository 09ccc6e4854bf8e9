"""Who held what, when: each person at each post with the years newspapers named them so, and the words that prove it.

The years are years of publication, never a term of office. Holdings are worked out from the mention keys of an index
(entities/post_keys.py), which are in memory; articles are read only for the rows that are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from indexer.engine.port import Engine
from indexer.entities import label
from indexer.entities.places import gazetteer
from indexer.entities.post_keys import Bound, bounds, has_page
from indexer.entities.posts import parse_post, same_post
from indexer.entities.unaccented import accented
from indexer.model import NO_LIMIT, Entry, Post, Query, Value
from indexer.search.mentions import PAGE, MentionRow, post_name, rows_of
from indexer.search.people import People, Person
from indexer.search.per_engine import per_engine
from indexer.search.query.values import filter_keys
from indexer.text import fold
from indexer.text.collate import given_name_key

FEW = 60  # rows up to which the newest article of each is looked up by itself
NEAREST, LIKENESS = 3, 0.6  # known values offered for an unknown one, and how alike they must be (difflib's ratio)


@dataclass(frozen=True, slots=True)
class Holding:
    """A person at a post in a place. `bounds` are the mentions that were asked for, `years` all years it was named."""

    person: Person
    post: Post
    province: str
    bounds: tuple[Bound, ...]
    years: tuple[Bound, ...]

    @property
    def name(self) -> str:
        """The post in canonical words: "nguyên Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa"."""
        return post_name(self.post.status, self.post.head, self.post.body, self.post.level, self.post.place)

    @property
    def span(self) -> tuple[str, str]:
        """The first and last year of publication, "" where none is known."""
        known = sorted({bound.year for bound in self.years if bound.year}) or [""]
        return known[0], known[-1]


@dataclass(frozen=True, slots=True)
class Proof:
    """A holding with the newest mention among those asked for; None where no article has it any more."""

    holding: Holding
    row: MentionRow | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which holdings: all that is given must hold for one and the same mention. "" and None ask for nothing.

    name      part of a person's name
    post      a post in any spelling
    province  a province by name, with or without accents
    years     first and last year of publication; an open end is None
    levels    levels of the post ("tỉnh"); empty for any
    """

    name: str = ""
    post: str = ""
    province: str = ""
    years: tuple[str | None, str | None] | None = None
    levels: Collection[str] = ()


def find(engine: Engine, people: People, asked: Asked) -> list[Holding]:
    """The holdings asked for, those named last first; within a year by given name."""
    wanted = {id(person) for person in people.search(asked.name)} if asked.name else None
    post = parse_post(accented(asked.post)) if asked.post else None
    provinces = filter_keys("province", asked.province, engine) or (asked.province,) if asked.province else None
    found = (
        holding for holding in every(people)
        if (wanted is None or id(holding.person) in wanted)
        and (post is None or same_post(post, holding.post))
        and (provinces is None or holding.province in provinces)
        and (not asked.levels or holding.post.level in asked.levels)
    )  # fmt: skip
    return [within for holding in found if (within := in_years(holding, asked.years))]


@per_engine
def every(people: People) -> tuple[Holding, ...]:
    """All holdings of these people, those named last first. Persons with a rank alone have none."""
    made = [holding for person in people for holding in of_person(person)]
    made.sort(key=lambda holding: given_name_key(holding.person.name))
    made.sort(key=lambda holding: (holding.span[1], holding.span[0]), reverse=True)
    return tuple(made)


def of_person(person: Person) -> Iterator[Holding]:
    """The holdings of one person."""
    grouped: dict[tuple[Post, str], list[Bound]] = defaultdict(list)
    for bound in person.held:
        if bound.head:
            post = Post("", bound.status, bound.head, bound.body, "", bound.level, bound.place)
            grouped[post, bound.province].append(bound)
    for (post, province), told in grouped.items():
        ordered = tuple(sorted(told, key=lambda bound: bound.year))
        yield Holding(person, post, province, ordered, ordered)


def in_years(holding: Holding, years: tuple[str | None, str | None] | None) -> Holding | None:
    """The holding with the mentions of the years asked for; None where there are none."""
    if years is None:
        return holding
    low, high = years[0] or "0001", years[1] or "9999"
    bounds = tuple(bound for bound in holding.bounds if bound.year and low <= bound.year <= high)
    return replace(holding, bounds=bounds) if bounds else None


def years_of(written: str) -> tuple[str | None, str | None] | None:
    """The years (first, last) of "2023", "2021-2023", "2021-" or "-2023"; an open end is None. None for other texts."""
    low, dash, high = (part.strip() for part in written.replace("..", "-").replace("–", "-").partition("-"))
    if not (low or high) or any(part and not (part.isdecimal() and len(part) == 4) for part in (low, high)):
        return None
    return (low or None, high or None) if dash else (low, low)


# --- the words that prove it --------------------------------------------------------------------------


def proofs(engine: Engine, holdings: Sequence[Holding]) -> list[Proof]:
    """Each holding with the newest article that says it; in the order given.

    A few are looked up one by one. For many, the articles that have any of them are read once, the newest first.
    """
    by_key = {bound.key(): at for at, holding in enumerate(holdings) for bound in holding.bounds}
    ids = newest_of_each(engine, holdings) if len(holdings) <= FEW else newest_of_any(engine, by_key)
    found: dict[int, MentionRow] = {}
    for at in range(0, len(ids), PAGE):
        for entry in engine.entries(ids[at : at + PAGE]):
            for key, row in keyed_rows(entry):
                if (held := by_key.get(key)) is not None:
                    found.setdefault(held, row)
        if len(found) == len(holdings):
            break
    return [Proof(holding, found.get(at)) for at, holding in enumerate(holdings)]


def newest_of_each(engine: Engine, holdings: Sequence[Holding]) -> list[str]:
    """The newest article of each holding, each article once; the newest articles stand first."""
    ids: dict[str, None] = {}
    for holding in holdings:
        newest = max(bound.year for bound in holding.bounds)
        keys = tuple(bound.key() for bound in holding.bounds if bound.year == newest)
        ids |= dict.fromkeys(hit.id for hit in engine.find(
            Query(match=Value("mention", keys), sort="newest", limit=1)).hits)
    return list(ids)


def newest_of_any(engine: Engine, keys: Iterable[str]) -> list[str]:
    """Every article with one of these mentions, the newest first."""
    found = engine.find(Query(match=Value("mention", tuple(keys)), sort="newest", limit=NO_LIMIT))
    return [hit.id for hit in found.hits]


def keyed_rows(entry: Entry) -> Iterator[tuple[str, MentionRow]]:
    """The rows of an article, each with the mention key that the index holds of it."""
    for official in filter(has_page, entry.entities.officials):
        keys = (bound.key() for bound in bounds(official, entry.entities))
        yield from zip(keys, rows_of(entry, official), strict=True)


# --- values nobody knows ------------------------------------------------------------------------------


def nearest_posts(people: People, post: str) -> list[str]:
    """Known posts ("Chỉ huy trưởng Bộ CHQS") that are spelled like one that nobody holds."""
    return nearest(post, {f"{h.post.head} {h.post.body}".strip() for h in every(people)})


def nearest_names(people: People, name: str) -> list[str]:
    """Names of people that are spelled like one that nobody has."""
    return nearest(name, {person.name for person in people})


def nearest_provinces(province: str) -> list[str]:
    """Provinces of either map that are spelled like one that there is not."""
    return nearest(province, {label("province", name) for name in gazetteer().eras})


def nearest(text: str, known: Collection[str]) -> list[str]:
    """The known texts that are most alike, without regard to accents and case; at most NEAREST."""
    by_spelling = {fold(each).lower(): each for each in sorted(known)}
    return [by_spelling[each] for each in get_close_matches(fold(text).lower(), by_spelling, NEAREST, LIKENESS)]
