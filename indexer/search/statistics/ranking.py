"""The best of many scores, equal ones in the order of the Vietnamese alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.search.statistics.units import as_text
from indexer.text.collate import vietnamese_key

DIGITS = 9  # scores that differ by less are equal


def best(scores: Any, names: Sequence[str], most: int) -> list[int]:
    """The indices of at most `most` of the scores, highest first; `names` are those of the same indices."""
    own = np.round(np.asarray(scores, np.float64), DIGITS)
    candidates = np.arange(len(own))
    if len(own) > most > 0:
        candidates = np.flatnonzero(own >= np.partition(own, -most)[-most])  # equal scores at the border are compared
    rows = zip(candidates.tolist(), own[candidates].tolist(), strict=True)
    return [at for at, _ in sorted(rows, key=lambda row: (-row[1], vietnamese_key(as_text(names[row[0]]))))[:most]]
