"""The default engine: an index in one folder, in Whoosh's format through our codec, evaluated in arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Self

import numpy as np

from indexer.engine import stamp
from indexer.engine.crosstab import Crossed, crossed
from indexer.engine.docset import DocSet
from indexer.engine.invert import invert
from indexer.engine.matching import matching, value
from indexer.engine.ranking import best, counted, dated
from indexer.engine.reader import IndexReader
from indexer.engine.sections import REBUILD, damaged
from indexer.engine.stored_entries import unpack
from indexer.engine.toc import create_toc, latest_generation, read_parts
from indexer.engine.writer import WhooshWriter
from indexer.model import All, Entry, Filter, Found, Node, Query, Scored, Value
from indexer.model.errors import IndexDamaged

__all__ = ["WhooshEngine", "WhooshWriter", "create", "invert", "open_engine", "open_writer", "verify"]


def create(folder: Path, versions: stamp.Versions | None = None) -> None:
    """An empty index in `folder` (made if need be), stamped with the versions it is written with."""
    folder.mkdir(parents=True, exist_ok=True)
    create_toc(folder)
    stamp.write(folder, versions or {})


def open_writer(folder: Path) -> WhooshWriter:
    """The one writer of the index in `folder`. IndexMissing, IndexLocked or IndexDamaged."""
    return WhooshWriter(folder)


def open_engine(folder: Path, versions: stamp.Versions | None = None) -> WhooshEngine:
    """The index in `folder`, for reading; with `versions`, only if it was written with them (IndexOutdated)."""
    if versions is not None:
        stamp.check(folder, versions)
    return WhooshEngine.open(folder)


def verify(folder: Path) -> list[str]:
    """What is damaged in the index in `folder`, one sentence each; reads every byte. IndexMissing if there is none."""
    try:
        _, parts = read_parts(folder)
    except IndexDamaged as damage:
        return [str(damage)]
    return [sentence for segment, _ in parts for sentence in damaged(segment.path(folder))]


class WhooshEngine:
    """An opened index: the port's Engine. Safe to share between threads."""

    def __init__(self, folder: Path, generation: int, index: IndexReader) -> None:
        self.generation = generation
        self._folder = folder
        self._index = index

    @classmethod
    def open(cls, folder: Path, ready: bool = True) -> Self:
        """The generation committed last. IndexMissing if there is none, IndexDamaged if it is not whole.

        `ready`: what every query needs is made now; who asks little does without it.
        """
        folder = Path(folder)
        toc, parts = read_parts(folder)
        try:
            index = IndexReader([(block, segment.deleted) for segment, block in parts])
            if ready:
                index.prepare()
        except (IndexError, ValueError) as broken:  # numbers that point nowhere
            raise IndexDamaged(f"The index in {folder} is damaged ({broken}). {REBUILD}") from broken
        return cls(folder, int(toc.generation), index)

    def count(self) -> int:
        """How many articles the index holds."""
        return self._index.count

    def find(self, query: Query) -> Found:
        """The articles that match, best first, with the exact total and the facet counts; see the port."""
        index = self._index
        matched = matching(index, bounded(query))
        chosen = chosen_keys(query.filters)
        allowed = {facet: value(index, Value(facet, keys)) for facet, keys in chosen.items()}
        found = reduce(and_, allowed.values(), matched)
        names = [facet for facet, _ in query.facets]
        counts = dict(zip(names, index.counts(names, found), strict=True))
        for facet in allowed.keys() & counts.keys():  # what is chosen of a facet does not narrow its own counts
            others = (keys for name, keys in allowed.items() if name != facet)
            [counts[facet]] = index.counts([facet], reduce(and_, others, matched))
        facets = {facet: counted(index.column(facet), counts[facet], most, chosen.get(facet, ()))
                  for facet, most in query.facets}
        return Found(len(found), self._page(query, found), facets)

    def crosstab(self, query: Query, first: str, second: str) -> Crossed:
        """How many of the articles that match hold each pair of keys of two facets; see the port."""
        index = self._index
        chosen = (value(index, Value(facet, keys)) for facet, keys in chosen_keys(query.filters).items())
        found = reduce(and_, chosen, matching(index, bounded(query)))
        return crossed(index.column(first), index.column(second), found)

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The stored entries for `ids`, in that order; unknown ids are left out. `brief`: see the port."""
        documents = (self._index.document_of(id) for id in ids)
        return [unpack(self._index.entry(document), brief) for document in documents if document is not None]

    def ids(self) -> Iterator[str]:
        """Every article's id, in index order."""
        return iter(self._index.ids_of(self._index.everything.numbers))

    def deleted(self, most: int) -> list[Entry]:
        """Entries of deleted documents that segments still hold, spread over all of them; see the port."""
        return [unpack(self._index.entry(document)) for document in self._index.deleted(most)]

    def frequency(self, field: str, term: str) -> int:
        """How many articles hold `term` in `field`."""
        return self._index.frequency(field, term)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Terms of `field` that begin with `prefix`, in order, each with its article count."""
        return self._index.terms(field, prefix)

    def stale(self) -> bool:
        """Whether a newer generation has been committed since this one was opened."""
        return latest_generation(self._folder) != self.generation

    def verify(self) -> list[str]:
        """What is damaged in the committed index, one sentence each; reads every byte."""
        return verify(self._folder)

    def forget(self) -> None:
        """Let go of what was found lately, so that asking the same again is work again: for measuring."""
        self._index.matched.clear()

    def close(self) -> None:
        """Let go of the mapped files."""
        self._index = IndexReader(())

    def _page(self, query: Query, found: DocSet) -> tuple[Scored, ...]:
        index, last = self._index, query.offset + query.limit
        if query.limit <= 0 or query.offset >= len(found):
            return ()
        if query.sort == "oldest":
            top = dated(index.oldest, found, last)
        elif query.sort == "newest" or not query.scoring:
            top = dated(index.newest, found, last)
        else:
            top = best(index, found, query.scoring, last)
        documents, scores = zip(*top[query.offset :], strict=True)
        return tuple(map(Scored, index.ids_of(np.array(documents)), scores))


def bounded(query: Query) -> Node:
    """What must match whichever facet is counted: the query, and the filters that are no keys of a facet."""
    spans = tuple(each.node for each in query.filters if each.node is not None)
    return All((query.match, *spans)) if spans else query.match


def chosen_keys(filters: Iterable[Filter]) -> dict[str, tuple[str, ...]]:
    """The chosen keys by facet."""
    chosen: dict[str, tuple[str, ...]] = {}
    for each in (each for each in filters if each.node is None):
        chosen[each.facet] = (*chosen.get(each.facet, ()), *each.keys)
    return chosen
