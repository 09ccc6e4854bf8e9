"""Sending many documents: in batches the cluster can swallow, again where it was busy, each refusal by its name."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from indexer.engine.cluster.client import FIRST_PAUSE, LONGEST_PAUSE, PASSING, PATIENCE, patiently, refusal
from indexer.model.errors import ClusterUnavailable

BATCH_BYTES, BATCH_COUNT = 4_000_000, 500


@dataclass(frozen=True, slots=True)
class Action:
    """One document to store (`document`, its JSON), or to delete where that is None. Doing it twice does no harm."""

    id: str
    document: str | None = None

    @property
    def lines(self) -> str:
        """The action as lines of the bulk API: an index action with its document, or a deletion."""
        if self.document is None:
            return json.dumps({"delete": {"_id": self.id}}) + "\n"
        return json.dumps({"index": {"_id": self.id}}) + "\n" + self.document + "\n"


def send(client: Any, index: str, actions: Iterable[Action]) -> dict[str, str]:
    """Do all `actions`, each of another document; returns the refused ones' ids with the cluster's reason.

    Returns once every other one is stored on all copies that are there. A cluster that is too busy is given time; one
    that does not recover raises ClusterUnavailable, a full disk DiskFull.
    """
    refused: dict[str, str] = {}
    for bite in batches(actions):
        left, deadline, pause = bite, time.monotonic() + PATIENCE, FIRST_PAUSE
        while left := once(client, index, left, refused):
            if time.monotonic() > deadline:
                raise ClusterUnavailable(f"The cluster is too busy to take in articles ({len(left)} were left).")
            time.sleep(pause * random.uniform(0.7, 1.3))
            pause = min(2 * pause, LONGEST_PAUSE)
    return refused


def batches(actions: Iterable[Action]) -> Iterator[list[Action]]:
    """The actions in requests of at most BATCH_COUNT actions and about BATCH_BYTES characters."""
    held: list[Action] = []
    size = 0
    for action in actions:
        held.append(action)
        size += len(action.document or "")
        if size >= BATCH_BYTES or len(held) >= BATCH_COUNT:
            yield held
            held, size = [], 0
    if held:
        yield held


def once(client: Any, index: str, actions: list[Action], refused: dict[str, str]) -> list[Action]:
    """One request; returns the actions the cluster was too busy for."""
    body = "".join(action.lines for action in actions)
    answer = patiently(lambda: client.bulk(body=body, index=index))
    busy = []
    for action, item in zip(actions, answer["items"] if answer["errors"] else (), strict=False):
        [told] = item.values()
        if told["status"] in PASSING:
            if block := refusal(str(told.get("error"))):
                raise block
            busy.append(action)
        elif told["status"] >= 400 and not (action.document is None and told["status"] == 404):
            if block := refusal(str(told.get("error"))):
                raise block
            refused[action.id] = reason(told)
    return busy


def reason(told: Any) -> str:
    """Why the cluster refused an action, from its answer, in at most 300 characters."""
    error = told.get("error") or {}
    cause = error.get("caused_by") or {}
    return f"{error.get('type')}: {cause.get('reason') or error.get('reason')}"[:300]
