"""The command `quocphong reports`: what readers report as wrong, and what is decided on it."""

from __future__ import annotations

import argparse
import getpass
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from indexer.cli.console import AddCommand, as_json, at_least_one, complain
from indexer.model.errors import UsageError
from indexer.model.settings import Settings

if TYPE_CHECKING:
    from indexer.operations.reader_reports import ReaderReport


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-command to the parser of `quocphong`."""
    reports = command(commands, "reports", run_reports, "what readers report as wrong: list, decide, correct",
                      "quocphong reports mark 3 done --note 'đã sửa bảng tỉnh'")
    reports.add_argument("act", nargs="?", choices=("list", "mark", "correct"), default="list",
                         help="list the reports (the default), mark one as decided, or make it a row of corrections")
    reports.add_argument("number", nargs="?", type=at_least_one, metavar="N", help="the number of a report")
    reports.add_argument("state", nargs="?", choices=("done", "refused", "open"), help="with mark: what was decided")
    reports.add_argument("--all", action="store_true", help="list also what is decided")
    reports.add_argument("--note", default="", metavar="TEXT", help="why; with correct the reason in the row"
                         " (default: the reader's words)")
    reports.add_argument("--by", default="", metavar="NAME", help="who decided (default: your login name)")
    reports.add_argument("--to", action="append", default=[], metavar="NAME|KEY",
                         help="with correct: the right name, or the other person's key")
    reports.add_argument("--source", default="", metavar="TEXT", help="with correct: what the row rests on"
                         " (default: the article's address)")
    reports.add_argument("--write", action="store_true", help="with correct: add the row to the file of the setting"
                         " corrections, and mark the report as done")
    reports.add_argument("--json", action="store_true", help="one JSON object a report")


def run_reports(options: argparse.Namespace, settings: Settings) -> None:
    """Do what is asked with the list of reports. UsageError for a number or state that is missing or unknown."""
    if options.act != "list" and options.number is None:
        raise UsageError(f"Name a report: quocphong reports {options.act} N. The list: quocphong reports")
    {"list": list_reports, "mark": mark, "correct": correct}[options.act](options, settings)


def list_reports(options: argparse.Namespace, settings: Settings) -> None:
    """Print the reports, open ones first; with --all also those that are decided. A broken line goes to stderr."""
    from indexer.operations import reader_reports

    held = reader_reports.read_list(settings)
    for problem in held.problems:
        complain(f"{problem.where}: {problem.why}")
    shown = sorted(held.reports if options.all else held.open, key=lambda report: (not report.is_open, report.number))
    for report in shown:
        print(as_json(asdict(report)) if options.json else as_text(report))
    if not options.json:
        print(f"{len(held.open)} open, {len(held.reports) - len(held.open)} decided.")


def mark(options: argparse.Namespace, settings: Settings) -> None:
    """Write down a decision and print the report with it."""
    from indexer.operations import reader_reports

    if options.state is None:
        raise UsageError(f"Say what was decided: quocphong reports mark {options.number} done|refused --note TEXT")
    path = reader_reports.file_of(settings)
    report = reader_reports.decide(path, options.number, options.state, options.note, options.by or getpass.getuser())
    print(as_json(asdict(report)) if options.json else as_text(report))


def correct(options: argparse.Namespace, settings: Settings) -> None:
    """Print the row of corrections that a report becomes; with --write add it to the file and mark the report done."""
    from indexer.operations import reader_reports, report_correction

    by = options.by or getpass.getuser()
    report = reader_reports.read_list(settings).get(options.number)
    made = report_correction.correction_of(report, options.to, by, options.note, options.source)
    if options.write:
        report_correction.append(settings.corrections, made)
        note = f"corrections: {made.action} {'; '.join(made.keys)}"
        reader_reports.decide(reader_reports.file_of(settings), report.number, reader_reports.DONE, note, by)
    print(as_json(asdict(made)) if options.json else report_correction.as_csv(made))


def as_text(report: ReaderReport) -> str:
    """A report as a few lines for a terminal."""
    state = report.state if report.is_open else f"{report.state} {report.decided} {report.by}: {report.note}"
    lines = [
        f"#{report.number}  {report.at}  {report.kind}  [{state.strip()}]",
        *(f"    {name}: {' '.join(text.split())}" for name, text in (
            ("article", report.article), ("url", report.url), ("value", told_value(report)),
            ("evidence", report.evidence), ("page", report.page), ("words", report.words),
            ("contact", report.contact)) if text),
    ]  # fmt: skip
    return "\n".join(lines)


def told_value(report: ReaderReport) -> str:
    """The facet and the value reported; "" where none is."""
    return f"{report.facet} {report.value or '?'}" if report.facet else ""
