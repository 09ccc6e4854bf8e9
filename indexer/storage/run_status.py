"""How the index's runs went: written after every run, failed ones too, for the site, monitoring and people.

    index/status.json   last attempt, last success, failures since; replaced at once, so readers never see half of it
    index/reports/      the reports of the last runs (run_reports.py)
    index/skipped.json  the last run that found another one writing and left, and how many have since the last success

A run writes down that it began, so that one that was killed is not taken for none. The status is the writing run's: one
that was kept out has a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from indexer.model.atomic_files import replace_json
from indexer.model.errors import IndexLocked, Interrupted, NewlyUnreadable, OutOfMemory, QuocphongError
from indexer.model.report import Report
from indexer.storage import run_reports
from indexer.storage.clock import now
from indexer.storage.lock import hold

FILE, SKIPPED = "status.json", "skipped.json"
SLACK = timedelta(days=1)  # by which clocks may be apart, a wrong time zone among it


@dataclass(frozen=True, slots=True)
class Attempt:
    """The last run. One without `ended` is still going, or was killed."""

    began: str
    ended: str | None = None
    exit_code: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Success:
    """The last run that finished, with the report's figures. Unreadable articles do not make a run unsuccessful."""

    at: str
    generation: int
    articles: int
    new: int
    changed: int
    deleted: int
    problems: int
    newly: int
    seconds: float
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """The last run that was kept out by another one's lock, and how many were since the last success."""

    at: str
    message: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Status:
    """How the runs went: the last attempt, the last success, and who was kept out since by another run."""
    attempt: Attempt | None = None
    success: Success | None = None
    failures: int = 0  # attempts since the last success
    skipped: Skipped | None = None

    @property
    def last_success(self) -> datetime | None:
        """When a run last succeeded; None if none did."""
        return datetime.fromisoformat(self.success.at) if self.success else None

    def age_seconds(self, now: datetime | None = None) -> int | None:
        """Seconds since the last success; None if there was none. A clock that was set back gives 0."""
        last = self.last_success
        return None if last is None else max(0, int(((now or datetime.now(UTC)) - last).total_seconds()))

    def is_stale(self, hours: int, now: datetime | None = None) -> bool:
        """Whether the last success is at least so many hours ago; not where there was none.

        One that lies ahead was written by a clock that was wrong then: nobody knows how old it is, and it is stale too.
        """
        age, last = self.age_seconds(now), self.last_success
        ahead = last is not None and last - (now or datetime.now(UTC)) > SLACK
        return ahead or (age is not None and age >= hours * 3600)

    def as_json(self) -> dict[str, Any]:
        """The status as plain dicts."""
        return asdict(self)


def read(index_dir: Path) -> Status:
    """What the files say; an empty Status where there is none, or none that can be read."""
    try:
        held = json.loads((index_dir / FILE).read_text(encoding="utf-8"))
        attempt, success = held["attempt"], held["success"]
        status = Status(
            Attempt(**attempt) if attempt else None,
            Success(**success | {"roots": tuple(success["roots"])}) if success else None,
            int(held["failures"]))
        status.age_seconds()  # a time that cannot be read makes the file one that cannot be read
    except (OSError, ValueError, KeyError, TypeError):
        status = Status()
    return replace(status, skipped=skipped(index_dir))


def roots(index_dir: Path) -> set[str]:
    """The roots the last success covered, also where another version wrote the file; none where it cannot be read."""
    try:
        said = json.loads((index_dir / FILE).read_text(encoding="utf-8"))["success"]["roots"]
        return {root for root in said if isinstance(root, str)}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def skipped(index_dir: Path) -> Skipped | None:
    """The last run that was kept out; a run that finishes removes the file."""
    try:
        return Skipped(**json.loads((index_dir / SKIPPED).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def written(index_dir: Path, wait_seconds: float = 0.0, strict: bool = False) -> Iterator[Callable[[Report], None]]:
    """Hold the index's lock for the block and record how the run in it went; see `recorded`.

    Raises IndexLocked, which is recorded too: a run that is kept out every hour is a failure somebody should see.
    """
    with ExitStack() as held:
        try:
            held.enter_context(hold(index_dir, wait_seconds))
        except IndexLocked as error:
            before = skipped(index_dir)
            with suppress(OSError):
                replace_json(index_dir / SKIPPED, asdict(Skipped(now(), str(error), before.times + 1 if before else 1)))
            raise
        yield held.enter_context(recorded(index_dir, strict))


@contextmanager
def recorded(index_dir: Path, strict: bool = False) -> Iterator[Callable[[Report], None]]:
    """Record the run made in the block: as a success once the function given was told its report, else as a failure."""
    before = read(index_dir)
    if before.attempt and before.attempt.ended is None:
        before = replace(before, failures=before.failures + 1)  # it was killed
    began = Attempt(now())
    with suppress(OSError):
        write(index_dir, replace(before, attempt=began))
    outcome = replace(before, failures=before.failures + 1)
    told: dict[str, Any] = {}

    def succeeded(report: Report) -> None:
        nonlocal outcome, told
        code = NewlyUnreadable.exit_code if report.unreadable(strict) else 0
        outcome = Status(replace(began, ended=now(), exit_code=code), success_of(report))
        told = {"index": report.as_json()}
        with suppress(OSError):  # the run's work is safe: a status that cannot be written is no reason to fail it
            write(index_dir, outcome)
            (index_dir / SKIPPED).unlink(missing_ok=True)

    ended = began
    try:
        yield succeeded
        ended = outcome.attempt or began
    except BaseException as error:
        ended = replace(began, ended=now(), exit_code=code_of(error), message=str(error) or type(error).__name__)
        with suppress(OSError):  # the disk may be what failed
            write(index_dir, replace(outcome, attempt=ended))
        raise
    finally:
        with suppress(OSError):
            run_reports.keep(index_dir, began.began, asdict(ended) | told)


def code_of(error: BaseException) -> int:
    """The exit code of a run that an error ended."""
    if isinstance(error, KeyboardInterrupt):
        return Interrupted.exit_code
    if isinstance(error, MemoryError):
        return OutOfMemory.exit_code
    return error.exit_code if isinstance(error, QuocphongError) else QuocphongError.exit_code


def success_of(report: Report) -> Success:
    """The success that a report tells of."""
    return Success(now(), report.generation, report.articles, report.new, report.changed, report.deleted,
                   len(report.problems), report.newly, round(report.seconds, 3), tuple(report.remembered))


def write(index_dir: Path, status: Status) -> None:
    """Replace the status file."""
    shape = status.as_json()
    del shape["skipped"]
    replace_json(index_dir / FILE, shape)
