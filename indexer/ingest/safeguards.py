"""When a run must rather change nothing: what looks like a deletion may be a disk that is not mounted, or a fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from indexer.model.errors import ChecksFailed
from indexer.sources import Listing
from indexer.storage.manifest import Memory

MASS_DELETE_SHARE, MASS_DELETE_COUNT = 0.20, 20


def refuse_missing_roots(listing: Listing, memory: Memory) -> None:
    """ChecksFailed if a root is not there, or empty all at once: that is no deletion."""
    if lost := [*listing.missing, *emptied(listing, memory)]:
        raise ChecksFailed(
            f"Missing, unreadable or suddenly empty: {', '.join(lost)}. Nothing was changed. Mount or restore it;"
            " or, to go on without it, name the other paths in: quocphong index --rebuild PATH…"
        )


def emptied(listing: Listing, memory: Memory) -> list[str]:
    """The roots that held articles and of which nothing is left."""
    held = {file.root for file in memory.files.values()} | {held.root for held in memory.held.values()}
    filled = {file.given for file in listing.files}
    return [root for root in listing.given if root in held - filled]


def refuse_mass_delete(unwanted: Sequence[str], memory: Memory, withdrawn: Collection[str]) -> None:
    """ChecksFailed if many articles of one root would go that nobody has withdrawn. An editor deletes a few."""
    leaving = Counter(memory.held[id].root for id in unwanted if id not in withdrawn)
    held = Counter(held.root for held in memory.held.values()) if leaving else leaving
    for root, count in leaving.items():
        if are_many(count, held[root]):
            raise ChecksFailed(f"{count} of {held[root]} articles under {root} are gone. Nothing was changed. If"
                               " they were deleted on purpose: quocphong index --allow-mass-delete")


def refuse_small_rebuild(memory: Memory, before: Mapping[str, int]) -> None:
    """ChecksFailed if a rebuild holds far fewer articles of a root than the generation in use, which has `before`.

    They are counted, not compared by id: other code may give other ids.
    """
    held = Counter(held.root for held in memory.held.values())
    for root, count in before.items():
        if are_many(count - held[root], count):
            raise ChecksFailed(f"{count - held[root]} of {count} articles under {root} are gone, or could not be read."
                               " Nothing was changed. If they were deleted on purpose: quocphong index --rebuild"
                               " --allow-mass-delete")


def are_many(leaving: int, of: int) -> bool:
    """Whether so many articles of a root go that it looks like a fault."""
    return leaving >= MASS_DELETE_COUNT and leaving > MASS_DELETE_SHARE * of
