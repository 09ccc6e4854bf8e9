"""A reader's report as a row of the corrections file, where it is about who a person is (docs/mentions.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from pathlib import Path

from indexer.model.atomic_files import append_line, replace_file
from indexer.model.errors import UsageError
from indexer.model.os_errors import translate_os_errors
from indexer.operations.reader_reports import ReaderReport
from indexer.search.corrections import COLUMNS, Correction, read_corrections, wrong
from indexer.search.csv_lines import line

# Kind of mistake -> the action of the row that puts it right.
ACTION_FOR = {"name": "rename", "not-official": "not-official", "two-people": "split", "one-person": "merge"}
NEEDS = {"rename": "the right name: --to NAME", "split": "the other key: --to KEY", "merge": "the other key: --to KEY"}


def correction_of(report: ReaderReport, to: Sequence[str], by: str, why: str = "", source: str = "") -> Correction:
    """The row that puts right what a report says.

    `to` has the right name, or the other keys; `why` defaults to the reader's words, `source` to the article's address
    or id. UsageError, which names the remedy, where the file of corrections has no action for such a mistake or
    something is missing.
    """
    action = ACTION_FOR.get(report.kind)
    if action is None or report.facet != "official" or not report.value:
        raise UsageError(f"Report {report.number} ({report.facet or 'no value'}, {report.kind}) is none that a row of"
                         " corrections can put right: those say who a person is. Mend the article or the tables it was"
                         " read by, or withdraw it (quocphong withdraw).")
    if action in NEEDS and not to:
        raise UsageError(f"To {action}, say {NEEDS[action]}.")
    made = Correction(
        by, date.today().isoformat(), one_line(why or report.words),
        one_line(source or report.url or report.article or report.page or f"reader's report {report.number}"),
        action, (report.value, *to))  # fmt: skip
    if said := wrong(dict(zip(COLUMNS, cells(made), strict=True))):
        raise UsageError(f"The row {said}")
    return made


def as_csv(correction: Correction) -> str:
    """The row as a line of the file, without its end."""
    return line(cells(correction)).rstrip("\r\n")


def append(path: Path, correction: Correction) -> None:
    """Add the row to the corrections file, which is made with its header if there is none.

    UsageError if `path` is empty or a row of the file cannot be used: nothing is added to a file that has to be mended.
    """
    if not str(path) or path == Path():
        raise UsageError("The setting corrections names no file. Set it (quocphong docs mentions), or leave out --write"
                         " and put the row where you keep them.")
    _, problems = read_corrections(path)
    if problems:
        raise UsageError(f"{problems[0].where}: {problems[0].why} Mend that row first.")
    with translate_os_errors(path):
        if not path.exists() or not path.stat().st_size:
            replace_file(path, ",".join(COLUMNS) + "\n")
        append_line(path, as_csv(correction))


def cells(correction: Correction) -> tuple[str, ...]:
    """The cells of the row, in the order of COLUMNS."""
    *first, keys = astuple(correction)
    return (*first, ";".join(keys))


def one_line(text: str) -> str:
    """The text with every run of white space as one space."""
    return " ".join(text.split())
