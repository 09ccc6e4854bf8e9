"""Small archives that tests write themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from indexer.ingest.run import build


def index_of(folder: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """An index of articles given as the rows of a JSONL file; both lie in `folder`."""
    file = folder / "a.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build(folder / "index", [str(file)], workers=1)
    return folder / "index"
