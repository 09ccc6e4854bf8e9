"""What the tools answer. Field names and docstrings become the schemas that clients are given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dated:
    """Date of publication, what it rests on, and whether it is inferred rather than stated by the page."""

    date: str | None
    precision: str | None
    basis: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A province at publication and today, what that rests on, and the sentence that names it."""

    province: str
    now: str
    basis: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """An article to cite: original address and the archive's own page."""

    id: str
    title: str
    url: str | None
    source: str
    published: Dated
    page: str


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article found: where the words stand, its provinces, and the copies of its story folded into it."""

    source: Source
    snippet: str
    provinces: list[Place]
    officials: list[str]
    copies: list[Source]


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet with the articles that have it."""

    value: str
    articles: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """Another search that was not made: what it is, its query, its filters, and how many articles it finds."""

    kind: str
    query: str
    filters: dict[str, list[str]]
    articles: int | None


@dataclass(frozen=True, slots=True)
class Holder:
    """A person at a post as newspapers named him, with the newest article that says so. Years are years of publication,
    never a term of office; `inferred_years` rest on inferred dates only."""

    person: str
    name: str
    post: str
    status: str
    province: str
    first_year: str
    last_year: str
    inferred_years: list[str]
    proof: Source | None
    sentence: str | None
    page: str


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """Articles that match, page by page. `total_counts` says what the total counts; `notes` what was inferred or left
    out; `suggested` are other searches, none of which was made."""

    total: int
    total_counts: str
    stories: int | None
    articles: list[FoundArticle]
    facets: dict[str, list[Counted]]
    suggested: list[Suggested]
    notes: list[str]
    next_page: int | None
    generation: int
    page: str


@dataclass(frozen=True, slots=True)
class NamedPost:
    """A post or rank as an article names it, with its sentence."""

    post: str
    status: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """An official named in an article; `key` tells namesakes apart."""

    key: str
    name: str
    rank: str | None
    posts: list[NamedPost]


@dataclass(frozen=True, slots=True)
class ArticleAnswer:
    """One article: its text or, where `whole` is false, the part that may be shown, and what was recognised in it."""

    source: Source
    authors: list[str]
    whole: bool
    text: str
    date_evidence: str | None
    provinces: list[Place]
    officials: list[NamedPerson]
    topics: dict[str, str | None]
    same_story: list[Source]
    notes: list[str]
    generation: int


@dataclass(frozen=True, slots=True)
class PersonPost:
    """A post with the first and last year in which newspapers named it."""

    post: str
    first_year: str
    last_year: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person by key; `maybe_same` are keys of others of the same name, who may or may not be the same person."""

    key: str
    name: str
    place: str
    posts: list[PersonPost]
    maybe_same: list[str]
    page: str


@dataclass(frozen=True, slots=True)
class OfficialsAnswer:
    """People by name. `total` counts people, not mentions."""

    total: int
    people: list[PersonFound]
    notes: list[str]
    next_page: int | None
    generation: int


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """Who held a post. `total` counts pairs of a person and a post, the one named last first."""

    total: int
    holders: list[Holder]
    notes: list[str]
    next_page: int | None
    generation: int
    page: str


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word near those of the query: how often it stands within reach, how often it would by chance, in how many
    articles, and two measures of how telling that is."""

    word: str
    near: int
    expected: float
    articles: int
    log_likelihood: float
    log_dice: float


@dataclass(frozen=True, slots=True)
class CollocatesAnswer:
    """Words that stand near those of the query. `places` is how often the query's words stand in the articles read;
    `read` of the `articles` that match were read, all or a draw by `seed`."""

    articles: int
    read: int
    seed: int
    places: int
    words: list[NearWord]
    notes: list[str]
    generation: int
    page: str


@dataclass(frozen=True, slots=True)
class Period:
    """A year or month: articles found, articles the archive has at all, and different sources of those found."""

    period: str
    articles: int
    archive_articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """Articles by year or month. Periods, vaguely dated and undated ones add up to the total."""

    total: int
    total_counts: str
    unit: str
    periods: list[Period]
    vaguely_dated: int
    undated: int
    notes: list[str]
    generation: int
    page: str
