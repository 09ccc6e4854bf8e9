"""Small archives that tests write themselves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from indexer.ingest.run import build


def index_of(folder: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """An index of articles given as the rows of a JSONL file; both lie in `folder`."""
    file = folder / "a.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build(folder / "index", [str(file)], workers=1)
    return folder / "index"


class PutBack:
    """A folder that is made once and put back for each test, at the same path: an index remembers its corpus."""

    def __init__(self, home: Path, make: Callable[[Path], object]) -> None:
        """`make` fills the folder that it is given, below `home`."""
        self.home, self.work, self.kept, self.used = home, home / "work", home / "kept", 0
        self.work.mkdir()
        make(self.work)
        shutil.copytree(self.work, self.kept)

    def fresh(self) -> Path:
        """The folder as it was made. What the last test left lies beside it, to be looked at."""
        self.used += 1
        self.work.rename(self.home / f"used-{self.used}")
        shutil.copytree(self.kept, self.work)
        return self.work
