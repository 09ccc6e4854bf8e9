"""The address of an index on an OpenSearch cluster: the parsed value of the setting `engine`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SCHEME = "opensearch:"


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """A cluster, the name of the index on it, and the options of the connection.

    hosts          URLs of nodes
    name           name of the index: an alias on the cluster
    user           user name, "" for no authentication
    password_file  file that holds the password
    ca             file with CA certificates, "" for those of the system
    shards         number of shards of a new index
    replicas       copies of each shard of a new index: a number, or a range by number of nodes such as "0-1"
    """

    hosts: tuple[str, ...]
    name: str
    user: str = ""
    password_file: str = ""
    ca: str = ""
    shards: int = 1
    replicas: str = "0-1"

    def __repr__(self) -> str:
        return f"{','.join(self.hosts)}/{self.name}"


def parse_cluster_address(text: str, **rest: Any) -> ClusterAddress:
    """Parse the form "opensearch:https://host:9200,https://other:9200/articles".

    `rest` are the other fields of ClusterAddress. ValueError if the text has another form.
    """
    hosts, _, name = text.removeprefix(SCHEME).rpartition("/")
    addresses = tuple(host.strip().rstrip("/") for host in hosts.split(","))
    valid_hosts = all(host.startswith(("http://", "https://")) and len(host) > 8 for host in addresses)
    valid_name = name and name == name.lower() and not set(name) & set('\\/*?"<>| ,#:') and name[0] not in "-_+."
    if not text.startswith(SCHEME) or not valid_hosts or not valid_name:
        raise ValueError("write opensearch:https://host:9200/name, the name in small letters")
    return ClusterAddress(addresses, name, **rest)
