"""Hand-made articles for engines: syllables cut at white space, as simple as the real reading is not."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from indexer.model import Article, Entities, Entry, NumberedStrings, Published, Terms
from indexer.text.normalize import fold

GAP = 100


def article(
    id: str,
    title: str = "",
    body: str = "",
    *,
    lead: str = "",
    entities: Sequence[str] = (),
    date: str | None = None,
    keys: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Entry, Terms]:
    """An article with its Terms. A comma ends a pair; "_" joins the syllables of a word ("quốc_phòng")."""
    entry = Entry(Article(id, f"{id}.txt", title, body, lead), Entities(Published(date)), dict(keys or {}))
    return entry, terms_of(title, lead, body, entities)


def terms_of(title: str, lead: str, body: str, entities: Sequence[str]) -> Terms:
    syllables: list[str] = []
    positions, paired, word_at, ends = array("l"), bytearray(), array("l"), []
    place = 0
    for zone in (title, lead, body, *entities):
        for word in zone.lower().split():
            pieces = word.strip(",").split("_")
            word_at.append(len(syllables))
            for number, piece in enumerate(pieces, start=1):
                syllables.append(piece)
                positions.append(place)
                paired.append(not (number == len(pieces) and word.endswith(",")))
                place += 1
        if paired:
            paired[-1] = False
        ends.append(len(syllables))
        place += GAP if zone else 0
    nowhere = array("l", [0] * len(syllables))
    numbers = array("i", range(len(syllables)))
    spelled, folded = NumberedStrings(numbers, syllables), NumberedStrings(numbers, [*map(fold, syllables)])
    return Terms(spelled, folded, positions, nowhere, nowhere, bytes(paired), word_at, *ends[:3])
