"""The index folder as a whole: which generation is served, what it was written with, and how a new one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import blake2b
from importlib import metadata, resources
from itertools import islice
from pathlib import Path
from shutil import rmtree

from indexer import entities, status
from indexer.engine import backends, generations, stamp
from indexer.engine.cluster.client import Place
from indexer.engine.codec import CODEC_VERSION
from indexer.engine.opensearch import OpenSearchEngine
from indexer.engine.port import Engine, Invert
from indexer.engine.toc import latest_generation
from indexer.engine.whoosh import WhooshEngine
from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated, QuocphongError
from indexer.manifest import FILE as MANIFEST
from indexer.manifest import Manifest
from indexer.model import Entry, Found, Query
from indexer.stories import told
from indexer.whereabouts import engine_of, forget_gone, lying, place_of, refuse_other_engine
from indexer.withdrawn import Withdrawn

# Raise a number when the same article would come out differently: `schema` for Entry, its facet keys and the manifest,
# `text` for normalisation, syllables and words, `entities` for the rules (their data files count by content).
WRITTEN_BY = {"schema": 8, "text": 1, "entities": 9, "codec": CODEC_VERSION}
A_GENERATION = 1_000_000  # generation numbers go on rising across rebuilds: folder number, then commits within it


def versions() -> dict[str, str | int]:
    """What an index is written with. An index written with anything else is refused, not misread."""
    return {**WRITTEN_BY, "pyvi": metadata.version("pyvi"), "gazetteer": data_digest()}


def data_digest() -> str:
    """Identifies the gazetteer and lexicons by content: editing a row makes indexes outdated."""
    files = sorted(resources.files(entities).joinpath("data").iterdir(), key=lambda file: file.name)
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def current_folder(index_dir: Path) -> Path:
    """The folder of the generation in use. IndexMissing or IndexDamaged."""
    return generations.current(index_dir)


def is_outdated(index_dir: Path, engine: Place | str | None = None) -> bool:
    """Whether there is an index that this version cannot use as it is, or that is on another engine."""
    try:
        check_stamp(generations.current(index_dir))
        refuse_other_engine(generations.current(index_dir), engine)
    except IndexMissing:
        return False
    except (IndexOutdated, IndexDamaged):
        return True
    return False


def check_stamp(folder: Path) -> None:
    """Refuse a generation that other code has written (IndexOutdated), or that has lost its stamp (IndexDamaged)."""
    try:
        stamp.check(folder, versions())
    except IndexMissing:
        raise IndexDamaged(f"{folder / stamp.STAMP} is missing. Run: quocphong index --rebuild") from None


def open_engine(index_dir: Path) -> Engine:
    """The generation in use, for reading. IndexMissing, IndexOutdated, IndexDamaged or ClusterUnavailable, each with
    its remedy."""
    folder = generations.current(index_dir)
    check_stamp(folder)
    lies = backends.read(folder)
    engine = ServedFromCluster(*lies, folder) if lies else ServedEngine.open(folder)
    if kept := [entry.id for entry in engine.entries(sorted(Withdrawn(index_dir).ids))]:
        raise IndexOutdated(f"The index in {folder} holds {len(kept)} withdrawn articles."
                            " Run: quocphong withdraw --apply")
    engine.generation += A_GENERATION * generations.number(folder)
    return engine


def open_kept(index_dir: Path, generation: int) -> Engine | None:
    """The folder that `generation` was in, as it was committed last, where it is kept beside the one in use and this
    version can read it; else None."""
    folder = generations.named(index_dir, generation // A_GENERATION)
    try:
        if folder == generations.current(index_dir) or not folder.is_dir():
            return None
        check_stamp(folder)
        engine = backends.backend(folder).open()
    except QuocphongError:
        return None
    engine.generation += A_GENERATION * generations.number(folder)
    return engine


class ServedEngine(WhooshEngine):
    """An engine that knows it is stale also when another generation has taken its place."""

    def find(self, query: Query) -> Found:
        with self._named_damage():
            return super().find(query)

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        with self._named_damage():
            return super().entries(ids, brief)

    @contextmanager
    def _named_damage(self) -> Iterator[None]:
        """Bytes altered on the disk can make an evaluation fail anywhere: say so, instead of where."""
        try:
            yield
        except Exception as broken:
            if not isinstance(broken, QuocphongError) and (damage := self.verify()):
                raise IndexDamaged(f"{'; '.join(damage)}. Run: quocphong index --rebuild") from broken
            raise

    def stale(self) -> bool:
        try:
            folder = generations.current(self._folder.parent)
        except QuocphongError:  # gone or half restored: what is open still answers
            return False
        return folder != self._folder or latest_generation(folder) != self.generation % A_GENERATION


class ServedFromCluster(OpenSearchEngine):
    """The same for an index on a cluster."""

    def __init__(self, where: Place, index: str, folder: Path) -> None:
        super().__init__(where, index)
        self._folder = folder

    def stale(self) -> bool:
        try:
            return generations.current(self._folder.parent) != self._folder or super().stale()
        except QuocphongError:
            return False


class Target:
    """What a run of the indexer writes to: the generation in use, or a new one that is published at the end."""

    def __init__(
        self, index_dir: Path, rebuild: bool, named_roots: bool = False, engine: Place | str | None = None
    ) -> None:
        """`named_roots`: the run names the folders it covers, so nobody need know what was covered before.

        `engine`: "whoosh", or a place on a cluster; None leaves it as it is. IndexOutdated if a generation in use is of
        another engine and this is no rebuild.
        """
        self.index_dir = index_dir
        self.live = live_generation(index_dir, rebuild)
        self.fresh = rebuild or self.live is None
        self.roots_before = remembered_roots(index_dir) if self.fresh and not named_roots else set()
        self.since_before = since_when(self.live) if self.fresh and self.live else {}
        self.published = False
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
        return self._numbered(self.backend.latest() + 1)

    @property
    def generation(self) -> int:
        """The generation committed last; 0 for a new one before its first commit."""
        latest = self.backend.latest()
        return self._numbered(latest) if latest else 0

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
        return self._numbered(self.writer.commit())

    def publish(self) -> None:
        """Put a new generation in the place of the one in use; nothing to do for the one in use."""
        if self.fresh:
            self.backend.switch()
            generations.publish(self.index_dir, self.folder)
        self.published = True
        if self.fresh:
            forget_gone(self.index_dir, self.before)

    def engine(self) -> Engine:
        """The generation as committed, for reading."""
        return self.backend.open()

    def entries(self) -> Iterator[Entry]:
        """Everything the generation holds, as committed."""
        return stored(self.engine())

    def text_of(self) -> Callable[[str], str]:
        """Gives the text, as stories read it, of an article that the generation holds as committed."""
        engine: list[Engine] = []

        def read(id: str) -> str:
            if not engine:  # most runs need no text of an article that did not change
                engine.append(self.engine())
            return told(engine[0].entries([id])[0].article)

        return read

    def _numbered(self, commits: int) -> int:
        return A_GENERATION * generations.number(self.folder) + commits

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
    """The roots of the generation in use; where it is damaged, of the newest that can be read, or of the last success.

    A rebuild without paths must cover what was covered, or a damaged index would lose articles by being mended.
    """
    live = live_generation(index_dir, rebuild=True)
    older = reversed(generations.generations(index_dir)) if index_dir.is_dir() else ()
    for folder in [*([live] if live else ()), *older]:
        if roots := roots_of(folder):
            return roots
    success = status.read(index_dir).success
    if success is None and (index_dir / generations.CURRENT).exists():
        raise IndexDamaged(f"The index in {index_dir} is damaged beyond knowing what it covered. Name the folders of"
                           " articles: quocphong index --rebuild PATH…")
    return set(success.roots) if success else set()


def roots_of(folder: Path) -> set[str]:
    """The roots a generation covers, by its manifest or else by its articles; none where neither can be read."""
    try:
        if (folder / MANIFEST).exists():
            with closing(Manifest(folder)) as manifest:
                return manifest.load().roots
    except QuocphongError:
        pass
    try:
        with closing(backends.backend(folder).open()) as engine:
            return {entry.root for entry in stored(engine)}
    except QuocphongError:
        return set()


def since_when(folder: Path) -> dict[str, tuple[str, int]]:
    """Digest and `since` of every article of a generation, by id; none where its manifest cannot be read."""
    try:
        with closing(Manifest(folder)) as manifest:
            return {id: (held.digest, held.since) for id, held in manifest.load().held.items() if held.since}
    except QuocphongError:
        return {}


def stored(engine: Engine) -> Iterator[Entry]:
    """Every entry of an opened index."""
    ids = engine.ids()
    while chunk := list(islice(ids, 500)):
        yield from engine.entries(chunk)
