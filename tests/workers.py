"""How tests are shared out among the worker processes of pytest-xdist, and what these make together.

A file goes to one worker, so that what its tests share is made once. All that need a browser go to one worker: one
browser is enough. What takes longest begins first, so that no worker sits idle at the end.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LONGEST_FIRST = ("tests/browser/", "tests/faults/test_machine", "tests/faults/", "tests/whole_archive/", "tests/cli/",
                 "tests/search_app/web/test_server", "tests/docs/test_operations", "tests/search_app/test_every_route",
                 "tests/upgrade/")


def place_in_line(test: str) -> int:
    """The smaller, the earlier; `test` is a node id of pytest."""
    return next((n for n, begin in enumerate(LONGEST_FIRST) if test.startswith(begin)), len(LONGEST_FIRST))


def company_of(test: str) -> str:
    """What a test shares a worker with: its file, or all of tests/browser."""
    return "tests/browser" if test.startswith("tests/browser/") else test.partition("::")[0]


def scheduler(config: pytest.Config, log: Any) -> Any:
    """A scheduler of pytest-xdist that keeps each company together."""
    from xdist.scheduler import LoadFileScheduling

    class ByCompany(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return company_of(nodeid)

    config.option.loadscopereorder = False  # the order is ours
    return ByCompany(config, log)


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first worker to ask for it fills by `make(folder)`, and that all workers then read."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder.with_suffix(".done")
        if not done.exists():
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
