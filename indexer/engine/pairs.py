"""The lexicon of pairs of syllables ("quan su"), without sorting or hashing pairs: they are two numbers each.

A space sorts below every character of a syllable, so that pairs sort by the ranks of their halves. Of all terms of an
index three quarters are pairs, made of some ten thousand syllables.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array, compact, distinct, offsets, runs
from indexer.engine.block import Lexicon

SPACE = np.frombuffer(b" ", np.uint8)


def glued(halves: Lexicon, left: Array, right: Array) -> Lexicon:
    """The lexicon of the terms left[i] + " " + right[i], which are numbers of `halves`, without a loop over them."""
    source = np.concatenate((halves.blob, SPACE))
    lengths, starts = np.diff(halves.bounds.astype(np.int64)), halves.bounds[:-1].astype(np.int64)
    sizes = np.stack((lengths[left], np.ones(len(left), np.int64), lengths[right]), axis=1)
    begins = np.stack((starts[left], np.full(len(left), len(source) - 1), starts[right]), axis=1)
    bounds = offsets(sizes.sum(axis=1))
    return Lexicon(source[runs(begins.ravel(), sizes.ravel())], compact(bounds, np.uint32))


def merged_pairs(lexicons: Sequence[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The pairs of all, each once, and the new number of every pair of each."""
    seen = Vocabulary()
    numbers = [seen.numbers(halves_of(lexicon)) for lexicon in lexicons]
    halves = sorted(seen)
    rank = np.empty(len(halves), np.int64)
    rank[seen.numbers(halves)] = np.arange(len(halves))
    codes = [rank[each[0::2]] * len(halves) + rank[each[1::2]] for each in numbers]
    found = distinct(np.concatenate(codes))
    bounds = offsets(np.fromiter(map(len, halves), np.int64, len(halves)))
    alone = Lexicon(np.frombuffer(b"".join(halves), np.uint8), bounds)
    return glued(alone, *np.divmod(found, len(halves))), [np.searchsorted(found, each) for each in codes]


def halves_of(lexicon: Lexicon) -> list[bytes]:
    """The halves of all pairs, one after another."""
    spaced = np.insert(lexicon.blob, lexicon.bounds[1:-1].astype(np.int64), SPACE)
    return spaced.tobytes().split(b" ") if len(lexicon) else []


class Vocabulary(dict[bytes, int]):
    """Numbers terms in the order they are first seen."""

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Sequence[bytes]) -> Array:
        return np.fromiter(map(self.__getitem__, terms), np.int64, len(terms))
