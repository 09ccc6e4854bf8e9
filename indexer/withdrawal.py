"""Street: take an article out of the index at once, and keep it out. The list itself is `withdrawn`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from indexer.engine import generations, stamp
from indexer.engine.toc import latest_generation
from indexer.engine.whoosh import WhooshEngine, WhooshWriter
from indexer.errors import IndexMissing, IndexOutdated, UsageError
from indexer.failing import named
from indexer.fetch.address import canonical
from indexer.index import A_GENERATION, current_folder, versions
from indexer.interrupt import finishing
from indexer.lock import hold
from indexer.manifest import Manifest
from indexer.model import Entry
from indexer.withdrawn import Tombstone, Withdrawn, tombstone


def withdraw(index_dir: Path, name: str, reason: str, by: str = "", wait_seconds: float = 0.0) -> Tombstone:
    """Withdraw the article with an id or address: write the tombstone, then take it out of every generation.

    An address the index does not hold is withdrawn all the same: it will not come in. UsageError for an id that is
    unknown, or without a reason; IndexLocked while a run is writing.
    """
    if not reason.strip():
        raise UsageError("Say why: quocphong withdraw ID --reason TEXT. The reason is kept with the tombstone.")
    with named(index_dir), hold(index_dir, wait_seconds), finishing():
        found = list(known_as(index_dir, name))
        if not found and canonical(name) is None:
            raise UsageError(f"The index holds no article {name!r}. Ids come from: quocphong search … --json")
        stone = tombstone(name, reason, by, ((entry.id, entry.article.url, entry.article.title) for entry in found))
        listed = Withdrawn(index_dir)
        listed.withdraw(stone)
        clean(index_dir, listed)
    return stone


def bring_back(index_dir: Path, name: str, reason: str = "", by: str = "", wait_seconds: float = 0.0) -> Tombstone:
    """Undo a withdrawal; the next `quocphong index` takes the article in again from the corpus."""
    with named(index_dir), hold(index_dir, wait_seconds), finishing():
        return Withdrawn(index_dir).undo(name, by, reason)


def apply(index_dir: Path, wait_seconds: float = 0.0) -> int:
    """Take what is withdrawn out of every generation, restored ones too; returns how many articles went."""
    with named(index_dir), hold(index_dir, wait_seconds), finishing():
        return clean(index_dir, Withdrawn(index_dir))


def known_as(index_dir: Path, name: str) -> Iterator[Entry]:
    """The entries with this id, and with this address under any id."""
    try:
        folder = current_folder(index_dir)
    except IndexMissing:
        return
    address = canonical(name)
    with closing(WhooshEngine.open(folder)) as engine:
        asked = engine.entries([name])
        address = address or next((canonical(entry.article.url or "") for entry in asked), None)
        yield from asked
        if address:
            ids = [id for id in engine.ids() if id != name]
            for start in range(0, len(ids), 500):
                yield from (entry for entry in engine.entries(ids[start : start + 500])
                            if address in (canonical(entry.id), canonical(entry.article.url or "")))


def clean(index_dir: Path, listed: Withdrawn) -> int:
    """Delete the listed ids from every generation this version can write; others are refused when opened."""
    gone = 0
    for folder in generations.generations(index_dir):
        try:
            stamp.check(folder, versions())
        except (IndexMissing, IndexOutdated):
            continue
        gone += delete(folder, listed.ids)
    return gone


def delete(folder: Path, ids: Iterable[str]) -> int:
    """Delete from one generation; its manifest is told, or the next run would take it for one that a crash cut off."""
    with closing(WhooshEngine.open(folder)) as engine:
        held = [entry.id for entry in engine.entries(sorted(ids))]
    if held:
        with closing(WhooshWriter(folder)) as writer, closing(Manifest(folder)) as manifest:
            memory = manifest.load()
            was_whole = memory.generation == A_GENERATION * generations.number(folder) + latest_generation(folder)
            writer.delete(held)
            commits = writer.commit()
            for id in held:
                memory.held.pop(id, None)
            if was_whole:
                memory.generation = A_GENERATION * generations.number(folder) + commits
                manifest.save(memory, (), held)
    return len(held)
