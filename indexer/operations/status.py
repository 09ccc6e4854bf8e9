"""How the runs of the indexer went, as their status file says."""

from __future__ import annotations

from indexer.storage.run_reports import add, kept
from indexer.storage.run_status import FILE, Status, read, written

__all__ = ["FILE", "Status", "add", "kept", "read", "written"]
