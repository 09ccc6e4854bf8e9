"""Sending documents with OpenSearch's bulk API: in batches, with retries, and with the reason of each refusal."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.engine.cluster.client import (
    FIRST_PAUSE,
    LONGEST_PAUSE,
    RETRIABLE_STATUS,
    RETRY_SECONDS,
    block_error,
    with_retries,
)
from indexer.model.errors import ClusterUnavailable

BATCH_CHARACTERS, BATCH_ACTIONS = 4_000_000, 500


@dataclass(frozen=True, slots=True)
class Action:
    """Store a document (`document` is its JSON), or delete it (`document` is None). Idempotent."""

    id: str
    document: str | None = None

    @property
    def lines(self) -> str:
        """The action in the format of the bulk API: one line for a deletion, two lines to store a document."""
        if self.document is None:
            return json.dumps({"delete": {"_id": self.id}}) + "\n"
        return json.dumps({"index": {"_id": self.id}}) + "\n" + self.document + "\n"


def send(client: Any, index: str, actions: Iterable[Action]) -> dict[str, str]:
    """Perform all `actions`, each for another document. Returns the refused documents: id -> the cluster's reason.

    Returns when every other document is stored on all available copies of its shard. Actions that the cluster is too
    busy for are retried for RETRY_SECONDS. Raises ClusterUnavailable after that, DiskFull if a disk is full.
    """
    refused: dict[str, str] = {}
    for batch in batches(actions):
        remaining, deadline, pause = batch, time.monotonic() + RETRY_SECONDS, FIRST_PAUSE
        while remaining := send_once(client, index, remaining, refused):
            if time.monotonic() > deadline:
                raise ClusterUnavailable(f"The cluster is too busy to take in articles ({len(remaining)} were left).")
            time.sleep(pause * random.uniform(0.7, 1.3))
            pause = min(2 * pause, LONGEST_PAUSE)
    return refused


def batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """The actions in batches of at most BATCH_ACTIONS actions and about BATCH_CHARACTERS characters."""
    batch: list[Action] = []
    size = 0
    for action in actions:
        batch.append(action)
        size += len(action.document or "")
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_ACTIONS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def send_once(client: Any, index: str, actions: list[Action], refused: dict[str, str]) -> list[Action]:
    """Send one bulk request. Returns the actions to retry; adds refused documents to `refused`, id -> reason."""
    body = "".join(action.lines for action in actions)
    answer = with_retries(lambda: client.bulk(body=body, index=index))
    busy = []
    for action, item in zip(actions, answer["items"] if answer["errors"] else (), strict=False):
        [result] = item.values()
        if result["status"] in RETRIABLE_STATUS:
            if error := block_error(str(result.get("error"))):
                raise error
            busy.append(action)
        elif result["status"] >= 400 and not (action.document is None and result["status"] == 404):
            if error := block_error(str(result.get("error"))):
                raise error
            refused[action.id] = reason(result)
    return busy


def reason(result: Any) -> str:
    """The reason in the cluster's answer to one action, in at most 300 characters."""
    error = result.get("error") or {}
    cause = error.get("caused_by") or {}
    return f"{error.get('type')}: {cause.get('reason') or error.get('reason')}"[:300]
