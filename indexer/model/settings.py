"""One row per setting: name, default, help. The only reader of the environment and of the configuration file.

A value comes from the command line, else the environment (QUOCPHONG_NAME), else the configuration file
(--config, QUOCPHONG_CONFIG or ./quocphong.cfg, an INI file with one section [quocphong]), else the default.
"""

from __future__ import annotations

import configparser
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from indexer.model.cluster_address import ClusterAddress, parse_cluster_address
from indexer.model.errors import UsageError

CONFIG_FILE = "quocphong.cfg"
SECTION = "quocphong"
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table: `read` turns the written value into the value used, or raises ValueError."""

    name: str
    default: str
    help: str
    read: Callable[[str], Any] = str


def yes_or_no(written: str) -> bool:
    """A yes or no. ValueError for anything else, as for the readers below."""
    answers = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if written.strip().lower() not in answers:
        raise ValueError("write yes or no")
    return answers[written.strip().lower()]


def whole_number(written: str) -> int:
    """A whole number from 0."""
    if not written.strip().isdigit():
        raise ValueError("write a whole number")
    return int(written)


def path_if_any(written: str) -> Path | None:
    """A path; None for nothing."""
    return Path(written) if written.strip() else None


def engine_name(written: str) -> str:
    """"whoosh", or the address of an index on a cluster."""
    if written.strip() == "whoosh":
        return "whoosh"
    parse_cluster_address(written.strip())
    return written.strip()


def port_number(written: str) -> int:
    """A port."""
    number = whole_number(written)
    if not 0 <= number <= 65535:
        raise ValueError("write a port from 0 to 65535")
    return number


def networks(written: str) -> tuple[Network, ...]:
    """Addresses and networks between spaces or commas: 127.0.0.1 ::1 10.0.0.0/8."""
    return tuple(map(ip_network, written.replace(",", " ").split()))


SETTINGS = (
    Setting("index", "index", "Folder of the index", Path),
    Setting("engine", "whoosh", "Where new indexes are made: whoosh (in the index folder), or on a cluster:"
            " opensearch:https://host:9200/name (docs/opensearch.md)", engine_name),
    Setting("engine_user", "", "User of the cluster; empty: it asks for none"),
    Setting("engine_password_file", "", "File that holds the password of engine_user and nothing else"),
    Setting("engine_ca", "", "File with the certificates that sign the cluster's; empty: the system's own"),
    Setting("engine_shards", "1", "Shards of a new index on the cluster; docs/opensearch.md has a table",
            whole_number),
    Setting("engine_replicas", "0-1", "Copies of each shard besides the first: a number, or least-most by the nodes"
            " there are"),
    Setting("corpus", "corpus", "Folder indexed when no path is given and the index remembers none", Path),
    Setting("feeds", "feeds.toml", "File that names the newspapers to fetch from (docs/fetching.md)", Path),
    Setting("fetched", "corpus/fetched", "Folder that fetched pages are kept in", Path),
    Setting("fetch_parallel", "8", "Sites fetched from at the same time; each one is asked one page at a time",
            whole_number),
    Setting("fetch_delay", "2", "Least pause between two requests to one site, in seconds; robots.txt may ask for more",
            whole_number),
    Setting("fetch_pages", "200", "Most pages fetched or looked at again for one feed in a run", whole_number),
    Setting("fetch_minutes", "15", "Longest time spent on one site in a run, in minutes", whole_number),
    Setting("host", "127.0.0.1", "Address the site listens on; anything but loopback opens it to others"),
    Setting("port", "8000", "Port the site listens on", port_number),
    Setting("threads", "4", "Requests a process of the site answers at the same time", whole_number),
    Setting("processes", "1", "Processes of the site, which share the address and the index; 0 means one per processor",
            whole_number),
    Setting("pages_mb", "4", "Memory for pages as they were last made, packed, in megabytes; 0: each is made anew",
            whole_number),
    Setting("rate", "300", "Requests a minute that a process answers one address; more have to wait; readers at this"
            " machine are not counted; 0: no limit", whole_number),
    Setting("trusted_proxies", "127.0.0.1 ::1", "Addresses or networks of proxies whose X-Forwarded-For tells who asks",
            networks),
    Setting("workers", "0", "Processes that analyse articles; 0 means one per processor", whole_number),
    Setting("max_file_mb", "20", "Largest HTML or text file read, in megabytes", whole_number),
    Setting("public_fulltext", "no", "Show whole articles to readers not on this machine (see docs/operations.md)",
            yes_or_no),
    Setting("contact", "", "Where readers report errors and ask for corrections: an e-mail or web address"),
    Setting("stale_hours", "48", "Age of the last successful run, in hours, from which the site shows a warning",
            whole_number),
    Setting("corrections", "", "CSV file of editors' corrections about people (see docs/mentions.md); only read", Path),
    Setting("metrics", "", "File for Prometheus' textfile collector, written after every index run; empty: none",
            path_if_any),
    Setting("data", "", "Folder of outside labelled data for make quality and make bench; empty: those parts skip"),
)


CLUSTER_SETTINGS = {"user": "engine_user", "password_file": "engine_password_file", "ca": "engine_ca",
                    "shards": "engine_shards", "replicas": "engine_replicas"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective values (`settings.port`, `settings["port"]`) and where each came from (`origin("port")`)."""

    values: Mapping[str, Any]
    origins: Mapping[str, str]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.values[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def engine_address(self) -> ClusterAddress | str:
        """What the engine settings mean: "whoosh", or the address of an index on a cluster."""
        if self.engine == "whoosh":
            return "whoosh"
        return parse_cluster_address(self.engine, **{field: self[name] for field, name in CLUSTER_SETTINGS.items()})

    def origin(self, name: str) -> str:
        """Where a setting's value comes from: an option, the environment, the file or the default."""
        return self.origins[name]


def load(
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    given: Mapping[str, str | None] | None = None,
) -> Settings:
    """The effective settings. `given` holds command-line values by setting name (None: not given).

    Raises UsageError for an unknown name in the file, an unreadable file or a value that makes no sense.
    """
    environment = os.environ if environment is None else environment
    sources = [
        ("default", {s.name: s.default for s in SETTINGS}),
        read_file(config, environment),
        ("environment", {s.name: environment[f"QUOCPHONG_{s.name.upper()}"] for s in SETTINGS
                         if f"QUOCPHONG_{s.name.upper()}" in environment}),
        ("command line", {name: value for name, value in (given or {}).items() if value is not None}),
    ]
    written: dict[str, tuple[str, str]] = {}
    for origin, values in sources:
        written |= {name: (value, origin) for name, value in values.items()}
    values = {s.name: read_value(s, *written[s.name]) for s in SETTINGS}
    return Settings(values, {name: origin for name, (_, origin) in written.items()})


def read_file(config: Path | None, environment: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The configuration file's values and its name; a file nobody asked for may be absent."""
    asked = config or environment.get("QUOCPHONG_CONFIG")
    path = Path(asked or CONFIG_FILE)
    parser = configparser.ConfigParser(interpolation=None)
    try:
        with path.open(encoding="utf-8") as lines:
            parser.read_file(lines)
    except FileNotFoundError:
        if asked:
            raise UsageError(f"No configuration file at {path}. Create it or leave out --config.") from None
        return str(path), {}
    except (OSError, configparser.Error, UnicodeDecodeError) as error:
        raise UsageError(f"The configuration file {path} cannot be read: {error}") from error
    found = dict(parser[SECTION]) if parser.has_section(SECTION) else {}
    unknown = sorted(found.keys() - {s.name for s in SETTINGS})
    if unknown:
        raise UsageError(f"{path}: unknown setting {', '.join(unknown)}. Known: {', '.join(s.name for s in SETTINGS)}.")
    return str(path), found


def read_value(setting: Setting, written: str, origin: str) -> Any:
    """The value of a setting as written at `origin`. UsageError names the setting and the remedy."""
    try:
        return setting.read(written)
    except ValueError as error:
        raise UsageError(f"Setting {setting.name} = {written!r} (from {origin}): {error}.") from error
