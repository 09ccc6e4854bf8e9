"""Several lexicons as one, and lexicons of pairs of syllables ("quan su").

Pairs are neither sorted nor hashed: they are two numbers each. A space sorts below every character of a syllable, so
that pairs sort by the ranks of their halves. Of all terms of an index three quarters are pairs, made of some ten
thousand syllables.
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


def lexicon_of(terms: list[bytes]) -> Lexicon:
    """The lexicon of sorted terms."""
    bounds = offsets(np.fromiter(map(len, terms), np.int64, len(terms)))
    return Lexicon(np.frombuffer(b"".join(terms), np.uint8), compact(bounds, np.uint32))


def merged_terms(lexicons: Sequence[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The terms of all, each once, and the new number of every term of each."""
    seen = Vocabulary()
    numbers = [seen.numbers(lexicon.terms()) for lexicon in lexicons]
    terms, ranks = seen.ranked()
    return lexicon_of(terms), [ranks[each] for each in numbers]


def merged_pairs(lexicons: Sequence[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """What `merged_terms` gives for lexicons of pairs."""
    seen = Vocabulary()
    numbers = [seen.numbers(halves_of(lexicon)) for lexicon in lexicons]
    halves, ranks = seen.ranked()
    codes = [ranks[each[0::2]] * len(halves) + ranks[each[1::2]] for each in numbers]
    found = distinct(np.concatenate(codes))
    pairs = glued(lexicon_of(halves), *np.divmod(found, max(1, len(halves))))
    return pairs, [np.searchsorted(found, each) for each in codes]


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
        """The numbers of these terms; a new term gets the next free one."""
        return np.fromiter(map(self.__getitem__, terms), np.int64, len(terms))

    def ranked(self) -> tuple[list[bytes], Array]:
        """The terms in order, and the rank of each number."""
        terms = sorted(self)
        ranks = np.empty(len(terms), np.int64)
        ranks[self.numbers(terms)] = np.arange(len(terms))
        return terms, ranks
