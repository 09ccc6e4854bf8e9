"""The best of many scores, equal ones in the order of the Vietnamese alphabet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.search.statistics.units import as_text
from indexer.text.collate import vietnamese_key

DIGITS = 9  # scores that differ by less are equal


def best(candidates: Any, scores: Any, names: Sequence[str], most: int) -> list[int]:
    """At most `most` of the `candidates` (indices into `names` and `scores`), highest score first."""
    candidates, own = np.asarray(candidates), np.round(np.asarray(scores)[candidates], DIGITS)
    if len(candidates) > most > 0:
        bound = np.partition(own, -most)[-most]  # equal scores at the border are all compared
        candidates, own = candidates[own >= bound], own[own >= bound]
    rows = zip(candidates.tolist(), own.tolist(), strict=True)
    return [at for at, _ in sorted(rows, key=lambda row: (-row[1], vietnamese_key(as_text(names[row[0]]))))[:most]]
