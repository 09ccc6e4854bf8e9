"""How many examples the property tests draw: `fast` in `make test`, `thorough` in `make test-all` and in CI besides."""

from __future__ import annotations

from hypothesis import settings


def register() -> None:
    """Make the profiles known; `fast` is in force unless pytest is told another with --hypothesis-profile."""
    # The first example of a test may load a model or tables, and a busy machine is no failure: no deadline.
    settings.register_profile("fast", max_examples=30, deadline=None)
    settings.register_profile("thorough", max_examples=200, deadline=None)
    settings.load_profile("fast")


def examples(share: float) -> int:
    """The examples of a test that is to draw `share` times as many as others, for a cheap example or a dear one."""
    return max(1, round(settings.default.max_examples * share))
