"""From an article's text to the Terms an engine indexes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from indexer.model import Terms
from indexer.text.normalize import fold
from indexer.text.segment import words
from indexer.text.syllables import syllables

POSITION_GAP = 100  # no phrase or proximity window reaches across a zone border
LEAD_SYLLABLES = 60  # the part of the running text that news writes its summary in


def analyze(title: str, text: str, entity_words: Iterable[str] = ()) -> Terms:
    """The Terms of an article: its title, its running text and the words of its entities.

    `title` and `text` are text from `shown`. Each of `entity_words` ("Tây Ninh", "Chủ tịch UBND tỉnh") becomes a
    run of its own that no phrase can cross. Words come from pyvi's model, over title and text each as a whole.
    """
    raise NotImplementedError
