"""What strangers wrote is read in processes that can be ended: whatever it does to one, the next reading succeeds."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from indexer.fetch.listing import Announced, announced
from indexer.fetch.worker import Unread, Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with closing(Workers(most=1, memory=500_000_000)) as made:
        yield made


def overflow() -> None:
    overflow()


ILL: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
    (time.sleep, (60,), "more than"),
    (re.fullmatch, ("(a+)+b", "a" * 64), "more than"),  # in C, holding the interpreter
    (bytes, (2 << 30,), "too much memory"),
    (overflow, (), "RecursionError"),
    (int, ("x",), "ValueError"),
    (os.abort, (), "ended with 6"),
    (os._exit, (0,), "ended with no word"),
]


@pytest.mark.parametrize(("function", "arguments", "why"), ILL, ids=[row[0].__name__ for row in ILL])
def test_a_reading_that_goes_wrong_costs_itself_only(
        workers: Workers, function: Callable[..., Any], arguments: tuple[Any, ...], why: str) -> None:
    began = time.monotonic()
    with pytest.raises(Unread, match=why):
        workers.call(function, *arguments, seconds=0.3)
    assert time.monotonic() - began < 5
    listed = b"<rss><channel><item><link>https://bao.example/1</link></item></channel></rss>"
    assert isinstance(workers.call(announced, listed, "https://bao.example/", 9999, seconds=30), Announced)


def test_nothing_is_read_after_the_end() -> None:
    workers = Workers(most=1)
    workers.close()
    with pytest.raises(Unread, match="stopped"):
        workers.call(int, "1", seconds=1)
