"""What editors put right about people: rows of a CSV file outside the index, read whenever people are shown.

A row merges keys into one person, keeps keys apart, renames one, or says that a key is no official. It takes effect
at once, survives rebuilds, and is undone by deleting it. The columns are who, when, why, source, action and keys
(several keys with ";" between them; rename takes the key and the name).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Problem

COLUMNS = ("who", "when", "why", "source", "action", "keys")
ACTIONS = {"merge": (2, 99), "split": (2, 99), "rename": (2, 2), "not-official": (1, 99)}  # how many keys each takes
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Correction:
    """One row: `keys` are officials' keys ("lê văn diện@Thanh Hóa"); for rename the second is the name to show."""

    who: str
    when: str
    why: str
    source: str
    action: str
    keys: tuple[str, ...]


def read_corrections(path: Path | None) -> tuple[tuple[Correction, ...], tuple[Problem, ...]]:
    """The rows of the file and a Problem for each that cannot be used; no path or no file gives no corrections."""
    if path is None or not str(path) or not path.is_file():
        return (), ()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return (), (Problem(str(path), None, f"cannot be read as UTF-8 text: {error}"),)
    found = [*corrections(str(path), text)]
    good = tuple(each for each in found if isinstance(each, Correction))
    return good, tuple(each for each in found if isinstance(each, Problem))


def corrections(path: str, text: str) -> Iterator[Correction | Problem]:
    """The rows of the file's text in order, a Problem in the place of each that cannot be used."""
    rows = csv.DictReader(io.StringIO(text, newline=""))
    if text and (missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]):
        yield Problem(path, 1, f"has no column {', '.join(missing)}; needed are {', '.join(COLUMNS)}.")
        return
    for row in rows:
        why = wrong(row)
        yield Problem(path, rows.line_num, why) if why else correction(row)


def correction(row: Mapping[str, str]) -> Correction:
    """A row of the file that was found usable."""
    who, when, why, source, action = (row[name].strip() for name in COLUMNS[:-1])
    return Correction(who, when, why, source, action, keys_of(row))


def keys_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of a row, split at ";"."""
    return tuple(key for part in row["keys"].split(";") if (key := part.strip()))


def wrong(row: Mapping[str, str | None]) -> str:
    """What is wrong with a row, "" if nothing: every correction says who made it, when, why and on what source."""
    filled = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if empty := [name for name, value in filled.items() if not value]:
        return f"says nothing in {', '.join(empty)}."
    if not DAY.fullmatch(filled["when"]):
        return f"when is {filled['when']!r}: write the day as 2026-11-21."
    if filled["action"] not in ACTIONS:
        return f"action is {filled['action']!r}: write {', '.join(ACTIONS)}."
    low, high = ACTIONS[filled["action"]]
    if not low <= len(keys_of(filled)) <= high:
        return f"{filled['action']} takes {low if low == high else f'at least {low}'} keys, with ; between them."
    return ""
