"""The words within reach of the places of a query's words, by arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from indexer.engine.arrays import sorted_unique
from indexer.model import Node, budget
from indexer.search.statistics.nodes import Spans, places
from indexer.search.statistics.units import Ints, Mask, Running, Texts

PLACES_AT_ONCE = 20_000
# Measured with tests/bench/statistics.py: to look at a word beside a place, to take a word of the texts apart into
# syllables, and to score a word of the vocabulary.
NEIGHBOUR_SECONDS, SPELLING_SECONDS, SCORING_SECONDS = 100e-9, 80e-9, 150e-9
NEIGHBOUR_BYTES, SPELLING_BYTES = 48, 32


@dataclass(frozen=True, slots=True)
class Reach:
    """How far words are neighbours: `window` words on the sides of `span` (both, left, right), counted in `unit`."""

    unit: str = "word"
    span: str = "both"
    window: int = 5

    @property
    def steps(self) -> Ints:
        """The distances from a place: below 0 from its first word, above 0 from its last."""
        steps = np.arange(1, self.window + 1)
        left, right = -steps[::-1], steps
        return {"left": left, "right": right}.get(self.span, np.concatenate((left, right)))


class Neighbours:
    """The places of the words of `match` in some texts, and what stands within reach of them.

    A word that is part of a place is no neighbour, and no zone (title, running text) reaches into another.
    """

    def __init__(self, texts: Texts, match: Node, reach: Reach) -> None:
        """Raises NoPlaces for a match without words."""
        words, vocabulary = len(texts.read.words), len(texts.read.vocabulary)
        budget.plan(words * SPELLING_SECONDS + vocabulary * SCORING_SECONDS, words * SPELLING_BYTES)
        self.running: Running = texts.running(reach.unit)
        self.spans: Spans = places(texts.syllables, match)
        self._reach = reach
        starts, ends = self.spans
        if reach.unit == "word":
            self._first, self._last = texts.words_at(starts), texts.words_at(ends - 1)
        else:
            self._first, self._last = starts, ends - 1
        self._is_node = covered(self._first, self._last, len(self.running.units))
        budget.plan(len(starts) * len(reach.steps) * NEIGHBOUR_SECONDS,
                    min(len(starts), PLACES_AT_ONCE) * len(reach.steps) * NEIGHBOUR_BYTES)

    def own(self) -> Ints:
        """How often each unit stands within the places themselves."""
        return np.bincount(self.running.units[self._is_node], minlength=len(self.running.names))

    def within_reach(self) -> tuple[Ints, Ints]:
        """The indices of the units within reach of a place, each once, ascending; and for each unit of how many places
        it is within reach: its lines."""
        nothing = len(self.running.names)
        reached, lines = np.zeros(len(self.running.units), np.bool_), np.zeros(nothing + 1, np.int64)
        for near in self._near():
            reached[near[near >= 0]] = True
            rows = np.sort(np.where(near >= 0, self.running.units[near], nothing), axis=1)
            first = np.ones(rows.shape, np.bool_)
            first[:, 1:] = rows[:, 1:] != rows[:, :-1]
            lines += np.bincount(rows[first], minlength=nothing + 1)
        return np.flatnonzero(reached), lines[:-1]

    def articles(self, reached: Ints, wanted: Mask) -> Ints:
        """For each unit of the mask `wanted`: in how many articles it is among the units `reached`; 0 for others."""
        reached = reached[wanted[self.running.units[reached]]]
        most = int(self.running.zones[-1]) // 2 + 1 if len(self.running.zones) else 1
        pairs = sorted_unique(self.running.units[reached].astype(np.int64) * most + self.running.zones[reached] // 2)
        return np.bincount(pairs // most, minlength=len(self.running.names))

    def with_unit(self, name: str) -> Ints:
        """The indices of the places within whose reach the unit `name` stands, ascending."""
        number = self.running.names.index(name) if name in self.running.names else -1
        parts = [((near >= 0) & (self.running.units[near] == number)).any(axis=1) for near in self._near()]
        return np.flatnonzero(np.concatenate(parts)) if parts else np.zeros(0, np.int64)

    def _near(self) -> Iterator[Ints]:
        """For each place, some at a time, the indices of its neighbours: a row each, -1 where there is none."""
        steps, zones = self._reach.steps, self.running.zones
        for at in range(0, len(self._first), PLACES_AT_ONCE):
            budget.check()
            some = slice(at, at + PLACES_AT_ONCE)
            first, last = self._first[some, np.newaxis], self._last[some, np.newaxis]
            near = np.where(steps < 0, first, last) + steps
            inside = (near >= 0) & (near < len(zones))
            near[~inside] = 0
            inside &= (zones[near] == zones[first]) & ~self._is_node[near]
            near[~inside] = -1
            yield near


def covered(first: Ints, last: Ints, size: int) -> Mask:
    """A mask of length `size`, true from `first` to `last` of each span, both included."""
    edges = np.zeros(size + 1, np.int64)
    np.add.at(edges, first, 1)
    np.add.at(edges, last + 1, -1)
    return np.cumsum(edges[:-1]) > 0
