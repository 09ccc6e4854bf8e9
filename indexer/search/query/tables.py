"""The tables in data/."""

from __future__ import annotations

import csv
from importlib import resources


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file in data/, each by its column names."""
    text = (resources.files("indexer.search.query") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
