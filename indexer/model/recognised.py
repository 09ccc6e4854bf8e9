"""What a search recognised in its query: parts that name things, narrower searches, cards and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Recognised:
    """A part of the query that names a value of a facet. It is offered as a filter, never applied unasked.

    facet, keys  the facet and its keys that the part names; "day" has one key, a span "2025-07-01..2025-07-01"
    label        how the value is shown
    text         the part as typed, with the function words before it; `start` and `end` are its place in the query
    query        the rest of the query: without the part and, if words are left, without the other parts
    count        how many articles `query` finds with the part as a filter, under the filters already chosen
    """

    facet: str
    keys: tuple[str, ...]
    label: str
    text: str
    start: int
    end: int
    query: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A narrower search to choose: the query `text` with `filters` (facet -> keys) beside the chosen ones.

    `labels` name the filters. `kind` is "together" (all recognised parts as filters), "part" (one of them) or "phrase"
    (the query as a phrase).
    `count` is how many articles it finds.
    """

    kind: str
    labels: tuple[str, ...]
    text: str
    count: int
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What it is called: "Thanh Hóa · 2024"."""
        return " · ".join(self.labels)


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as newspapers name it for a person, and the first and last year they do; "" where no year is known."""

    post: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person whom the query names. `key` is the facet key, `place` tells namesakes apart."""

    key: str
    name: str
    place: str
    posts: tuple[PostHeld, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class ProvinceCard:
    """A province whom the query names: its name, the present one, and how many articles are about it."""

    name: str
    now: str
    articles: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Who held the post that a question asks for, by what newspapers say.

    person, name, rank  the facet key of the person, the name, the rank as last named
    post                the post in canonical words
    first, last         ISO dates of the first and last article that says so; "" where none is dated
    articles            how many articles say so
    id, title, url, published, quote  the article that proves it, and its sentence
    """

    person: str
    name: str
    rank: str
    post: str
    first: str
    last: str
    articles: int
    id: str
    title: str
    url: str
    published: str
    quote: str


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value of a filter, or of a field in the query, that no value of the facet is called.

    `nearest` are labels of the values most like it, `message` says so in a sentence. `chosen`: it is a filter's.
    """

    facet: str
    value: str
    message: str
    nearest: tuple[str, ...] = ()
    chosen: bool = True
