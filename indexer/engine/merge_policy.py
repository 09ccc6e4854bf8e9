"""Which segments to merge at a commit.

Neighbours only, so that index order stays. A segment takes in what follows it as soon as that is as large as
itself; segments under SMALL are cheap enough to merge always. So sizes at least halve from one to the next, but
for full ones: an index of N articles has at most 2 N / 65,536 + 7 segments, and an article is rewritten some
16 times in the life of the index, not at every commit.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.block import SEGMENT_LIMIT

SMALL = 2_048
DELETED_SHARE = 0.3  # a segment with more deletions than this is rewritten


def groups(sizes: Sequence[int], small: int = SMALL) -> list[list[int]]:
    """Places of neighbouring segments of these sizes (live documents) that become one; single ones stay."""
    found: list[list[int]] = []
    held: list[int] = []
    for place, size in enumerate(sizes):
        found.append([place])
        held.append(size)
        while len(found) > 1 and together(held[-2], held[-1], small):
            last, size = found.pop(), held.pop()
            found[-1] += last
            held[-1] += size
    return found


def together(left: int, right: int, small: int) -> bool:
    """Whether a segment of `left` documents takes in the `right` that follow."""
    return left + right <= SEGMENT_LIMIT and (left <= right or left + right <= small)


def worn(documents: int, deleted: int) -> bool:
    """Whether a segment has so many deletions that it is rewritten without them."""
    return deleted > DELETED_SHARE * documents
