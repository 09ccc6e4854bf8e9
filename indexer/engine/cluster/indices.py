"""Creating, switching and deleting indexes on a cluster. A rebuild creates a new index, then moves the alias to it.

    articles            the name in the settings: an alias of the index in use
    articles-000007     an index; each rebuild has the next number
    articles-state      the commits of all indexes of this name, and the writer's lease

`where` is the cluster with the name. Every function raises ClusterUnavailable if the cluster does not answer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import closing
from typing import Any

from indexer.engine.cluster.client import connect, with_retries
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.mapping import index_mapping, index_settings
from indexer.model.cluster_address import ClusterAddress

Versions = Mapping[str, str | int]


def create(where: ClusterAddress, index: str, versions: Versions | None = None) -> None:
    """Create an empty index. An index of the same name, left by an interrupted build, is deleted first."""
    with closing(connect(where)) as client:
        settings = {"index": index_settings(where.shards, where.replicas)}
        body = {"settings": settings, "mappings": index_mapping(versions or {})}
        with_retries(lambda: client.indices.delete(index=index, ignore=[404]))
        with_retries(lambda: client.indices.create(index=index, body=body, params={"wait_for_active_shards": "1"}))
        Commits(client, where.name, index).create()


def create_next(where: ClusterAddress, versions: Versions) -> str:
    """Create an empty index with the next free number. Returns its name."""
    with closing(connect(where)) as client:
        numbers = [int(index.rpartition("-")[2]) for index in numbered_indices(client, where.name)]
    index = f"{where.name}-{max(numbers, default=0) + 1:06d}"
    create(where, index, versions)
    return index


def latest_commit(where: ClusterAddress, index: str) -> int:
    """The generation number of the last commit of an index. IndexMissing if there is none."""
    with closing(connect(where)) as client:
        return Commits(client, where.name, index).read().commit.generation


def numbered_indices(client: Any, name: str) -> list[str]:
    """All numbered indexes of this name, oldest first."""
    pattern = re.compile(re.escape(name) + r"-\d{6,}")
    found = with_retries(lambda: client.indices.get(index=f"{name}-*", ignore=[404])) or {}
    return sorted(filter(pattern.fullmatch, found))


def list_indices(where: ClusterAddress) -> list[str]:
    """All numbered indexes of this name on the cluster, oldest first."""
    with closing(connect(where)) as client:
        return numbered_indices(client, where.name)


def switch_alias(where: ClusterAddress, index: str) -> None:
    """Point the alias to `index` only, in one atomic step. Nothing is written where it points there already."""
    with closing(connect(where)) as client:
        targets = alias_targets(client, where.name)
        if targets == [index]:
            return
        removals: list[dict[str, Any]] = [
            {"remove": {"index": old, "alias": where.name}} for old in targets if old != index]
        actions = [*removals, {"add": {"index": index, "alias": where.name}}]
        with_retries(lambda: client.indices.update_aliases(body={"actions": actions}))


def index_in_use(where: ClusterAddress) -> str | None:
    """The index that the alias points to; None if there is no alias."""
    with closing(connect(where)) as client:
        targets = alias_targets(client, where.name)
    return targets[0] if targets else None


def alias_targets(client: Any, name: str) -> list[str]:
    """The indexes that the alias `name` points to, sorted; [] if there is no such alias."""
    return sorted(with_retries(lambda: client.indices.get_alias(name=name, ignore=[404])) or {}) \
        if with_retries(lambda: client.indices.exists_alias(name=name)) else []


def drop_others(where: ClusterAddress, keep: Collection[str]) -> None:
    """Delete all numbered indexes of this name except those in `keep`."""
    with closing(connect(where)) as client:
        for index in numbered_indices(client, where.name):
            if index not in keep:
                drop(where, index)


def drop(where: ClusterAddress, index: str) -> None:
    """Delete an index and its commit."""
    with closing(connect(where)) as client:
        with_retries(lambda: client.indices.delete(index=index, ignore=[404]))
        Commits(client, where.name, index).drop()


def drop_all(where: ClusterAddress) -> None:
    """Delete all indexes of this name, and the state index."""
    drop_others(where, ())
    with closing(connect(where)) as client:
        with_retries(lambda: client.indices.delete(index=f"{where.name}-state", ignore=[404]))
