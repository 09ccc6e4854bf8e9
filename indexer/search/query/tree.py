"""What a query says once it is read: a small syntax tree, every leaf with its place in the text as typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Chunk:
    """Characters typed without white space: a syllable ("quân"), or a number or figure ("28-NQ/TW").

    `asks`: a word of a question that only asks, and that no article need hold.
    """

    text: str
    start: int
    end: int
    literal: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks, in this order; with `slop`, close together in any order."""

    text: str
    start: int
    end: int
    literal: bool = False
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Stem:
    """The beginning of a syllable: huấn*."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A known field and its value, the mark of a quoted value already removed. `name` is the model's facet name."""

    name: str
    value: str
    start: int
    end: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """A field between two years, or the field "day" between two days; either end may be open."""

    name: str
    low: str | None
    high: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Keys:
    """A field whose value is understood: any of these keys of the facet."""

    facet: str
    keys: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A date in any of its spellings: `forms` are runs of syllables, `iso` the day ("2025-07-01") or month."""

    forms: tuple[str, ...]
    iso: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Exclude:
    """A part of the query that must not match."""
    node: Tree


@dataclass(frozen=True, slots=True)
class Every:
    """All parts are wanted."""

    nodes: tuple[Tree, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts is enough."""

    nodes: tuple[Tree, ...] = ()


Leaf: TypeAlias = "Chunk | Quote | Stem | Field | Range | Keys | Dated"
Tree: TypeAlias = "Leaf | Exclude | Every | Either"


def wanted(tree: Tree) -> Iterator[Leaf]:
    """The leaves of `tree` that a match should hold, in the order typed: not those excluded, nor those that only ask.
    """
    if isinstance(tree, (Every, Either)):
        for node in tree.nodes:
            yield from wanted(node)
    elif not isinstance(tree, Exclude) and not (isinstance(tree, Chunk) and tree.asks):
        yield tree
