"""Asynchronous functions in a thread of their own.

A browser that other tests of the process keep open has an event loop in the main thread; a second one is refused there.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio


def in_own_thread(function: Callable[[], Awaitable[Any]]) -> Any:
    """What `function()` gives, run to its end in a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, function).result()
