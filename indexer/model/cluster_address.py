"""Where an index lies on a cluster: the value of the setting `engine`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEME = "opensearch:"


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """A cluster, the name of the index on it, and how to be let in."""

    hosts: tuple[str, ...]
    name: str
    user: str = ""
    password_file: str = ""
    ca: str = ""
    shards: int = 1
    replicas: str = "0-1"

    def __repr__(self) -> str:
        return f"{','.join(self.hosts)}/{self.name}"


def parse_cluster_address(written: str, **rest: Any) -> ClusterAddress:
    """The cluster that a setting names, as "opensearch:https://host:9200,https://other:9200/articles".

    `rest` are further fields of ClusterAddress. ValueError for any other spelling.
    """
    hosts, _, name = written.removeprefix(SCHEME).rpartition("/")
    addresses = tuple(host.strip().rstrip("/") for host in hosts.split(","))
    whole = all(host.startswith(("http://", "https://")) and len(host) > 8 for host in addresses)
    plain = name and name == name.lower() and not set(name) & set('\\/*?"<>| ,#:') and name[0] not in "-_+."
    if not written.startswith(SCHEME) or not whole or not plain:
        raise ValueError("write opensearch:https://host:9200/name, the name in small letters")
    return ClusterAddress(addresses, name, **rest)
