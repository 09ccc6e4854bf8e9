"""How Vietnamese is read: str -> syllables, folded forms, words. Pure: no files, no state beyond caches."""

from indexer.text.analyze import POSITION_GAP, analyze, analyze_all, words_of
from indexer.text.normalize import compared, fold, normalize, shown
from indexer.text.syllables import Syllable, syllables

__all__ = [
    "POSITION_GAP",
    "Syllable",
    "analyze",
    "analyze_all",
    "compared",
    "fold",
    "normalize",
    "shown",
    "syllables",
    "words_of",
]
