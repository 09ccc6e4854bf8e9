"""A newspaper to fetch from, and visitors with small limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from indexer.fetch import Limits, Visitor
from tests.fetch.server import Newspaper

QUICK = Limits(document=200_000, silence=0.5, request=1.0, feed=10, patience=0.5, backoff=0.01, delay=0.0, tries=3)


@pytest.fixture
def newspaper() -> Iterator[Newspaper]:
    opened = Newspaper()
    yield opened
    opened.close()


@pytest.fixture
def visitor() -> Callable[..., Visitor]:
    """Makes a visitor that may go to 127.0.0.1, with QUICK limits changed as told."""

    def make(allowed: tuple[str, ...] = ("127.0.0.1",), agent: str = "quocphong/0.1 (+mailto:a@example.vn)",
             resolve: Any = None, **limits: float) -> Visitor:
        more = {"resolve": resolve} if resolve else {}
        return Visitor(agent, replace(QUICK, **limits), allowed, **more)  # type: ignore[arg-type]

    return make
