"""How a cluster is that holds an index: for the doctor and for status. Asks, and changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.engine.cluster.client import connect, patiently
from indexer.engine.cluster.indices import aliased
from indexer.model.cluster_address import ClusterAddress

TIGHT = 0.85  # share of a disk from which OpenSearch puts no new shards on it (its default low watermark)


@dataclass(frozen=True, slots=True)
class Health:
    """What the cluster says of itself and of one index.

    status   green: every copy of every shard is there; yellow: copies are missing; red: shards are missing
    bytes    what the index takes with all its copies
    fullest  the share of the fullest node's disk that is used
    named    whether the alias leads to this index
    """

    version: str
    status: str
    nodes: int
    shards: int
    missing: int
    bytes: int
    fullest: float
    read_only: bool
    named: bool

    @property
    def said(self) -> str:
        """The figures in one sentence."""
        return (f"OpenSearch {self.version}, {self.nodes} nodes, {self.status}: {self.shards} shards,"
                f" {self.missing} copies missing, {self.bytes / 1e6:.0f} MB; fullest disk {self.fullest:.0%}.")

    @property
    def ills(self) -> list[str]:
        """What is wrong, one sentence each."""
        found = (
            (self.status == "red", "Some shards have no home."),
            (self.missing > 0, "Copies of shards are missing: the loss of a node would cost articles."),
            (self.read_only, "The index is read-only; a disk was full."),
            (self.fullest >= TIGHT, "A disk is so full that it takes no new shards."),
            (not self.named, "The cluster's name for the index leads to another one."),
        )
        return [sentence for wrong, sentence in found if wrong]


def health(where: ClusterAddress, index: str) -> Health:
    """How the cluster and the index are now. ClusterUnavailable."""
    client = connect(where)
    try:
        version = patiently(client.info)["version"]["number"]
        seen = patiently(lambda: client.cluster.health(index=index))
        used = patiently(lambda: client.indices.stats(index=index, metric="store"))["_all"]["total"]
        settings = patiently(lambda: client.indices.get_settings(index=index))[index]["settings"]["index"]
        return Health(
            version, seen["status"], seen["number_of_nodes"], seen["active_primary_shards"], seen["unassigned_shards"],
            used["store"]["size_in_bytes"], max(map(used_share, disks(client)), default=0.0),
            bool(settings.get("blocks")), index in aliased(client, where.name))
    finally:
        client.close()


def disks(client: Any) -> list[Any]:
    """The disks of all nodes, as the cluster's statistics describe them."""
    return [node["fs"]["total"] for node in patiently(lambda: client.nodes.stats(metric="fs"))["nodes"].values()]


def used_share(disk: Any) -> float:
    """The used part of a disk, 0 to 1; 0 where its size is unknown."""
    return 1 - disk["available_in_bytes"] / disk["total_in_bytes"] if disk["total_in_bytes"] else 0.0
