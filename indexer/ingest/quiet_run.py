"""A run that finds nothing to do, as most runs of a cron job: it is known by stating the corpus files.

    index/gen-…/quiet_run.json   the state a full run found nothing to do in, the roots it covered, and its report

The state is a digest of the corpus files as listed and of what the run compared them with: the index, the manifest, the
stories and the list of withdrawals. In the same state the next run gives the same report and reads nothing else. What
is damaged in files that keep their size and time is left to `quocphong doctor`, and to the next run that reads them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer import sources
from indexer.ingest.roots import with_those_outside
from indexer.ingest.target import Target
from indexer.model import Problem
from indexer.model.atomic_files import replace_json
from indexer.model.report import OtherKind, Report
from indexer.sources import Limits, Listing
from indexer.storage import manifest_file, near_duplicates, tombstones

FILE = "quiet_run.json"


@dataclass(frozen=True, slots=True)
class Note:
    """The state in which there is nothing to do, the roots that were covered then, and the report of that run."""

    state: str
    roots: list[str]
    report: Report


def quiet_report(target: Target, paths: Sequence[str], also: Sequence[str], limits: Limits) -> Report | None:
    """The report of a run over `paths` (none: the roots of before) that has nothing to do; None if it may have."""
    began = time.monotonic()
    note = None if target.fresh else read(target.folder)
    if note is None:
        return None
    listing = sources.find(with_those_outside([*paths] or note.roots, also))
    if state_of(target, listing, limits) != note.state:
        return None
    return replace(note.report, seconds=time.monotonic() - began)


def note_down(target: Target, listing: Listing, limits: Limits, report: Report) -> None:
    """Write down that there is nothing to do in this state; a disk that is full only costs the next run its time."""
    note = Note(state_of(target, listing, limits), report.remembered, report)
    with suppress(OSError):
        replace_json(target.folder / FILE, asdict(note))


def read(folder: Path) -> Note | None:
    """The note in the folder of a generation; None where there is none, or none that can be read."""
    try:
        held = json.loads((folder / FILE).read_text(encoding="utf-8"))
        report = Report(**held["report"])
        report.problems = [Problem(**each) for each in held["report"]["problems"]]
        report.other_kinds = tuple(other_kind(**each) for each in held["report"]["other_kinds"])
        return Note(str(held["state"]), list(held["roots"]), report)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def other_kind(examples: Sequence[str], **rest: Any) -> OtherKind:
    """A kind of files as JSON holds it."""
    return OtherKind(examples=tuple(examples), **rest)


def state_of(target: Target, listing: Listing, limits: Limits) -> str:
    """A digest of all that decides whether a run has something to do."""
    digest = blake2b(digest_size=16)
    for line in state(target, listing, limits):
        digest.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def state(target: Target, listing: Listing, limits: Limits) -> Iterator[str]:
    """What `state_of` digests, a line each."""
    yield repr((target.generation, limits, listing.passed_over, listing.problems, listing.missing, listing.given,
                listing.other_kinds))
    yield identity(target.folder / manifest_file.FILE)
    yield identity(target.folder / near_duplicates.FILE)
    yield identity(target.index_dir / tombstones.FILE)
    for file in listing.files:
        yield f"{file.path}\0{file.given}\0{file.size}\0{file.mtime_ns}"


def identity(path: Path) -> str:
    """What changes when a file is replaced or written to; "" where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
