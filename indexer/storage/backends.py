"""Where the articles of a generation are: in its folder, or on the cluster that a file in the folder names.

The folder says it, so that whoever has the folder can open the index; the setting `engine` decides about new ones.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Protocol

from indexer.engine import stamp, toc, whoosh
from indexer.engine.cluster import indices, mapping
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.cluster.writer import OpenSearchWriter
from indexer.engine.port import Engine, Invert, Writer
from indexer.model.atomic_files import replace_file
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import IndexDamaged

CLUSTER_FILE = "cluster.json"


class Backend(Protocol):
    """One generation's index, wherever it is."""

    invert: Invert

    def open(self, ready: bool = True) -> Engine:
        """The index as committed last. IndexMissing, IndexDamaged or ClusterUnavailable.

        `ready`: for many queries; what all of them need is made at once, where that is this process's business.
        """

    def writer(self) -> Writer:
        """Its one writer. IndexLocked while there is another."""

    def latest(self) -> int:
        """The number of the last commit; 0 before the first."""

    def damage(self) -> list[str]:
        """What would make writing to it a mistake, one sentence each."""

    def switch(self) -> None:
        """Let those who ask for it by name have this one."""

    def purge(self) -> str:
        """Write anew what holds deleted articles, and commit. Returns what is left to do, as one sentence."""

    def drop(self) -> None:
        """Remove what does not lie in the folder."""


class InFolder:
    """An index in the generation's own folder."""

    invert: Invert = staticmethod(whoosh.invert)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, ready: bool = True) -> Engine:
        """The articles, for reading."""
        return whoosh.WhooshEngine.open(self.folder, ready)

    def writer(self) -> Writer:
        """The one writer."""
        return whoosh.WhooshWriter(self.folder)

    def latest(self) -> int:
        """The number of the newest commit."""
        return toc.latest_generation(self.folder)

    def damage(self) -> list[str]:
        """What is damaged, a sentence each."""
        return whoosh.verify(self.folder)

    def switch(self) -> None:
        """Nothing to do: the switch of folders is all there is."""
        pass

    def purge(self) -> str:
        """Rewrite the segments that hold deleted articles."""
        with whoosh.WhooshWriter(self.folder) as writer:
            writer.purge()
            writer.commit()
        return ""

    def drop(self) -> None:
        """Nothing to do: the articles go with the folder."""
        pass


class OnCluster:
    """An index on a cluster; its folder holds what the indexer remembers, and where the articles are."""

    invert: Invert = staticmethod(mapping.invert)

    def __init__(self, where: ClusterAddress, index: str) -> None:
        self.where, self.index = where, index

    def open(self, ready: bool = True) -> Engine:
        """The articles, for reading."""
        return OpenSearchEngine(self.where, self.index)

    def writer(self) -> Writer:
        """The one writer."""
        return OpenSearchWriter(self.where, self.index)

    def latest(self) -> int:
        """The number of the newest commit."""
        return indices.latest_commit(self.where, self.index)

    def damage(self) -> list[str]:
        """Nothing: the cluster checks what it reads."""
        return []  # the cluster checks what it reads, and a writer finishes what another left

    def switch(self) -> None:
        """Point the alias on the cluster to this index."""
        indices.switch_alias(self.where, self.index)

    def purge(self) -> str:
        """Left to the cluster's owner: it merges on its own disks."""
        return (f"The cluster keeps deleted articles until it merges: POST /{self.index}/_forcemerge"
                "?only_expunge_deletes=true, and delete its snapshots.")

    def drop(self) -> None:
        """Delete this index from the cluster."""
        indices.drop(self.where, self.index)


def create(folder: Path, versions: stamp.Versions, where: ClusterAddress | None) -> Backend:
    """An empty index for the generation in `folder`: on the cluster `where`, or in the folder."""
    if where is None:
        whoosh.create(folder, versions)
        return InFolder(folder)
    index = indices.create_next(where, versions)
    record(folder, where, index)
    stamp.write(folder, versions)
    return OnCluster(where, index)


def record(folder: Path, where: ClusterAddress, index: str) -> None:
    """Write down where the generation's articles are. No secrets: a password stays in its own file."""
    replace_file(folder / CLUSTER_FILE, json.dumps({**asdict(where), "index": index}, indent=1) + "\n")


def backend(folder: Path) -> Backend:
    """The index of the generation in `folder`. IndexDamaged if the file that says where it is cannot be read."""
    known = read(folder)
    return OnCluster(*known) if known else InFolder(folder)


def read(folder: Path) -> tuple[ClusterAddress, str] | None:
    """The cluster and the index the generation's articles are on; None where they are in the folder."""
    try:
        held: dict[str, Any] = json.loads((folder / CLUSTER_FILE).read_text(encoding="utf-8"))
        index = str(held.pop("index"))
        return ClusterAddress(**{**held, "hosts": tuple(held["hosts"])}), index
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError) as broken:
        raise IndexDamaged(f"{folder / CLUSTER_FILE} cannot be read ({broken})."
                           " Run: quocphong index --rebuild") from broken


def same_place(one: ClusterAddress | None, other: ClusterAddress | None) -> bool:
    """Whether both mean the same index name on what may be the same cluster: nodes come and go."""
    return one == other if one is None or other is None else one.name == other.name


def moved(folder: Path, where: ClusterAddress) -> None:
    """Bring what the folder says of hosts and access up to date with the setting."""
    known = read(folder)
    if known and known[0] != where:
        record(folder, replace(where, shards=known[0].shards), known[1])
