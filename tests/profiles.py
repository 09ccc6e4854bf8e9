"""How much is tried: examples of the property tests, and shares of the long tests.

`make test` draws few examples (`fast`), the same at every run: a commit is refused for what it changes, never for the
draw. `make test-all` draws many, anew each time (`thorough`), and runs all shares of long tests.
CI runs `make test` and, with `make test-long`, the first share of each long test.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings


def register() -> None:
    """Make the profiles known; `fast` is in force unless pytest is told another with --hypothesis-profile."""
    # The first example of a test may load a model or tables, and a busy machine is no failure: no deadline.
    settings.register_profile("fast", max_examples=30, deadline=None, derandomize=True)
    settings.register_profile("thorough", max_examples=200, deadline=None)
    settings.load_profile("fast")


def examples(share: float) -> int:
    """The examples of a test that is to draw `share` times as many as others, for a cheap example or a dear one."""
    return max(1, round(settings.default.max_examples * share))


def shares(numbers: Iterable[int]) -> list[object]:
    """Values of a parameter that only varies the seed of a long test: all but the first are marked `more`."""
    return [pytest.param(number, marks=pytest.mark.more if turn else ()) for turn, number in enumerate(numbers)]
