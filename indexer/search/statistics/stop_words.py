"""Function words, which stand beside every word and tell results apart by nothing: left out unless asked for."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from indexer.search.statistics.units import Mask


@cache
def stop_words() -> frozenset[str]:
    """The words of stop_words.csv, syllables joined by "_"."""
    file = resources.files("indexer.search.statistics").joinpath("stop_words.csv")
    return frozenset(row["word"] for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def content(names: Sequence[str]) -> Mask:
    """A mask of the `names`, which are sorted, that are no function words."""
    mask = np.ones(len(names), np.bool_)
    for word in stop_words():
        if (at := bisect_left(names, word)) < len(names) and names[at] == word:
            mask[at] = False
    return mask


def listed(names: Sequence[str], stop_words_too: bool) -> Mask:
    """A mask of the names that a table lists: all of them, or those that are no function words."""
    return np.ones(len(names), np.bool_) if stop_words_too else content(names)
