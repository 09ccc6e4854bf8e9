"""The tables of statistics as rows of a file and as JSON: the same names and figures in both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any

from indexer.search.statistics.tables import (
    Collocate,
    Collocates,
    Frequencies,
    Frequency,
    Keyness,
    KeyWord,
    NamedTogether,
    Read,
    Together,
)

DECIMALS = 4
ROW_OF: dict[type[Any], type[Any]] = {
    Collocates: Collocate, Keyness: KeyWord, Frequencies: Frequency, NamedTogether: Together}
Table = Collocates | Keyness | Frequencies | NamedTogether


@dataclass(frozen=True, slots=True)
class Lines:
    """A table as a file has it: the names of the columns, and the rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


def as_lines(table: Table) -> Lines:
    """The rows of a table, figures rounded to DECIMALS."""
    names = tuple(field.name for field in fields(ROW_OF[type(table)]))
    return Lines(names, tuple(tuple(rounded(getattr(row, name)) for name in names) for row in table.rows))


def as_json(table: Table) -> dict[str, Any]:
    """A table with what it rests on: how many articles were read of how many, by which seed."""
    lines = as_lines(table)
    return {**dict(heading(table)), "rows": [dict(zip(lines.header, row, strict=True)) for row in lines.rows]}


def heading(table: Table) -> Iterator[tuple[str, Any]]:
    """Everything of a table but its rows."""
    for field in fields(table):
        value = getattr(table, field.name)
        if field.name in ("query", "other") and not isinstance(value, int):
            yield field.name, value.text
        elif isinstance(value, Read):
            yield field.name, asdict(value) | {"sample": value.is_sample}
        elif field.name != "rows":
            yield field.name, value


def rounded(value: object) -> object:
    """A figure as files have it; None for one that is not finite."""
    if isinstance(value, float):
        return round(value, DECIMALS) if isfinite(value) else None
    return value
