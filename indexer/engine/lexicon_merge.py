"""Merging lexicons. Lexicons of syllable pairs ("quan su") have a faster method.

Three quarters of all terms of an index are pairs, made of some ten thousand syllables. A pair is treated as two
syllable numbers, so its string is neither sorted nor hashed. A space sorts below every character of a syllable;
therefore the order of pairs is the order of (rank of the first syllable, rank of the second syllable).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.engine.arrays import Array, compact, concat_ranges, offsets, sorted_unique
from indexer.engine.block import Lexicon

SPACE = np.frombuffer(b" ", np.uint8)


def join_pairs(syllables: Lexicon, left: Array, right: Array) -> Lexicon:
    """The lexicon of the pairs left[i] + " " + right[i]; `left` and `right` are term numbers of `syllables`.

    The pairs must come in sorted order. NumPy copies all bytes; there is no Python loop.
    """
    source = np.concatenate((syllables.blob, SPACE))
    lengths, starts = np.diff(syllables.bounds.astype(np.int64)), syllables.bounds[:-1].astype(np.int64)
    sizes = np.stack((lengths[left], np.ones(len(left), np.int64), lengths[right]), axis=1)
    pieces = np.stack((starts[left], np.full(len(left), len(source) - 1), starts[right]), axis=1)
    bounds = offsets(sizes.sum(axis=1))
    return Lexicon(source[concat_ranges(pieces.ravel(), sizes.ravel())], compact(bounds, np.uint32))


def lexicon_of(terms: list[bytes]) -> Lexicon:
    """The lexicon of these terms, which are sorted."""
    bounds = offsets(np.fromiter(map(len, terms), np.int64, len(terms)))
    return Lexicon(np.frombuffer(b"".join(terms), np.uint8), compact(bounds, np.uint32))


def merge_terms(lexicons: Sequence[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The lexicon of all distinct terms, and for each given lexicon an array: term number there -> new number."""
    numbering = TermNumbering()
    numbers = [numbering.numbers(lexicon.terms()) for lexicon in lexicons]
    terms, ranks = numbering.ranked()
    return lexicon_of(terms), [ranks[each] for each in numbers]


def merge_pairs(lexicons: Sequence[Lexicon]) -> tuple[Lexicon, list[Array]]:
    """The same as `merge_terms`, for lexicons of pairs."""
    numbering = TermNumbering()
    numbers = [numbering.numbers(syllables_of_pairs(lexicon)) for lexicon in lexicons]
    syllables, ranks = numbering.ranked()
    codes = [ranks[each[0::2]] * len(syllables) + ranks[each[1::2]] for each in numbers]
    pair_codes = sorted_unique(np.concatenate(codes))
    pairs = join_pairs(lexicon_of(syllables), *np.divmod(pair_codes, max(1, len(syllables))))
    return pairs, [np.searchsorted(pair_codes, each) for each in codes]


def syllables_of_pairs(lexicon: Lexicon) -> list[bytes]:
    """The two syllables of each pair, pair after pair: a list of 2 x len(lexicon) terms."""
    spaced = np.insert(lexicon.blob, lexicon.bounds[1:-1].astype(np.int64), SPACE)
    return spaced.tobytes().split(b" ") if len(lexicon) else []


class TermNumbering(dict[bytes, int]):
    """A dict from term to number; an unknown term gets the next number when it is looked up."""

    def __missing__(self, term: bytes) -> int:
        number = self[term] = len(self)
        return number

    def numbers(self, terms: Sequence[bytes]) -> Array:
        """The number of each of these terms; unknown terms get new numbers."""
        return np.fromiter(map(self.__getitem__, terms), np.int64, len(terms))

    def ranked(self) -> tuple[list[bytes], Array]:
        """All terms, sorted, and an array: number -> rank in that order."""
        terms = sorted(self)
        ranks = np.empty(len(terms), np.int64)
        ranks[self.numbers(terms)] = np.arange(len(terms))
        return terms, ranks
