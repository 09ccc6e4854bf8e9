"""The reports of the last runs of the indexer, kept beside the generations of the index.

    index/reports/2026-11-30T09-05-00Z.json   when the run began, how it ended, and its report where it has one

A run that is killed leaves none: `status.json` tells of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from indexer.model.atomic_files import replace_json

FOLDER = "reports"
KEPT = 30
MOST_LISTED = 1_000  # entries of a list in a report; the number of all stands beside it


def keep(index_dir: Path, began: str, shape: Mapping[str, Any]) -> None:
    """Write the report of the run that began at an ISO time, and remove all but the last KEPT. Raises OSError."""
    folder = index_dir / FOLDER
    folder.mkdir(exist_ok=True)
    path = free_name(folder, began)
    replace_json(path, {"began": began, **shortened(shape)})
    for old in kept(index_dir)[:-KEPT]:
        with suppress(OSError):
            old.unlink()


def add(index_dir: Path, name: str, shape: Mapping[str, Any]) -> None:
    """Add a part, such as what was fetched, to the newest report. Nothing where there is none that can be written."""
    with suppress(OSError, ValueError, IndexError):
        newest = kept(index_dir)[-1]
        told = json.loads(newest.read_text(encoding="utf-8"))
        replace_json(newest, told | {name: shortened(shape)})


def kept(index_dir: Path) -> list[Path]:
    """The reports there are, the newest last."""
    return sorted((index_dir / FOLDER).glob("*Z*.json"), key=lambda path: path.stem)


def free_name(folder: Path, began: str) -> Path:
    """The file of a run: its time in UTC, with a number behind it where another run began in the same second."""
    moment = datetime.fromisoformat(began).astimezone(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")
    taken = sum(1 for _ in folder.glob(f"{moment}*.json"))
    return folder / f"{moment}{f'-{taken:03d}' if taken else ''}.json"


def shortened(shape: Mapping[str, Any]) -> dict[str, Any]:
    """The report with lists of at most MOST_LISTED entries; "problems_in_all" counts those of a list that was cut."""
    short: dict[str, Any] = {}
    for name, value in shape.items():
        short[name] = value
        if isinstance(value, Mapping):
            short[name] = shortened(value)
        elif isinstance(value, list) and len(value) > MOST_LISTED:
            short |= {name: value[:MOST_LISTED], f"{name}_in_all": len(value)}
    return short
