"""The writer's lease: a document on the cluster that lets only one writer work at a time, on any machine.

The file lock (`storage.lock`) excludes writers on one machine; the lease excludes writers on different machines. The
holder renews it while it works. It expires when it has not been renewed for LEASE_SECONDS, or when the holder was a
process of this machine that no longer exists.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from typing import Any

from indexer.engine.cluster.client import with_retries
from indexer.model.errors import IndexLocked

LEASE_SECONDS = 600.0
RENEWAL_SECONDS = 30.0


class Lease:
    """The lease on all indexes of one name on the cluster."""

    def __init__(self, client: Any, name: str) -> None:
        self.client, self.state = client, f"{name}-state"
        self.token = uuid.uuid4().hex
        self.sequence: tuple[int, int] | None = None
        self.renewed = 0.0

    def acquire(self) -> None:
        """Acquire the lease. IndexLocked if another writer holds it."""
        from opensearchpy.exceptions import NotFoundError

        try:
            found = with_retries(lambda: self.client.get(index=self.state, id="lock"))
        except NotFoundError:
            self._write({"op_type": "create"})
            return
        holder = found["_source"]
        if not is_expired(holder):
            raise IndexLocked(f"Another writer is at work: process {holder['pid']} on {holder['host']}. Wait for it; if"
                              f" it is gone, its lease expires {LEASE_SECONDS:.0f} seconds after its last renewal")
        self._write({"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]})

    def renew(self) -> None:
        """Renew the lease if RENEWAL_SECONDS have passed. IndexLocked if another writer holds it now."""
        if time.monotonic() - self.renewed > RENEWAL_SECONDS and self.sequence:
            self._write({"if_seq_no": self.sequence[0], "if_primary_term": self.sequence[1]})

    def release(self) -> None:
        """Release the lease, if this writer still holds it."""
        if self.sequence:
            held, self.sequence = self.sequence, None
            with_retries(lambda: self.client.delete(
                index=self.state, id="lock", if_seq_no=held[0], if_primary_term=held[1], ignore=[404, 409]))

    def _write(self, condition: dict[str, Any]) -> None:
        from opensearchpy.exceptions import ConflictError, NotFoundError

        body = {"token": self.token, "host": socket.gethostname(), "pid": os.getpid(), "renewed": time.time()}
        try:
            done = with_retries(lambda: self.client.index(index=self.state, id="lock", body=body, **condition))
            self.sequence = done["_seq_no"], done["_primary_term"]
        except (ConflictError, NotFoundError):
            found = with_retries(lambda: self.client.get(index=self.state, id="lock", ignore=[404]))
            if not found.get("found") or found["_source"]["token"] != self.token:
                raise IndexLocked("Another writer has taken over; nothing of this run was committed.") from None
            self.sequence = found["_seq_no"], found["_primary_term"]  # our own write; its answer was lost
        self.renewed = time.monotonic()


def is_expired(holder: dict[str, Any]) -> bool:
    """Whether the lease of `holder` (the stored document) has expired."""
    if time.time() - holder["renewed"] > LEASE_SECONDS:
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
