"""The feeds file: which newspapers to read, as the owner wrote it down. TOML, one table a feed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from indexer.fetch.address import Move, known_moves
from indexer.fetch.exchange import name_of
from indexer.model.errors import UsageError

KINDS = ("auto", "rss", "atom", "sitemap", "news-sitemap")


@dataclass(frozen=True, slots=True)
class Feed:
    """A place where new articles are announced.

    kind           auto finds out: the address may be a feed, a sitemap, or a front page that names one
    section        the name of a defence section: everything in it belongs, no rule decides
    allow_private  its own host may be on this machine or network (an archive of one's own, a test)
    checked        when somebody last saw the address working, ISO; "" for never
    """

    url: str
    name: str
    kind: str = "auto"
    province: str = ""
    section: str = ""
    allow_private: bool = False
    checked: str = ""

    @property
    def inside(self) -> frozenset[str]:
        """The hosts that may be at private addresses when this feed and its pages are asked for: its own, or none."""
        return frozenset({name_of(self.url)}) if self.allow_private else frozenset()


@dataclass(frozen=True, slots=True)
class FeedsFile:
    """The feeds of a file and the sites that moved."""

    feeds: tuple[Feed, ...]
    moves: tuple[Move, ...]


def read_feeds(path: Path) -> FeedsFile:
    """The feeds of a file, and all known moves with the file's own. UsageError names the row and what it should be."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError(f"No feeds file at {path}. Begin with: quocphong fetch --starter > {path}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"The feeds file {path} cannot be read: {error}") from error
    if unknown := tables.keys() - {"feed", "moved"}:
        raise UsageError(f"{path}: unknown table {', '.join(sorted(unknown))}. Known: feed, moved.")
    feeds = [feed_of(row, f"{path}, feed {n}") for n, row in enumerate(rows(tables, "feed", path), 1)]
    moves = [move_of(row, f"{path}, moved {n}") for n, row in enumerate(rows(tables, "moved", path), 1)]
    if not feeds:
        raise UsageError(f"{path} names no feed. A feed is: [[feed]] with url and name.")
    return FeedsFile(tuple(feeds), (*known_moves(), *moves))


def starter() -> str:
    """A feeds file to begin with: the provincial newspapers. Nobody has checked its addresses."""
    return resources.files(__package__).joinpath("data/newspapers.toml").read_text(encoding="utf-8")


def rows(tables: dict[str, Any], name: str, path: Path) -> list[dict[str, Any]]:
    """The rows of one kind of table. UsageError if it is written as something else."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise UsageError(f"{path}: write [[{name}]], with two brackets on each side.")
    return found


def feed_of(row: dict[str, Any], where: str) -> Feed:
    """The feed in a row; `where` names the row. UsageError for what makes no sense."""
    known = {field.name for field in fields(Feed)}
    if unknown := sorted(row.keys() - known):
        raise UsageError(f"{where}: unknown key {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")
    for key, value in row.items():
        wanted = bool if key == "allow_private" else str
        if not isinstance(value, wanted):
            raise UsageError(f"{where}: {key} = {value!r} is not {'true or false' if wanted is bool else 'text'}.")
    if not row.get("url") or not row.get("name"):
        raise UsageError(f"{where}: a feed needs url and name.")
    if not is_web_address(row["url"]):
        raise UsageError(f"{where}: {row['url']!r} is no http:// or https:// address.")
    if row.get("kind", "auto") not in KINDS:
        raise UsageError(f"{where}: kind {row['kind']!r}. Known: {', '.join(KINDS)}.")
    return Feed(**row)


def move_of(row: dict[str, Any], where: str) -> Move:
    """The move in a row. UsageError for what makes no sense."""
    if row.keys() != {"old", "new", "since", "paths"} or row["paths"] not in ("kept", "unknown"):
        raise UsageError(f'{where}: a moved site has old, new, since and paths ("kept" or "unknown").')
    return Move(str(row["old"]), str(row["new"]), str(row["since"]), row["paths"] == "kept")


def is_web_address(url: str) -> bool:
    """Whether this is an http or https address with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(name_of(url)) and parts.port != 0
    except ValueError:
        return False
