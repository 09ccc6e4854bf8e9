"""The table of settings, and reading their values. No other module reads the environment or the configuration file.

A value comes from the command line, else the environment (QUOCPHONG_NAME), else the configuration file
(--config, QUOCPHONG_CONFIG or ./quocphong.cfg, an INI file with one section [quocphong]), else the default.
"""

from __future__ import annotations

import configparser
import os
import re
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
    """A row of the table. `parse` turns the text of a value into the value, or raises ValueError."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any] = str


def parse_yes_no(text: str) -> bool:
    """A boolean from yes, no, true, false, on, off, 1 or 0. ValueError for any other text."""
    answers = {"yes": True, "true": True, "1": True, "on": True, "no": False, "false": False, "0": False, "off": False}
    if text.strip().lower() not in answers:
        raise ValueError("write yes or no")
    return answers[text.strip().lower()]


def parse_whole_number(text: str) -> int:
    """An integer >= 0. ValueError for any other text."""
    if not text.strip().isdigit():
        raise ValueError("write a whole number")
    return int(text)


def parse_optional_path(text: str) -> Path | None:
    """A path; None if the text is empty."""
    return Path(text) if text.strip() else None


def parse_site(text: str) -> str:
    """A web address without a slash at its end; "" for none. ValueError for any other text."""
    written = text.strip().rstrip("/")
    if written and not re.fullmatch(r"https?://[^\s/?#@<>\"]+(/[^\s?#<>\"]*)?", written):
        raise ValueError("write the address readers come to, as https://tin.example.vn")
    return written


def parse_engine(text: str) -> str:
    """The text "whoosh", or a valid cluster address. ValueError for any other text."""
    if text.strip() == "whoosh":
        return "whoosh"
    parse_cluster_address(text.strip())
    return text.strip()


def parse_port(text: str) -> int:
    """A port number, 0 to 65535. ValueError for any other text."""
    number = parse_whole_number(text)
    if not 0 <= number <= 65535:
        raise ValueError("write a port from 0 to 65535")
    return number


def parse_networks(text: str) -> tuple[Network, ...]:
    """IP addresses and networks, separated by spaces or commas: 127.0.0.1 ::1 10.0.0.0/8. ValueError if invalid."""
    return tuple(map(ip_network, text.replace(",", " ").split()))


SETTINGS = (
    Setting("index", "index", "Folder of the index", Path),
    Setting("engine", "whoosh", "Where new indexes are made: whoosh (in the index folder), or on a cluster:"
            " opensearch:https://host:9200/name (quocphong docs opensearch)", parse_engine),
    Setting("engine_user", "", "User of the cluster; empty: it asks for none"),
    Setting("engine_password_file", "", "File that holds the password of engine_user and nothing else"),
    Setting("engine_ca", "", "File with the certificates that sign the cluster's; empty: the system's own"),
    Setting("engine_shards", "1", "Shards of a new index on the cluster; `quocphong docs opensearch` has a table",
            parse_whole_number),
    Setting("engine_replicas", "0-1", "Copies of each shard besides the first: a number, or least-most by the nodes"
            " there are"),
    Setting("corpus", "corpus", "Folder indexed when no path is given and the index remembers none", Path),
    Setting("feeds", "feeds.toml", "File that names the newspapers to fetch from (quocphong docs fetching)", Path),
    Setting("fetched", "corpus/fetched", "Folder that fetched pages are kept in", Path),
    Setting("fetch_parallel", "8", "Sites fetched from at the same time; each one is asked one page at a time",
            parse_whole_number),
    Setting("fetch_delay", "2", "Least pause between two requests to one site, in seconds; robots.txt may ask for more",
            parse_whole_number),
    Setting("fetch_pages", "200", "Most pages fetched or looked at again for one feed in a run", parse_whole_number),
    Setting("fetch_minutes", "15", "Longest time spent on one site in a run, in minutes", parse_whole_number),
    Setting("alerts", "alerts.toml", "File that says who is told of what is new (quocphong docs operations)", Path),
    Setting("site", "", "Address at which readers reach the site, as https://tin.example.vn: alerts link to it",
            parse_site),
    Setting("host", "127.0.0.1", "Address the site listens on; anything but loopback opens it to others"),
    Setting("port", "8000", "Port the site listens on", parse_port),
    Setting("threads", "4", "Requests a process of the site answers at the same time", parse_whole_number),
    Setting("processes", "1", "Processes of the site, which share the address and the index; 0 means one per processor",
            parse_whole_number),
    Setting("pages_mb", "4", "Memory for pages as they were last made, packed, in megabytes; 0: each is made anew",
            parse_whole_number),
    Setting("rate", "300", "Requests a minute that a process answers one address; more have to wait; readers at this"
            " machine are not counted; 0: no limit", parse_whole_number),
    Setting("request_seconds", "2", "Seconds of processor that one request may take; more is refused with what to"
            " narrow; 0: no limit", parse_whole_number),
    Setting("trusted_proxies", "127.0.0.1 ::1", "Addresses or networks of proxies whose X-Forwarded-For tells who asks",
            parse_networks),
    Setting("workers", "0", "Processes that analyse articles; 0 means one per processor", parse_whole_number),
    Setting("max_file_mb", "20", "Largest HTML or text file read, in megabytes", parse_whole_number),
    Setting("public_fulltext", "no",
            "Show whole articles to readers not on this machine (see: quocphong docs operations)", parse_yes_no),
    Setting("contact", "", "Where readers report errors and ask for corrections: an e-mail or web address"),
    Setting("stale_hours", "48", "Age of the last successful run, in hours, from which the site shows a warning",
            parse_whole_number),
    Setting("corrections", "", "CSV file of editors' corrections about people (see: quocphong docs mentions); only"
            " read", Path),
    Setting("reports", "", "File that readers' reports of mistakes are appended to; empty: reader-reports.jsonl in the"
            " index folder", parse_optional_path),
    Setting("metrics", "", "File for Prometheus' textfile collector, written after every index run; empty: none",
            parse_optional_path),
    Setting("data", "", "Folder of outside labelled data for make quality and make bench; empty: those parts skip"),
)


CLUSTER_SETTINGS = {"user": "engine_user", "password_file": "engine_password_file", "ca": "engine_ca",
                    "shards": "engine_shards", "replicas": "engine_replicas"}


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective values: `settings.port` or `settings["port"]`. `origin("port")` says where a value comes from."""

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
        """The engine settings as one value: "whoosh", or the address of an index on a cluster."""
        if self.engine == "whoosh":
            return "whoosh"
        return parse_cluster_address(self.engine, **{field: self[name] for field, name in CLUSTER_SETTINGS.items()})

    def origin(self, name: str) -> str:
        """Where a value comes from: "command line", "environment", the path of the configuration file, or "default"."""
        return self.origins[name]


def load(
    config: Path | None = None,
    environment: Mapping[str, str] | None = None,
    given: Mapping[str, str | None] | None = None,
) -> Settings:
    """Read the effective settings.

    config       path of the configuration file, if the command line names one
    environment  environment variables (default: those of the process)
    given        values of command-line options by setting name; None for an option that is not given
    UsageError for an unreadable file, an unknown name in it, or an invalid value.
    """
    environment = os.environ if environment is None else environment
    sources = [
        ("default", {s.name: s.default for s in SETTINGS}),
        read_config_file(config, environment),
        ("environment", {s.name: environment[f"QUOCPHONG_{s.name.upper()}"] for s in SETTINGS
                         if f"QUOCPHONG_{s.name.upper()}" in environment}),
        ("command line", {name: value for name, value in (given or {}).items() if value is not None}),
    ]
    written: dict[str, tuple[str, str]] = {}
    for origin, values in sources:
        written |= {name: (value, origin) for name, value in values.items()}
    values = {s.name: parse_setting(s, *written[s.name]) for s in SETTINGS}
    return Settings(values, {name: origin for name, (_, origin) in written.items()})


def written(setting: Setting, value: Any) -> str:
    """A value as the configuration file has it: yes or no, "127.0.0.1 ::1", "" for an optional path that is not set."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(str(each.network_address if each.num_addresses == 1 else each) for each in value)
    return "" if value is None or (value == Path() and not setting.default) else str(value)


def read_config_file(config: Path | None, environment: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The path and the values of the configuration file.

    UsageError if it is unreadable, has an unknown setting, or is missing although `config` or the environment names it.
    """
    chosen = config or environment.get("QUOCPHONG_CONFIG")
    path = Path(chosen or CONFIG_FILE)
    parser = configparser.ConfigParser(interpolation=None)
    try:
        with path.open(encoding="utf-8") as lines:
            parser.read_file(lines)
    except FileNotFoundError:
        if chosen:
            raise UsageError(f"No configuration file at {path}. Create it or leave out --config.") from None
        return str(path), {}
    except (OSError, configparser.Error, UnicodeDecodeError) as error:
        raise UsageError(f"The configuration file {path} cannot be read: {error}") from error
    found = dict(parser[SECTION]) if parser.has_section(SECTION) else {}
    unknown = sorted(found.keys() - {s.name for s in SETTINGS})
    if unknown:
        raise UsageError(f"{path}: unknown setting {', '.join(unknown)}. Known: {', '.join(s.name for s in SETTINGS)}.")
    return str(path), found


def parse_setting(setting: Setting, text: str, origin: str) -> Any:
    """The value of a setting, from its text. UsageError, which names the setting and `origin`, if it is invalid."""
    try:
        return setting.parse(text)
    except ValueError as error:
        raise UsageError(f"Setting {setting.name} = {text!r} (from {origin}): {error}.") from error
