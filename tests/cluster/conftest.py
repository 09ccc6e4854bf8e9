"""A place on the cluster for each test, gone after it; and the cluster itself, for tests that hurt it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.cluster import indices
from indexer.model.cluster_address import ClusterAddress
from tests.cluster.server import CURRENT, Cluster

HERE = Path(__file__).parent


NEED_A_CLUSTER = {"place", "nodes"}  # the fixtures


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a cluster the tests that ask for one are left out; `make test-cluster` starts one and runs them."""
    if "QUOCPHONG_TEST_CLUSTER" in os.environ:
        return
    left_out = [item for item in items if NEED_A_CLUSTER & set(getattr(item, "fixturenames", ()))
                and item.path.is_relative_to(HERE)]
    items[:] = [item for item in items if item not in set(left_out)]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def place() -> Iterator[ClusterAddress]:
    """A name on the cluster that nobody else uses."""
    hosts = tuple(CURRENT[0].urls) if CURRENT else (os.environ["QUOCPHONG_TEST_CLUSTER"],)
    where = ClusterAddress(hosts, f"archive-{uuid.uuid4().hex[:12]}")
    yield where
    indices.forget(where)


@pytest.fixture
def nodes() -> Iterator[Cluster]:
    """The cluster, to be hurt; whole again for the next test."""
    if not CURRENT:
        pytest.skip("no OpenSearch cluster of our own to hurt: make test-cluster runs this on one")
    [cluster] = CURRENT
    yield cluster
    for node in cluster.nodes:
        if node.process is None or node.process.poll() is not None:
            cluster.start(node)
    cluster.wait()
