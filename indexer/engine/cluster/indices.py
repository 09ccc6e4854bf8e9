"""Indexes side by side on a cluster: articles-000007 is built beside articles-000006, and the name moves to it at once.

    articles            the name readers and administrators use: an alias of the index in use
    articles-000007     a whole index, numbered as the generation folder beside it
    articles-state      the commits of all of them, and the writer's lease
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import closing
from typing import Any

from indexer.engine.cluster.client import connect, patiently
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.mapping import mapping, settings
from indexer.model.cluster_address import ClusterAddress

Versions = Mapping[str, str | int]


def create(where: ClusterAddress, index: str, versions: Versions | None = None) -> None:
    """An empty index; one of that name that was never finished makes room."""
    with closing(connect(where)) as client:
        body = {"settings": {"index": settings(where.shards, where.replicas)}, "mappings": mapping(versions or {})}
        patiently(lambda: client.indices.delete(index=index, ignore=[404]))
        patiently(lambda: client.indices.create(index=index, body=body, params={"wait_for_active_shards": "1"}))
        Commits(client, where.name, index).create()


def create_next(where: ClusterAddress, versions: Versions) -> str:
    """An empty index with a number no other of this name has on the cluster; its name."""
    with closing(connect(where)) as client:
        held = [int(index.rpartition("-")[2]) for index in numbered(client, where.name)]
    index = f"{where.name}-{max(held, default=0) + 1:06d}"
    create(where, index, versions)
    return index


def latest(where: ClusterAddress, index: str) -> int:
    """The number of the last commit of an index."""
    with closing(connect(where)) as client:
        return Commits(client, where.name, index).read().commit.generation


def numbered(client: Any, name: str) -> list[str]:
    """All indexes of this name, the oldest first."""
    pattern = re.compile(re.escape(name) + r"-\d{6,}")
    found = patiently(lambda: client.indices.get(index=f"{name}-*", ignore=[404])) or {}
    return sorted(filter(pattern.fullmatch, found))


def all_of(where: ClusterAddress) -> list[str]:
    """Every index of this name on the cluster, the oldest first."""
    with closing(connect(where)) as client:
        return numbered(client, where.name)


def switch(where: ClusterAddress, index: str) -> None:
    """Let the name mean `index`, and nothing else: one step for all readers."""
    with closing(connect(where)) as client:
        held = aliased(client, where.name)
        others: list[dict[str, Any]] = [{"remove": {"index": old, "alias": where.name}} for old in held if old != index]
        actions = [*others, {"add": {"index": index, "alias": where.name}}]
        patiently(lambda: client.indices.update_aliases(body={"actions": actions}))


def in_use(where: ClusterAddress) -> str | None:
    """The index that the name means, if any."""
    with closing(connect(where)) as client:
        held = aliased(client, where.name)
    return held[0] if held else None


def aliased(client: Any, name: str) -> list[str]:
    """The indices that an alias points to, sorted; none where there is no such alias."""
    return sorted(patiently(lambda: client.indices.get_alias(name=name, ignore=[404])) or {}) \
        if patiently(lambda: client.indices.exists_alias(name=name)) else []


def drop_others(where: ClusterAddress, keep: Collection[str]) -> None:
    """Remove every numbered index of this name but those to keep."""
    with closing(connect(where)) as client:
        for index in numbered(client, where.name):
            if index not in keep:
                drop(where, index)


def drop(where: ClusterAddress, index: str) -> None:
    """Remove an index and its commits."""
    with closing(connect(where)) as client:
        patiently(lambda: client.indices.delete(index=index, ignore=[404]))
        Commits(client, where.name, index).drop()


def forget(where: ClusterAddress) -> None:
    """Remove all that bears the name."""
    drop_others(where, ())
    with closing(connect(where)) as client:
        patiently(lambda: client.indices.delete(index=f"{where.name}-state", ignore=[404]))
