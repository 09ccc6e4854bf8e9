"""How the runs of the indexer went, as their status file says; the metrics made of it."""

from __future__ import annotations

from indexer.storage.run_status import FILE, Status, read, write_metrics, written

__all__ = ["FILE", "Status", "read", "write_metrics", "written"]
