"""The commands that bring articles in and take them out: index, fetch, update, withdraw."""

from __future__ import annotations

import argparse
import gc
import shlex
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from indexer.cli.console import AddCommand, add_wait, as_json, as_lines, limits, progress_bar
from indexer.cli.operations import add_cron_options, metered, refuse_unreadable
from indexer.model import Entry
from indexer.model.errors import FeedsUnread, UsageError
from indexer.model.report import Report
from indexer.model.settings import Settings

GARBAGE = (50_000, 20, 50)  # objects made before the collector looks: reading a manifest makes half a million that stay


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
    add_fetching(fetch)
    fetch.add_argument("--include", action="append", default=[], metavar="URL",
                       help="take this page in, whatever the rule says of it; repeat for more")
    fetch.add_argument("--ruled-out", action="store_true", help="list the pages that do not belong, and why")
    fetch.add_argument("--starter", action="store_true", help="print a feeds file to begin with (unchecked)")

    update = command(commands, "update", run_update, "fetch, then bring the index up to date, under one lock",
                     "quocphong update --json")
    add_fetching(update)
    update.add_argument("--workers", metavar="N", help="processes that analyse articles")
    add_cron_options(update)

    withdraw = command(commands, "withdraw", run_withdraw, "take an article out for good: index, pages, exports, feeds",
                       "quocphong withdraw ID --reason 'tòa soạn yêu cầu gỡ'")
    withdraw.add_argument("article", nargs="?", metavar="ID|URL", help="its id, or its address in any spelling")
    withdraw.add_argument("--reason", default="", metavar="TEXT", help="why; kept with the tombstone")
    withdraw.add_argument("--by", default="", metavar="NAME", help="who decided (default: your login name)")
    withdraw.add_argument("--only", action="store_true", help="leave copies in that say the same word for word")
    withdraw.add_argument("--undo", action="store_true", help="bring it back; the next index run takes it in again")
    withdraw.add_argument("--list", action="store_true", help="list what is withdrawn")
    withdraw.add_argument("--apply", action="store_true", help="clean an index that was restored from a backup")
    add_wait(withdraw)
    withdraw.add_argument("--json", action="store_true", help="one JSON object a tombstone")


def add_fetching(to: argparse.ArgumentParser) -> None:
    """Add the options that fetch and update share."""
    to.add_argument("--feeds", metavar="FILE", help="the feeds file (default: setting, then ./feeds.toml)")
    add_wait(to)
    to.add_argument("--json", action="store_true", help="the report as one JSON object")


def run_index(options: argparse.Namespace, settings: Settings) -> None:
    """Bring the index up to date and print the report."""
    from indexer.search.archive import is_outdated

    with metered(settings), progress_bar(options.json or options.quiet) as progress:
        rebuild = options.rebuild or (options.rebuild_outdated and is_outdated(settings.index, settings.engine_address))
        report = built(options, settings, paths=options.paths, rebuild=rebuild, progress=progress,
                       allow_mass_delete=options.allow_mass_delete, wait_seconds=options.wait)
    if not options.quiet:
        print(as_json(report.as_json()) if options.json else report.as_text())
    refuse_unreadable(report, options.strict)


def built(options: argparse.Namespace, settings: Settings, **how: Any) -> Report:
    """Bring the index up to date as settings and options say; `how` is what one command alone says of it."""
    from indexer.ingest.run import build

    gc.set_threshold(*GARBAGE)
    return build(settings.index, default_path=str(settings.corpus), workers=settings.workers, limits=limits(settings),
                 strict=options.strict, engine=settings.engine_address, **how)


def run_fetch(options: argparse.Namespace, settings: Settings) -> None:
    """Fetch new articles, or print the starter file or the pages that the rule left out."""
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
    """Fetch, then index, under one lock, and print both reports."""
    from indexer.fetch import selection
    from indexer.model.os_errors import named
    from indexer.operations import status

    with (metered(settings), named(settings.index),
          status.written(settings.index, options.wait, options.strict) as succeeded,
          progress_bar(options.json or options.quiet) as progress):
        fetched = selection.bring_in_by(settings, wait_seconds=options.wait)
        report = built(options, settings, also=[str(settings.fetched)], caller=succeeded, progress=progress)
        shapes = {"fetch": fetched.as_json(), "index": report.as_json()}
        if not options.quiet:
            print(as_json(shapes) if options.json else f"{fetched.as_text()}\n{report.as_text()}")
        refuse_unreadable(report, options.strict)
        refuse_unread_feeds(fetched.newly)


def refuse_unread_feeds(newly: int) -> None:
    """FeedsUnread if feeds could not be read that are new or could be read before."""
    if newly:
        raise FeedsUnread(f"Done, but {newly} feeds that are new or could be read before could not be; see the report.")


def run_withdraw(options: argparse.Namespace, settings: Settings) -> None:
    """Withdraw an article or bring it back; list what is withdrawn; clean an index that was restored."""
    from indexer.operations import withdraw

    if options.apply:
        print(f"{withdraw.apply(settings.index, options.wait)} withdrawn articles taken out.", file=sys.stderr)
        return
    if not options.list and not options.article:
        raise UsageError("Name an article: quocphong withdraw ID|URL --reason TEXT (or --list, or --apply).")
    alike: Sequence[Entry] = ()
    if options.list:
        stones = withdraw.withdrawn(settings.index)
    elif options.undo:
        stones = [withdraw.bring_back(settings.index, options.article, options.reason, options.by, options.wait)]
    else:
        done = withdraw.withdraw(settings.index, options.article, options.reason, options.by, options.wait,
                                   copies=not options.only)
        stones, alike = [done.stone], done.alike
    for stone in stones:
        print(as_json(asdict(stone)) if options.json else as_lines(asdict(stone)))
    for entry in alike:
        told = f"{entry.id}\t{entry.article.title}\tquocphong withdraw {shlex.quote(entry.id)} --reason …"
        print(f"quocphong: tells nearly the same, and stays: {told}", file=sys.stderr)
