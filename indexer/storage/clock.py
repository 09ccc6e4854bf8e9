"""The time as files of the index write it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment in UTC, to the second: "2026-11-30T09:05:00+00:00"."""
    return datetime.now(UTC).isoformat(timespec="seconds")
