"""The index at a glance for those who run it: what is in use, how runs went, who is writing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.fetch import Silence, read_feeds, silent_feeds
from indexer.model.errors import IndexMissing, QuocphongError
from indexer.model.settings import Settings
from indexer.operations import reader_reports
from indexer.storage import backends, generations, run_status
from indexer.storage.lock import holder_of
from indexer.storage.run_status import Status

if TYPE_CHECKING:
    from indexer.operations.alerts.state import Failing


@dataclass(frozen=True, slots=True)
class RunOverview:
    """The folder of the generation in use and of the one to go back to, the runs' status, and the lock's holder.

    `silent`: feeds that gave articles for weeks and now give none. `open_reports`: readers' reports that nobody has
    decided on. `unreached`: recipients that alerts do not reach; `alerts_sent`: when one last was, "" for never.
    """

    generation: str
    previous: str | None
    status: Status
    age_seconds: int | None
    stale: bool
    writing: str | None
    engine: str = "whoosh"
    silent: tuple[Silence, ...] = ()
    open_reports: int = 0
    unreached: tuple[Failing, ...] = ()
    alerts_sent: str = ""

    def as_json(self) -> dict[str, Any]:
        """The overview as plain dicts."""
        return {"generation": self.generation, "previous": self.previous, "age_seconds": self.age_seconds,
                "stale": self.stale, "writing": self.writing, "engine": self.engine,
                "silent_feeds": [asdict(silence) for silence in self.silent], "open_reports": self.open_reports,
                "alerts_failing": [asdict(failing) for failing in self.unreached],
                "alerts_sent": self.alerts_sent or None,
                **self.status.as_json()}

    def as_text(self) -> str:
        """The overview for a terminal."""
        return "\n".join(filter(None, [
            f"In use: {self.generation}{'' if self.engine == 'whoosh' else f' on {self.engine}'}"
            + (f" (before it: {self.previous})" if self.previous else ""),
            self.said_of_success(), self.said_of_attempt(), self.said_of_skipped(),
            *(f"Silent: {silence}" for silence in self.silent),
            f"Readers' reports open: {self.open_reports} (quocphong reports)" if self.open_reports else "",
            f"Alerts last sent: {self.alerts_sent}" if self.alerts_sent else "",
            *(f"Alerts do not reach: {failing}" for failing in self.unreached),
            f"Writing now: {self.writing}" if self.writing else ""]))

    def said_of_success(self) -> str:
        """A sentence on the last success."""
        done = self.status.success
        if done is None or self.age_seconds is None:
            return "No run is known to have finished."
        return (f"Last success: {done.at}, {told_age(self.age_seconds)} ago{' – STALE' if self.stale else ''}:"
                f" {done.articles} articles, {done.new} new, {done.changed} changed, {done.deleted} deleted,"
                f" {done.problems} problems")

    def said_of_attempt(self) -> str:
        """A sentence on the last attempt; "" if there was none."""
        last = self.status.attempt
        if last is None:
            return ""
        if last.ended is None:
            return f"A run that began {last.began} {'is going on' if self.writing else 'was killed: it never ended'}."
        if not self.status.failures:
            return f"Last run: {last.began}, exit code {last.exit_code} {last.message}".rstrip()
        return (f"Last run: {last.began}, FAILED with exit code {last.exit_code}: {last.message}"
                f" ({self.status.failures} failed since the last success)")

    def said_of_skipped(self) -> str:
        """A sentence on the runs kept out by another; "" if there were none."""
        kept_out = self.status.skipped
        return (f"Kept out since the last success: {kept_out.times}, last {kept_out.at}: {kept_out.message}"
                if kept_out else "")


def told_age(seconds: int) -> str:
    """A length of time in its two largest units: "2 d 3 h", "5 h 12 min", "40 s"."""
    parts = [(seconds // 86_400, "d"), (seconds // 3_600 % 24, "h"), (seconds // 60 % 60, "min"), (seconds % 60, "s")]
    first = next((at for at, (count, _) in enumerate(parts) if count), 3)
    return " ".join(f"{count} {unit}" for count, unit in parts[first : first + 2] if count) or "0 s"


def overview(index_dir: Path, stale_hours: int, silent: tuple[Silence, ...] = (), open_reports: int = 0,
             unreached: tuple[Failing, ...] = (), alerts_sent: str = "") -> RunOverview:
    """What is known without opening the index, with the feeds that are `silent`, the number of readers' reports, and
    how the alerts fare (`alerts.state.delivery`).

    Raises IndexMissing or IndexDamaged.
    """
    known = run_status.read(index_dir)
    try:
        in_use, before = generations.current(index_dir), generations.previous(index_dir)
    except IndexMissing as missing:
        failed = known.attempt.message if known.attempt else ""
        raise IndexMissing(f"{missing}{f' The last run failed: {failed}' if failed else ''}") from None
    return RunOverview(in_use.name, before.name if before else None, known, known.age_seconds(),
                       known.is_stale(stale_hours),
                       holder_of(index_dir), lies_on(in_use), silent, open_reports, unreached, alerts_sent)


def reports_open(settings: Settings) -> int:
    """How many readers' reports are open; 0 where the list cannot be read, which the doctor tells."""
    try:
        return len(reader_reports.read_list(settings).open)
    except QuocphongError:
        return 0


def silence_among(settings: Settings) -> tuple[Silence, ...]:
    """The feeds of the settings' feeds file that have fallen silent; none where that file is missing or makes no sense,
    which the doctor tells."""
    try:
        return silent_feeds(settings.fetched, read_feeds(settings.feeds).feeds) if settings.feeds.exists() else ()
    except QuocphongError:
        return ()


def lies_on(folder: Path) -> str:
    """Where the articles are: "whoosh", which is the folder itself, or the cluster's address and the index there."""
    known = backends.read(folder)
    return f"{known[0]} ({known[1]})" if known else "whoosh"
