"""Texts as they are compared: by their syllables, as these are indexed, with or without accents."""

from __future__ import annotations

from indexer.text import fold, syllables


def spelled(text: str) -> str:
    """The syllables of a text, as they are indexed, with spaces between."""
    return " ".join(s.text for s in syllables(text))


def syllables_of(text: str, bare: bool = False) -> tuple[str, ...]:
    """The syllables of a text, as they are indexed; without accents if `bare`."""
    return tuple(fold(s.text) if bare else s.text for s in syllables(text))
