"""On which engine the generations of an index folder are, and which one a run asks for.

The folder of a generation says where its articles are; the setting `engine` says where new ones go. A place is a
cluster, None the index folder itself.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from indexer.engine.cluster import indices
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import IndexOutdated, QuocphongError
from indexer.storage import backends, generations


def place_of(engine: ClusterAddress | str) -> ClusterAddress | None:
    """The cluster a setting means; None for the index folder itself."""
    return engine if isinstance(engine, ClusterAddress) else None


def engine_of(folder: Path | None) -> ClusterAddress | None:
    """Where the articles of a generation are; None: in the folder, or there is none."""
    known = backends.read(folder) if folder else None
    return known[0] if known else None


def refuse_other_engine(folder: Path, engine: ClusterAddress | str | None) -> None:
    """An index on one engine is not brought up to date on another; what the setting says of access is taken over."""
    if engine is None:
        return
    wanted, lies = place_of(engine), engine_of(folder)
    if not backends.same_place(wanted, lies):
        raise IndexOutdated(f"The index in {folder} is on the engine {lies or 'whoosh'}; the setting engine says"
                            f" {wanted or 'whoosh'}. Run: quocphong migrate (it copies), or quocphong index --rebuild")
    if wanted is not None:
        backends.moved(folder, wanted)


def lying(index_dir: Path) -> list[tuple[ClusterAddress, str]]:
    """The clusters and the indexes on them that the generations of a folder are."""
    folders = generations.generations(index_dir) if index_dir.is_dir() else []
    found = []
    for folder in folders:
        with suppress(QuocphongError):
            found.append(backends.read(folder))
    return [known for known in found if known]


def forget_gone(index_dir: Path, before: list[tuple[ClusterAddress, str]]) -> None:
    """Remove from the cluster what no generation of the folder is any more; a cluster that is down keeps it."""
    kept = lying(index_dir)
    for where in {known[0] for known in (*before, *kept)}:
        with suppress(QuocphongError):
            indices.drop_others(where, [index for other, index in kept if other.name == where.name])
