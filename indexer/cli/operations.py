"""The commands of operators: status, rollback, migrate, backup, restore; and the options and checks for cron jobs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.cli.console import AddCommand, add_wait, as_json, complain
from indexer.model.errors import NewlyUnreadable
from indexer.model.report import Report
from indexer.model.settings import Settings


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-commands to the parser of `quocphong`."""
    state = command(commands, "status", run_status, "when did a run last succeed, and how did the last one end?",
                    "quocphong status")
    state.add_argument("--json", action="store_true", help="one JSON object")
    rollback = command(commands, "rollback", run_rollback, "serve the generation before the one in use",
                       "quocphong rollback")
    add_wait(rollback)
    rollback.add_argument("--json", action="store_true", help="one JSON object")
    migrate = command(commands, "migrate", run_migrate, "copy the index to the engine of the setting, and switch to it",
                      "quocphong migrate")
    migrate.add_argument("--workers", metavar="N", help="processes that analyse articles")
    add_wait(migrate)
    migrate.add_argument("--json", action="store_true", help="one JSON object")
    backup = command(commands, "backup", run_backup, "copy the index into a new folder, also while runs go on",
                     "quocphong backup /backup/quocphong-2026-11-22 --wait 3600")
    backup.add_argument("folder", type=Path, metavar="DEST", help="a folder that is not there yet")
    restore = command(commands, "restore", run_restore, "serve an index that was backed up",
                      "quocphong restore /backup/quocphong-2026-11-22")
    restore.add_argument("folder", type=Path, metavar="SRC", help="a folder that `quocphong backup` made")
    for each in (backup, restore):
        add_wait(each)
        each.add_argument("--json", action="store_true", help="one JSON object")


def add_cron_options(parser: argparse.ArgumentParser) -> None:
    """Add the options for cron jobs and monitors."""
    parser.add_argument("--quiet", action="store_true",
                        help="print nothing on standard output; errors still go to stderr")
    parser.add_argument("--strict", action="store_true",
                        help="end with code 3 also for articles known to be unreadable")
    parser.add_argument("--metrics", metavar="FILE", help="write figures for Prometheus to FILE (default: setting)")


def refuse_unreadable(report: Report, options: argparse.Namespace) -> None:
    """Raise NewlyUnreadable if files or records gave no article; those reported before count only with --strict.

    With --quiet nobody sees the report: stderr names the first of them, each with the reason.
    """
    if count := report.unreadable(options.strict):
        for line in report.mail_lines(options.strict) if options.quiet else ():
            complain(line, timed=True)
        raise NewlyUnreadable(f"Done, but {count} files or records gave no article; they are listed in the report.")


@contextmanager
def write_metrics_after(settings: Settings) -> Iterator[None]:
    """A context at whose end the index status is written to the file of the setting `metrics`, even on errors."""
    try:
        yield
    finally:
        if settings.metrics:
            from indexer.operations.alerts.quiet import delivery
            from indexer.operations.metrics import write_metrics
            from indexer.operations.status import read

            try:
                write_metrics(settings.metrics, read(settings.index), *delivery(settings.index))
            except OSError as error:  # metrics that cannot be written must not fail the run
                complain(f"the metrics were not written: {error}")


def run_rollback(options: argparse.Namespace, settings: Settings) -> None:
    """Switch to the previous generation and print which one is in use."""
    from indexer.operations.rollback import roll_back

    now, before = roll_back(settings.index, options.wait)
    if options.json:
        print(as_json({"generation": now.name, "given_up": before.name}))
    else:
        print(f"{now.name} is in use; {before.name} is kept until the next rebuild."
              " To bring it up to date: quocphong index")


def run_migrate(options: argparse.Namespace, settings: Settings) -> None:
    """Copy the index to the engine of the settings and print the number of articles."""
    from indexer.operations.migrate import migrate

    done = migrate(settings.index, settings.engine_address, settings.workers, options.wait)
    if options.json:
        print(as_json(asdict(done)))
    else:
        print(f"{done.articles} articles copied: {done.generation}, on {done.engine}, is in use;"
              f" {done.given_up} is kept, for quocphong rollback.")


def run_backup(options: argparse.Namespace, settings: Settings) -> None:
    """Back up the index and print a summary."""
    from indexer.operations.backup import back_up

    made = back_up(settings.index, options.folder, options.wait)
    print(as_json(asdict(made)) if options.json else
          f"{made.generation} is backed up in {options.folder}: {len(made.files)} files, every checksum holds."
          f" To go back to it: quocphong restore {options.folder}")


def run_restore(options: argparse.Namespace, settings: Settings) -> None:
    """Restore a backup and print which generation is in use."""
    from indexer.operations.backup import restore

    now, before = restore(settings.index, options.folder, options.wait)
    if options.json:
        print(as_json({"generation": now.name, "given_up": before.name if before else None}))
    else:
        kept = f"; {before.name} is kept, for quocphong rollback" if before else ""
        print(f"{now.name}, restored, is in use{kept}. To bring it up to date: quocphong index")


def run_status(options: argparse.Namespace, settings: Settings) -> None:
    """Print how the runs went, which feeds bring nothing any more, how many readers' reports are open, and whom alerts
    do not reach."""
    from indexer.operations.alerts.quiet import delivery
    from indexer.operations.overview import overview, reports_open, silence_among

    seen = overview(settings.index, settings.stale_hours, silence_among(settings), reports_open(settings),
                    *delivery(settings.index))
    print(as_json(seen.as_json()) if options.json else seen.as_text())
