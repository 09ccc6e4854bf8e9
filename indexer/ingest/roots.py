"""The folders a run covers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def with_those_outside(roots: list[str], also: Sequence[str]) -> list[str]:
    """The roots, and those of the folders `also` that lie in none of them."""
    inside = [Path(root).resolve() for root in roots]
    return [*roots, *(path for path in also if not any(Path(path).resolve().is_relative_to(root) for root in inside))]
