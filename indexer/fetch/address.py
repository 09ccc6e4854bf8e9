"""Which site an address is on, and sites that moved."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from urllib.parse import urlsplit, urlunsplit

from indexer.model.canonical_url import canonical, host_of

HOME_PATHS = re.compile(r"/?(?:index|home|default|trang-?chu)?(?:\.\w{2,5})?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Move:
    """A dated row: a newspaper's site moved. `kept`: its pages kept their paths, so one name replaces the other."""

    old: str
    new: str
    since: str
    kept: bool = False


def is_home(url: str) -> bool:
    """Whether this is a site's front page: what a deleted article often redirects to."""
    parts = urlsplit(url)
    return not parts.query and bool(HOME_PATHS.fullmatch(parts.path))


class Sites:
    """Which sites belong together: subdomains, and old and new names of one newspaper."""

    def __init__(self, moves: Iterable[Move] = ()) -> None:
        self.moves: Mapping[str, Move] = {move.old: move for move in moves}

    def identity(self, url: str) -> str | None:
        """The canonical address under which an article is known, also after its newspaper took another name."""
        address = canonical(url)
        for _ in range(len(self.moves)):
            move = self.moves.get(host_of(address or ""))
            if address is None or move is None or not move.kept:
                break
            address = urlunsplit(("https", move.new, *urlsplit(address)[2:]))
        return address

    def together(self, url: str, other: str) -> bool:
        """Whether `url` is on the same site as `other`, on a part of it, or where it moved from or to."""
        one, two = host_of(url), host_of(other)
        ours = {self.now(one), one}
        theirs = {self.now(two), two}
        return bool(one and two) and any(within(a, b) or within(b, a) for a in ours for b in theirs)

    def now(self, host: str) -> str:
        """Today's name of a site."""
        for _ in range(len(self.moves)):
            if host not in self.moves:
                break
            host = self.moves[host].new
        return host


def within(host: str, site: str) -> bool:
    """Whether `host` is `site` or a subdomain of it."""
    return host == site or host.endswith(f".{site}")


@cache
def known_moves() -> tuple[Move, ...]:
    """The moves that data/moved_sites.csv lists."""
    lines = resources.files(__package__).joinpath("data/moved_sites.csv").read_text(encoding="utf-8").splitlines()
    return tuple(Move(row["old_host"], row["new_host"], row["since"], row["paths"] == "kept")
                 for row in csv.DictReader(lines))
