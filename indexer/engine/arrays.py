"""The few array operations everything here is made of: ragged runs, and membership in sorted document numbers."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]

NOTHING: Array = np.zeros(0, np.intp)


def runs(starts: Array, counts: Array) -> Array:
    """Indices of the runs [start, start + count) one after another: runs([7, 2], [2, 3]) is [7, 8, 2, 3, 4].

    Within a run each index is one more than the last, and where a run ends they leap: the steps summed up.
    """
    if not counts.all():
        starts, counts = starts[counts > 0], counts[counts > 0]
    ends = np.cumsum(counts, dtype=np.intp)
    steps = np.ones(int(ends[-1]) if len(ends) else 0, np.intp)
    if len(ends):
        steps[0] = starts[0]
        steps[ends[:-1]] = starts[1:].astype(np.intp) - starts[:-1] - counts[:-1] + 1
    return np.cumsum(steps, out=steps)


def size_of(*arrays: Array | None) -> int:
    """What some arrays, as far as they are there, take in memory, in bytes."""
    return sum(int(array.nbytes) for array in arrays if array is not None)


def offsets(counts: Array) -> Array:
    """Where each of several runs begins, with the end of the last: offsets([2, 3]) is [0, 2, 5]."""
    found = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=found[1:])
    return found


def compact(values: Array, least: type[np.unsignedinteger[Any]] = np.uint16) -> Array:
    """`values` (none negative) in the smallest unsigned type that holds them, but at least `least`."""
    top = int(values.max()) if len(values) else 0
    return values.astype(np.promote_types(least, np.min_scalar_type(top)), copy=False)


def joined(parts: list[Array], dtype: Any = np.int64) -> Array:
    """The parts as one array, a single one as it is; an empty array of `dtype` when there are none."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def distinct(values: Array) -> Array:
    """The values in order, each once, as np.unique gives them: it hashes, which may take fifty times as long."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def places(needles: Array, haystack: Array) -> Array:
    """Index in `haystack` (sorted, unique) of each needle, -1 where it is not held."""
    if not len(haystack):
        return np.full(len(needles), -1)
    at = np.searchsorted(haystack, needles)
    at[at == len(haystack)] = 0
    at[haystack[at] != needles] = -1
    return at


def mask_of(documents: Array, size: int) -> Array:
    """A mask of `size` documents, true at `documents`."""
    mask = np.zeros(size, bool)
    mask[documents] = True
    return mask


def shared(left: Array, right: Array) -> Array:
    """The values in both; each sorted and unique."""
    few, many = (left, right) if len(left) <= len(right) else (right, left)
    if len(few) * 8 < len(many):
        return few.compress(places(few, many) >= 0)
    both = np.concatenate((few, many))
    both.sort(kind="stable")  # finds the two ordered runs and merges them: 2.5 x quicker than looking each up
    return both[:-1].compress(both[1:] == both[:-1])


def rows(documents: Array, held: Array) -> Array:
    """Index in `held` of each of `documents`, all of which it holds; both sorted and unique."""
    if len(documents) * 16 < len(held):
        return np.searchsorted(held, documents)
    return np.flatnonzero(mask_of(documents, int(held[-1]) + 1)[held]) if len(held) else np.zeros(0, np.int64)
