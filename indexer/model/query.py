"""The engine-neutral query: a tree of nodes that says which articles match, and terms that say how they are scored."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """Articles that hold a syllable. `folded`: compare accent-free forms; `title`: in the title only."""

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Articles that hold two syllables side by side, no punctuation between. `text`: both, accent-free ("quan su")."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles that hold syllables at consecutive positions.

    With `slop` > 0: in any order, within a window of len(words) + slop positions.
    """

    words: tuple[Word, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles that hold a syllable that begins with `text`.

    Engines use the commonest such syllables only, up to a limit (MAX_EXPANSIONS).
    """

    text: str
    folded: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """Articles that hold at least one of `keys` in the facet `facet`."""

    facet: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """Articles that hold a key of `facet` in [low, high], compared as strings (years, ISO dates). None: no bound."""

    facet: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Articles that match all nodes; All(()) matches every article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that match at least one node; AnyOf(()) matches no article."""

    nodes: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match the node."""

    node: Node


@dataclass(frozen=True, slots=True)
class Share:
    """Articles whose matching nodes have at least `share` (0 to 1) of the summed idf of all `nodes`.

    With `of_best`: of the largest such sum that any article of the index has. Used for long queries such as headlines
    and questions, where few articles hold every word.
    """

    nodes: tuple[Node, ...]
    share: float
    of_best: bool = False


Node = Word | Pair | Phrase | Prefix | Value | Between | All | AnyOf | Not | Share


@dataclass(frozen=True, slots=True)
class ScoringTerm:
    """A term that adds `weight` x BM25 to the score. `field` is syllable, folded, pair or word."""

    field: str
    term: str
    weight: float


@dataclass(frozen=True, slots=True)
class Filter:
    """The values of one facet that the reader has chosen.

    An article must hold one of the `keys`, and match all filters of a query. A facet's own filter does not narrow its
    own counts. If `node` is given, it is what articles must match instead of holding a key: a span of days.
    """

    facet: str
    keys: tuple[str, ...]
    node: Node | None = None


NO_LIMIT = 1 << 30  # as Query.limit: all matches


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query.

    text     as the reader typed it
    match    the tree that decides which articles match
    scoring  the terms that make up the score
    filters  the chosen facet values
    sort     relevance, newest or oldest; relevance means newest if `scoring` is empty
    offset, limit  the page of results: articles offset to offset + limit - 1
    facets   the facets to count: (facet name, number of values)
    applied  interpretations that the parser added, to be shown to the reader ("Mở rộng CHQS: Chỉ huy quân sự")
    unread   parts of the text that could not be parsed; they are searched as words. Parsing never fails.
    question  the accent-free words of a question, which should stand close together; no engine looks at them
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
    question: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """An interpretation that the parser added on its own. It is shown to the reader, who can switch off its `kind`.

    `label` is the sentence shown; `text` is the query text it is about; `count` is how many articles a reading finds
    that was taken because the query as typed finds none, and None for others.
    """

    kind: str
    label: str
    text: str = ""
    count: int | None = None
