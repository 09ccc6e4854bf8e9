"""Stored entries: the model's dataclasses as compact JSON, compressed one by one.

Read from the model itself, so that a new field with a default needs no line here. Fields at their default are
left out; a field that this code does not know, written by newer code, is ignored.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from indexer.model import Entry

# What a list of articles does not show.
IN_FULL_ONLY = frozenset({"topics", "keys", "evidence", "held", "roles", "years_about", "event", "stamps", "notes"})
LEVEL = 6  # 0.15 ms for an article of 500 words; level 1 would take half of that and 12 % more room


def pack(entry: Entry) -> bytes:
    """`entry` as bytes; `unpack` gives an equal one back."""
    return zlib.compress(json.dumps(plain(entry), ensure_ascii=False, separators=(",", ":")).encode(), LEVEL)


def unpack(data: bytes, brief: bool = False) -> Entry:
    """The entry that `pack` was given; if `brief`, with the fields IN_FULL_ONLY at their defaults."""
    return from_plain(json.loads(zlib.decompress(data).decode()), brief)


def from_plain(value: Any, brief: bool = False) -> Entry:
    """The entry that `plain` was given."""
    entry: Entry = entry_reader(brief)(value)
    return entry


def plain(value: Any) -> Any:
    """The model's dataclasses as plain JSON, without what is at its default."""
    if is_dataclass(value):
        given = ((name, getattr(value, name), default) for name, default in defaults(value.__class__))
        return {name: plain(each) for name, each, default in given if each != default}
    if isinstance(value, Mapping):
        return {key: plain(each) for key, each in value.items()}
    return [plain(each) for each in value] if isinstance(value, tuple) else value


@cache
def defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(cls)
    )


@cache
def entry_reader(brief: bool) -> Callable[[Any], Any]:
    return dataclass_reader(Entry, brief)


@cache
def reader(hint: Any, brief: bool) -> Callable[[Any], Any] | None:
    """What turns plain JSON back into a value of the annotated type; None where it is that already."""
    if is_dataclass(hint):
        return dataclass_reader(hint, brief)
    if get_origin(hint) in (types.UnionType, Union):
        return optional_reader(reader(next(arg for arg in get_args(hint) if arg is not type(None)), brief))
    if get_origin(hint) is tuple:
        each = reader(get_args(hint)[0], brief)
        return (lambda value: tuple(map(each, value))) if each else tuple
    if isinstance(get_origin(hint), type) and issubclass(get_origin(hint), Mapping):
        mapped = reader(get_args(hint)[1], brief)
        return (lambda value: {key: mapped(held) for key, held in value.items()}) if mapped else None
    return None


def optional_reader(inner: Callable[[Any], Any] | None) -> Callable[[Any], Any] | None:
    return (lambda value: None if value is None else inner(value)) if inner else None


def dataclass_reader(cls: Any, brief: bool) -> Callable[[Any], Any]:
    hints = {name: hint for name, hint in get_type_hints(cls).items() if not (brief and name in IN_FULL_ONLY)}
    readers = {name: found for name, hint in hints.items() if (found := reader(hint, brief))}
    def read(value: dict[str, Any]) -> Any:
        given = {name: held for name, held in value.items() if name in hints}
        for name in readers.keys() & given.keys():
            given[name] = readers[name](given[name])
        return cls(**given)

    return read
