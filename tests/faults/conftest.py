"""What the fault tests share: one runner a module, and a fresh place a test."""

from __future__ import annotations

import pytest

from tests.faults.place import Place, Runner


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory):
    runner = Runner(tmp_path_factory.mktemp("runner") / "errors.txt")
    yield runner
    runner.close()


@pytest.fixture
def place(tmp_path, runner) -> Place:
    return Place(tmp_path, runner)
