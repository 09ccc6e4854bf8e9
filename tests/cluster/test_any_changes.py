"""The model of the whole archive (tests/whole_archive) on a cluster: the same rules, fewer steps."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis.stateful import run_state_machine_as_test

from indexer.engine.cluster import indices
from indexer.model.cluster_address import ClusterAddress
from tests.faults.place import Runner
from tests.forks import Forks
from tests.profiles import shares
from tests.whole_archive.machine import Archive
from tests.whole_archive.test_archive import sized


@pytest.fixture
def archive(
    place: ClusterAddress, forks: Forks, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[type[Archive]]:
    """The machine with an index of its own on the cluster for each history."""

    class OnCluster(Archive):
        runner = Runner(forks, tmp_path_factory.mktemp("runner") / "errors.txt")

        def __init__(self) -> None:
            super().__init__()
            self.engine = replace(place, name=f"model-{uuid.uuid4().hex[:12]}", replicas="0")

        def teardown(self) -> None:
            super().teardown()
            indices.drop_all(self.engine)

    yield OnCluster


@pytest.mark.parametrize("share", shares(range(4)))
def test_after_any_changes_an_archive_on_a_cluster_answers_as_its_articles_do(
        archive: type[Archive], share: int) -> None:
    run_state_machine_as_test(archive, settings=sized(2, 12))
