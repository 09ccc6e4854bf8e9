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
IN_FULL_ONLY = frozenset(
    {"topics", "keys", "evidence", "year_evidence", "held", "roles", "years_about", "event", "stamps", "notes"}
)
LEVEL = 3  # 0.1 ms for an article of 500 words; level 6 takes a third more and leaves 4 % less


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
    return writer(value.__class__)(value)


@cache
def writer(cls: Any) -> Callable[[Any], Any]:
    """What turns values of a type into plain JSON."""
    if is_dataclass(cls):
        return dataclass_writer(cls)
    if issubclass(cls, Mapping):
        return lambda value: {key: plain(each) for key, each in value.items()}
    return (lambda value: [plain(each) for each in value]) if issubclass(cls, tuple) else lambda value: value


def dataclass_writer(cls: Any) -> Callable[[Any], Any]:
    """A function from a value of `cls` to a dict of the fields that differ from their defaults."""
    rows = defaults(cls)
    return lambda value: {name: plain(each) for name, default in rows if (each := getattr(value, name)) != default}


@cache
def defaults(cls: Any) -> tuple[tuple[str, Any], ...]:
    """The names of a dataclass's fields, each with its default."""
    return tuple(
        (f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(cls)
    )


@cache
def entry_reader(brief: bool) -> Callable[[Any], Any]:
    """A function from a decoded dict to an Entry; `brief` leaves out what only a whole article needs."""
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
    """`inner` for values that may be None."""
    return (lambda value: None if value is None else inner(value)) if inner else None


def dataclass_reader(cls: Any, brief: bool) -> Callable[[Any], Any]:
    """A function from a dict to a value of `cls`; fields that `cls` does not have are passed over."""
    hints = {name: hint for name, hint in get_type_hints(cls).items() if not (brief and name in IN_FULL_ONLY)}
    readers = {name: found for name, hint in hints.items() if (found := reader(hint, brief))}
    def read(value: dict[str, Any]) -> Any:
        given = {name: held for name, held in value.items() if name in hints}
        for name in readers.keys() & given.keys():
            given[name] = readers[name](given[name])
        return cls(**given)

    return read
