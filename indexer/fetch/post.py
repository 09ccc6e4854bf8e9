"""Sending something to an address that its owner named, by the same guard as fetching: to public addresses only."""

from __future__ import annotations

import random
import socket
import time
from collections.abc import Collection, Mapping

from indexer.fetch.connection import Resolve
from indexer.fetch.exchange import Answer, Failure, Limits, exchange
from indexer.fetch.visit import COME_BACK, REDIRECTS, target_of

LIMITS = Limits(document=100_000, silence=10.0, request=20.0, backoff=1.0, tries=3)


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Collection[str] = (), limits: Limits = LIMITS,
         resolve: Resolve = socket.getaddrinfo) -> str:
    """POST `body`, up to `tries` times with growing pauses; why it was not taken, or "" for an answer 2xx.

    `allowed` names hosts that may be at private addresses. A redirect is not followed: what is sent goes where its
    owner said, and nowhere inside.
    """
    why = ""
    for attempt in range(limits.tries):
        if attempt:
            time.sleep(limits.backoff * 2 ** (attempt - 1) * random.uniform(0.8, 1.2))
        answer = exchange(url, headers, allowed, limits, resolve, body)
        why = refusal_of(answer)
        if not why or not passing(answer):
            break
    return why


def refusal_of(answer: Answer | Failure) -> str:
    """Why an answer is none that takes what was sent, "" if it does."""
    if isinstance(answer, Failure):
        return answer.why
    if answer.status in REDIRECTS:
        return f"redirects to {target_of(answer)[:100]}, which is not followed: name that address"
    return "" if 200 <= answer.status < 300 else f"answered {answer.status}"


def passing(answer: Answer | Failure) -> bool:
    """Whether it may be different in a moment."""
    return answer.passing if isinstance(answer, Failure) else answer.status in COME_BACK
