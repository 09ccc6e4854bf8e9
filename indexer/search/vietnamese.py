"""How Vietnamese is compared and sorted: without accents, normalised, and in dictionary order."""

from __future__ import annotations

from indexer.text import fold, normalize
from indexer.text.collate import TONES, given_name_key, vietnamese_key

__all__ = ["TONES", "fold", "given_name_key", "normalize", "vietnamese_key"]
