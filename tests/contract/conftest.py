"""Every engine under one contract: `index` is an empty index of each, written and opened the same way.

The engine on a cluster is among them where QUOCPHONG_TEST_CLUSTER names a cluster, as `make test-cluster` does.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, ClassVar

import pytest

from indexer.engine import whoosh
from indexer.engine.cluster import indices, mapping
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.cluster.writer import OpenSearchWriter
from indexer.engine.port import Engine
from indexer.model import Entry, Terms
from indexer.model.cluster_address import ClusterAddress

ON_CLUSTER = "QUOCPHONG_TEST_CLUSTER" in os.environ


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


class OpenSearchIndex:
    """An index on the cluster that QUOCPHONG_TEST_CLUSTER names; the folder only names it apart from others."""

    invert = staticmethod(mapping.invert)
    made: ClassVar[list[OpenSearchIndex]] = []
    name = f"test-{uuid.uuid4().hex[:12]}"
    numbers = count(1)

    def __init__(self, folder: Path, shards: int = 1) -> None:
        self.where = ClusterAddress((os.environ["QUOCPHONG_TEST_CLUSTER"],), self.name, shards=shards, replicas="0")
        self.index = f"{self.name}-{next(self.numbers):06d}"
        self.opened: list[OpenSearchEngine] = []
        indices.create(self.where, self.index)
        self.made.append(self)

    def write(self, articles: Iterable[tuple[Entry, Terms]] = (), delete: Iterable[str] = ()) -> int:
        """Add and delete, in this order, and commit; how many were deleted."""
        with self.writer() as writer:
            writer.add(mapping.invert(articles))
            deleted = writer.delete(delete)
            writer.commit()
        return deleted

    def writer(self) -> OpenSearchWriter:
        return OpenSearchWriter(self.where, self.index)

    def open(self) -> Engine:
        self.opened.append(OpenSearchEngine(self.where, self.index))
        return self.opened[-1]

    def drop(self) -> None:
        for engine in self.opened:
            engine.close()
        indices.drop(self.where, self.index)


class ShardedIndex(OpenSearchIndex):
    """The same in three shards, which must make no difference."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, shards=3)


ENGINES: dict[str, Any] = {"whoosh": WhooshIndex}
if ON_CLUSTER:
    ENGINES |= {"opensearch": OpenSearchIndex, "opensearch-shards": ShardedIndex}


@pytest.fixture(params=ENGINES, scope="module")
def new_index(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Makes an empty index in a folder, for tests that need several."""
    yield ENGINES[request.param]
    if OpenSearchIndex.made:
        while OpenSearchIndex.made:
            OpenSearchIndex.made.pop().drop()
        indices.forget(ClusterAddress((os.environ["QUOCPHONG_TEST_CLUSTER"],), OpenSearchIndex.name))


@pytest.fixture
def index(new_index: Any, tmp_path: Path) -> Iterator[Any]:
    yield new_index(tmp_path / "index")
