"""What a text is made of, as numbers: its shingles (five syllables in a row), and a short signature of those.

Two texts are as alike as the share of shingles they have in common (Jaccard). The signature is MinHash (Broder 1997):
in each of its places two texts agree with a probability of just that share. Accents, capitals and punctuation do not
count, so that a copy typed anew is still a copy.
"""

from __future__ import annotations

from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]

LENGTH = 5  # syllables in a shingle: enough to make a shared one no accident, few enough to survive small edits
PLACES = 96
SEED = 20250701  # never to change: signatures of different runs are compared
GOLDEN = np.uint32(0x9E3779B1)  # a prime near 2^32 / golden ratio (Knuth, TAOCP 3, 6.4)
SYLLABLES_KEPT = 200_000


def shingles(text: str) -> Numbers:
    """The distinct shingles of `text` as numbers, in order."""
    return np.unique(hashed(text))


def signature(text: str) -> Numbers:
    """The signature of `text`; all ones where it holds no syllable."""
    held = hashed(text)
    return (held * factors()).min(axis=1) if len(held) else np.full(PLACES, 0xFFFFFFFF, np.uint32)


def share(one: Numbers, other: Numbers) -> float:
    """The share of shingles that two texts have in common, 0 to 1."""
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / max(1, len(one) + len(other) - both)


def hashed(text: str) -> Numbers:
    """A number for each shingle of `text`, in place; a text shorter than a shingle is one itself."""
    syllables = split(text)
    codes = np.fromiter(map(CODES.__getitem__, syllables), np.uint32, len(syllables))
    count = max(1, len(codes) - LENGTH + 1) if len(codes) else 0
    mixed = np.zeros(count, np.uint32)
    for place in range(min(LENGTH, len(codes))):
        mixed = (mixed ^ codes[place : place + count]) * GOLDEN
        mixed ^= mixed >> np.uint32(15)
    return mixed


def split(text: str) -> list[str]:
    """The syllables of `text` without accents: a tenth of what finding them with their places costs."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return letters_only()[np.minimum(codes, 0xFFFF)].tobytes().decode("utf-16-le", "replace").split()


@cache
def letters_only() -> npt.NDArray[np.uint16]:
    """What each character is folded to, a space where that is neither a letter nor a digit."""
    from indexer.text.folding import folding  # here: who reads signatures, as every run does, need not read Vietnamese

    table = folding().copy()
    speaking = np.fromiter((chr(code).isalnum() for code in table.tolist()), np.bool_, len(table))
    table[~speaking] = ord(" ")
    return table


@cache
def factors() -> Numbers:
    """The hash functions x -> a x mod 2^32 with odd a, a column with one row for each place."""
    drawn = np.random.Generator(np.random.PCG64(SEED)).integers(0, 1 << 32, (PLACES, 1), np.uint32)
    return drawn | np.uint32(1)


class Codes(dict[str, int]):
    """A syllable's number: the same on every machine and in every run."""

    def __missing__(self, syllable: str) -> int:
        if len(self) > SYLLABLES_KEPT:
            self.clear()
        code = self[syllable] = crc32(syllable.encode("utf-8", "surrogatepass"))
        return code


CODES = Codes()
