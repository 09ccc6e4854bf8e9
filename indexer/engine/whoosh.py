"""The default engine: an index in one folder, in Whoosh's format through our codec, queried with NumPy arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Self

import numpy as np

from indexer.engine import stamp
from indexer.engine.array_file import REBUILD_HINT, find_damage
from indexer.engine.cost import plan_search
from indexer.engine.crosstab import PairCounts, count_pairs
from indexer.engine.docset import DocSet
from indexer.engine.forward import ForwardWords, WordCounts
from indexer.engine.invert import invert
from indexer.engine.matching import evaluate, match_value
from indexer.engine.ranking import facet_rows, top_by_date, top_by_score
from indexer.engine.reader import IndexReader
from indexer.engine.stored_entries import unpack
from indexer.engine.toc import create_toc, latest_generation, open_segments
from indexer.engine.writer import WhooshWriter
from indexer.model import All, Entry, Filter, Found, Node, Query, Scored, Value
from indexer.model.errors import IndexDamaged

__all__ = ["WhooshEngine", "WhooshWriter", "create", "invert", "open_engine", "open_writer", "verify"]


def create(folder: Path, versions: stamp.Versions | None = None) -> None:
    """Create an empty index in `folder`, which is created if missing, and store the `versions` in it (see `stamp`)."""
    folder.mkdir(parents=True, exist_ok=True)
    create_toc(folder)
    stamp.write(folder, versions or {})


def open_writer(folder: Path) -> WhooshWriter:
    """Open the writer of the index in `folder`. Raises IndexMissing, IndexLocked or IndexDamaged."""
    return WhooshWriter(folder)


def open_engine(folder: Path, versions: stamp.Versions | None = None) -> WhooshEngine:
    """Open the index in `folder` for reading. Raises IndexMissing or IndexDamaged.

    With `versions`: IndexOutdated if the index was written with other versions.
    """
    if versions is not None:
        stamp.check(folder, versions)
    return WhooshEngine.open(folder)


def verify(folder: Path) -> list[str]:
    """The damage found in the index in `folder`, one sentence each. Reads every byte. IndexMissing if there is none."""
    try:
        _, parts = open_segments(folder)
    except IndexDamaged as damage:
        return [str(damage)]
    return [sentence for segment, _ in parts for sentence in find_damage(segment.path(folder))]


class WhooshEngine:
    """An index opened for reading: implements `port.Engine`. Thread-safe."""

    def __init__(self, folder: Path, generation: int, index: IndexReader) -> None:
        self.generation = generation
        self._folder = folder
        self._index = index

    @classmethod
    def open(cls, folder: Path, ready: bool = True) -> Self:
        """Open the last commit. IndexMissing if there is no index, IndexDamaged if a file is missing or altered.

        `ready` computes at once what every query needs. Leave it out for an engine that answers few queries.
        """
        folder = Path(folder)
        toc, parts = open_segments(folder)
        try:
            index = IndexReader([(block, segment.deleted) for segment, block in parts])
            if ready:
                index.prepare()
        except (IndexError, ValueError) as broken:  # arrays that hold impossible numbers
            raise IndexDamaged(f"The index in {folder} is damaged ({broken}). {REBUILD_HINT}") from broken
        return cls(folder, int(toc.generation), index)

    def count(self) -> int:
        """The number of articles in the index."""
        return self._index.count

    def find(self, query: Query) -> Found:
        """The articles that match, best first, with the exact total and facet counts; see `port.Engine`.

        Raises OverBudget before it begins if that costs more than this request may take.
        """
        index, match = self._index, match_with_spans(query)
        plan_search(index, match, query)
        matched = evaluate(index, match)
        chosen = keys_by_facet(query.filters)
        allowed = {facet: match_value(index, Value(facet, keys)) for facet, keys in chosen.items()}
        found = reduce(and_, allowed.values(), matched)
        names = [facet for facet, _ in query.facets]
        counts = dict(zip(names, index.facet_counts(names, found), strict=True))
        for facet in allowed.keys() & counts.keys():  # a facet's own filter does not narrow its counts
            other_filters = (keys for name, keys in allowed.items() if name != facet)
            [counts[facet]] = index.facet_counts([facet], reduce(and_, other_filters, matched))
        facets = {facet: facet_rows(index.column(facet), counts[facet], most, chosen.get(facet, ()))
                  for facet, most in query.facets}
        return Found(len(found), self._page(query, found), facets)

    def crosstab(self, query: Query, first: str, second: str) -> PairCounts:
        """For each pair of keys of two facets: how many matching articles hold both; see `port.Engine`.

        Raises OverBudget as `find` does.
        """
        return count_pairs(self._index.column(first), self._index.column(second), self._matching(query))

    def forward_words(self, query: Query, most: int, seed: int) -> ForwardWords:
        """The words of matching articles in order; see `port.Engine`. Raises OverBudget as `find` does."""
        return self._index.forward.words(self._matching(query), most, seed)

    def word_counts(self, query: Query, seed: int) -> WordCounts:
        """How often each word stands in all matching articles; see `port.Engine`. Raises OverBudget as `find` does."""
        return self._index.forward.counts(self._matching(query), seed)

    def _matching(self, query: Query) -> DocSet:
        """The documents that match, with all filters."""
        index, match = self._index, match_with_spans(query)
        plan_search(index, match, replace(query, limit=0, facets=()))
        chosen = (match_value(index, Value(facet, keys)) for facet, keys in keys_by_facet(query.filters).items())
        return reduce(and_, chosen, evaluate(index, match))

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out. `brief`: see `port.Engine`."""
        documents = (self._index.document_of(id) for id in ids)
        return [unpack(self._index.entry(document), brief) for document in documents if document is not None]

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in index order."""
        return iter(self._index.ids_of(self._index.all_documents.numbers))

    def deleted(self, most: int) -> list[Entry]:
        """Entries of at most `most` deleted documents that are still in the segments; see `port.Engine`."""
        return [unpack(self._index.entry(document)) for document in self._index.deleted(most)]

    def frequency(self, field: str, term: str) -> int:
        """The document frequency of `term` in `field`."""
        return self._index.frequency(field, term)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of `field` that begin with `prefix`, sorted, each with its document frequency."""
        return self._index.terms(field, prefix)

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""
        return latest_generation(self._folder) != self.generation

    def verify(self) -> list[str]:
        """The damage found in the committed index, one sentence each. Reads every byte."""
        return verify(self._folder)

    def clear_cache(self) -> None:
        """Empty the cache of matches, so that a repeated query is evaluated again. For measurements."""
        self._index.match_cache.clear()

    def close(self) -> None:
        """Release the mapped files."""
        self._index = IndexReader(())

    def _page(self, query: Query, found: DocSet) -> tuple[Scored, ...]:
        index, last = self._index, query.offset + query.limit
        if query.limit <= 0 or query.offset >= len(found):
            return ()
        if query.sort == "oldest":
            top = top_by_date(index.oldest_first, found, last)
        elif query.sort == "newest" or not query.scoring:
            top = top_by_date(index.newest_first, found, last)
        else:
            top = top_by_score(index, found, query.scoring, last)
        documents, scores = zip(*top[query.offset :], strict=True)
        return tuple(map(Scored, index.ids_of(np.array(documents)), scores))


def match_with_spans(query: Query) -> Node:
    """The part of a query that narrows the counts of every facet.

    It is `query.match`, and the filters with a node of their own (a span of days).
    """
    spans = tuple(each.node for each in query.filters if each.node is not None)
    return All((query.match, *spans)) if spans else query.match


def keys_by_facet(filters: Iterable[Filter]) -> dict[str, tuple[str, ...]]:
    """The chosen keys of each facet, from the filters that choose keys."""
    chosen: dict[str, tuple[str, ...]] = {}
    for each in (each for each in filters if each.node is None):
        chosen[each.facet] = (*chosen.get(each.facet, ()), *each.keys)
    return chosen
