"""What every engine can do. Engines receive ready-made Terms and engine-neutral queries; they never analyse text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from indexer.model import Entry, Found, Query, Terms


class Engine(Protocol):
    """An opened index, for reading. Safe to share between threads; it answers for the generation it was opened on."""

    generation: int

    def count(self) -> int:
        """How many articles the index holds."""

    def find(self, query: Query) -> Found:
        """The articles that match, best first: exact total, one page of ids and scores, facet counts.

        A facet's own filter does not narrow its own counts; a chosen key is listed even at zero. `query.match`
        decides membership and `query.scoring` the score: the sum of weight x BM25 (k1 1.2, b .75, Lucene idf) over
        scoring terms, with a syllable in the title counted three times and in the lead twice. Ties keep index order.
        """

    def crosstab(self, query: Query, first: str, second: str) -> dict[tuple[str, str], int]:
        """How many of the articles that match hold both a key of facet `first` and one of `second`, by pair of keys.

        Pairs that no article holds are left out. Every filter narrows; scoring, sort, page and facets mean nothing.
        """

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out.

        `brief`: as a list of articles shows them, without topics, facet keys, evidence, and what officials' posts and
        roles say when taken apart. It takes half the time.
        """

    def ids(self) -> Iterator[str]:
        """Every article's id, in index order."""

    def deleted(self, most: int) -> list[Entry]:
        """Entries of at most `most` deleted articles, or earlier versions, that lie in its files until they are merged.

        For checks of what deletions leave behind. Withdrawn articles are among them: nothing of them may be shown.
        Empty where an engine cannot read what is deleted.
        """

    def frequency(self, field: str, term: str) -> int:
        """How many articles hold `term` in `field` (syllable, folded, pair, word, or a facet name)."""

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of `field` (not of pairs) that begin with `prefix`, in order, each with its article count."""

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""

    def verify(self) -> list[str]:
        """What is wrong with the index as committed, one sentence each; may read every byte of it."""

    def close(self) -> None:
        """Let go of files and connections; the engine answers no more."""


class Writer(Protocol):
    """The one writer of an index. Nothing is visible to readers before `commit`, and then everything is."""

    @property
    def refused(self) -> Mapping[str, str]:
        """The articles added to this writer that the index would not take, id -> why: all of them after a commit.

        They are not in the index, nor is what was there before under their ids.
        """

    def add(self, block: Any) -> None:
        """Take articles in, as one block from the engine's `invert`; an id already held is replaced."""

    def delete(self, ids: Iterable[str]) -> int:
        """Drop articles; returns how many the index held."""

    def commit(self) -> int:
        """Make the changes durable and visible at once; returns the new generation number."""

    def cancel(self) -> None:
        """Forget everything since the last commit."""

    def close(self) -> None:
        """Let another write. What was not committed is forgotten."""


class Invert(Protocol):
    """Turns analysed articles into a block for `Writer.add`. Pure and picklable, so it can run in worker processes."""

    def __call__(self, articles: Iterable[tuple[Entry, Terms]]) -> Any:
        """A block of the articles, in the form that the engine's writer takes."""
