"""What several test folders share: the sample corpus and an index of it, built once a session and worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.ingest.run import build
from tests import profiles, workers
from tests.forks import Forks, shared
from tests.templates import compile_once
from tests.workers import made_once

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "corpus" / "sample"

profiles.register()  # before any test module is imported


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return workers.scheduler(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: workers.place_in_line(item.nodeid))


@pytest.fixture(scope="session", autouse=True)
def hearing() -> None:
    """Signals that whoever started the tests ignores (`nohup`, `&`) are heard: processes started here inherit that."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(scope="session", autouse=True)
def templates() -> None:
    """A site compiles some twenty templates for its first page: a third of a second that tests pay once."""
    compile_once()


@pytest.fixture(scope="session")
def forks() -> Forks:
    """Runs the product in processes forked from one that has imported it: see tests/forks.py."""
    return shared()


@pytest.fixture(scope="session", autouse=True)
def no_fork_outlives_the_tests() -> Iterator[None]:
    yield
    if shared.cache_info().currsize:
        shared().close()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of corpus/sample. Only for reading."""
    folder = made_once(tmp_path_factory, "sample", lambda folder: build(folder / "index", [str(SAMPLE)], workers=1))
    return folder / "index"


@pytest.fixture(scope="session")
def outside_data() -> Path:
    """The folder of outside labelled data, where there is one."""
    folder = os.environ.get("QUOCPHONG_DATA", "")
    if not folder:
        pytest.skip("QUOCPHONG_DATA is not set: no outside data to measure on")
    return Path(folder)
