"""Spans of lines [start, end), and sums over lines."""

from __future__ import annotations


def totals(values: list[int]) -> list[int]:
    """Running sums: totals[j] - totals[i] is the sum of values[i:j]."""
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def covered(spans: list[tuple[int, int]], length: int) -> list[bool]:
    """Which of `length` lines lie in any of the spans."""
    changes = [0] * (length + 1)
    for start, end in spans:
        changes[start] += 1
        changes[end] -= 1
    depth, inside = 0, []
    for change in changes[:length]:
        depth += change
        inside.append(depth > 0)
    return inside
