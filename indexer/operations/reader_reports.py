"""What readers report as wrong, and what was decided on it: a list that the site appends to and the operator reads.

    index/reader-reports.jsonl   one line an act: a report, or a decision on one

The list lies beside the generations of the index, so that no rebuild or rollback touches it; the setting `reports`
names another file. Only `quocphong withdraw --erase` rewrites it. It holds no address of a reader but the contact that
a reader gives. Nothing of it is published.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from indexer.model import Problem
from indexer.model.atomic_files import append_line, replace_file
from indexer.model.errors import NotWritable, UsageError
from indexer.model.lines import is_json, json_line
from indexer.model.os_errors import translate_os_errors
from indexer.model.settings import Settings
from indexer.storage.clock import now

FILE = "reader-reports.jsonl"
MOST_BYTES = 5_000_000  # some thousand reports; a list that anyone can lengthen must have an end
# The most characters of each field; a report with a longer one is refused.
LENGTHS = {"article": 500, "url": 2_000, "facet": 40, "value": 300, "evidence": 2_000, "page": 1_000, "kind": 40,
           "words": 2_000, "contact": 200, "form": 100}
OPEN, DONE, REFUSED = "open", "done", "refused"
DECISIONS = (DONE, REFUSED)


class ReportsFull(NotWritable):
    """The list has reached its largest size; the message names the remedy."""


@dataclass(frozen=True, slots=True)
class ReaderReport:
    """One report. Text that is not known is "".

    number    counts from 1 in a list; the reference that the reader gets
    at        ISO time
    article   id and `url` of the article that is meant
    facet     what is wrong ("province", "official", "post", …), its `value` as a facet key, and the quoted `evidence`
    page      path and query of the page the reader came from
    kind      kind of mistake, a key of KINDS in search_app/pages/report.py
    words     what the reader writes; `contact`: how to reach the reader, who need not say
    form      marks the form that was sent: sent twice it is one report
    state     open, done or refused; with `note`, `by` and `decided` (ISO time) of the last decision
    """

    number: int = 0
    at: str = ""
    article: str = ""
    url: str = ""
    facet: str = ""
    value: str = ""
    evidence: str = ""
    page: str = ""
    kind: str = ""
    words: str = ""
    contact: str = ""
    form: str = ""
    state: str = OPEN
    note: str = ""
    by: str = ""
    decided: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing has been decided."""
        return self.state == OPEN


@dataclass(frozen=True, slots=True)
class ReportList:
    """The reports of a list by number, the newest last, and a Problem for each line that cannot be read."""

    reports: tuple[ReaderReport, ...] = ()
    problems: tuple[Problem, ...] = ()
    size: int = 0

    @property
    def open(self) -> tuple[ReaderReport, ...]:
        """Those that wait for a decision."""
        return tuple(report for report in self.reports if report.is_open)

    @property
    def is_full(self) -> bool:
        """Whether no more reports are taken."""
        return self.size >= MOST_BYTES

    def get(self, number: int) -> ReaderReport:
        """The report with a number. UsageError if there is none."""
        for report in self.reports:
            if report.number == number:
                return report
        raise UsageError(f"There is no report {number}. The list: quocphong reports --all")


def file_of(settings: Settings) -> Path:
    """The file of the list: the setting `reports`, else a file in the index folder."""
    return Path(settings.reports or settings.index / FILE)


def read(path: Path) -> ReportList:
    """The list in a file; an empty one where there is no file. Raises OSError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ReportList()
    reports: dict[int, ReaderReport] = {}
    problems = []
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            try:
                follow(reports, json.loads(line))
            except (ValueError, TypeError, LookupError) as error:
                problems.append(Problem(str(path), number, f"is no report that can be read ({error})"))
    return ReportList(tuple(reports[each] for each in sorted(reports)), tuple(problems), len(content))


def read_list(settings: Settings) -> ReportList:
    """The list of the settings. NotWritable, which names the file, where it cannot be read."""
    path = file_of(settings)
    with translate_os_errors(path):
        return read(path)


def add(path: Path, report: ReaderReport) -> ReaderReport:
    """Append a report, on the disk before this returns; the report with its number and time.

    A form that was sent before gives its report again, and nothing is written. UsageError for a text that is too long
    (LENGTHS), ReportsFull, NotWritable, DiskFull.
    """
    refuse_long(report)
    with translate_os_errors(path), locked(path):
        known = read(path)
        if report.form and (sent := [each for each in known.reports if each.form == report.form]):
            return sent[0]
        if known.is_full:
            raise ReportsFull(f"{path} has reached {MOST_BYTES / 1e6:.0f} MB, and no more reports are taken. Read it"
                              " (quocphong reports --all), then move it away: the next report begins a new list.")
        last = max((each.number for each in known.reports), default=0)
        added = replace(report, number=last + 1, at=now(), state=OPEN)
        shape = {name: value for name, value in asdict(added).items() if value != "" and name != "state"}
        append_line(path, json_line({"act": "report", **shape}), is_json)
    return added


def decide(path: Path, number: int, state: str, note: str = "", by: str = "") -> ReaderReport:
    """Append a decision on a report, `done` or `refused`, or `open` to take one back; the report with it.

    UsageError if there is no such report; NotWritable, DiskFull.
    """
    with translate_os_errors(path), locked(path):
        report = read(path).get(number)
        act = {"act": "mark", "number": number, "state": state, "note": note, "by": by, "decided": now()}
        append_line(path, json_line(act), is_json)
    return decided(report, act)


def rewrite(path: Path, altered: Callable[[bytes], bytes]) -> None:
    """Write the list anew with each line as `altered` gives it; who may read it stays. Raises OSError.

    Nothing is done where there is no list.
    """
    if not path.exists():
        return
    with locked(path):
        mode = path.stat().st_mode
        lines = [line for line in path.read_bytes().split(b"\n") if line.strip()]
        replace_file(path, b"".join(altered(line) + b"\n" for line in lines))
        path.chmod(mode)


def refuse_long(report: ReaderReport) -> None:
    """UsageError if a text of a report is longer than LENGTHS allows."""
    for name, most in LENGTHS.items():
        if len(getattr(report, name)) > most:
            raise UsageError(f"{name} is longer than {most} characters.")


# --- the acts of a list -------------------------------------------------------------------------------

TEXTS = tuple(field.name for field in fields(ReaderReport) if field.name not in ("number", "state"))


def follow(reports: dict[int, ReaderReport], act: dict[str, Any]) -> None:
    """Bring `reports` up to date with an act. ValueError, TypeError or LookupError if it makes no sense."""
    number = int(act["number"])
    match act["act"]:
        case "report":
            texts = {name: act[name] for name in TEXTS if isinstance(act.get(name), str)}
            reports[number] = ReaderReport(number=number, **texts)
        case "mark":
            reports[number] = decided(reports[number], act)
        case other:
            raise ValueError(f"no such act: {other}")


def decided(report: ReaderReport, act: dict[str, Any]) -> ReaderReport:
    """A report with the decision of an act."""
    if act["state"] not in (OPEN, *DECISIONS):
        raise ValueError(f"no such state: {act['state']}")
    note, by, when = (str(act.get(name, "")) for name in ("note", "by", "decided"))
    return replace(report, state=act["state"], note=note, by=by, decided=when)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the list for the block, so that two processes of the site never give one number twice.

    The file is made if there is none, readable for its owner and group: it may hold contacts. If it was rewritten or
    moved away while this waited, the one that is there now is held. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o640)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if is_at(path, file):
                yield
                return
        finally:
            os.close(file)


def is_at(path: Path, file: int) -> bool:
    """Whether an open file is the one at `path`."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file))
    except FileNotFoundError:
        return False
