"""What readers elsewhere may see of an article's text: a fixed part of it, and a little more of what they ask for.

The fixed part is chosen from the article alone: first the beginning, then the sentences that facets rest on, as long as
there is room. Every route shows it, also one that is added. What stands around a word that was looked for, a snippet or
the sentence that a value rests on comes out of the reader's allowance (`model.excerpt.Allowance`): of each article at
most GRANTED of its CELLS. Both together are less than a quarter of a text, whatever is asked, in whatever order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, cast

from indexer.engine.port import Engine
from indexer.model import Entities, Entry, Evidence
from indexer.model.excerpt import Allowance, Excerpt, Quote, Span, covers, merged

SHARE = 0.11  # of an article's characters, for everybody: names and posts are shown as facets besides
BEGINNING = 0.6  # of that, for the beginning
GRANTED = 14  # cells of an article's 128 that a reader is given besides: 11 % of its characters
SUMMARY, LEAST = 400, 200  # characters: so short a text is a summary itself, and so much of it is shown, and no more


class ExcerptEngine:
    """An engine whose entries hold excerpts instead of texts; all else is as in `whole_engine`."""

    def __init__(self, engine: Engine, allowance: Allowance | None) -> None:
        self.whole_engine, self.allowance = engine, allowance

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole_engine, name)

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """The entries for `ids` as readers elsewhere may see them; `brief` as in `port.Engine`.

        The parts shown depend on all that is known of an article, so its whole entry is read in any case.
        """
        return [excerpted(entry, self.allowance) for entry in self.whole_engine.entries(ids)]


def of_excerpts(engine: Engine, allowance: Allowance | None = None) -> Engine:
    """`engine` for a reader who may not have whole texts; without an allowance he sees the fixed parts alone."""
    return cast(Engine, ExcerptEngine(engine, allowance))


def excerpted(entry: Entry, allowance: Allowance | None = None) -> Entry:
    """The entry with an excerpt for its text and quotes of that for its evidence."""
    whole = entry.article.text
    parts = shown_parts(whole, evidence_spans(entry.entities, whole))
    text = Excerpt(whole, parts, entry.id, allowance if len(whole) > SUMMARY else None)
    return replace(entry, article=replace(entry.article, lead="", body=text), entities=masked(entry.entities, text))


def shown_parts(text: str, evidence: Sequence[Span]) -> list[Span]:
    """The parts of a text that may be shown: SHARE of its characters, or LEAST of a summary; no word is cut."""
    room = room_of(text)
    parts = [(0, border(text, 0, room if len(text) <= SUMMARY else int(room * BEGINNING)))]
    for start, end in evidence:
        left = room - total(parts)
        parts = merged([*parts, (start, end if end - start <= left else border(text, start, max(0, left)))])
    first, last = parts[0] if parts else (0, 0)
    left = room - total(parts)
    return merged([(first, border(text, 0, last + left)), *parts]) if left > 0 and len(parts) <= 1 else parts


def room_of(text: str) -> int:
    """How many characters of a text may be shown."""
    return min(len(text), LEAST) if len(text) <= SUMMARY else int(len(text) * SHARE)


def total(parts: Sequence[Span]) -> int:
    """How many characters the parts hold."""
    return sum(end - start for start, end in parts)


def border(text: str, start: int, length: int) -> int:
    """The last place at most `length` characters after `start` where a word ends; `start` if there is none."""
    end = min(len(text), start + length)
    while start < end < len(text) and not text[end].isspace():
        end -= 1
    return end


def evidence_spans(entities: Entities, text: str) -> list[Span]:
    """Where the evidence stands in the text, each place once, in the order of the entities."""
    return list(dict.fromkeys(place for each in evidence_in(entities) if (place := place_of(each, text))))


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Every evidence that is part of a value."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from evidence_in(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in names_of(type(value)):
            if held := getattr(value, name):
                yield from evidence_in(held)


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass."""
    return tuple(field.name for field in fields(kind) if field.init)


def place_of(evidence: Evidence, text: str) -> Span | None:
    """Where the evidence stands in the text; None for words of the title, the address or the record."""
    if evidence.zone != "text" or not evidence.quote:
        return None
    if evidence.start < evidence.end <= len(text):
        return evidence.start, evidence.end
    found = text.find(evidence.quote)
    return (found, found + len(evidence.quote)) if found >= 0 else (0, 0)


def masked(value: Any, text: Excerpt) -> Any:
    """The value with its evidence as the excerpt shows it."""
    if isinstance(value, Evidence):
        return masked_evidence(value, text)
    if isinstance(value, tuple) and type(value) is tuple:
        return tuple(masked(each, text) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((name, getattr(value, name)) for name in names_of(type(value)))
        changed = {name: new for name, old in held if old and (new := masked(old, text)) is not old}
        return replace(value, **changed) if changed else value
    return value


def masked_evidence(evidence: Evidence, text: Excerpt) -> Evidence:
    """The evidence with a quote that shows what its reader may see."""
    place = place_of(evidence, text.whole)
    if place is None or (covers(text.parts, *place) and place[0] < place[1]):
        return evidence
    return replace(evidence, quote=Quote(text, *place) if place[0] < place[1] else "")
