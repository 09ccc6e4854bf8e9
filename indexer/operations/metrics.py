"""The status of an index as figures for Prometheus: a file for node_exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from indexer.model.atomic_files import replace_file
from indexer.storage.run_status import Status


def write_metrics(path: Path, status: Status) -> None:
    """Put the figures of `status` at `path`, at once. Raises OSError."""
    replace_file(path, metrics(status))


def metrics(status: Status) -> bytes:
    """The figures of `status` in Prometheus' text format 0.0.4: gauges named quocphong_…, unknown ones left out."""
    registry = CollectorRegistry()
    for name, text, value in figures(status):
        if value is not None:
            Gauge(f"quocphong_{name}", f"{text}.", registry=registry).set(value)
    return generate_latest(registry)


def figures(status: Status) -> Iterator[tuple[str, str, float | None]]:
    """Name, meaning and value of each figure."""
    yield "failures_since_success", "Runs that failed since one last finished", status.failures
    yield ("skipped_since_success", "Runs kept out by another one since one last finished",
           status.skipped.times if status.skipped else 0)
    if attempt := status.attempt:
        yield "last_attempt_timestamp_seconds", "When a run last began", seconds(attempt.began)
        yield "last_exit_code", "Exit code of the last run that ended", attempt.exit_code
    if success := status.success:
        yield "last_success_timestamp_seconds", "When a run last finished", seconds(success.at)
        yield "articles", "Articles the index holds", success.articles
        yield "problems", "Files and records that gave no article", success.problems
        yield "run_seconds", "How long the last successful run took", success.seconds


def seconds(moment: str) -> float:
    """Seconds since 1970 of a moment in ISO 8601."""
    return datetime.fromisoformat(moment).timestamp()
