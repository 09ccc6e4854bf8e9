"""Is the index sound, current and findable? Looks, explains, changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from indexer import sources
from indexer.engine.cluster.health import health
from indexer.engine.port import Engine
from indexer.fetch import read_feeds, silent_feeds
from indexer.ingest.checks import (
    Check,
    complete,
    deletions_hold,
    ended_by,
    facets_add_up,
    findable,
    made,
    undamaged,
)
from indexer.ingest.safeguards import emptied
from indexer.model.errors import ChecksFailed, QuocphongError
from indexer.model.settings import SETTINGS, Settings, written
from indexer.operations import reader_reports
from indexer.operations.alerts.state import delivery
from indexer.operations.alerts.table import check_search, read_alerts
from indexer.storage import backends, run_status
from indexer.storage.index_folder import current_folder, open_engine
from indexer.storage.lock import holder_of
from indexer.storage.manifest import Manifest, Memory
from indexer.storage.manifest_file import FILE as MANIFEST
from indexer.storage.near_duplicates import DuplicateGroups

OPENS_REMEDY = "mend the file the message names; quocphong backup keeps copies"
REPORTS_REMEDY = "give this user the right to read the file, or set `reports` to the one the site writes"
FEEDS_REMEDY = "mend that row; quocphong fetch --starter prints an example"
ALERTS_REMEDY = "mend that line; quocphong docs operations has an example"


@dataclass(slots=True)
class Findings:
    """What the doctor saw: the effective settings with their origins, and the checks in order."""

    settings: dict[str, tuple[str, str]]
    checks: list[Check] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The findings as plain dicts: settings, checks, and whether all passed."""
        return {
            "settings": {name: {"value": value, "origin": origin} for name, (value, origin) in self.settings.items()},
            "checks": [asdict(check) for check in self.checks],
            "sound": all(check.passed for check in self.checks),
        }

    def as_text(self) -> str:
        """The findings for a terminal."""
        width = max(map(len, self.settings))
        return "\n".join([
            *(f"{name:{width}}  {value or '(empty)'}  ({origin})" for name, (value, origin) in self.settings.items()),
            "",
            *(f"{'ok  ' if c.passed else 'FAIL'} {c.name}: {c.detail}{'' if c.passed else f' Remedy: {c.remedy}'}"
              for c in self.checks),
        ])

    def raise_if_ill(self) -> None:
        """ChecksFailed if a check failed; the findings have been printed by then."""
        if failed := [check.name for check in self.checks if not check.passed]:
            ill = ChecksFailed(f"Not sound: {', '.join(failed)}. See the remedies above.")
            ill.reported = True
            raise ill


def examine(settings: Settings, sample: int) -> Findings:
    """Run every check that the earlier ones allow; `sample` articles are searched for by their own words.

    A check that an error ends, of ours or a crash, has failed; the others go on.
    """
    findings = Findings({s.name: (written(s, settings[s.name]), settings.origin(s.name)) for s in SETTINGS})
    findings.checks += made("runs end well", lambda: runs_ended_well(settings))
    findings.checks += made("feeds file", lambda: feeds_make_sense(settings), FEEDS_REMEDY)
    findings.checks += made("alerts file", lambda: alerts_make_sense(settings), ALERTS_REMEDY)
    findings.checks += made("readers' reports", lambda: reports_can_be_read(settings), REPORTS_REMEDY)
    try:
        engine = open_engine(settings.index)
    except Exception as error:
        findings.checks.append(ended_by(error, "opens", OPENS_REMEDY))
        return findings
    with closing(engine):
        findings.checks.append(Check("opens", True, f"{engine.count()} articles, generation {engine.generation}."))
        findings.checks += checks_of(engine, current_folder(settings.index), sample)
    return findings


def checks_of(engine: Engine, folder: Path, sample: int) -> list[Check]:
    """The checks of an opened index; those of damage alone where there is some."""
    checks = made("cluster", lambda: cluster_checks(folder)) + made("undamaged", lambda: [undamaged(engine)])
    if not checks[-1].passed:
        return checks  # altered bytes can make any other check fail, or worse, pass
    checks += made("manifest readable", lambda: manifest_checks(engine, folder))
    checks += made("stories current", lambda: [stories_current(engine, folder)])
    checks += made("room to rebuild", lambda: [room_to_rebuild(folder)])
    checks += made("facets add up", lambda: [facets_add_up(engine)])
    checks += made("findable", lambda: [findable(engine, sample)])
    return checks + made("deletions hold", lambda: [deletions_hold(engine, sample)])


def cluster_checks(folder: Path) -> list[Check]:
    """How the cluster is, where the articles are on one."""
    known = backends.read(folder)
    if known is None:
        return []
    seen = health(*known)
    led = "leads to it" if seen.alias_matches else "leads to another one: a run or a rollback was killed"
    return [Check("cluster", not seen.problems, " ".join([seen.summary, *seen.problems]),
                  "bring its nodes back, or free space on them (quocphong docs opensearch)"),
            Check("cluster name", seen.alias_matches, f"The cluster's name for the index {led}.",
                  "quocphong index (it lets the name lead to the index in use)")]


def runs_ended_well(settings: Settings) -> Iterator[Check]:
    """How the runs went, where one has left word."""
    known, writing = run_status.read(settings.index), holder_of(settings.index)
    last, age = known.attempt, known.age_seconds()
    if last is None:
        return
    if last.ended is None and not writing:
        yield Check("runs end well", False, f"the run that began {last.began} was killed: it never ended.",
                    "quocphong index, and see what ended it: the machine's memory, a time limit, a power cut")
    elif known.failures:
        yield Check("runs end well", False, f"{known.failures} failed since the last success; the last with exit code"
                    f" {last.exit_code}: {last.message}", "do what the message says, then quocphong index")
    else:
        yield Check("runs end well", True, f"the last one began {last.began}.")
    stale = known.is_stale(settings.stale_hours)
    kept_out = f" {known.skipped.times} were kept out: {known.skipped.message}" if known.skipped else ""
    yield Check("current", not stale, f"the last success was {(age or 0) // 3600} hours ago.{kept_out}",
                "quocphong index; if that works, look after the cron job or timer")


def feeds_make_sense(settings: Settings) -> Iterator[Check]:
    """The feeds file, where there is one, and whether its feeds still give articles."""
    if settings.feeds.exists():
        feeds = read_feeds(settings.feeds).feeds
        yield Check("feeds file", True, f"{len(feeds)} feeds.")
        silent = silent_feeds(settings.fetched, feeds)
        yield Check("feeds speak", not silent, f"{'; '.join(map(str, silent)) or 'none has fallen silent'}.",
                    "open the address in a browser; mend its row of the feeds file, or take it out")


def alerts_make_sense(settings: Settings) -> Iterator[Check]:
    """The alerts file, where there is one, and whether its recipients are reached."""
    if settings.alerts.exists():
        file = read_alerts(settings.alerts)
        for alert in file.alerts:
            check_search(alert, file.path)
        yield Check("alerts file", True, f"{len(file.alerts)} alerts.")
        failing, _ = delivery(settings.index)
        yield Check("alerts arrive", not failing, f"{'; '.join(map(str, failing)) or 'every recipient is reached'}.",
                    "do what the message says, or take the recipient out; then quocphong alert --test NAME")


def reports_can_be_read(settings: Settings) -> Iterator[Check]:
    """What readers report, where there is a list: whether it can be read, how much is open, whether it takes more."""
    path = reader_reports.file_of(settings)
    if not path.exists():
        return
    held = reader_reports.read_list(settings)
    told = f"{len(held.open)} open, {len(held.reports) - len(held.open)} decided (quocphong reports)."
    if held.problems:
        first = held.problems[0]
        yield Check("readers' reports", False, f"{told} {len(held.problems)} lines cannot be read, the first:"
                    f" {first.where}.", "mend or remove these lines")
    elif held.is_full:
        yield Check("readers' reports", False, f"{told} The list is full: no more are taken.",
                    f"read it, then move {path} away")
    else:
        yield Check("readers' reports", True, told)


def manifest_checks(engine: Engine, folder: Path) -> list[Check]:
    """Whether the manifest can be read, agrees with the index, and its roots are there."""
    if not (folder / MANIFEST).exists():
        return [Check("manifest readable", False, f"{folder / MANIFEST} is missing.",
                      "quocphong index PATH… (it learns the articles anew; name the folders it should cover)")]
    try:
        with closing(Manifest(folder)) as manifest:
            memory = manifest.load()
    except QuocphongError as error:
        what, _, _ = str(error).partition(" Run: ")
        return [Check("manifest readable", False, what,
                      "quocphong index (it sets the file aside and learns the articles anew)")]
    return [agreeing(engine, memory), roots_present(memory)]


def agreeing(engine: Engine, memory: Memory) -> Check:
    """Index and manifest name the same articles and the same commit."""
    check = complete(engine, memory.held)
    if check.passed and memory.generation != engine.generation:
        return replace(check, name="manifest agrees", passed=False,
                       detail="the manifest is of another commit: a run was cut off between the two.")
    return replace(check, name="manifest agrees")


def roots_present(memory: Memory) -> Check:
    """The folders are there, and none is empty that held articles: a disk that is not mounted looks like that."""
    listing = sources.find(sorted(memory.roots))
    lost = [f"missing: {root}" for root in listing.missing]
    lost += [f"empty, but held articles: {root}" for root in emptied(listing, memory)]
    return Check("roots present", not lost, f"{'; '.join(lost)}." if lost else f"{len(memory.roots)} folders or files.",
                 "mount or restore it; or go on without it: quocphong index --rebuild PATH…")


def stories_current(engine: Engine, folder: Path) -> Check:
    """Whether the groups of near-duplicates are those of this commit."""
    told = DuplicateGroups.open(folder).generation == engine.generation
    return Check("stories current", told, "of this commit." if told else
                 "lost, or of another commit: near-duplicates are not grouped.", "quocphong index (it makes them anew)")


def room_to_rebuild(folder: Path) -> Check:
    """A rebuild needs as much again as the generation in use."""
    needed = sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
    free = shutil.disk_usage(folder).free
    return Check("room to rebuild", free > needed, f"{free / 1e6:,.0f} MB free, {needed / 1e6:,.1f} MB needed.",
                 "free some space on the disk of the index before the next quocphong index --rebuild")
