"""What became of the bodies that posts are at: dated rows of data/units.csv."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.entities.words import rows


@dataclass(frozen=True, slots=True)
class Successor:
    """What stands in the place of a body: `since` when (ISO, "" from the start), and why in a sentence to show."""

    body: str
    level: str
    since: str
    note: str


def successors(body: str, day: str | None = None, level: str = "", place: str = "") -> tuple[Successor, ...]:
    """What took the place of `body` (canonical) by `day` (None: by today), to offer beside a search for it.

    Rows about one place ("Bộ CHQS" in Hà Nội) count only where `place` is asked for.
    """
    found = (row for row in rows("units.csv") if row["body"] == body and level in ("", row["level"]))
    return tuple(
        Successor(row["successor"], row["successor_level"], following_day(row["until"]), row["note"])
        for row in found
        if row["successor"] and row["place"] in ("", place) and (not day or row["until"] < day)
    )


def predecessors(body: str, level: str = "") -> tuple[Successor, ...]:
    """What `body` (canonical) took the place of everywhere; `since` is the day it did."""
    return tuple(
        Successor(row["body"], row["level"], following_day(row["until"]), row["note"])
        for row in rows("units.csv")
        if row["successor"] == body and row["until"] and not row["place"] and level in ("", row["successor_level"])
    )


def following_day(day: str) -> str:
    """Rows end with a half-year: the day after 30 June is 1 July."""
    return day.replace("-06-30", "-07-01")
