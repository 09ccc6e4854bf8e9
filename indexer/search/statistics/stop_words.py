"""Function words, which stand beside every word and tell results apart by nothing: left out unless asked for."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from indexer.search.statistics.units import Ints


@cache
def stop_words() -> frozenset[str]:
    """The words of stop_words.csv, syllables joined by "_"."""
    file = resources.files("indexer.search.statistics").joinpath("stop_words.csv")
    return frozenset(row["word"] for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def content(names: Sequence[str]) -> Ints:
    """A mask of the names that are no function words."""
    listed = stop_words()
    return np.fromiter((name not in listed for name in names), np.bool_, len(names))
