"""What a run of the indexer writes to, and what it takes over from the generation that was in use before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain
from pathlib import Path
from shutil import rmtree

from indexer.engine.port import Engine, Invert
from indexer.model import Entry
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import IndexDamaged, IndexMissing, QuocphongError
from indexer.storage import backends, generations, run_status
from indexer.storage.engine_choice import engine_of, forget_gone, lying, place_of, refuse_other_engine
from indexer.storage.index_folder import check_stamp, numbered, stored, versions
from indexer.storage.manifest import IndexedRecord, loaded
from indexer.storage.manifest_file import roots_in


class Target:
    """What a run of the indexer writes to: the generation in use, or a new one that is published at the end."""

    def __init__(
        self, index_dir: Path, rebuild: bool, named_roots: bool = False, engine: ClusterAddress | str | None = None
    ) -> None:
        """`named_roots`: the run names the folders it covers, so nobody need know what was covered before.

        `engine`: "whoosh", or a place on a cluster; None leaves it as it is. IndexOutdated if a generation in use is of
        another engine and this is no rebuild.
        """
        self.index_dir = index_dir
        self.live = live_generation(index_dir, rebuild)
        self.fresh = rebuild or self.live is None
        self.roots_before = remembered_roots(index_dir) if self.fresh and not named_roots else set()
        before = known_of(self.live) if self.fresh and self.live else {}
        self.since_before = {id: (held.digest, held.since) for id, held in before.items() if held.since}
        self.held_before = Counter(held.root for held in before.values())  # articles by their root
        self.published = self.committed = False
        if self.fresh:
            self.before = lying(index_dir)
            where = engine_of(self.live) if engine is None else place_of(engine)
            self.folder = generations.begin(index_dir)
            self.backend = backends.create(self.folder, versions(), where)
        else:
            assert self.live is not None
            self.folder = self.live
            check_stamp(self.folder)
            refuse_other_engine(self.folder, engine)
            self.backend = backends.backend(self.folder)
        self.writer = self.backend.writer()
        self.writer.cancel()  # what a killed run had written and not committed

    @property
    def upcoming(self) -> int:
        """The generation that the next commit makes."""
        return numbered(self.folder, self.backend.latest() + 1)

    @property
    def generation(self) -> int:
        """The generation committed last; 0 for a new one before its first commit. One without articles has none."""
        return 0 if self.fresh and not self.committed else numbered(self.folder, self.backend.latest())

    @property
    def invert(self) -> Invert:
        """What makes blocks of articles for the writer."""
        return self.backend.invert

    def commit(self) -> int:
        """Make the run's changes durable; readers of a generation in use see them at once.

        IndexDamaged if what is there was altered: merging it would give the damage good checksums.
        """
        if damage := [] if self.fresh else self.backend.damage():
            raise IndexDamaged(f"{'; '.join(damage)}. Nothing was changed. Run: quocphong index --rebuild")
        made = numbered(self.folder, self.writer.commit())
        self.committed = True
        return made

    def publish(self) -> None:
        """Put a new generation in the place of the one in use.

        The alias on a cluster moves first. A run or a rollback that was killed between the two left it on an index that
        is not in use, so it is looked after also where the generation stays.
        """
        self.backend.switch()
        if self.fresh:
            generations.publish(self.index_dir, self.folder)
        self.published = True
        if self.fresh:
            forget_gone(self.index_dir, self.before)

    def engine(self) -> Engine:
        """The generation as committed, for reading. Making all tables shows damage, which a commit has looked for."""
        return self.backend.open(ready=not self.committed)

    def entries(self) -> Iterator[Entry]:
        """Everything the generation holds, as committed."""
        return stored(self.engine())

    def __enter__(self) -> Target:
        return self

    def __exit__(self, *_: object) -> None:
        self.writer.close()
        if self.fresh and not self.published:
            with suppress(QuocphongError):  # a cluster that is gone; the next rebuild removes what is left there
                self.backend.drop()
            rmtree(self.folder, ignore_errors=True)


def live_generation(index_dir: Path, rebuild: bool) -> Path | None:
    """The generation in use, if any. One that cannot be told stops a run (IndexDamaged), but not a rebuild."""
    try:
        return generations.current(index_dir)
    except IndexMissing:
        return None
    except IndexDamaged:
        if rebuild:
            return None
        raise


def remembered_roots(index_dir: Path) -> set[str]:
    """The roots of the generation in use; where they cannot be told, of the last success, or of the newest that can.

    A rebuild without paths must cover what was covered, or a damaged index would lose articles by being mended.
    """
    live = live_generation(index_dir, rebuild=True)
    older = reversed(generations.generations(index_dir)) if index_dir.is_dir() else ()
    known = chain((roots_of(live) if live else set(),), (run_status.roots(index_dir),), map(roots_of, older))
    roots = next(filter(None, known), set())
    if not roots and (index_dir / generations.CURRENT).exists():
        raise IndexDamaged(f"What the index in {index_dir} covered cannot be told: it is damaged, or of a version too"
                           " far from this one. Name the folders of articles: quocphong index --rebuild PATH…")
    return roots


def roots_of(folder: Path) -> set[str]:
    """The roots a generation covers, by its manifest or else by its articles, where this version can read them.

    Of an index by other code: what its manifest's table of roots says.
    """
    with suppress(QuocphongError):
        if (memory := loaded(folder)) and memory.roots:
            return memory.roots
    with suppress(QuocphongError):
        check_stamp(folder)
        with closing(backends.backend(folder).open()) as engine:
            return {entry.root for entry in stored(engine)} | roots_there(folder)
    return roots_in(folder)


def roots_there(folder: Path) -> set[str]:
    """The roots that an unreadable manifest, or else the last success, names and that are there: the one way to know
    of roots without articles. Their names may be garbled, so none is asked for that is not there."""
    return {root for root in roots_in(folder) or run_status.roots(folder.parent) if Path(root).exists()}


def known_of(folder: Path) -> dict[str, IndexedRecord]:
    """What a generation holds, by id; nothing where its manifest cannot be read."""
    with suppress(QuocphongError):
        if memory := loaded(folder):
            return memory.held
    return {}
