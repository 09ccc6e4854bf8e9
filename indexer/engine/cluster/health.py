"""The health of a cluster and of an index on it, for `quocphong doctor` and `status`. Read-only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from indexer.engine.cluster.client import connect, with_retries
from indexer.engine.cluster.indices import alias_targets
from indexer.model.cluster_address import ClusterAddress

LOW_WATERMARK = 0.85  # used share of a disk above which OpenSearch allocates no new shards to it (default)


@dataclass(frozen=True, slots=True)
class Health:
    """The state of a cluster and of one index.

    version        of OpenSearch
    status         green: all copies of all shards are allocated; yellow: copies are missing; red: shards are missing
    nodes          number of nodes of the cluster
    shards         number of allocated primary shards of the index
    missing        number of copies of shards that are not allocated
    bytes          size of the index with all its copies
    fullest        used share (0 to 1) of the fullest disk of the cluster
    read_only      whether the index has a block
    alias_matches  whether the alias points to this index
    """

    version: str
    status: str
    nodes: int
    shards: int
    missing: int
    bytes: int
    fullest: float
    read_only: bool
    alias_matches: bool

    @property
    def summary(self) -> str:
        """The state in one sentence."""
        return (f"OpenSearch {self.version}, {self.nodes} nodes, {self.status}: {self.shards} shards,"
                f" {self.missing} copies missing, {self.bytes / 1e6:.0f} MB; fullest disk {self.fullest:.0%}.")

    @property
    def problems(self) -> list[str]:
        """What is wrong, one sentence each."""
        found = (
            (self.status == "red", "Some shards are on no node."),
            (self.missing > 0, "Copies of shards are missing: the loss of a node would cost articles."),
            (self.read_only, "The index is read-only; a disk was full."),
            (self.fullest >= LOW_WATERMARK, "A disk is so full that it takes no new shards."),
        )
        return [sentence for wrong, sentence in found if wrong]


def health(where: ClusterAddress, index: str) -> Health:
    """The state of the cluster and the index now. ClusterUnavailable if the cluster does not answer."""
    client = connect(where)
    try:
        version = with_retries(client.info)["version"]["number"]
        state = with_retries(lambda: client.cluster.health(index=index))
        used = with_retries(lambda: client.indices.stats(index=index, metric="store"))["_all"]["total"]
        settings = with_retries(lambda: client.indices.get_settings(index=index))[index]["settings"]["index"]
        return Health(
            version, state["status"], state["number_of_nodes"],
            state["active_primary_shards"], state["unassigned_shards"],
            used["store"]["size_in_bytes"], max(map(used_share, node_disks(client)), default=0.0),
            bool(settings.get("blocks")), index in alias_targets(client, where.name))
    finally:
        client.close()


def node_disks(client: Any) -> list[Any]:
    """The disk statistics of each node, as the cluster reports them."""
    return [node["fs"]["total"] for node in with_retries(lambda: client.nodes.stats(metric="fs"))["nodes"].values()]


def used_share(disk: Any) -> float:
    """The used share of a disk, 0 to 1; 0 if its size is unknown."""
    return 1 - disk["available_in_bytes"] / disk["total_in_bytes"] if disk["total_in_bytes"] else 0.0
