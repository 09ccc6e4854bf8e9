"""The index of the site: opened on first use, reopened for a newer generation, shared by all threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from flask import current_app, g, has_request_context

from indexer.model import Entry, FacetValue, Query, budget
from indexer.model.errors import QuocphongError
from indexer.operations import status
from indexer.operations.status import Status
from indexer.search.archive import Engine, current_folder, open_engine, open_kept
from indexer.search.excerpts import of_excerpts
from indexer.search.labels import UNKNOWN, label
from indexer.search.people import stated_moves
from indexer.search.service import warm
from indexer.search.suggest import tables_of
from indexer.search.vietnamese import vietnamese_key
from search_app.web.allowances import allowance
from search_app.web.background_throttle import BackgroundThrottle
from search_app.web.readers import may_read_whole

Mark = tuple[int, int, int]  # of a file: modification time, inode and size


@dataclass(frozen=True, slots=True)
class Overview:
    """What the archive holds: its articles, by year (newest first) and by province (alphabetical).

    The unknown year and province stand last. `updated` is the time of the last commit.
    """

    generation: int
    articles: int
    years: Sequence[FacetValue]
    provinces: Sequence[FacetValue]
    updated: datetime

    @property
    def known_provinces(self) -> int:
        """How many provinces have articles."""
        return sum(value.value != UNKNOWN for value in self.provinces)

    @property
    def span(self) -> str:
        """The first and last year published: "2015–2026"; "" when none is known."""
        known = sorted(v.value for v in self.years if v.value.isdigit())
        return "–".join(dict.fromkeys([known[0], known[-1]])) if known else ""

    @property
    def age_seconds(self) -> int:
        """Seconds since the last commit."""
        return max(0, int((datetime.now(UTC) - self.updated).total_seconds()))


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a run of the indexer last succeeded (None: unknown), how many failed since, and if that is too long ago."""

    last_success: datetime | None
    age_seconds: int | None
    failures: int
    stale: bool

    @property
    def tag(self) -> str:
        """A text that differs whenever a page would show something else."""
        return f"{self.last_success} {self.failures} {self.stale}"


class Archive:
    """Gives the engine of the newest generation.

    An engine answers for one generation. An old engine is not closed here: a request may still use it, and it is freed
    with its last user.
    """

    def __init__(self, index_dir: Path) -> None:
        self.index_dir = index_dir
        self.throttle = BackgroundThrottle()
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._overview: Overview | None = None
        self._preparing = threading.Thread()
        self._kept: tuple[int, Engine | None] | None = None
        self._status: tuple[Mark | None, Status] = (None, Status())

    def engine(self) -> Engine:
        """The engine, opened or reopened as needed. One request always gets the same engine.

        For a reader who may not have whole articles its entries hold excerpts: whatever a route makes of them is made
        of what this reader may be shown.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        if not has_request_context():
            return self._newest()
        if "engine" not in g:
            newest = self._newest()
            g.engine = newest if may_read_whole() else of_excerpts(newest, allowance())
        held: Engine = g.engine
        return held

    def _newest(self) -> Engine:
        with self._lock, budget.aside():
            if self._engine is None or self._engine.stale():
                self._engine, self._kept = open_engine(self.index_dir), None
                self._preparing = threading.Thread(target=prepare, args=(self._engine, self.throttle), daemon=True)
                self._preparing.start()
            return self._engine

    def make_ready(self) -> None:
        """Open the index, if there is one, and wait until what its first requests need is loaded."""
        with suppress(QuocphongError):  # requests are answered with the error
            self.overview()
            self._preparing.join()

    def kept(self, generation: int) -> Engine | None:
        """The engine of a former generation, opened once; None where its folder is not kept."""
        with self._lock, budget.aside():
            if self._kept is None or self._kept[0] != generation:
                self._kept = generation, open_kept(self.index_dir, generation)
            return self._kept[1]

    def entry(self, article_id: str) -> Entry | None:
        """The article with this id, or None."""
        found = self.engine().entries([article_id])
        return found[0] if found else None

    def overview(self) -> Overview:
        """What the archive holds, counted once for each generation. Raises as `engine`."""
        engine = self.engine()
        known = self._overview
        if known is None or known.generation != engine.generation:
            with budget.aside():
                known = self._overview = count(engine, self.index_dir)
        return known

    def freshness(self, stale_hours: int) -> Freshness:
        """How the runs of the indexer went, by its status file. One request always gets the same answer."""
        if not has_request_context():
            return self._freshness(stale_hours)
        if "freshness" not in g:
            g.freshness = self._freshness(stale_hours)
        fresh: Freshness = g.freshness
        return fresh

    def _freshness(self, stale_hours: int) -> Freshness:
        """The freshness by the status file, which is read again only when it has changed."""
        mark = mark_of(self.index_dir / status.FILE)
        if mark is None or mark != self._status[0]:
            self._status = (mark, status.read(self.index_dir))
        known = self._status[1]
        return Freshness(known.last_success, known.age_seconds(), known.failures, known.is_stale(stale_hours))


def archive() -> Archive:
    """The archive of the current application."""
    found: Archive = current_app.extensions["archive"]
    return found


def mark_of(path: Path) -> Mark | None:
    """A value that differs when the file has changed; None where there is no such file."""
    try:
        seen = path.stat()
    except OSError:
        return None
    if not S_ISREG(seen.st_mode):
        return None
    return seen.st_mtime_ns, seen.st_ino, seen.st_size


def prepare(engine: Engine, pause: Callable[[], None]) -> None:
    """Load what the first requests need: the tables of searches and suggestions, and the moves of officials.

    `pause` is called now and then, to give way to requests.
    """
    with suppress(QuocphongError):  # a damaged index: the request that needs the damaged part gets the error
        warm(engine)
        tables_of(engine, pause)
        stated_moves(engine, pause=pause)


def count(engine: Engine, index_dir: Path) -> Overview:
    """The overview of an opened index."""
    found = engine.find(Query(limit=1, facets=(("year", 500), ("province", 500)))).facets
    years, provinces = (
        [FacetValue(key, label(name, key), n) for key, n in found.get(name, ())] for name in ("year", "province")
    )
    years.sort(key=lambda v: v.value if v.value != UNKNOWN else "", reverse=True)
    provinces.sort(key=lambda v: (v.value == UNKNOWN, vietnamese_key(v.label)))
    return Overview(
        generation=engine.generation,
        articles=engine.count(),
        years=years,
        provinces=provinces,
        # Every commit adds files to the index folder, so the folder's modification time is that of the last commit.
        updated=datetime.fromtimestamp(current_folder(index_dir).stat().st_mtime, UTC),
    )
