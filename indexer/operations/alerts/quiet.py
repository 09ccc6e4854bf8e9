"""Whether a run of the alerts can have anything to do, told without loading what alerts are made of.

    index/.alerts/quiet.json   alerts file, index and state as the last run left them, and how long that holds

A cron job runs every hour and mostly finds nothing new: it reads this note, compares four marks, and is done. Whatever
is not exactly as it was is a reason to run; so the note may be lost.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.model.atomic_files import replace_json
from indexer.model.settings import Settings
from indexer.operations.alerts.report import AlertsReport
from indexer.storage import generations
from indexer.storage.backends import backend
from indexer.storage.index_folder import numbered
from indexer.storage.tombstones import FILE as WITHDRAWN

if TYPE_CHECKING:
    from indexer.operations.alerts.state import Failing

LOCK = ".alerts"  # a folder: runs of the alerts keep each other out, and nobody else
NOTE, STATE = "quiet.json", "alerts.sqlite"
Clock = Callable[[], datetime]


def tell(settings: Settings, wait_seconds: float = 0.0, clock: Clock = lambda: datetime.now(UTC)) -> AlertsReport:
    """Send what is new, as `run.run` does; at once where nothing can be."""
    if (report := nothing_new(settings, clock())) is not None:
        return report
    from indexer.operations.alerts.run import run

    return run(settings, wait_seconds, clock)


def delivery(index_dir: Path) -> tuple[tuple[Failing, ...], str]:
    """The recipients that could not be reached lately, and when something was last sent (`state.delivery`)."""
    if not (index_dir / STATE).exists():
        return (), ""
    from indexer.operations.alerts import state

    return state.delivery(index_dir)


def nothing_new(settings: Settings, moment: datetime) -> AlertsReport | None:
    """The report of a run with nothing to do: alerts file, index and state are as the last run left them, and nothing
    has become due since. None where a run is needed. IndexMissing, IndexDamaged."""
    token = present_token(settings.index)
    with suppress(OSError, ValueError, KeyError, TypeError):
        held = json.loads((settings.index / LOCK / NOTE).read_text(encoding="utf-8"))
        if held["marks"] == marks(settings, token) and moment < datetime.fromisoformat(held["until"]):
            return AlertsReport(alerts=int(held["alerts"]), waiting=[*map(str, held["waiting"])])
    return None


def note(settings: Settings, token: str, until: datetime, alerts: int, waiting: Sequence[str]) -> None:
    """Write down that nothing is left to do before `until`, unless something changes; `waiting` are the recipients that
    are tried again from then on."""
    with suppress(OSError):  # without the note the next run looks more closely
        replace_json(settings.index / LOCK / NOTE, {
            "marks": marks(settings, token), "until": until.isoformat(), "alerts": alerts, "waiting": waiting})


def marks(settings: Settings, token: str) -> list[str | int]:
    """What must stay the same: the alerts file by its content, the index by its token, the state by time and size."""
    state = (settings.index / STATE).stat()
    return [blake2b(Path(settings.alerts).read_bytes(), digest_size=16).hexdigest(), token, state.st_mtime_ns,
            state.st_size]


def present_token(index_dir: Path) -> str:
    """The state of the index as one text: generation, commit and withdrawals. IndexMissing, IndexDamaged."""
    folder = generations.current(index_dir)
    withdrawn = index_dir / WITHDRAWN
    size = withdrawn.stat().st_size if withdrawn.exists() else 0
    return f"{numbered(folder, backend(folder).latest())}.{size}"
