"""What a run of the fetcher did, for people and for machines."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field
from typing import Any

from indexer.fetch.silence import Silence


@dataclass(frozen=True, slots=True)
class Trouble:
    """A feed or page that gave nothing, and why. `newly`: the run before had no trouble with it."""

    url: str
    why: str
    newly: bool = True

    def __str__(self) -> str:
        return f"{self.url}: {self.why}"


@dataclass(slots=True)
class FetchReport:
    """feeds       rows of the feeds file: read + unchanged + failed
    unchecked   feeds whose address nobody has checked
    announced   links to the feeds' own sites, each once; elsewhere: links to other sites, not followed
    new         articles stored;  altered, gone: stored ones found changed or taken down
    ruled_out   pages that do not belong to the archive (listed by `quocphong fetch --ruled-out`)
    withdrawn   links to withdrawn articles, not asked for;  left: links left for the next run
    pages       pages that gave nothing and will be tried again
    silent      feeds that announced new articles for weeks and now give none
    """

    feeds: int = 0
    read: int = 0
    unchanged: int = 0
    failed: list[Trouble] = field(default_factory=list)
    unchecked: int = 0
    announced: int = 0
    elsewhere: int = 0
    new: int = 0
    altered: int = 0
    gone: int = 0
    ruled_out: int = 0
    withdrawn: int = 0
    left: int = 0
    pages: list[Trouble] = field(default_factory=list)
    seconds: float = 0.0
    silent: tuple[Silence, ...] = ()

    @property
    def newly(self) -> int:
        """Feeds that could be read before, or are new, and cannot be read now."""
        return sum(trouble.newly for trouble in self.failed)

    def as_json(self) -> dict[str, Any]:
        """The report as a JSON object: its fields, and `newly`."""
        return asdict(self) | {"newly": self.newly}

    def as_text(self, most: int = 20) -> str:
        """The report as lines for people; at most `most` troubles of a kind are spelled out."""
        return "\n".join([
            f"{self.feeds} feeds: {self.read} read, {self.unchanged} unchanged,"
            f" {len(self.failed)} failed ({self.newly} newly)"
            + (f"; the addresses of {self.unchecked} nobody has checked" if self.unchecked else ""),
            *listed("feed", self.failed, most),
            f"  {self.announced} articles announced: {self.new} new, {self.ruled_out} do not belong,"
            f" {self.withdrawn} withdrawn, {self.left} left for the next run, {self.elsewhere} on other sites",
            f"  {self.altered} altered and {self.gone} taken down online; {len(self.pages)} pages gave nothing",
            *listed("page", self.pages, most),
            *(f"  silent: {silence}" for silence in self.silent),
            f"  {self.seconds:.1f} s",
        ])


class Tally:
    """A report in the making, counted by the threads of several sites."""

    def __init__(self) -> None:
        self.report = FetchReport()
        self._lock = threading.Lock()

    def count(self, what: str, more: int | Trouble = 1) -> None:
        """Add to one of the report's numbers, or a trouble to one of its lists."""
        with self._lock:
            counted = getattr(self.report, what)
            if isinstance(more, Trouble):
                counted.append(more)
            else:
                setattr(self.report, what, counted + more)


def listed(kind: str, troubles: list[Trouble], most: int) -> list[str]:
    """A line for each of the first `most` troubles, and one that says how many more there are."""
    lines = [f"    {kind}: {trouble.url}: {trouble.why}" for trouble in troubles[:most]]
    return lines + ([f"    … and {len(troubles) - most} more (see --json)"] if len(troubles) > most else [])
