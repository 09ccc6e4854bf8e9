"""The merge policy: which segments are merged at a commit.

Only neighbouring segments are merged, so that documents keep their order. A segment is merged with the next one if the
next one is at least as large, or if both together are small (SMALL_SEGMENT). Merged segments stay within SEGMENT_LIMIT.
With small commits each segment is then at least twice as large as the next one, apart from full segments. An index of N
articles has at most 2 N / 65,536 + 7 segments, and an article is rewritten about 16 times during the life of the index.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engine.block import SEGMENT_LIMIT

SMALL_SEGMENT = 2_048  # documents; segments that are smaller together are always merged
DELETED_SHARE = 0.3  # a segment with a larger share of deleted documents is rewritten


def plan_merges(sizes: Sequence[int], small: int = SMALL_SEGMENT) -> list[list[int]]:
    """The segments to merge, as groups of neighbouring segment numbers. A group of one is left as it is.

    `sizes` is the number of live documents of each segment; `small` is the limit for merging small segments.
    """
    groups: list[list[int]] = []
    group_sizes: list[int] = []
    for number, size in enumerate(sizes):
        groups.append([number])
        group_sizes.append(size)
        while len(groups) > 1 and should_merge(group_sizes[-2], group_sizes[-1], small):
            last, size = groups.pop(), group_sizes.pop()
            groups[-1] += last
            group_sizes[-1] += size
    return groups


def should_merge(left: int, right: int, small: int) -> bool:
    """Whether a segment of `left` documents is merged with the next one, of `right` documents."""
    return left + right <= SEGMENT_LIMIT and (left <= right or left + right <= small)


def should_rewrite(documents: int, deleted: int) -> bool:
    """Whether so many documents of a segment are deleted that it is rewritten without them."""
    return deleted > DELETED_SHARE * documents
