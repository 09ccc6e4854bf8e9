"""Alerts of silence: a province of which nothing was published for some weeks, and of which there always was before.

Days are counted up to the newest day of the archive, not to today: an archive that gets no articles says nothing of
provinces. A province used to speak if in the half year up to its last article (three times as long as the silence, if
that is more) it was never silent for so long, and had enough articles to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from indexer.engine.port import Engine
from indexer.model import Query
from indexer.operations.alerts.news import SILENT_PROVINCE, Found, Knowledge, Present, planned
from indexer.operations.alerts.state import SILENT, TOLD
from indexer.operations.alerts.table import SILENCE as KIND
from indexer.operations.alerts.table import Alert
from indexer.search.labels import UNKNOWN

__all__ = ["KIND", "Voice", "look", "voices"]

HALF_YEAR, TIMES = timedelta(weeks=26), 3
ENOUGH = 6  # articles in that time


@dataclass(frozen=True, slots=True)
class Voice:
    """A province (present name), the last day something was published of it, and whether it has fallen silent."""

    province: str
    last: str
    silent: bool


def look(now: Present, alert: Alert, known: Knowledge, fresh: Collection[str] | None) -> Found:
    """The provinces that have fallen silent and were not known to be; one that spoke again can fall silent again."""
    events, rows = [], []
    for voice in voices(now.engine, planned(now.engine, alert.search)[1], alert.weeks):
        before = known.get(voice.province, ("", SILENT))
        if voice.silent and before[1] == SILENT:
            events.append((SILENT_PROVINCE, voice.province, (voice.last, str(alert.weeks))))
            rows.append((voice.province, voice.last, TOLD))
        elif not voice.silent and before[1] == TOLD:
            rows.append((voice.province, voice.last, SILENT))
    return Found(tuple(events), tuple(rows))


def voices(engine: Engine, query: Query, weeks: int) -> Iterator[Voice]:
    """Each province of a search that used to speak, with whether it has been silent for so many weeks."""
    today = datetime.now(UTC).date().isoformat()
    whole = engine.crosstab(Query(), "now", "day")
    newest = max((day for _, day in whole if len(day) == 10 and day <= today), default="")
    days: dict[str, list[date]] = defaultdict(list)
    for (province, day), count in engine.crosstab(query, "now", "day").items():
        if province != UNKNOWN and len(day) == 10 and day <= newest:
            days[province] += [date.fromisoformat(day)] * count
    long = timedelta(weeks=weeks)
    for province, found in sorted(days.items()):
        found.sort()
        if used_to_speak(found, long):
            yield Voice(province, found[-1].isoformat(), date.fromisoformat(newest) - found[-1] >= long)


def used_to_speak(days: Sequence[date], long: timedelta) -> bool:
    """Whether a province with articles on these days, in order, was never silent for `long` in the time before the
    last."""
    start = days[-1] - max(HALF_YEAR, TIMES * long)
    told = [day for day in days if day > start]
    return len(told) >= ENOUGH and all(later - earlier < long for earlier, later in pairwise([start, *told]))
