"""What an index stores (Entry), what an engine finds (Found) and what a search returns (Results)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.model.article import Article
from indexer.model.entities import Entities
from indexer.model.query import Query
from indexer.model.recognised import Answer, Narrowing, PersonCard, ProvinceCard, Recognised, UnknownValue

SINCE = "since"  # name of the facet that holds the generation in which an article was added or changed


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with its entities, as an engine stores and returns it.

    keys          its facet keys by facet name ({"province": ("Kon Tum",), "year": ("2022",), …}); engines count and
                  filter by them without knowing what they mean
    root          the corpus root it was read from
    digest        a hash of its content
    duplicate_of  the id of an earlier article with the same text, or None
    """

    article: Article
    entities: Entities
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    root: str = ""
    digest: str = ""
    duplicate_of: str | None = None

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id

    @property
    def day(self) -> str:
        """The publication date to sort by; "" if unknown (sorted last)."""
        return self.entities.published.date or ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A matching article: its id and its score (0.0 if sorted by date)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of an engine: the exact total, one page of matches, and per facet (key, count), commonest first."""

    total: int
    hits: tuple[Scored, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match ready to show.

    snippet      plain text around the words found; `marks` are the (start, end) spans to highlight in it
    title_marks  the same for the article's title
    tier         how the article holds the query: exact (as typed), accents (under other accents) or share (part of it)
    """

    entry: Entry
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    tier: str = "exact"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its key, its label for readers, its articles in the result, whether a filter chose it."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of a result with its values, commonest first."""

    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Another interpretation that the reader may choose.

    text     the query to ask instead
    more     how many articles it adds to the result; None where it finds other articles
    filters  filters to change with it: facet -> keys, () removes the filter
    kind     what it is: abbreviation, former (a former or present name), english, accents (the same words under any
             accents), or the kind of slip that it mends (`indexer.search.query.correct.KINDS`)
    count    how many articles the query finds
    """

    label: str
    text: str
    more: int | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of an empty result: one change, in words, and how many articles the changed search finds.

    Exactly one of the changes is given: `query` replaces the text, `without` drops the filter of that facet ("*" drops
    all filters), `off` switches an interpretation off.
    """

    label: str
    count: int
    query: str | None = None
    without: str | None = None
    off: str | None = None


@dataclass(frozen=True, slots=True)
class NearMatches:
    """Articles that hold the words with other accents. They are not part of the result's total.

    `hits` are the best of `total`. `skipped` says that they exist but were not searched for, to save time.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class EmptyResult:
    """Why a result is empty: `counts` has (term, articles of the index with it), `ways` the ways out."""

    counts: tuple[tuple[str, int], ...] = ()
    ways: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results with everything a page, feed or file needs.

    rule     which rule chose the articles: all (of the words), share (a part of them) or none (no words)
    counted  the same as words for readers, with how accents count: what the articles of `total` hold; "" for none
    empty    given where `total` is 0
    recognised  the parts of the query that name things; `narrowings` the searches that take them as filters
    people, province  whom and which province the whole query names: a card each, namesakes apart
    answers  who held the post that a question asks for
    unknown  values of filters and fields that nothing is called, with the nearest there are
    """

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    rule: str = "all"
    offers: tuple[Offer, ...] = ()
    near: NearMatches = NearMatches()
    empty: EmptyResult | None = None
    counted: str = ""
    recognised: tuple[Recognised, ...] = ()
    narrowings: tuple[Narrowing, ...] = ()
    people: tuple[PersonCard, ...] = ()
    province: ProvinceCard | None = None
    answers: tuple[Answer, ...] = ()
    unknown: tuple[UnknownValue, ...] = ()
