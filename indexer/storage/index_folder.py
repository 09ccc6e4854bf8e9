"""The index folder as a whole: which generation is served, and what it was written with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from importlib import metadata, resources
from itertools import islice
from pathlib import Path

from indexer.engine import stamp
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.codec import CODEC_VERSION
from indexer.engine.port import Engine
from indexer.engine.toc import latest_generation
from indexer.engine.whoosh import WhooshEngine
from indexer.model import Entry, Found, Query
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated, QuocphongError
from indexer.storage import backends, generations
from indexer.storage.engine_choice import refuse_other_engine
from indexer.storage.tombstones import Tombstones

# Raise a number when the same article would come out differently: `schema` for Entry, its facet keys and the manifest,
# `sources` for what is read of a file, `text` for normalisation, syllables and words, `entities` for the rules (their
# data files count by content).
WRITTEN_BY = {"schema": 10, "sources": 3, "text": 1, "entities": 15, "codec": CODEC_VERSION}
A_GENERATION = 1_000_000  # generation numbers go on rising across rebuilds: folder number, then commits within it


def versions() -> dict[str, str | int]:
    """What an index is written with. An index written with anything else is refused, not misread."""
    return {**WRITTEN_BY, "pyvi": metadata.version("pyvi"), "gazetteer": data_digest()}


def data_digest() -> str:
    """Identifies the gazetteer and lexicons by content: editing a row makes indexes outdated."""
    files = sorted(resources.files("indexer").joinpath("entities", "data").iterdir(), key=lambda file: file.name)
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def numbered(folder: Path, commits: int) -> int:
    """The number of a generation: of its folder, and of the commits made in it."""
    return A_GENERATION * generations.number(folder) + commits


def current_folder(index_dir: Path) -> Path:
    """The folder of the generation in use. IndexMissing or IndexDamaged."""
    return generations.current(index_dir)


def is_outdated(index_dir: Path, engine: ClusterAddress | str | None = None) -> bool:
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
    if kept := [entry.id for entry in engine.entries(sorted(Tombstones(index_dir).ids))]:
        raise IndexOutdated(f"The index in {folder} holds {len(kept)} withdrawn articles."
                            " Run: quocphong withdraw --apply")
    engine.generation = numbered(folder, engine.generation)
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
    engine.generation = numbered(folder, engine.generation)
    return engine


class ServedEngine(WhooshEngine):
    """An engine that knows it is stale also when another generation has taken its place."""

    def find(self, query: Query) -> Found:
        """As the engine's own; damage on the disk is told as IndexDamaged."""
        with self._named_damage():
            return super().find(query)

    def entries(self, ids: Sequence[str], brief: bool = False) -> list[Entry]:
        """As the engine's own; damage on the disk is told as IndexDamaged."""
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
        """Whether another generation, or a later commit of this one, is in use."""
        try:
            folder = generations.current(self._folder.parent)
        except QuocphongError:  # gone or half restored: what is open still answers
            return False
        return folder != self._folder or latest_generation(folder) != self.generation % A_GENERATION


class ServedFromCluster(OpenSearchEngine):
    """The same for an index on a cluster."""

    def __init__(self, where: ClusterAddress, index: str, folder: Path) -> None:
        super().__init__(where, index)
        self._folder = folder

    def stale(self) -> bool:
        """Whether another generation, or a later commit of this one, is in use."""
        try:
            return generations.current(self._folder.parent) != self._folder or super().stale()
        except QuocphongError:
            return False


def stored(engine: Engine) -> Iterator[Entry]:
    """Every entry of an opened index."""
    ids = engine.ids()
    while chunk := list(islice(ids, 500)):
        yield from engine.entries(chunk)
