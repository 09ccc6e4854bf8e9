"""The command `quocphong alert`: tell people and programs what is new; and the same at the end of `update`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from indexer.cli.console import AddCommand, add_wait, as_json, complain
from indexer.cli.operations import write_metrics_after
from indexer.model.errors import AlertsUnsent
from indexer.model.settings import Settings

if TYPE_CHECKING:
    from indexer.operations.alerts.report import AlertsReport


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-command to the parser of `quocphong`."""
    alert = command(commands, "alert", run_alert, "send what is new to whom the alerts file names",
                    "quocphong alert --dry-run")
    alert.add_argument("--alerts", metavar="FILE", help="the alerts file (default: setting, then ./alerts.toml)")
    instead = alert.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true",
                         help="print what each alert would tell were it due now; send and write nothing")
    instead.add_argument("--test", metavar="NAME", help="send a test with the newest articles to the recipients of one"
                         " alert; write nothing")
    add_wait(alert)
    alert.add_argument("--json", action="store_true", help="the report as one JSON object; with --dry-run one an alert")
    alert.add_argument("--quiet", action="store_true",
                       help="print nothing on standard output; errors still go to stderr")
    alert.add_argument("--metrics", metavar="FILE", help="write figures for Prometheus to FILE (default: setting)")


def run_alert(options: argparse.Namespace, settings: Settings) -> None:
    """Send what is new and print the report. AlertsUnsent if recipients that could be reached before were not."""
    from indexer.operations.alerts.quiet import tell

    if options.dry_run:
        print_preview(options, settings)
        return
    with write_metrics_after(settings):
        report = send_sample(options, settings) if options.test else tell(settings, options.wait)
    if not options.quiet:
        print(as_json(report.as_json()) if options.json else report.as_text())
    refuse_unsent(report, options.quiet)


def send_sample(options: argparse.Namespace, settings: Settings) -> AlertsReport:
    """Send a test to the recipients of the alert named."""
    from indexer.operations.alerts import run

    return run.send_sample(settings, options.test)


def refuse_unsent(report: AlertsReport, quiet: bool) -> None:
    """Raise AlertsUnsent if recipients that are new or could be reached before were not. With `quiet` stderr names
    them, and what an alert names that nobody knows: then nobody sees the report."""
    for line in [*map(str, report.newly), *report.notes] if quiet else ():
        complain(line, timed=True)
    if report.newly:
        raise AlertsUnsent(f"Done, but {len(report.newly)} recipients of alerts could not be reached; see the report."
                           " They are tried again: quocphong status")


def print_preview(options: argparse.Namespace, settings: Settings) -> None:
    """Print what each alert would tell: with --json an object an alert, else as the text of a mail."""
    from indexer.operations.alerts import run
    from indexer.operations.alerts.messages import as_text

    for seen in run.preview(settings):
        names = [to.shown for to in seen.alert.to]
        if options.json:
            told = seen.digest.as_json() if seen.digest and seen.digest.items else None
            print(as_json({"alert": seen.alert.name, "to": names, "digest": told, "notes": list(seen.notes)}))
            continue
        print(f"=== {seen.alert.name} -> {', '.join(names)}")
        for note in seen.notes:
            print(f"note: {note}")
        if seen.digest is None:
            print("New: the first run sets its mark and tells nothing; what comes in after it is told.")
        else:
            print(as_text(seen.digest, seen.alert.often) if seen.digest.items else "Nothing new.")
