"""The writer of the Whoosh engine: it flushes blocks to segments, deletes, merges and commits."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from indexer.engine import merge_policy
from indexer.engine.array_file import write_array_file
from indexer.engine.block import ID_FIELD, Block
from indexer.engine.codec import ArraySegment, create_segment
from indexer.engine.merge import count_live, merged_arrays
from indexer.engine.merge_policy import plan_merges, should_rewrite
from indexer.engine.toc import open_segments, write_lock, write_toc
from indexer.model.errors import DiskFull, IndexLocked, IndexMissing

FLUSH_AT = 15_000  # articles in memory that cause a flush: about 130 MB; four flushes fit in a segment
LOOKUP_SHARE = 0.05  # up to this share of a segment's ids, binary search is faster than reading all ids


@dataclass(slots=True)
class DraftSegment:
    """A part of the next commit: a segment on disk, committed or not, or a block in memory (`segment` is None).

    deleted  numbers of its documents that are deleted
    numbers  id -> document number; filled when many ids are looked up
    """

    block: Block
    segment: ArraySegment | None = None
    deleted: set[int] = field(default_factory=set)
    numbers: dict[bytes, int] = field(default_factory=dict)

    @property
    def live(self) -> int:
        """The number of live documents."""
        return self.block.documents - len(self.deleted)

    def delete(self, ids: list[bytes]) -> int:
        """Mark the documents with these ids as deleted. Returns how many were live before."""
        before = len(self.deleted)
        self.deleted.update(self.find(ids))
        return len(self.deleted) - before

    def find(self, ids: list[bytes]) -> Iterator[int]:
        """The numbers of the documents with these ids, in no particular order; deleted documents included."""
        if not self.numbers and len(ids) < LOOKUP_SHARE * self.block.documents:
            id_field = self.block.fields[ID_FIELD]
            return (int(id_field.docs[number]) for number in map(id_field.lexicon.find, ids) if number >= 0)
        self.numbers = self.numbers or {id: number for number, id in enumerate(self.block.ids())}
        return (self.numbers[id] for id in ids if id in self.numbers)


class WhooshWriter:
    """Implements `port.Writer`: collects blocks and deletions, and commits them in one step. A context manager.

    Holds the write lock of the index until `close`. Raises IndexMissing if there is no index, IndexLocked if another
    writer has the lock, IndexDamaged if the index cannot be read, and DiskFull from any method that writes.
    `close`, or the end of the `with` block, discards what is not committed.
    """

    refused: Mapping[str, str] = MappingProxyType({})  # this engine refuses no article

    def __init__(self, folder: Path, *, small_segment: int | None = None, flush_at: int = FLUSH_AT) -> None:
        """Acquire the write lock and open the last commit.

        small_segment  limit for merging small segments; None: that of the merge policy
        flush_at       number of articles in memory that causes a flush
        """
        self._folder = Path(folder)
        self._small_segment = merge_policy.SMALL_SEGMENT if small_segment is None else small_segment
        self._flush_at = flush_at
        self._purging = False
        self._parts: list[DraftSegment] = []
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
        """Add the articles of a block; an article with a known id replaces the old one."""
        if block.documents:
            self._delete_ids(block.ids())
            self._parts.append(DraftSegment(block))
            self._changed = True
        if sum(part.live for part in self._parts if part.segment is None) >= self._flush_at:
            self._flush()

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id. Returns how many of them the index held."""
        dropped = self._delete_ids([id.encode() for id in set(ids)])
        self._changed |= dropped > 0
        return dropped

    def purge(self) -> None:
        """Rewrite at the next commit every segment that holds deleted documents: no byte of them is left."""
        self._purging = True
        self._changed |= any(part.deleted for part in self._parts)

    def commit(self) -> int:
        """Flush, merge, and write the table of contents. Returns the generation: unchanged if nothing was changed."""
        if self._changed:
            self._flush()
            self._merge()
            segments = [segment_to_commit(part) for part in self._parts if part.segment]
            facets = {facet for part in self._parts for facet in part.block.facets}
            with disk_full_raised(self._folder):
                write_toc(self._folder, facets, segments, self._generation + 1)
            self._committed, self._changed = segments, False  # it stands, even if there is no memory to open it
            self._load()
        return self._generation

    def cancel(self) -> None:
        """Discard all changes since the last commit, and delete the segment files written since then."""
        kept = {segment.segment_id() for segment in self._committed}
        for path in self._folder.glob("*.arr"):
            if path.stem not in kept:
                path.unlink(missing_ok=True)
        self._load()

    def close(self) -> None:
        """Discard uncommitted changes and release the write lock."""
        if self._changed:
            self.cancel()
        self._parts = []
        self._lock.release()

    # --- helpers -----------------------------------------------------------------------------

    def _load(self) -> None:
        toc, parts = open_segments(self._folder)
        self._generation = int(toc.generation)
        self._committed = [segment for segment, _ in parts]
        self._parts = [DraftSegment(block, segment, set(segment.deleted)) for segment, block in parts]
        self._changed = False

    def _delete_ids(self, ids: list[bytes]) -> int:
        return sum(part.delete(ids) for part in self._parts)

    def _flush(self) -> None:
        """Write the blocks in memory as one segment. Readers do not see it before the commit."""
        fresh = [part for part in self._parts if part.segment is None]
        self._parts = [part for part in self._parts if part.segment is not None]
        self._parts += self._write_segment(fresh)

    def _merge(self) -> None:
        """Merge segments as the merge policy says, and rewrite segments with many deletions."""
        self._parts = [part for part in self._parts if part.live]
        merged: list[DraftSegment] = []
        for group in plan_merges([part.live for part in self._parts], self._small_segment):
            parts = [self._parts[number] for number in group]
            ripe = should_rewrite(parts[0].block.documents, len(parts[0].deleted))
            alone = len(parts) == 1 and not ripe and not (self._purging and parts[0].deleted)
            merged += parts if alone else self._write_segment(parts)
        self._parts = merged

    def _write_segment(self, parts: list[DraftSegment]) -> list[DraftSegment]:
        """Write the parts as one new segment. Returns it as a list of one, or [] if no document is live."""
        blocks = [(part.block, frozenset(part.deleted)) for part in parts]
        documents = count_live(blocks)
        if not documents:
            return []
        segment = create_segment(documents)
        with disk_full_raised(self._folder):
            write_array_file(segment.path(self._folder), merged_arrays(blocks), {"documents": documents})
        return [DraftSegment(segment.block(self._folder), segment)]


def segment_to_commit(part: DraftSegment) -> ArraySegment:
    """A copy of the part's segment with its deletions. The segment of the earlier commit is not changed."""
    assert part.segment is not None
    return part.segment.with_deleted(part.deleted)


@contextmanager
def disk_full_raised(folder: Path) -> Iterator[None]:
    """A context in which an OSError for a full disk or quota is raised as DiskFull."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(f"No space is left on the disk of {folder}; the index stays as it was.") from error
        raise
