"""Every engine under one contract: `index` is an empty index of each, written and opened the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from indexer.engine import whoosh
from indexer.engine.port import Engine
from indexer.model import Entry, Terms


class WhooshIndex:
    """An index in a folder. `small=0` merges as late as the policy can, so that small tests see several segments."""

    invert = staticmethod(whoosh.invert)

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        whoosh.create(folder)

    def write(self, articles: Iterable[tuple[Entry, Terms]] = (), delete: Iterable[str] = ()) -> int:
        """Add and delete, in this order, and commit; how many were deleted."""
        with self.writer() as writer:
            writer.add(whoosh.invert(articles))
            deleted = writer.delete(delete)
            writer.commit()
        return deleted

    def writer(self) -> whoosh.WhooshWriter:
        return whoosh.WhooshWriter(self.folder, small=0)

    def open(self) -> Engine:
        return whoosh.open_engine(self.folder)


ENGINES = {"whoosh": WhooshIndex}


@pytest.fixture(params=ENGINES)
def new_index(request: pytest.FixtureRequest) -> type[WhooshIndex]:
    """Makes an empty index in a folder, for tests that need several."""
    return ENGINES[request.param]


@pytest.fixture
def index(new_index: type[WhooshIndex], tmp_path: Path) -> Iterator[WhooshIndex]:
    yield new_index(tmp_path / "index")
