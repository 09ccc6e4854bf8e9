"""Indexes side by side on a cluster: articles-000007 is built beside articles-000006, and the name moves to it at once.

    articles            the name readers and administrators use: an alias of the index in use
    articles-000007     a whole index, numbered as the generation folder beside it
    articles-state      the commits of all of them, and the writer's lease
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from indexer.engine.cluster.client import Place, connect, patiently
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.mapping import mapping, settings
from indexer.errors import IndexMissing

Versions = Mapping[str, str | int]


def create(where: Place, index: str, versions: Versions | None = None) -> None:
    """An empty index; one of that name that was never finished makes room."""
    client = connect(where)
    body = {"settings": {"index": settings(where.shards, where.replicas)}, "mappings": mapping(versions or {})}
    patiently(lambda: client.indices.delete(index=index, ignore=[404]))
    patiently(lambda: client.indices.create(index=index, body=body, params={"wait_for_active_shards": "1"}))
    Commits(client, where.name, index).create()
    client.close()


def create_next(where: Place, versions: Versions) -> str:
    """An empty index with a number no other of this name has on the cluster; its name."""
    client = connect(where)
    held = [int(index.rpartition("-")[2]) for index in numbered(client, where.name)]
    client.close()
    index = f"{where.name}-{max(held, default=0) + 1:06d}"
    create(where, index, versions)
    return index


def latest(where: Place, index: str) -> int:
    """The number of the last commit of an index."""
    client = connect(where)
    try:
        return Commits(client, where.name, index).read().commit.generation
    finally:
        client.close()


def numbered(client: Any, name: str) -> list[str]:
    """All indexes of this name, the oldest first."""
    pattern = re.compile(re.escape(name) + r"-\d{6,}")
    found = patiently(lambda: client.indices.get(index=f"{name}-*", ignore=[404])) or {}
    return sorted(filter(pattern.fullmatch, found))


def versions_of(where: Place, index: str) -> dict[str, str | int]:
    """What an index was written with. IndexMissing."""
    from opensearchpy.exceptions import NotFoundError

    client = connect(where)
    try:
        found = patiently(lambda: client.indices.get_mapping(index=index))
    except NotFoundError:
        raise IndexMissing(f"The cluster holds no index {index}. Run: quocphong index --rebuild") from None
    finally:
        client.close()
    return dict(found[index]["mappings"].get("_meta", {}).get("quocphong", {}))


def all_of(where: Place) -> list[str]:
    """Every index of this name on the cluster, the oldest first."""
    client = connect(where)
    held = numbered(client, where.name)
    client.close()
    return held


def switch(where: Place, index: str) -> None:
    """Let the name mean `index`, and nothing else: one step for all readers."""
    client = connect(where)
    held = aliased(client, where.name)
    actions: list[dict[str, Any]] = [{"remove": {"index": old, "alias": where.name}} for old in held if old != index]
    actions.append({"add": {"index": index, "alias": where.name}})
    patiently(lambda: client.indices.update_aliases(body={"actions": actions}))
    client.close()


def in_use(where: Place) -> str | None:
    """The index that the name means, if any."""
    client = connect(where)
    held = aliased(client, where.name)
    client.close()
    return held[0] if held else None


def aliased(client: Any, name: str) -> list[str]:
    return sorted(patiently(lambda: client.indices.get_alias(name=name, ignore=[404])) or {}) \
        if patiently(lambda: client.indices.exists_alias(name=name)) else []


def drop_others(where: Place, keep: Collection[str]) -> None:
    """Remove every numbered index of this name but those to keep."""
    client = connect(where)
    for index in numbered(client, where.name):
        if index not in keep:
            drop(where, index)
    client.close()


def drop(where: Place, index: str) -> None:
    """Remove an index and its commits."""
    client = connect(where)
    patiently(lambda: client.indices.delete(index=index, ignore=[404]))
    Commits(client, where.name, index).drop()
    client.close()


def forget(where: Place) -> None:
    """Remove all that bears the name."""
    drop_others(where, ())
    client = connect(where)
    patiently(lambda: client.indices.delete(index=f"{where.name}-state", ignore=[404]))
    client.close()
