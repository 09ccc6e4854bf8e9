"""The version stamp of an index: the versions of the code and data that wrote it.

An index with another stamp is refused, because this code could misread it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from indexer.model.atomic_files import replace_file
from indexer.model.errors import IndexMissing, IndexOutdated

STAMP = "stamp.json"
Versions = Mapping[str, str | int]


def write(folder: Path, versions: Versions) -> None:
    """Store the versions (of schema, text analysis, entities, codec …) that the index in `folder` is written with."""
    replace_file(folder / STAMP, json.dumps(dict(versions), ensure_ascii=False, sort_keys=True, indent=1))


def read(folder: Path) -> dict[str, str | int]:
    """The versions stored in `folder`. IndexMissing if it holds no index, IndexOutdated if the stamp is unreadable."""
    try:
        stored: dict[str, str | int] = dict(json.loads((folder / STAMP).read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise IndexMissing(f"There is no index in {folder}. Run: quocphong index") from None
    except (ValueError, TypeError):
        raise IndexOutdated(f"{folder / STAMP} cannot be read. Run: quocphong index --rebuild") from None
    return stored


def check(folder: Path, expected: Versions) -> None:
    """Raise IndexMissing if `folder` holds no index, IndexOutdated if its versions differ from `expected`."""
    stored = read(folder)
    changed = [name for name in sorted({*stored, *expected}) if stored.get(name) != expected.get(name)]
    if changed:
        what = ", ".join(f"{name} {stored.get(name, 'none')}, now {expected.get(name, 'none')}" for name in changed)
        raise IndexOutdated(f"The index in {folder} was written with {what}. Run: quocphong index --rebuild")
