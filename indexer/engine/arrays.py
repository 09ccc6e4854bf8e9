"""NumPy operations that the engine shares: concatenated ranges, offsets, and lookups in sorted unique arrays."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]

EMPTY: Array = np.zeros(0, np.intp)


def concat_ranges(starts: Array, counts: Array) -> Array:
    """The integers of all ranges [start, start + count), range after range.

    Example: concat_ranges([7, 2], [2, 3]) is [7, 8, 2, 3, 4]. `starts` and `counts` have one element per range.
    The result is a cumulative sum of steps: 1 within a range, the distance to the next start between two ranges.
    """
    if not counts.all():
        starts, counts = starts[counts > 0], counts[counts > 0]
    ends = np.cumsum(counts, dtype=np.intp)
    steps = np.ones(int(ends[-1]) if len(ends) else 0, np.intp)
    if len(ends):
        steps[0] = starts[0]
        steps[ends[:-1]] = starts[1:].astype(np.intp) - starts[:-1] - counts[:-1] + 1
    return np.cumsum(steps, out=steps)


def total_bytes(*arrays: Array | None) -> int:
    """The summed size of the arrays in bytes; None counts as 0."""
    return sum(int(array.nbytes) for array in arrays if array is not None)


def offsets(counts: Array) -> Array:
    """The start of each range when ranges of these lengths follow each other, then the end of the last.

    Example: offsets([2, 3]) is [0, 2, 5].
    """
    result = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=result[1:])
    return result


def compact(values: Array, minimum: type[np.unsignedinteger[Any]] = np.uint16) -> Array:
    """`values` (0 or more) in the smallest unsigned integer type that holds them, but no smaller than `minimum`."""
    highest = int(values.max()) if len(values) else 0
    return values.astype(np.promote_types(minimum, np.min_scalar_type(highest)), copy=False)


def concat(parts: list[Array], dtype: Any = np.int64) -> Array:
    """The parts as one array. One part is returned without a copy; no part gives an empty array of `dtype`."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def sorted_unique(values: Array) -> Array:
    """The distinct values in ascending order. Same result as np.unique, which hashes and can be fifty times slower."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def indices_in(needles: Array, haystack: Array) -> Array:
    """The index of each needle in `haystack` (sorted, unique); -1 for a needle that is not there."""
    if not len(haystack):
        return np.full(len(needles), -1)
    indices = np.searchsorted(haystack, needles)
    indices[indices == len(haystack)] = 0
    indices[haystack[indices] != needles] = -1
    return indices


def mask_of(documents: Array, size: int) -> Array:
    """A boolean mask of length `size`, true at the numbers in `documents`."""
    mask = np.zeros(size, bool)
    mask[documents] = True
    return mask


def intersect_sorted(left: Array, right: Array) -> Array:
    """The values that are in both arrays. Both are sorted and unique; so is the result."""
    smaller, larger = (left, right) if len(left) <= len(right) else (right, left)
    if len(smaller) * 8 < len(larger):
        return smaller.compress(indices_in(smaller, larger) >= 0)
    both = np.concatenate((smaller, larger))
    both.sort(kind="stable")  # timsort merges the two sorted halves: 2.5 times faster than a lookup per value
    return both[:-1].compress(both[1:] == both[:-1])


def indices_of_subset(subset: Array, superset: Array) -> Array:
    """The index in `superset` of each value of `subset`, all of which it holds. Both are sorted and unique."""
    if len(subset) * 16 < len(superset):
        return np.searchsorted(superset, subset)
    return np.flatnonzero(mask_of(subset, int(superset[-1]) + 1)[superset]) if len(superset) else np.zeros(0, np.int64)
