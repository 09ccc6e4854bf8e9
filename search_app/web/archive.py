"""The index as the site sees it: opened on first use, reopened when a newer generation is there, shared by threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG

from flask import g, has_request_context

from indexer.model import Entry, FacetValue, Query
from indexer.model.errors import QuocphongError
from indexer.operations import status
from indexer.operations.status import Status
from indexer.search.archive import Engine, current_folder, open_engine, open_kept
from indexer.search.labels import UNKNOWN, label
from indexer.search.people import stated_moves
from indexer.search.service import warm
from indexer.search.suggest import tables_of
from indexer.search.vietnamese import vietnamese_key
from search_app.web.background_throttle import BackgroundThrottle

Mark = tuple[int, int, int]  # of a file: when it was changed, which it is, and its size


@dataclass(frozen=True, slots=True)
class Overview:
    """What the archive holds: articles, by year (newest first) and by province (in alphabetical order), and since when.

    Articles whose year or province is unknown are counted last in each list.
    """

    generation: int
    articles: int
    years: Sequence[FacetValue]
    provinces: Sequence[FacetValue]
    updated: datetime

    @property
    def known_provinces(self) -> int:
        return sum(value.value != UNKNOWN for value in self.provinces)

    @property
    def span(self) -> str:
        """The years published, from the first to the last: "2015–2026"; "" when none is known."""
        known = sorted(v.value for v in self.years if v.value.isdigit())
        return "–".join(dict.fromkeys([known[0], known[-1]])) if known else ""

    @property
    def age_seconds(self) -> int:
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
        """Differs whenever a page would say something else."""
        return f"{self.last_success} {self.failures} {self.stale}"


class Archive:
    """Hands out the engine of the newest generation. An engine answers for one generation and is never closed here:
    a request may still be using the old one, which goes when its last user has gone."""

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
        """The engine, opened or reopened as needed; one request is answered by one engine, whatever is committed.

        Raises IndexMissing, IndexOutdated or IndexDamaged.
        """
        if not has_request_context():
            return self._newest()
        if "engine" not in g:
            g.engine = self._newest()
        held: Engine = g.engine
        return held

    def _newest(self) -> Engine:
        with self._lock:
            if self._engine is None or self._engine.stale():
                self._engine, self._kept = open_engine(self.index_dir), None
                self._preparing = threading.Thread(target=prepare, args=(self._engine, self.throttle), daemon=True)
                self._preparing.start()
            return self._engine

    def make_ready(self) -> None:
        """Open the index, if there is one yet, and wait until all that its first readers would wait for is made."""
        with suppress(QuocphongError):  # the site says so to whoever asks
            self.overview()
            self._preparing.join()

    def kept(self, generation: int) -> Engine | None:
        """The folder that `generation` was in, where it is kept beside the one in use; opened once."""
        with self._lock:
            if self._kept is None or self._kept[0] != generation:
                self._kept = generation, open_kept(self.index_dir, generation)
            return self._kept[1]

    def entry(self, article_id: str) -> Entry | None:
        """The article with this id, or None."""
        found = self.engine().entries([article_id])
        return found[0] if found else None

    def overview(self) -> Overview:
        """What the archive holds, counted once a generation."""
        engine = self.engine()
        known = self._overview
        if known is None or known.generation != engine.generation:
            known = self._overview = count(engine, self.index_dir)
        return known

    def freshness(self, stale_hours: int) -> Freshness:
        """How the indexer's runs went, as its status file says now; one request is told one thing."""
        if not has_request_context():
            return self._freshness(stale_hours)
        if "freshness" not in g:
            g.freshness = self._freshness(stale_hours)
        told: Freshness = g.freshness
        return told

    def _freshness(self, stale_hours: int) -> Freshness:
        """The file is read again only when it has changed."""
        mark = mark_of(self.index_dir / status.FILE)
        if mark is None or mark != self._status[0]:
            self._status = (mark, status.read(self.index_dir))
        known = self._status[1]
        return Freshness(known.last_success, known.age_seconds(), known.failures, known.is_stale(stale_hours))


def mark_of(path: Path) -> Mark | None:
    """What tells whether a file has changed; None where there is no such file."""
    try:
        seen = path.stat()
    except OSError:
        return None
    if not S_ISREG(seen.st_mode):
        return None
    return seen.st_mtime_ns, seen.st_ino, seen.st_size


def prepare(engine: Engine, pause: Callable[[], None]) -> None:
    """Have made what the first reader would wait for: what a search reads, tables of suggestions, who moved where.

    `pause` is called every now and then.
    """
    with suppress(QuocphongError):  # a damaged index: the reader who needs what is damaged is told
        warm(engine)
        tables_of(engine, pause)
        stated_moves(engine, pause)


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
        # Every commit adds files to the folder in use, so the folder's own time is that of the last change.
        updated=datetime.fromtimestamp(current_folder(index_dir).stat().st_mtime, UTC),
    )
