"""The one writer of a Whoosh index of arrays."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from indexer.engine import merge_policy
from indexer.engine.block import ID_FIELD, Block
from indexer.engine.codec import ArraySegment, segment_of
from indexer.engine.merge import merged_arrays, surviving
from indexer.engine.merge_policy import groups, worn
from indexer.engine.sections import write_sections
from indexer.engine.toc import read_parts, write_lock, write_toc
from indexer.model.errors import DiskFull, IndexLocked, IndexMissing

SPILL = 15_000  # articles held in memory before they go to the disk: about 130 MB; four of these fit in a segment
FEW = 0.05  # below this share of a segment's ids, halving is cheaper than reading all of them


@dataclass(slots=True)
class Part:
    """A block of the index to be: on disk as a segment, committed or not, or still in memory (segment None)."""

    block: Block
    segment: ArraySegment | None = None
    deleted: set[int] = field(default_factory=set)
    numbers: dict[bytes, int] = field(default_factory=dict)

    @property
    def live(self) -> int:
        """How many of its documents are not deleted."""
        return self.block.documents - len(self.deleted)

    def delete(self, ids: list[bytes]) -> int:
        """Mark the documents with these ids deleted; how many of them there were."""
        before = len(self.deleted)
        self.deleted.update(self.find(ids))
        return len(self.deleted) - before

    def find(self, ids: list[bytes]) -> Iterator[int]:
        """The numbers of the documents with these ids, in no order."""
        if not self.numbers and len(ids) < FEW * self.block.documents:
            held = self.block.fields[ID_FIELD]
            return (int(held.docs[number]) for number in map(held.lexicon.find, ids) if number >= 0)
        self.numbers = self.numbers or {id: number for number, id in enumerate(self.block.ids())}
        return (self.numbers[id] for id in ids if id in self.numbers)


class WhooshWriter:
    """Collects blocks and deletions; `commit` makes them durable and visible at once. One at a time per index.

    IndexMissing if there is none to write, IndexLocked if another writer holds it, DiskFull if the disk is full.
    `close`, or leaving the `with` block, forgets what was not committed and lets go of the index.
    """

    refused: Mapping[str, str] = MappingProxyType({})  # this engine takes every article

    def __init__(self, folder: Path, *, small: int | None = None, spill: int = SPILL) -> None:
        """`small` and `spill`: below how many articles segments always merge (None: as the policy says), and how many
        wait in memory."""
        self._folder = Path(folder)
        self._small, self._spill_at = merge_policy.SMALL if small is None else small, spill
        self._parts: list[Part] = []
        if not self._folder.is_dir():
            raise IndexMissing(f"There is no index in {folder}. Run: quocphong index")
        self._lock = write_lock(self._folder)
        if not self._lock.acquire(blocking=False):
            raise IndexLocked(f"Another run is writing the index in {folder}; wait for it to end.")
        try:
            self._load()
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> WhooshWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, block: Any) -> None:
        """Take a block of articles in; an id already held is replaced."""
        if block.documents:
            self._drop(block.ids())
            self._parts.append(Part(block))
            self._changed = True
        if sum(part.live for part in self._parts if part.segment is None) >= self._spill_at:
            self._spill()

    def delete(self, ids: Iterable[str]) -> int:
        """Drop articles; returns how many the index held."""
        dropped = self._drop([id.encode() for id in set(ids)])
        self._changed |= dropped > 0
        return dropped

    def commit(self) -> int:
        """Write everything, then the table of contents; the new generation. Without changes, the one there was."""
        if self._changed:
            self._spill()
            self._merge()
            segments = [committed(part) for part in self._parts if part.segment]
            facets = {facet for part in self._parts for facet in part.block.facets}
            with disk_full_named(self._folder):
                write_toc(self._folder, facets, segments, self._generation + 1)
            self._load()
        return self._generation

    def cancel(self) -> None:
        """Forget everything since the last commit."""
        kept = {segment.segment_id() for segment in self._committed}
        for path in self._folder.glob("*.arr"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        self._load()

    def close(self) -> None:
        """Let go of the index; what was not committed is forgotten."""
        if self._changed:
            self.cancel()
        self._parts = []
        self._lock.release()

    # --- helpers -----------------------------------------------------------------------------

    def _load(self) -> None:
        toc, parts = read_parts(self._folder)
        self._generation = int(toc.generation)
        self._committed = [segment for segment, _ in parts]
        self._parts = [Part(block, segment, set(segment.deleted)) for segment, block in parts]
        self._changed = False

    def _drop(self, ids: list[bytes]) -> int:
        return sum(part.delete(ids) for part in self._parts)

    def _spill(self) -> None:
        """Write what is in memory as one segment, not yet visible to readers."""
        fresh = [part for part in self._parts if part.segment is None]
        self._parts = [part for part in self._parts if part.segment is not None]
        self._parts += self._written(fresh)

    def _merge(self) -> None:
        """Merge neighbours as the policy says, and rewrite what is worn."""
        self._parts = [part for part in self._parts if part.live]
        merged: list[Part] = []
        for places in groups([part.live for part in self._parts], self._small):
            parts = [self._parts[place] for place in places]
            alone = len(parts) == 1 and not worn(parts[0].block.documents, len(parts[0].deleted))
            merged += parts if alone else self._written(parts)
        self._parts = merged

    def _written(self, parts: list[Part]) -> list[Part]:
        """The parts as one new segment on disk, or nothing where no document is left."""
        blocks = [(part.block, frozenset(part.deleted)) for part in parts]
        documents = surviving(blocks)
        if not documents:
            return []
        segment = segment_of(documents)
        with disk_full_named(self._folder):
            write_sections(segment.path(self._folder), merged_arrays(blocks), {"documents": documents})
        return [Part(segment.block(self._folder), segment)]


def committed(part: Part) -> ArraySegment:
    """The part's segment with its deletions, apart from the one an earlier table of contents gave us."""
    assert part.segment is not None
    return part.segment.with_deleted(part.deleted)


@contextmanager
def disk_full_named(folder: Path) -> Iterator[None]:
    """Within the block, a full disk becomes DiskFull."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"No space is left on the disk of {folder}; the index stays as it was.") from error
        raise
