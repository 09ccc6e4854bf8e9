"""The interface of an engine: `Engine` reads, `Writer` writes, `Invert` prepares articles for the writer.

Engines take analysed articles (`Terms`) and engine-neutral queries (`Query`). They never analyse text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from indexer.engine.forward import ForwardWords, WordCounts
from indexer.model import Entry, Found, Query, Terms


class Engine(Protocol):
    """An index opened for reading. Thread-safe. It keeps answering for the generation it was opened on."""

    generation: int

    def count(self) -> int:
        """The number of articles in the index."""

    def find(self, query: Query) -> Found:
        """The articles that match: the exact total, one page of ids and scores, best first, and facet counts.

        `query.match` and `query.filters` decide which articles match. A facet's own filter does not narrow its own
        counts; a chosen key is listed even if its count is 0.

        `query.scoring` decides the score: the sum of weight x BM25 over the scoring terms (Robertson's BM25 with
        k1 = 1.2 and b = 0.75, and Lucene's idf). A syllable counts three times in the title and twice in the lead.
        Articles with equal scores keep index order.
        """

    def crosstab(self, query: Query, first: str, second: str) -> dict[tuple[str, str], int]:
        """For each pair (key of facet `first`, key of facet `second`): how many matching articles hold both.

        Pairs that no article holds are left out. All filters apply, also those of the two facets. The scoring, sort,
        page and facets of the query are ignored.
        """

    def forward_words(self, query: Query, most: int, seed: int) -> ForwardWords:
        """The words of the matching articles in the order of their texts, for statistics.

        Of more than `most` articles a draw of so many is read. It depends on the ids and `seed` alone, so every engine
        draws the same. All filters apply; the scoring, sort, page and facets of the query are ignored.
        """

    def word_counts(self, query: Query, seed: int) -> WordCounts:
        """How often each word stands in the texts of the matching articles. `query` as in `forward_words`.

        Of more articles than the engine can count for one request, a draw by `seed` is counted.
        """

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out.

        With `brief`, fields that a list of articles does not show keep their defaults (topics, facet keys, evidence,
        parsed posts, roles). This takes half the time.
        """

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in index order."""

    def deleted(self, most: int) -> list[Entry]:
        """Entries of at most `most` deleted documents that are still in the files, until a merge removes them.

        Used only to check the index. The list can contain withdrawn articles, which must not be shown. It is empty for
        an engine that cannot read deleted documents.
        """

    def frequency(self, field: str, term: str) -> int:
        """The document frequency of `term` in `field` (syllable, folded, pair, word, or a facet name)."""

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of `field` that begin with `prefix`, sorted, each with its document frequency. Not for pairs."""

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""

    def verify(self) -> list[str]:
        """The damage found in the committed index, one sentence each; [] if there is none. May read every byte."""

    def close(self) -> None:
        """Close files and connections. The engine cannot be used any more."""


class Writer(Protocol):
    """The writer of an index; there is at most one at a time. Readers see changes after `commit`, all at once."""

    @property
    def refused(self) -> Mapping[str, str]:
        """Articles that the engine refused: id -> reason. Complete after `commit`.

        They are not in the index. An earlier version of a refused article is deleted.
        """

    def add(self, block: Any) -> None:
        """Add the articles of a block made by the engine's `invert`. A known id replaces the old article."""

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id. Returns how many of them the index held."""

    def commit(self) -> int:
        """Make all changes durable and visible in one step. Returns the new generation number."""

    def cancel(self) -> None:
        """Discard all changes since the last commit."""

    def close(self) -> None:
        """Discard uncommitted changes and release the write lock."""


class Invert(Protocol):
    """A function from analysed articles to a block for `Writer.add`. Pure and picklable, for worker processes."""

    def __call__(self, articles: Iterable[tuple[Entry, Terms]]) -> Any:
        """The block of these articles, in the form that the engine's writer takes."""
