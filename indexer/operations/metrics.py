"""The status of an index as figures for Prometheus: a file for node_exporter's textfile collector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from indexer.model.atomic_files import replace_file
from indexer.storage.run_status import Status

if TYPE_CHECKING:
    from indexer.operations.alerts.state import Failing


def write_metrics(path: Path, status: Status, alerts: Sequence[Failing] = (), last_sent: str = "") -> None:
    """Put the figures of `status` and of the alerts at `path`, at once. Raises OSError."""
    replace_file(path, metrics(status, alerts, last_sent))


def metrics(status: Status, alerts: Sequence[Failing] = (), last_sent: str = "") -> bytes:
    """The figures in Prometheus' text format 0.0.4: gauges named quocphong_…, unknown ones left out.

    `alerts` are the recipients that could not be reached lately, `last_sent` is when one last was ("" for never).
    """
    registry = CollectorRegistry()
    for name, text, value in figures(status):
        if value is not None:
            Gauge(f"quocphong_{name}", f"{text}.", registry=registry).set(value)
    if last_sent or alerts:
        failures = Gauge("quocphong_alert_failures", "Failures in a row of a recipient that alerts do not reach.",
                         ["alert", "recipient"], registry=registry)
        for each in alerts:
            failures.labels(each.alert, each.recipient).set(each.tries)
        Gauge("quocphong_alert_recipients_failing", "Recipients that alerts do not reach.",
              registry=registry).set(len(alerts))
    if last_sent:
        Gauge("quocphong_alert_last_sent_timestamp_seconds", "When an alert last reached a recipient.",
              registry=registry).set(seconds(last_sent))
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
