"""What the fault tests share: one runner a module, and a fresh place a test."""

from __future__ import annotations

import pytest

from tests.faults.place import Place, Runner
from tests.forks import Forks


@pytest.fixture(scope="module")
def runner(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(forks, tmp_path_factory.mktemp("runner") / "errors.txt")


@pytest.fixture
def place(tmp_path, runner) -> Place:
    return Place(tmp_path, runner)
