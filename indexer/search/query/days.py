"""Days of publication in a query: ngày:2025-07-01.., ngày:1/7/2025..30/9/2025, ngày:2025-07.

An article dated only to its month or year counts where all of that month or year lies within the bounds: what may
have appeared on either side of a bound is on neither.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from indexer.model import All, Between, Node, Not, Value

FACET = "day"
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
WRITTEN = re.compile(r"(?:(?:(\d{1,2})/)?(\d{1,2})/)?(\d{4})")
SPAN = re.compile(r"(?P<low>[\d/-]*)(?P<dots>\.{2,})(?P<high>[\d/-]*)|(?P<only>[\d/-]+)")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included and as ISO days; None is open."""

    low: str | None = None
    high: str | None = None

    def __str__(self) -> str:
        """As it is written in a query or an address."""
        return f"{self.low or ''}..{self.high or ''}"


def days(written: str) -> Days | None:
    """The span a reader wrote: two dates with ".." between, either left out, or one date, ISO or 1/7/2025.

    A month or a year alone stands for all its days. None where it is no date or the wrong way round.
    """
    found = SPAN.fullmatch(written.strip())
    if not found:
        return None
    first, last = (found["only"],) * 2 if found["only"] else (found["low"], found["high"])
    low, high = extent(first), extent(last)
    if not (first or last) or (first and not low) or (last and not high):
        return None
    span = Days(low[0] if low else None, high[1] if high else None)
    return None if span.low and span.high and span.low > span.high else span


def extent(date: str) -> tuple[str, str] | None:
    """The first and the last day of a date at its own precision; None where there is no such date."""
    iso, written = ISO.fullmatch(date), WRITTEN.fullmatch(date)
    parts = iso.groups() if iso else written.groups()[::-1] if written else None
    if parts is None or not (int(parts[0]) >= 1 and 1 <= int(parts[1] or 1) <= 12):
        return None
    year, months = int(parts[0]), (int(parts[1]),) * 2 if parts[1] else (1, 12)
    last = monthrange(year, months[1])[1]
    on = (int(parts[2]),) * 2 if parts[2] else (1, last)
    if not 1 <= on[0] <= last:
        return None
    first, end = (f"{year:04}-{month:02}-{day:02}" for month, day in zip(months, on, strict=True))
    return first, end


def as_written(iso: str) -> str:
    """An ISO day, month or year as readers write it: "1/7/2025", "12/2022"."""
    return "/".join(str(int(part)) for part in reversed(iso.split("-")))


def within(span: Days) -> Node:
    """The articles published within the span. Their keys are ISO dates at their own precision ("2025-07").

    Compared as text a month comes before its days: a lower bound loses its "-01", and of the months and years an upper
    bound lies in, those that go beyond it are taken out.
    """
    low = re.sub(r"(-01){1,2}$", "", span.low) if span.low else None
    reach = Between(FACET, low, span.high)
    if not span.high:
        return reach
    open_ended = tuple(date for date in (span.high[:4], span.high[:7]) if extent(date)[1] > span.high)  # type: ignore[index]
    return All((reach, Not(Value(FACET, open_ended)))) if open_ended else reach
