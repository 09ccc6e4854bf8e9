"""The commands that add and remove articles: index, fetch, update, withdraw."""

from __future__ import annotations

import argparse
import gc
import shlex
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from indexer.cli.alerts import refuse_unsent
from indexer.cli.console import AddCommand, add_wait, as_json, as_lines, complain, progress_bar, size_limits
from indexer.cli.operations import add_cron_options, refuse_unreadable, write_metrics_after
from indexer.model import Entry
from indexer.model.errors import (
    FeedsUnread,
    IndexDamaged,
    IndexMissing,
    NewlyUnreadable,
    QuocphongError,
    UsageError,
)
from indexer.model.report import Report
from indexer.model.settings import Settings

# Fewer garbage collections: reading a manifest creates half a million objects that stay.
GC_THRESHOLDS = (50_000, 20, 50)


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-commands to the parser of `quocphong`."""
    index = command(commands, "index", run_index, "bring the index up to date with the articles",
                    "quocphong index corpus --json")
    index.add_argument("paths", nargs="*", metavar="PATH", help="folders, files or globs (default: all indexed before)")
    index.add_argument("--rebuild", action="store_true", help="build anew beside the live index, then switch")
    index.add_argument("--rebuild-outdated", action="store_true", help="rebuild only if written by another version")
    index.add_argument("--allow-mass-delete", action="store_true", help="accept that many articles are gone")
    index.add_argument("--workers", metavar="N", help="processes that analyse articles")
    add_wait(index)
    index.add_argument("--json", action="store_true", help="the report as one JSON object")
    add_cron_options(index)

    fetch = command(commands, "fetch", run_fetch, "fetch new articles from the newspapers of the feeds file",
                    "quocphong fetch --starter > feeds.toml && quocphong fetch")
    add_fetch_options(fetch)
    fetch.add_argument("--include", action="append", default=[], metavar="URL",
                       help="take this page in, whatever the rule says of it; repeat for more")
    fetch.add_argument("--ruled-out", action="store_true", help="list the pages that do not belong, and why")
    fetch.add_argument("--starter", action="store_true", help="print a feeds file to begin with (unchecked)")

    update = command(commands, "update", run_update, "fetch, then bring the index up to date, under one lock",
                     "quocphong update --json")
    add_fetch_options(update)
    update.add_argument("--workers", metavar="N", help="processes that analyse articles")
    update.add_argument("--alert", action="store_true", help="then send what is new to whom the alerts file names")
    update.add_argument("--alerts", metavar="FILE", help="the alerts file (default: setting, then ./alerts.toml)")
    add_cron_options(update)

    withdraw = command(commands, "withdraw", run_withdraw, "take an article out for good: index, pages, exports, feeds",
                       "quocphong withdraw ID --reason 'tòa soạn yêu cầu gỡ'")
    withdraw.add_argument("article", nargs="?", metavar="ID|URL", help="its id, or its address in any spelling")
    withdraw.add_argument("--reason", default="", metavar="TEXT", help="why; kept with the tombstone")
    withdraw.add_argument("--by", default="", metavar="NAME", help="who decided (default: your login name)")
    withdraw.add_argument("--only", action="store_true", help="leave copies in that say the same word for word")
    withdraw.add_argument("--erase", action="store_true",
                          help="leave no byte of it in the index folder, and say what else still holds it")
    withdraw.add_argument("--undo", action="store_true", help="bring it back; the next index run takes it in again")
    withdraw.add_argument("--list", action="store_true", help="list what is withdrawn")
    withdraw.add_argument("--apply", action="store_true", help="clean an index that was restored from a backup")
    add_wait(withdraw)
    withdraw.add_argument("--json", action="store_true", help="one JSON object a tombstone")


def add_fetch_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that fetch and update share."""
    parser.add_argument("--feeds", metavar="FILE", help="the feeds file (default: setting, then ./feeds.toml)")
    add_wait(parser)
    parser.add_argument("--json", action="store_true", help="the report as one JSON object")


def run_index(options: argparse.Namespace, settings: Settings) -> None:
    """Bring the index up to date and print the report. NewlyUnreadable if files or records gave no article."""
    from indexer.search.archive import is_outdated

    with write_metrics_after(settings), progress_bar(options.json or options.quiet) as progress:
        rebuild = options.rebuild or (options.rebuild_outdated and is_outdated(settings.index, settings.engine_address))
        report = build_index(options, settings, paths=options.paths, rebuild=rebuild, progress=progress,
                       allow_mass_delete=options.allow_mass_delete, wait_seconds=options.wait)
    if not options.quiet:
        print(as_json(report.as_json()) if options.json else report.as_text())
    refuse_unreadable(report, options)


def build_index(options: argparse.Namespace, settings: Settings, **how: Any) -> Report:
    """Bring the index up to date with the settings and options that `index` and `update` share.

    `how` are the other arguments of `indexer.ingest.run.build`.
    """
    from indexer.ingest.run import build

    gc.set_threshold(*GC_THRESHOLDS)
    return build(settings.index, default_path=str(settings.corpus), workers=settings.workers,
                 limits=size_limits(settings), strict=options.strict, engine=settings.engine_address, **how)


def run_fetch(options: argparse.Namespace, settings: Settings) -> None:
    """Fetch new articles and print the report. FeedsUnread if feeds could not be read.

    With --starter or --ruled-out: print the starter file, or the pages that the rule leaves out, and fetch nothing.
    """
    from indexer.fetch import selection, starter

    if options.starter:
        print(starter(), end="")
    elif options.ruled_out:
        for page in selection.ruled_out(settings.fetched):
            row = {"url": page.url, "title": page.title, "score": page.score, "reason": page.reason}
            print(as_json(row) if options.json else "\t".join(map(str, row.values())))
    else:
        report = selection.bring_in_by(settings, include=options.include, wait_seconds=options.wait)
        print(as_json(report.as_json()) if options.json else report.as_text())
        refuse_unread_feeds(report.newly)


def run_update(options: argparse.Namespace, settings: Settings) -> None:
    """Fetch, then index, under one lock; with --alert then send what is new. Print the reports.

    Raises NewlyUnreadable or FeedsUnread as `index` and `fetch` do, after the alerts; else AlertsUnsent. An alerts file
    that makes no sense is refused before anything is done.
    """
    if options.alert:
        refuse_senseless_alerts(settings)
    reports: dict[str, Any] = {}
    with write_metrics_after(settings):
        try:
            fetch_and_index(options, settings, reports)
        except (NewlyUnreadable, FeedsUnread) as trouble:
            finish_update(options, settings, reports, trouble)
        else:
            finish_update(options, settings, reports)


def refuse_senseless_alerts(settings: Settings) -> None:
    """UsageError for an alerts file that makes no sense; one that the last run has read is not read again."""
    from indexer.operations.alerts.quiet import nothing_new

    try:
        if nothing_new(settings, datetime.now(UTC)) is not None:
            return
    except (IndexMissing, IndexDamaged):
        pass  # the run that follows tells it, or mends it
    from indexer.operations.alerts.table import read_alerts

    read_alerts(settings.alerts)


def fetch_and_index(options: argparse.Namespace, settings: Settings, reports: dict[str, Any]) -> None:
    """Fetch, then bring the index up to date, under the index's lock. What each reports is put into `reports`."""
    from indexer.fetch import selection
    from indexer.model.os_errors import translate_os_errors
    from indexer.operations import status

    with (ExitStack() as at_end, translate_os_errors(settings.index),
          status.written(settings.index, options.wait, options.strict) as succeeded,
          progress_bar(options.json or options.quiet) as progress):
        fetched = selection.bring_in_by(settings, wait_seconds=options.wait)
        at_end.callback(status.add, settings.index, "fetch", fetched.as_json())  # to the report kept of this run
        report = build_index(options, settings, also=[str(settings.fetched)], caller=succeeded, progress=progress)
        reports |= {"fetch": fetched, "index": report}
        for trouble in fetched.failed if options.quiet else ():
            if trouble.newly:
                complain(str(trouble), timed=True)
        refuse_unreadable(report, options)
        refuse_unread_feeds(fetched.newly)


def finish_update(options: argparse.Namespace, settings: Settings, reports: dict[str, Any],
                  trouble: QuocphongError | None = None) -> None:
    """Send alerts, if asked to, after the index's lock was let go: a mail server may take its time. Print all reports.

    Then raise the `trouble` there was before, else AlertsUnsent.
    """
    try:
        if options.alert:
            from indexer.operations.alerts.quiet import tell

            reports["alert"] = tell(settings, options.wait)
    finally:
        if not options.quiet:
            shapes = {name: report.as_json() for name, report in reports.items()}
            print(as_json(shapes) if options.json else "\n".join(report.as_text() for report in reports.values()))
    try:
        if options.alert:
            refuse_unsent(reports["alert"], options.quiet)
    finally:
        if trouble:
            raise trouble


def refuse_unread_feeds(newly: int) -> None:
    """Raise FeedsUnread if `newly` is not 0: the number of unread feeds that are new or could be read before."""
    if newly:
        raise FeedsUnread(f"Done, but {newly} feeds that are new or could be read before could not be; see the report.")


def run_withdraw(options: argparse.Namespace, settings: Settings) -> None:
    """Withdraw an article and print its tombstone.

    --undo brings an article back, --list prints all tombstones, --apply deletes withdrawn articles from the index.
    UsageError if no article is named.
    """
    from indexer.operations import withdraw

    if options.erase and options.article and not (options.undo or options.list or options.apply):
        run_erase(options, settings)
        return
    if options.apply:
        print(f"{withdraw.apply(settings.index, options.wait)} withdrawn articles taken out.", file=sys.stderr)
        return
    if not options.list and not options.article:
        raise UsageError("Name an article: quocphong withdraw ID|URL --reason TEXT (or --list, or --apply).")
    similar: Sequence[Entry] = ()
    if options.list:
        tombstones = withdraw.withdrawn(settings.index)
        if not tombstones:
            complain("Nothing is withdrawn.")
    elif options.undo:
        tombstones = [withdraw.bring_back(settings.index, options.article, options.reason, options.by, options.wait)]
    else:
        done = withdraw.withdraw(settings.index, options.article, options.reason, options.by, options.wait,
                                   copies=not options.only)
        tombstones, similar = [done.stone], done.alike
        complain(withdraw.REMAINS)
    for tombstone in tombstones:
        print(as_json(asdict(tombstone)) if options.json else as_lines(asdict(tombstone)))
    name_similar(similar)


def run_erase(options: argparse.Namespace, settings: Settings) -> None:
    """Withdraw an article, erase it, and print where was looked and what still holds it."""
    from indexer.operations.erase import erase
    from indexer.operations.reader_reports import file_of

    erased = erase(settings.index, options.article, options.reason, options.by, options.wait, not options.only,
                   file_of(settings))
    shape = {**asdict(erased.done.stone), "looked": list(erased.looked),
             "left": [asdict(trace) for trace in erased.left]}
    if options.json:
        print(as_json(shape))
    else:
        print(as_lines({**asdict(erased.done.stone), "looked": f"{len(erased.looked)} files (all with --json)"}))
        for trace in erased.left:
            print(f"still holds it: {trace.place}\n    {trace.remedy}")
    name_similar(erased.done.alike)


def name_similar(similar: Sequence[Entry]) -> None:
    """Say on stderr which articles tell nearly the same and stay."""
    for entry in similar:
        line = f"{entry.id}\t{entry.article.title}\tquocphong withdraw {shlex.quote(entry.id)} --reason …"
        complain(f"tells nearly the same, and stays: {line}")
