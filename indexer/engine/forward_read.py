"""Reading the forward index of an index's segments (see `forward`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.engine.arrays import Array, concat, concat_ranges, offsets
from indexer.engine.block import FORWARD_BOUNDS, FORWARD_TITLES, FORWARD_WORDS, WORD_FIELD
from indexer.engine.docset import DocSet
from indexer.engine.forward import WORD_BYTES, WORD_SECONDS, ForwardWords, Vocabulary, WordCounts, drawn
from indexer.engine.lexicon_merge import merge_terms
from indexer.engine.segment import Segment
from indexer.model import budget

MOST_COUNTED = 20_000  # documents whose words are counted for one answer; of more a draw
WORDS_AT_ONCE = 1_000_000  # words counted at a time: this bounds the memory


class ForwardReader:
    """The forward index of all segments under one vocabulary. Immutable, made on first use."""

    def __init__(self, segments: Sequence[Segment], live: DocSet, ids_of: Callable[[Array], list[str]]) -> None:
        """`segments` in index order, `live` the documents that are not deleted; `ids_of` gives the ids of documents."""
        self._segments = segments
        self._live = live
        self._ids_of = ids_of
        lexicons = [segment.block.fields[WORD_FIELD].lexicon for segment in segments]
        if len(lexicons) == 1:
            self._numbers: list[Array | None] = [None]
            terms = lexicons[0].terms()
        else:
            merged, numbers = merge_terms(lexicons)
            self._numbers, terms = [each.astype(np.int32) for each in numbers], merged.terms()
        self.vocabulary = Vocabulary([term.decode() for term in terms])
        self._bounds = [segment.block.arrays[FORWARD_BOUNDS] for segment in segments]
        self._all_counts = self._counted(live.numbers)

    def words(self, found: DocSet, most: int, seed: int) -> ForwardWords:
        """The words of the documents `found`; of more than `most` a draw."""
        documents = self._drawn(found, most, seed)
        self._plan(documents)
        parts = list(self._parts(documents))
        lengths = concat([lengths for _, lengths, _ in parts])
        titles = concat([titles for _, _, titles in parts])
        words = concat([words for words, _, _ in parts])
        ids = tuple(self._ids_of(documents))
        return ForwardWords(len(found), ids, self.vocabulary, words, offsets(lengths), titles)

    def counts(self, found: DocSet, seed: int) -> WordCounts:
        """How often each word stands in the documents `found`.

        Either these are counted or those that are not among them; where both are more than MOST_COUNTED, a draw.
        """
        others = self._live - found
        if len(found) <= min(len(others), MOST_COUNTED):
            counts = self._counted(found.numbers)
        elif len(others) <= MOST_COUNTED:
            counts = self._all_counts - self._counted(others.numbers)
        else:
            counts = self._counted(self._drawn(found, MOST_COUNTED, seed))
            return WordCounts(len(found), MOST_COUNTED, self.vocabulary, counts)
        return WordCounts(len(found), len(found), self.vocabulary, counts)

    def _drawn(self, found: DocSet, most: int, seed: int) -> Array:
        """The documents, ascending: all of them, or a draw of `most`."""
        if len(found) <= most:
            return found.numbers
        by_id = found.numbers[np.argsort(self._id_ranks[found.numbers])]
        return np.sort(by_id[drawn(len(found), most, seed)])

    @cached_property
    def _id_ranks(self) -> Array:
        """Per document: its rank in the order of all ids."""
        ids = self._ids_of(np.arange(self._live.size))
        ranks = np.empty(len(ids), np.int32)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids), dtype=np.int32)
        return ranks

    def _counted(self, found: Array) -> Array:
        """How often each word stands in the documents, counted some documents at a time."""
        counts = np.zeros(len(self.vocabulary), np.int64)
        before = offsets(self._words_in(found))
        cuts = np.searchsorted(before, np.arange(0, int(before[-1]), WORDS_AT_ONCE)).tolist()
        for at, end in pairwise([*cuts, len(found)]):
            self._plan(found[at:end])
            for words, _, _ in self._parts(found[at:end]):
                counts += np.bincount(words, minlength=len(counts))
        return counts

    def _plan(self, documents: Array) -> None:
        """Tell the budget what reading these documents costs."""
        words = int(self._words_in(documents).sum())
        budget.plan(words * WORD_SECONDS, words * WORD_BYTES)

    def _words_in(self, documents: Array) -> Array:
        """How many words each of the ascending documents has."""
        return concat([self._lengths(number, part) for number, part in self._by_segment(documents)])

    def _parts(self, documents: Array) -> Iterator[tuple[Array, Array, Array]]:
        """For each segment: the words of its documents, how many each has, and how many of them are the title's."""
        for number, part in self._by_segment(documents):
            block = self._segments[number].block
            lengths, words = self._lengths(number, part), block.arrays[FORWARD_WORDS]
            found = words[concat_ranges(self._bounds[number][part], lengths)]
            renumbered = self._numbers[number]
            yield found if renumbered is None else renumbered[found], lengths, block.arrays[FORWARD_TITLES][part]

    def _lengths(self, segment: int, documents: Array) -> Array:
        """How many words each of these documents of a segment has."""
        bounds = self._bounds[segment]
        lengths: Array = bounds[documents + 1].astype(np.int64) - bounds[documents]
        return lengths

    def _by_segment(self, documents: Array) -> Iterator[tuple[int, Array]]:
        """The ascending documents by segment, as numbers there."""
        for number, segment in enumerate(self._segments):
            low, high = np.searchsorted(documents, (segment.base, segment.base + segment.block.documents))
            if low < high:
                yield number, documents[low:high] - segment.base
