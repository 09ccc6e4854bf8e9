"""Streets: a copy of the index that is whole whatever runs go on meanwhile, and the way back from it.

    DEST/backup.json       what was copied, when, from which generation, with the SHA-256 of each file
    DEST/generation/       the generation in use: segments, tables of contents, stamp, stories and manifest
    DEST/withdrawn.jsonl   what must not be shown;  DEST/status.json   how the runs went
    DEST/reader-reports.jsonl   what readers report as wrong, if the list lies in the index folder
    DEST/alerts.sqlite     what alerts have told to whom

Files of a generation are never altered once they have their name, so under the writer's lock they are only linked to,
which takes no time; they are copied after it is let go. The manifest and the alerts' state are databases: SQLite copies
them. A backup gets its name when it was read back. What is restored is looked at like the work of a stranger: names,
sums, links, the database.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import Path

from indexer.engine.toc import latest_generation
from indexer.engine.whoosh import verify
from indexer.model.atomic_files import replace_file, replace_json, sync
from indexer.model.errors import IndexDamaged, UsageError
from indexer.model.lines import json_line
from indexer.model.os_errors import translate_os_errors
from indexer.model.signals import defer_signals
from indexer.operations.alerts.state import FILE as ALERTS
from indexer.operations.reader_reports import FILE as REPORTS
from indexer.operations.withdraw import clean
from indexer.storage import backends, generations, run_status
from indexer.storage.clock import now
from indexer.storage.index_folder import check_stamp, numbered
from indexer.storage.lock import hold
from indexer.storage.manifest import Manifest, loaded
from indexer.storage.manifest_file import ASIDE
from indexer.storage.manifest_file import FILE as MANIFEST
from indexer.storage.near_duplicates import MinhashTable
from indexer.storage.tombstones import FILE as WITHDRAWN
from indexer.storage.tombstones import Tombstones
from indexer.storage.withdrawal_acts import merged

LIST, GENERATION, STAGE = "backup.json", "generation", ".backup"
BESIDE = (WITHDRAWN, run_status.FILE, REPORTS, ALERTS)  # kept beside the generations


@dataclass(frozen=True, slots=True)
class Backup:
    """The list of a backup: the generation's name, and of each file its SHA-256, by its path in the backup."""

    at: str
    generation: str
    files: dict[str, str]


def back_up(index_dir: Path, destination: Path, wait_seconds: float = 0.0) -> Backup:
    """Copy the generation in use, and what lies beside it, into the new folder `destination`.

    UsageError if there is one; IndexLocked while a run writes (a rebuild does for as long as it takes: wait for it);
    IndexMissing; IndexOutdated if other code wrote it, whose files this version cannot check; IndexDamaged, and no
    backup, if what was copied is not sound, or reads otherwise in the copy.
    """
    check_stamp(generations.current(index_dir))
    if backends.read(generations.current(index_dir)):
        raise UsageError("The articles of this index are on a cluster, which makes its own backups: a snapshot of the"
                         " indexes, and a copy of this folder. See: quocphong docs opensearch")
    if destination.exists():
        raise UsageError(f"{destination} is there already and is not written over. Name a new folder.")
    partial = destination.with_name(destination.name + ".partial")
    with translate_os_errors(destination), staged(index_dir, wait_seconds) as (stage, name):
        shutil.rmtree(partial, ignore_errors=True)  # of a backup that was killed
        try:
            refuse_damaged(stage)
            made = Backup(now(), name, {path: sha256(stage / path) for path in inside(stage)})
            for path in made.files:
                copied(stage / path, partial / path)
            replace_json(partial / LIST, asdict(made))
            read_back(partial, made)
            os.rename(partial, destination)
            sync(destination.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return made


def restore(index_dir: Path, source: Path, wait_seconds: float = 0.0) -> tuple[Path, Path | None]:
    """Serve the generation in the backup `source`; returns (its folder, the one given up, for `quocphong rollback`).

    What was withdrawn, then or since, is taken out before the switch. Nothing is written over. UsageError if `source`
    is no backup, IndexDamaged if it is not as it was made, IndexOutdated if other code made it: nothing is switched.
    """
    made = checked(source)
    check_stamp(source / GENERATION)
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        given_up = generations.in_use(index_dir)
        folder = generations.begin(index_dir, above=generations.number(Path(made.generation)))
        try:
            copy_generation(source, made, folder)
            take_over(source, made, index_dir)
            renumber(folder, Path(made.generation))
            clean(index_dir, Tombstones(index_dir), folder)
            generations.publish(index_dir, folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
    return folder, given_up


# -- making one ---------------------------------------------------------------------------------------


@contextmanager
def staged(index_dir: Path, wait_seconds: float) -> Iterator[tuple[Path, str]]:
    """A folder that holds for the block what was in use at one moment; and the name of the generation."""
    in_use = generations.current(index_dir)
    with hold(index_dir / STAGE, wait_seconds):
        stage = index_dir / STAGE / "files"
        shutil.rmtree(stage, ignore_errors=True)
        try:
            with hold(index_dir, wait_seconds):
                in_use = generations.current(index_dir)
                (stage / GENERATION).mkdir(parents=True)
                for file in sorted(in_use.iterdir()):
                    if file.name != MANIFEST and not file.name.startswith((f"{MANIFEST}-", ASIDE)):
                        linked(file, stage / GENERATION / file.name)
                copy_database(in_use / MANIFEST, stage / GENERATION / MANIFEST)
                for name in BESIDE:
                    with suppress(FileNotFoundError):
                        copy_beside(index_dir / name, stage / name)
            yield stage, in_use.name
        finally:
            shutil.rmtree(stage, ignore_errors=True)


def linked(file: Path, name: Path) -> None:
    """Another name for `file`; a copy on file systems that give a file one name only."""
    try:
        os.link(file, name)
    except OSError:
        shutil.copyfile(file, name)


def copy_beside(path: Path, to: Path) -> None:
    """Copy a file that lies beside the generations; the alerts' state as it is at one moment. FileNotFoundError."""
    if path.name != ALERTS:
        shutil.copyfile(path, to)
    elif path.exists():
        copy_database(path, to)
        to.chmod(0o600)


def copy_database(path: Path, to: Path) -> None:
    """Copy a database as it is at one moment. IndexDamaged if there is none, or no database."""
    if not path.is_file():
        raise IndexDamaged(f"{path} is missing. No backup was made. Run: quocphong index")
    read_only = f"{path.resolve().as_uri()}?mode=ro"
    with (translate_os_errors(path), closing(sqlite3.connect(read_only, uri=True)) as one,
          closing(sqlite3.connect(to)) as other):
        one.backup(other)


def inside(folder: Path) -> list[str]:
    """The files in a folder, as relative paths in order."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def copied(file: Path, to: Path) -> None:
    """Copy `file` and force it to the disk."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)
    sync(to)
    sync(to.parent)


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def refuse_damaged(stage: Path) -> None:
    """A backup of a damaged index would be found out on the day it is needed."""
    damage = verify(stage / GENERATION)
    with closing(Manifest(stage / GENERATION)) as manifest:
        manifest.load()
    Tombstones(stage)
    if damage:
        raise IndexDamaged(f"{'; '.join(damage)}. No backup was made. Run: quocphong index --rebuild")


def read_back(partial: Path, made: Backup) -> None:
    """The copy is what it should be, read as a restore reads it. IndexDamaged."""
    if altered := unlike(partial, made):
        raise IndexDamaged(f"Read back, the copy is not what was copied: {', '.join(altered)}. No backup was made."
                           " Look after the disk of the destination, or name another.")


def unlike(folder: Path, made: Backup) -> list[str]:
    """The files of a backup that are not as its list says: missing, altered, or links to something elsewhere."""
    if any((folder / name).is_symlink() for name in (LIST, GENERATION)):
        return [LIST, GENERATION]
    return [path for path, digest in made.files.items() if (folder / path).is_symlink()
            or not (folder / path).is_file() or sha256(folder / path) != digest]


# -- going back to one --------------------------------------------------------------------------------


def checked(source: Path) -> Backup:
    """The list of the backup in `source`, every file of which is as it was."""
    try:
        held = json.loads((source / LIST).read_text(encoding="utf-8"))
        made = Backup(held["at"], held["generation"], dict(held["files"]))
    except FileNotFoundError:
        raise UsageError(f"{source} is no backup: it has no {LIST}. Make one: quocphong backup DEST") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{source / LIST} cannot be read ({error}). Restore another backup.") from error
    missing = {f"{GENERATION}/{MANIFEST}"} - made.files.keys()
    altered = [*missing, *(path for path in made.files if not is_name(path))] or unlike(source, made)
    if altered or not generations.NAME.fullmatch(made.generation):
        raise IndexDamaged(not_as_made(source, altered or [LIST]))
    return made


def is_name(path: str) -> bool:
    """Whether a backup may hold a file of that name."""
    folder, _, name = path.rpartition("/")
    return path in BESIDE or (folder == GENERATION and name not in ("", ".", ".."))


def not_as_made(source: Path, altered: list[str]) -> str:
    """The sentence for a backup that was altered."""
    return (f"The backup {source} is not as it was made: {', '.join(altered)}. Nothing was changed."
            " Restore another backup.")


def copy_generation(source: Path, made: Backup, folder: Path) -> None:
    """Put the generation of a backup into `folder`. IndexDamaged if the copies are not what was checked, or not sound,
    though their sums are right."""
    for path, digest in made.files.items():
        if path not in BESIDE:
            copied(source / path, folder / Path(path).name)
            if sha256(folder / Path(path).name) != digest:
                raise IndexDamaged(not_as_made(source, [path]))
    try:
        with closing(Manifest(folder)) as manifest:
            manifest.load()
    except IndexDamaged as error:
        raise IndexDamaged(f"{not_as_made(source, [f'{GENERATION}/{MANIFEST}'])} ({error})") from error
    if damage := verify(folder):
        raise IndexDamaged(not_as_made(source, damage))


def take_over(source: Path, made: Backup, index_dir: Path) -> None:
    """Take over the withdrawals of the backup that the index's own list lacks.

    Status, readers' reports and the alerts' state are taken over where there are none. IndexDamaged if a list cannot be
    read: then nothing is changed.
    """
    held, saved = (list(Tombstones(folder).acts()) for folder in (index_dir, source))
    both = merged(held, saved if WITHDRAWN in made.files else [])
    if both != held:
        replace_file(index_dir / WITHDRAWN, "".join(f"{json_line(act)}\n" for act in both))
    for name in (run_status.FILE, REPORTS, ALERTS):
        if name in made.files and not (index_dir / name).exists():
            copied(source / name, index_dir / name)
            if name == ALERTS:
                (index_dir / name).chmod(0o600)


def renumber(folder: Path, before: Path) -> None:
    """The generation has a new number: tell its manifest and stories, or the next run would read every file again."""
    old, new = (numbered(each, latest_generation(folder)) for each in (before, folder))
    ledger = MinhashTable.load(folder)
    if ledger.generation == old:
        ledger.generation = new
        ledger.save(folder)
    memory = loaded(folder)
    if memory and memory.generation == old:
        memory.generation = new
        with closing(Manifest(folder)) as manifest:
            manifest.save(memory, (), ())
