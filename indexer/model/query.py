"""What a reader asks, as an engine-neutral query."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable. `folded` matches the accent-free form; `title` restricts it to the title."""

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Syllables in a row; with `slop` > 0, in any order within a window of len(words) + slop positions."""

    words: tuple[Word, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any syllable that begins with `text`; at most the engine's bound of expansions, commonest first."""

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Articles holding any of `keys` in the facet field `facet`."""

    facet: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Articles with a key of `facet` in [low, high], compared as strings (years, ISO dates); None is open."""

    facet: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Every node matches; All(()) is every article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one node matches; AnyOf(()) is no article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the node."""
    node: Node


@dataclass(frozen=True, slots=True)
class Share:
    """Articles holding at least `share` (0..1) of the summed idf of `nodes`: the rule for headlines and questions."""

    nodes: tuple[Node, ...]
    share: float


Node = Word | Phrase | Prefix | Value | Between | All | AnyOf | Not | Share


@dataclass(frozen=True, slots=True)
class ScoringTerm:
    """A weighted term of the score: `field` is syllable, folded, pair or word; each adds weight x BM25."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Filter:
    """Chosen values of one facet: OR within, AND across; a facet's own filter does not narrow its own counts.

    `node` is what the values ask for where they are no keys of the facet: a span of days.
    """

    facet: str
    keys: tuple[str, ...]
    node: Node | None = None


EVERY = 1 << 30  # as a limit: all that match


@dataclass(frozen=True, slots=True)
class Query:
    """What the reader asked, read. Never fails to exist: what could not be read is in `unread` and searched as words.

    match    which articles count; scoring: what orders them
    applied  readings taken on the reader's behalf, as sentences ready to show ("Mở rộng CHQS: Chỉ huy quân sự")
    facets   (facet name, how many values) to count
    sort     relevance, newest or oldest; without words relevance means newest
    """

    text: str = ""
    match: Node = All()
    scoring: tuple[ScoringTerm, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    facets: tuple[tuple[str, int], ...] = ()
    applied: tuple[Applied, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """A reading the search took on its own: visible, named, and removable by switching `kind` off."""

    kind: str
    label: str
    text: str = ""
