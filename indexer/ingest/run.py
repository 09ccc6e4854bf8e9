"""Street 1: a folder of articles -> sources -> text and entities -> engine. Returns a Report.

A run works towards a wanted state: of all records that claim one id the first in reading order holds it, and of all
articles with equal text the first is the original. What the index holds is compared with what is wanted, article by
article, so new, changed, renamed and deleted articles, and a run that was cut off, are all the same case.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from indexer import sources
from indexer.engine.port import Engine
from indexer.ingest.id_ownership import IdOwnership
from indexer.ingest.quiet_run import note_down, quiet_report
from indexer.ingest.roots import with_those_outside
from indexer.ingest.safeguards import refuse_mass_delete, refuse_missing_roots, refuse_small_rebuild
from indexer.ingest.target import Target, roots_there
from indexer.ingest.workers import Workers
from indexer.model import SINCE, Problem
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import IndexDamaged
from indexer.model.os_errors import translate_os_errors
from indexer.model.report import MOST_MAILED, Report
from indexer.model.signals import defer_signals
from indexer.sources import Limits, Listing, SourceFile
from indexer.storage import run_status
from indexer.storage.manifest import IdClaim, IndexedRecord, KnownFile, Manifest, Memory
from indexer.storage.manifest_file import ASIDE
from indexer.storage.near_duplicates import DuplicateGroups, MinhashTable, texts_of
from indexer.storage.tombstones import Tombstones

if TYPE_CHECKING:
    from indexer.ingest.analysis import Analysed, Task
    from indexer.ingest.pipeline import Pipeline, Record
    from indexer.storage.minhash import Numbers

__all__ = ["Limits", "build"]

GRAIN, A_DAY = 2 * 10**9, 86_400 * 10**9  # nanoseconds; two seconds is the coarsest time stamp of file systems in use
LOOK_AGAIN = -(2**62)  # a modification time no file has

Progress = Callable[[int], None]


def build(
    index_dir: Path,
    paths: Sequence[str] = (),
    *,
    default_path: str = "corpus",
    also: Sequence[str] = (),
    rebuild: bool = False,
    allow_mass_delete: bool = False,
    workers: int = 0,
    wait_seconds: float = 0.0,
    caller: Callable[[Report], None] | None = None,
    strict: bool = False,
    limits: Limits | None = None,
    engine: ClusterAddress | str | None = None,
    progress: Progress = lambda articles: None,
) -> Report:
    """Bring the index in `index_dir` up to date with `paths` (default: the roots it remembers, else `default_path`).

    `also`: folders to cover besides, unless they lie in one that is covered.
    `caller`: the caller holds the index's lock and records the run's status; it is told the report when all is saved.
    `strict` only tells the status whether known problems count too.
    `engine`: where a new index is made, as the setting says ("whoosh": in the folder); None leaves it as it is.
    `progress` is told the number of articles read so far. Raises IndexLocked (another run is writing), IndexOutdated
    (written by other code) or IndexDamaged, which `rebuild` mends, ChecksFailed (a root is missing, too many articles
    would go, or a new index is unsound: nothing was changed), DiskFull, NotWritable.
    """
    alone = run_status.written(index_dir, wait_seconds, strict) if caller is None else nullcontext(caller)
    with (translate_os_errors(index_dir), alone as succeeded, translate_os_errors(index_dir),
          Target(index_dir, rebuild, bool(paths), engine) as target, Workers(workers) as pool):
        if report := quiet_report(target, paths, also, limits or Limits()):
            target.publish()
            succeeded(report)
            return report
        run = Run(target, pool, limits or Limits(), progress)
        return run.bring_up_to_date(paths, default_path, allow_mass_delete, also, succeeded)


class Run:
    """One run over one generation of the index."""

    def __init__(self, target: Target, pool: Workers, limits: Limits, progress: Progress) -> None:
        self.target, self.pool, self.limits, self.progress = target, pool, limits, progress
        self.began, self.began_ns = time.monotonic(), time.time_ns()
        self.report = Report(rebuilt=target.fresh)
        self.manifest, self.memory = self.remembering()
        self.recovering = self.memory.generation != target.generation
        self.upcoming = target.upcoming
        if self.recovering:
            self.memory = learn_anew(target, self.memory)
        self.problems: dict[str, list[Problem]] = {}
        for problem in self.memory.problems:
            self.problems.setdefault(problem.path, []).append(problem)
        self.withdrawn = Tombstones(target.index_dir)
        self.ownership = IdOwnership(self.memory.claims, self.withdrawn)
        self.reported = {*self.memory.problems, *self.ownership.conflicts()}
        self.before: dict[str, dict[int, IdClaim]] = {}
        self.signatures: dict[str, Numbers] = {}
        self.added: set[str] = set()
        self.renewed: set[str] = set()
        self.touched_files: set[str] = set()
        self.touched_ids: set[str] = set()
        self.failed: set[str] = set()
        self.manifest_changed = False
        self.read = 0

    def remembering(self) -> tuple[Manifest, Memory]:
        """The manifest and what it remembers; nothing if it cannot be read."""
        folder = self.target.folder
        try:
            manifest = Manifest(folder)
            return manifest, manifest.load()
        except IndexDamaged as error:
            why, _, _ = str(error).partition(" Run: ")
            self.report.notes.append(Problem(str(folder / ASIDE), None, f"set aside, and learned anew: {why}"))
            return Manifest.anew(folder), Memory(0, set(), {}, {}, {}, [])

    @cached_property
    def pipeline(self) -> Pipeline:
        """What reads and analyses articles, imported when there are some."""
        from indexer.ingest.pipeline import Pipeline

        return Pipeline(self.target, self.pool, self.limits)

    def bring_up_to_date(self, paths: Sequence[str], default_path: str, allow_mass_delete: bool,
                         also: Sequence[str] = (), succeeded: Callable[[Report], None] = lambda report: None) -> Report:
        """Do the run; parameters as those of `build`. `succeeded` is told the report when all is saved."""
        asked = with_those_outside(self.roots(paths, default_path), also)
        listing = sources.find(asked)
        refuse_missing_roots(listing, self.memory)
        files = {file_key(file): file for file in listing.files}
        covered = set(listing.given)
        to_read = [file for path, file in sorted(files.items()) if self.memory.files.get(path) != known(file)]
        gone = [path for path, file in self.memory.files.items() if path not in files and file.root in covered]
        if gone or to_read:
            self.before = {path: self.claims_by_mark(path) for path in map(file_key, to_read)}
            self.forget([*gone, *map(file_key, to_read)])
            self.ownership.settle()
            self.take_in(to_read)
        self.ownership.leave_out_withdrawn()
        self.mend(files)
        unwanted = self.unwanted(covered)
        if self.target.fresh or unwanted:
            refuse_missing_roots(sources.find(asked), self.memory)  # a disk may have gone while it was read
        if not allow_mass_delete:
            refuse_mass_delete(unwanted, self.memory, self.withdrawn.ids)
            refuse_small_rebuild(self.memory, {root: self.target.held_before[root] for root in covered})
        with defer_signals():
            self.drop(unwanted)
            self.finish(listing, covered)
            report = self.counted(listing, covered)
            if self.is_quiet(report):
                note_down(self.target, listing, self.limits, report)
            succeeded(report)
        return report

    def is_quiet(self, report: Report) -> bool:
        """Whether the run found nothing to do, and the next one will not either if nothing changes."""
        idle = not (self.target.fresh or self.recovering or self.touched_files or self.touched_ids or self.failed)
        again = any(file.mtime_ns == LOOK_AGAIN for file in self.memory.files.values())
        return idle and not again and not report.notes and not report.newly and not self.manifest_changed

    # -- what there is to do ----------------------------------------------------------------------

    def roots(self, paths: Sequence[str], default_path: str) -> list[str]:
        """The roots of this run; after a cut-off run all remembered ones too, since their files were forgotten."""
        remembered = sorted(self.memory.roots or self.target.roots_before)
        if not paths:
            return remembered or [default_path]
        return [*paths, *(root for root in remembered if self.recovering and root not in paths)]

    def claims_by_mark(self, path: str) -> dict[int, IdClaim]:
        """What the lines of a file claimed when they were read last, but for ids that tell where a line stands."""
        marks, claims = self.manifest.marks_of(path), self.memory.claims.get(path, [])
        if len(marks) != len(claims):
            return {}
        return {mark: claim for mark, claim in zip(marks, claims, strict=True)
                if not claim.id.endswith(f"#L{claim.line}")}

    def forget(self, paths: Iterable[str]) -> None:
        """Forget what these files gave."""
        for path in paths:
            self.memory.files.pop(path, None)
            self.ownership.forget(path)
            self.problems.pop(path, None)
            self.touched_files.add(path)

    # -- what the index should hold ---------------------------------------------------------------

    def wanted(self, claim: IdClaim) -> IndexedRecord:
        """What the index should hold under the claim's id."""
        root = self.memory.files[claim.path].root
        return IndexedRecord(claim.digest, self.ownership.repeated(claim), root, claim.path, self.since(claim))

    def since(self, claim: IdClaim) -> int:
        """The generation the claim's content came in with: that of before, rebuilds included, or the one being made."""
        held = self.memory.held.get(claim.id)
        digest, since = (held.digest, held.since) if held else self.target.since_before.get(claim.id, ("", 0))
        return since if since and digest == claim.digest else self.upcoming

    # -- taking articles in and out ---------------------------------------------------------------

    def take_in(self, files: Sequence[SourceFile]) -> None:
        """Read `files`; analyse and add every article the index does not hold as wanted."""
        self.memory.files |= {file_key(file): self.settled(file) for file in files}
        if files:
            self.add_all(self.new_tasks(files))

    def settled(self, file: SourceFile) -> KnownFile:
        """The file as seen; one changed just now may change again under the same time stamp: it is looked at anew."""
        seen = known(file)
        just_now = self.began_ns - GRAIN <= seen.mtime_ns < self.began_ns + A_DAY  # later is wrong, not a skewed clock
        return replace(seen, mtime_ns=LOOK_AGAIN) if just_now else seen

    def new_tasks(self, files: Sequence[SourceFile]) -> Iterator[Task]:
        """A task for each article of the files that the index does not hold as wanted; problems are noted."""
        for path, found in self.pipeline.records(files, self.before):
            if isinstance(found, Problem):
                self.problems.setdefault(path, []).append(replace(found, path=path))
                continue
            found = found.by_its_path() if self.shares_address(found) else found
            self.read += 1
            self.progress(self.read)
            if not found.known:
                article = found.article
                self.report.notes += [Problem(article.path, article.line, note) for note in article.notes]
            claim = found.claim
            if found.mark:
                self.memory.marks.setdefault(path, array("Q")).append(found.mark)
            if self.ownership.register(claim) and self.memory.held.get(claim.id) != (wanted := self.wanted(claim)):
                yield self.pipeline.task(found.article, wanted)

    def shares_address(self, found: Record) -> bool:
        """Whether another file's text goes by the address that a page declares: some sites declare one for all."""
        holder = self.ownership.owners.get(found.claim.id)
        return (found.declared and holder is not None and holder.path != found.claim.path
                and holder.text_digest != found.claim.text_digest)

    def mend(self, files: dict[str, SourceFile]) -> None:
        """Bring in line what other files' articles changed: a next holder of a freed id, a lost original."""
        amiss = {claim.path for claim in self.unlike_held(files) if claim.id not in self.failed}
        if amiss:
            self.add_all(self.mending_tasks([files[path] for path in sorted(amiss)]))

    def unlike_held(self, files: Container[str]) -> Iterator[IdClaim]:
        """The claims from `files` under whose ids the index holds something else than is wanted.

        It is what `wanted` says, spelled out: every run asks this of every article.
        """
        held_under, originals, known = self.memory.held.get, self.ownership.originals, self.memory.files
        for id, claim in self.ownership.owners.items():
            path, _, _, digest, text_digest, _, _ = claim
            if path in files:
                held, original = held_under(id), originals[text_digest].id
                repeated = original if original != id else None
                if not held or not held.since or held != (digest, repeated, known[path].root, path, held.since):
                    yield claim

    def mending_tasks(self, files: Sequence[SourceFile]) -> Iterator[Task]:
        """A task for each article of the files whose record owns its id and is not held as wanted."""
        for path, found in self.pipeline.records(files, {}):
            if not isinstance(found, Problem):
                known = {claim.id for claim in self.ownership.of_files.get(path, ())}
                found = found.by_its_path() if found.declared and found.claim.id not in known else found
                claim = found.claim
                if self.ownership.owns(claim) and self.memory.held.get(claim.id) != (wanted := self.wanted(claim)):
                    yield self.pipeline.task(found.article, wanted)

    def add_all(self, tasks: Iterator[Task]) -> None:
        """Analyse the articles of the tasks and add them to the index."""
        for analysed in self.pipeline.analysed(tasks):
            self.add(analysed)

    def add(self, analysed: Analysed) -> None:
        """Add analysed articles, and remember what the index then holds."""
        self.target.writer.add(analysed.block)
        self.signatures |= analysed.signatures
        for id, held in analysed.held.items():
            (self.renewed if id in self.memory.held else self.added).add(id)
            self.memory.held[id] = held
            self.touched_ids.add(id)
        for task, why in analysed.failed:
            self.failed.add(task.article.id)
            self.problems.setdefault(task.held.path, []).append(Problem(task.held.path, task.article.line, why))

    def unwanted(self, covered: set[str]) -> list[str]:
        """The ids held from covered roots that no record owns, or whose article could not be analysed."""
        return [id for id, held in self.memory.held.items()
                if held.root in covered and (id not in self.ownership.owners or id in self.failed)]

    def drop(self, unwanted: Sequence[str]) -> None:
        """Delete these ids."""
        self.target.writer.delete(unwanted)
        for id in unwanted:
            del self.memory.held[id]
        self.touched_ids.update(unwanted)
        self.report.deleted = len(unwanted)

    # -- making it last ---------------------------------------------------------------------------

    def finish(self, listing: Listing, covered: set[str]) -> None:
        """Commit the index, then stories and manifest, then switch generations: any prefix of this can be resumed.

        A new generation is checked before the switch. What was learned of withdrawn articles is written down last: the
        generation in use before may hold one under its id, with other words.
        """
        before = MinhashTable.load(self.target.folder)
        ledger = before if before.generation == self.target.generation else MinhashTable.empty()
        remembered = self.remembered()
        self.memory.roots |= covered
        found = (p for path in sorted(self.memory.files) for p in self.problems.get(path, ()))
        self.memory.problems = [*listing.problems, *found]
        if self.touched_ids or self.target.fresh:
            self.memory.generation = self.target.commit()
            self.note_refused()
        if ledger.generation != self.memory.generation or not ledger.taught:
            self.tell_stories(ledger)
        self.save_memory(remembered)
        if self.target.fresh:
            self.refuse_unsound()
        self.target.publish()
        self.withdrawn.write_down()

    def tell_stories(self, known: MinhashTable) -> None:
        """Bring the stories up to date, and what their articles teach each other."""
        with closing(self.target.engine()) as engine:
            ledger = known.updated(self.signatures, self.memory.held, texts_of(engine), self.memory.generation)
            ledger.generation = self.memory.generation = self.teach(engine, DuplicateGroups(ledger.groups()))
        ledger.taught = True
        ledger.save(self.target.folder)

    def save_memory(self, remembered: tuple[object, ...]) -> None:
        """Write the manifest, unless it already says all that there is to say."""
        if self.recovering:
            self.manifest.clear()
            self.touched_files, self.touched_ids = set(self.memory.files), set(self.memory.held)
        news = self.touched_files or self.touched_ids or self.remembered() != remembered
        self.manifest_changed = bool(news)
        if news:
            self.manifest.save(self.memory, self.touched_files, self.touched_ids)
        self.manifest.close()

    def remembered(self) -> tuple[object, ...]:
        """What the manifest holds beside files, claims and articles."""
        return self.memory.generation, frozenset(self.memory.roots), tuple(self.memory.problems)

    def note_refused(self) -> None:
        """Articles the engine would not take are problems like any other, and tried again by the next run."""
        for id, why in self.target.writer.refused.items():
            claim = self.ownership.owners[id]
            self.failed.add(id)
            self.added.discard(id)
            self.renewed.discard(id)
            self.memory.held.pop(id, None)
            problem = Problem(claim.path, claim.line or None, f"the cluster would not take it: {why}")
            self.problems.setdefault(claim.path, []).append(problem)
            self.memory.problems.append(problem)

    def refuse_unsound(self) -> None:
        """ChecksFailed unless the new generation passes every check."""
        from indexer.ingest.checks import refuse_unsound

        with closing(self.target.engine()) as engine:
            refuse_unsound(engine, self.memory.held)

    def teach(self, engine: Engine, stories: DuplicateGroups) -> int:
        """Read anew every article that others teach something else now than it holds; the generation then."""
        lessons = self.pipeline.lessons(engine, stories)
        if not self.target.fresh:
            self.change(lessons)
        for analysed in self.pipeline.taught(engine, lessons, self.memory.held):
            self.target.writer.add(analysed.block)
        return self.target.commit() if lessons else self.memory.generation

    def change(self, ids: Iterable[str]) -> None:
        """Note that what is known of these articles changes with the next commit."""
        for id in ids:
            self.memory.held[id] = self.memory.held[id]._replace(since=self.target.upcoming)
            self.touched_ids.add(id)

    def counted(self, listing: Listing, covered: set[str]) -> Report:
        """The report of the run, over the roots that it covered."""
        report, in_roots = self.report, {path for path, file in self.memory.files.items() if file.root in covered}
        recorded = [claim for path in in_roots for claim in self.memory.claims.get(path, ())]
        claims = [claim for claim in recorded if claim.id not in self.withdrawn.ids]
        owner_of = self.ownership.owners.get
        held = [claim for claim in claims if owner_of(claim.id) == claim and claim.id not in self.failed]
        further = [claim for claim in claims if owner_of(claim.id) != claim]
        conflicts = [problem for problem in self.ownership.conflicts() if problem.path in in_roots]
        found = (problem for path in sorted(in_roots) for problem in self.problems.get(path, ()))
        report.problems = [*listing.problems, *found, *conflicts]
        new = [problem for problem in report.problems if problem not in self.reported]
        report.newly, report.first_new = len(new), new[:MOST_MAILED]
        report.roots, report.files, report.passed_over = sorted(covered), len(listing.files), listing.passed_over
        report.other_kinds = listing.other_kinds
        report.indexed = len(held)
        report.new, report.changed = len(self.added), len(self.renewed)
        report.unchanged = report.indexed - report.new - report.changed
        report.repeats = sum(self.memory.held[claim.id].duplicate_of is not None for claim in held)
        report.duplicates = sum(map(self.ownership.duplicates, further))
        report.withdrawn = len(recorded) - len(claims)
        report.lines = report.indexed + report.duplicates + report.withdrawn + len(report.problems)
        report.remembered = sorted(self.memory.roots)
        report.articles, report.generation = len(self.memory.held), self.memory.generation
        report.seconds = time.monotonic() - self.began
        return report


def learn_anew(target: Target, memory: Memory) -> Memory:
    """What the index itself says it holds, where the manifest is of another commit or cannot be read.

    Every file will be read again.
    """
    held = {
        entry.id: IndexedRecord(entry.digest, entry.duplicate_of, entry.root, str(Path(entry.root, entry.article.path)),
                       int(entry.keys[SINCE][0]))
        for entry in target.entries()
    }
    roots = memory.roots | {h.root for h in held.values()} | roots_there(target.folder)
    return Memory(target.generation, roots, {}, {}, held, [])


def file_key(file: SourceFile) -> str:
    """The name of a file in the manifest."""
    return str(file.path)


def known(file: SourceFile) -> KnownFile:
    """A file as the manifest remembers it."""
    return KnownFile(file.given, file.size, file.mtime_ns)
