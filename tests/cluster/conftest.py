"""A place on the cluster for each test, gone after it; and the cluster itself, for tests that hurt it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator

import pytest

from indexer.engine.cluster import indices
from indexer.model.cluster_address import ClusterAddress
from tests.cluster.server import CURRENT, Cluster


@pytest.fixture
def place() -> Iterator[ClusterAddress]:
    """A name on the cluster that nobody else uses."""
    if "QUOCPHONG_TEST_CLUSTER" not in os.environ:
        pytest.skip("no OpenSearch cluster: make test-cluster runs this on one")
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
