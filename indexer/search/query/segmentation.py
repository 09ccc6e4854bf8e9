"""Words run together ("quocphong", "tuyểnquân") taken apart by the syllables and pairs of the archive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from indexer.search.query.support import Support
from indexer.text import fold
from indexer.text.spelling import possible

SHORTEST, LONGEST_WORD = 4, 40  # letters of what is taken apart
LONGEST_PIECE = 7  # letters of a syllable: nghiêng
BEAM = 8  # ways kept at each letter
FORMS = 4  # accents tried of a piece that has none, in a query that has some

Split = tuple[float, tuple[str, ...]]  # log probability, syllables


def splits(word: str, support: Support, before: str = "", most: int = 6) -> list[tuple[str, ...]]:
    """The likeliest ways to take `word` (letters, lower case) apart into two or more syllables, at most `most`.

    `before` is the syllable before it. A piece keeps the accents it is typed with; one that has none takes those the
    archive has for it, unless the whole query goes without.
    """
    if not SHORTEST <= len(word) <= LONGEST_WORD or not word.isalpha():
        return []
    best: list[list[Split]] = [[] for _ in range(len(word) + 1)]
    best[0] = [(0.0, (before,))]
    for end in range(2, len(word) + 1):
        ways = (way for start in range(max(0, end - LONGEST_PIECE), end - 1 if end < 3 else end)
                for way in continued(best[start], word[start:end], support))
        best[end] = sorted(ways, reverse=True)[:BEAM]
    return [pieces[1:] for _, pieces in best[len(word)] if len(pieces) > 2][:most]


def continued(ways: list[Split], piece: str, support: Support) -> Iterator[Split]:
    """Each of `ways` with a piece more, in each of its forms."""
    if not ways or fold(piece) not in letters():
        return
    for form in forms(piece, support):
        yield from ((score + support.step(pieces[-1], form), (*pieces, form)) for score, pieces in ways)


def forms(piece: str, support: Support) -> list[str]:
    """The syllables of the archive that a piece may be."""
    if support.bare or piece != fold(piece):
        return [piece] if support.of.get(piece) else []
    plain = [piece] if support.of.get(piece) else []
    return [*dict.fromkeys((*plain, *support.known.forms.get(piece, [])[:FORMS]))]


@cache
def letters() -> frozenset[str]:
    """The syllables that Vietnamese can write, without accents."""
    return frozenset(map(fold, possible()[1]))
