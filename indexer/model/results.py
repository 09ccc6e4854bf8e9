"""What the index holds, and what of it was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.model.article import Article
from indexer.model.entities import Entities
from indexer.model.query import Query

SINCE = "since"  # the facet of the generation an article's content came in with


@dataclass(frozen=True, slots=True)
class Entry:
    """An article with all that is known of it, as an engine stores and returns it.

    `keys` are its facet values by facet name, ready-made ({"province": ("Kon Tum",), "year": ("2022",), …}): an
    engine counts and filters them without knowing what they mean. `digest` identifies the content, `root` the
    corpus folder it came from, `duplicate_of` the id of an earlier article with equal text.
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
        """What newest-first sorts by: the publication date, "" when unknown (sorts last)."""
        return self.entities.published.date or ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One match: the article's id and its score (0.0 when sorted by date)."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """An engine's answer: the exact total, the page of matches, and (key, count) pairs by facet, commonest first."""

    total: int
    hits: tuple[Scored, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A match ready to show. `snippet` is plain text and `marks` the (start, end) spans to highlight in it."""

    entry: Entry
    score: float
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()
    title_marks: tuple[tuple[int, int], ...] = ()
    rung: str = "exact"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: its key, how it is shown, how many articles hold it, and whether it is chosen."""
    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of a page of results: its name, how it is shown, and its commonest and chosen values."""
    name: str
    label: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of results with everything a page, feed or file needs."""

    query: Query
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    took_ms: float
    extra: Mapping[str, Any] = field(default_factory=dict)
