"""Posts typed without accents."""

from __future__ import annotations

from functools import cache

from indexer.entities.lexicon import STATUSES
from indexer.entities.places import gazetteer
from indexer.entities.post_tables import UNIT_LEVELS, heads, written_bodies
from indexer.entities.words import members
from indexer.text import fold


def accented(text: str) -> str:
    """A post typed without accents in the words of the tables: "chi huy truong bo chqs" -> "chỉ huy trưởng bộ chqs".

    Text with an accent anywhere, and words of no table, stay as they are.
    """
    words = text.lower().split()
    if fold(text) != text:
        return text
    found: list[str] = []
    at = 0
    while at < len(words):
        size = next((n for n in range(min(7, len(words) - at), 0, -1) if " ".join(words[at : at + n]) in bare()), 0)
        found.append(bare()[" ".join(words[at : at + size])] if size else words[at])
        at += size or 1
    return " ".join(found)


@cache
def bare() -> dict[str, str]:
    """Heads, bodies, units, statuses and provinces by their accent-free form; the first in this order is meant."""
    provinces = [row.name for rows_ in gazetteer().eras.values() for row in rows_]
    known = [*heads(), *written_bodies(), *UNIT_LEVELS, *STATUSES, *members("post_qualifier"), *provinces]
    table: dict[str, str] = {}
    for phrase in known:
        table.setdefault(fold(phrase).lower(), phrase)
    return table
