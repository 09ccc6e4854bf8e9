"""One writer at a time, wherever it runs: a document that whoever writes keeps renewing.

On one machine the kernel's lock decides (`lock`); this one is for two machines that both believe they are the indexer.
A holder that has not renewed it for LEASE seconds, or whose process is gone from this very machine, has lost it.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from typing import Any

from indexer.engine.cluster.client import patiently
from indexer.model.errors import IndexLocked

LEASE = 600.0
RENEWED_EVERY = 30.0


class Lease:
    """The writer's lease on all that bears one name on the cluster."""

    def __init__(self, client: Any, name: str) -> None:
        self.client, self.state = client, f"{name}-state"
        self.token = uuid.uuid4().hex
        self.sequence: tuple[int, int] | None = None
        self.renewed = 0.0

    def take(self) -> None:
        """Become the writer. IndexLocked while there is another."""
        from opensearchpy.exceptions import NotFoundError

        try:
            found = patiently(lambda: self.client.get(index=self.state, id="lock"))
        except NotFoundError:
            self._write({"op_type": "create"})
            return
        holder = found["_source"]
        if not lost(holder):
            raise IndexLocked(f"Another writer is at work: process {holder['pid']} on {holder['host']}. Wait for it; if"
                              f" it is gone, its turn ends {LEASE:.0f} seconds after its last sign of life")
        self._write({"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]})

    def renew(self) -> None:
        """Stay the writer. IndexLocked if another has taken over meanwhile."""
        if time.monotonic() - self.renewed > RENEWED_EVERY and self.sequence:
            self._write({"if_seq_no": self.sequence[0], "if_primary_term": self.sequence[1]})

    def give_up(self) -> None:
        """Let another write."""
        if self.sequence:
            held, self.sequence = self.sequence, None
            patiently(lambda: self.client.delete(
                index=self.state, id="lock", if_seq_no=held[0], if_primary_term=held[1], ignore=[404, 409]))

    def _write(self, condition: dict[str, Any]) -> None:
        from opensearchpy.exceptions import ConflictError, NotFoundError

        body = {"token": self.token, "host": socket.gethostname(), "pid": os.getpid(), "renewed": time.time()}
        try:
            done = patiently(lambda: self.client.index(index=self.state, id="lock", body=body, **condition))
            self.sequence = done["_seq_no"], done["_primary_term"]
        except (ConflictError, NotFoundError):
            found = patiently(lambda: self.client.get(index=self.state, id="lock", ignore=[404]))
            if not found.get("found") or found["_source"]["token"] != self.token:
                raise IndexLocked("Another writer has taken over; nothing of this run was committed.") from None
            self.sequence = found["_seq_no"], found["_primary_term"]  # our own write, whose answer was lost
        self.renewed = time.monotonic()


def lost(holder: dict[str, Any]) -> bool:
    """Whether the holder of the lease is known not to write any more."""
    if time.time() - holder["renewed"] > LEASE:
        return True
    if holder["host"] != socket.gethostname():
        return False
    try:
        os.kill(holder["pid"], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
