"""What every character is folded to, as an array: for whole texts at once."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from indexer.text.normalize import fold, normalize


@cache
def folding() -> npt.NDArray[np.uint16]:
    """What each character of the Basic Multilingual Plane is folded to, where that is one character again."""
    table = np.arange(0x10000, dtype=np.uint16)
    for code in [*range(0x3000), *range(0xFF00, 0x10000)]:  # between them: ideographs, surrogates, private use
        folded = fold(normalize(chr(code)).lower())
        table[code] = ord(folded) if len(folded) == 1 else code
    return table
