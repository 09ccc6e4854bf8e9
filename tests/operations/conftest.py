"""An index of three articles beside its corpus, for tests that change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives import PutBack
from tests.operations.test_withdraw import URL, run, write


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> PutBack:
    return PutBack(tmp_path_factory.mktemp("operations"), make)


def make(folder: Path) -> None:
    (folder / "corpus").mkdir()
    write(folder / "corpus" / "a.jsonl", {"id": "one", "url": URL}, {"id": "two"}, {"id": "three"})
    run(folder / "index")


@pytest.fixture
def index(made: PutBack) -> Path:
    """The index of the articles one, two and three; corpus/ lies beside it."""
    return made.fresh() / "index"
