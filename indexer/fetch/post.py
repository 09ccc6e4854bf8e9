"""Sending something to an address that its owner named, by the same guard as fetching: to public addresses only."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Collection, Mapping

from indexer.fetch.connection import Resolve
from indexer.fetch.exchange import Answer, Failure, Limits, exchange
from indexer.fetch.visit import COME_BACK

LIMITS = Limits(document=100_000, silence=10.0, request=20.0, backoff=1.0, tries=3)


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Collection[str] = (), limits: Limits = LIMITS,
         resolve: Resolve = socket.getaddrinfo) -> Answer | Failure:
    """POST `body`, up to `tries` times with growing pauses; the last answer, whatever its status, or why there is none.

    `allowed` names hosts that may be at private addresses. A redirect is not followed: what is sent goes where its
    owner said, and nowhere inside.
    """
    answer: Answer | Failure = Failure(url, "not tried")
    for attempt in range(limits.tries):
        if attempt:
            time.sleep(limits.backoff * 2 ** (attempt - 1) * random.uniform(0.8, 1.2))
        answer = exchange(url, headers, allowed, limits, resolve, body)
        if not passing(answer):
            break
    return answer


def passing(answer: Answer | Failure) -> bool:
    """Whether it may be different in a moment."""
    return answer.passing if isinstance(answer, Failure) else answer.status in COME_BACK
