"""Withdraw an article and leave no byte of it in the index folder: `quocphong withdraw ID --erase`.

The segments of every generation are written anew, reports lose what they quote, the list of withdrawals the title.
What is not the index's own (the corpus, backups) is named with how to be rid of it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.engine import stamp
from indexer.model import Entry
from indexer.model.atomic_files import replace_json
from indexer.model.canonical_url import page_key
from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated
from indexer.model.lines import json_line
from indexer.model.os_errors import translate_os_errors
from indexer.model.signals import defer_signals
from indexer.operations import reader_reports
from indexer.operations.backup import LIST as BACKUP_LIST
from indexer.operations.withdraw import Withdrawal, is_whole, known_as, tell, withdraw
from indexer.storage import generations, run_reports
from indexer.storage.backends import backend
from indexer.storage.index_folder import current_folder, numbered, versions
from indexer.storage.lock import hold
from indexer.storage.manifest import IdClaim, loaded
from indexer.storage.manifest_file import ASIDE, FILE, SUFFIXES
from indexer.storage.run_status import FILE as STATUS
from indexer.storage.tombstones import Tombstones
from indexer.storage.withdrawal_acts import Tombstone

GONE = "[erased]"
MOST_DELETED = 100_000  # deleted articles looked through for one that was withdrawn before
LONG_ENOUGH = 16  # characters from which words are this article's own
QUOTED = ("value", "evidence", "words")  # fields of a reader's report that may quote the article


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that holds something of the article still, and how to be rid of it."""

    place: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was done: the withdrawal, the places that were looked through, and those that still hold something."""

    done: Withdrawal
    looked: tuple[str, ...]
    left: tuple[Trace, ...]


def erase(index_dir: Path, name: str, reason: str, by: str = "", wait_seconds: float = 0.0, copies: bool = True,
          reports: Path | None = None) -> Erasure:
    """Withdraw an article, as `withdraw` does, and write anew all that holds its words. `reports`: the readers' list.

    Errors as of `withdraw`. It can be called again for what is withdrawn already.
    """
    before = [stone for stone in Tombstones(index_dir).stones if stone.covers(name, name)]
    entries, claims = known(index_dir, name, copies, {id for stone in before for id in stone.ids})
    words = sayings(entries)
    done = (Withdrawal(before[0]) if before and not claims else
            withdraw(index_dir, name, reason, by, wait_seconds, copies, titled=False))
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        listed = Tombstones(index_dir)
        about = [stone for stone in listed.stones if not {*stone.ids, *stone.addresses}.isdisjoint(
            {*done.stone.ids, *done.stone.addresses})]
        words |= {stone.title for stone in about if len(stone.title) >= LONG_ENOUGH}
        listed.erase_titles(about)
        left = [trace for folder in generations.generations(index_dir) for trace in purge(folder)]
        for path in (*run_reports.kept(index_dir), index_dir / STATUS):
            scrub_json(path, words)
        reports = reports or index_dir / reader_reports.FILE
        reader_reports.rewrite(reports, lambda line: reported(line, done.stone, words))
        looked = sorted(path for path in {*index_dir.rglob("*"), reports} if path.is_file())
        left += holding(looked, words)
    left += [*in_corpus(claims), *backups_beside(index_dir)]
    return Erasure(done, tuple(map(str, looked)), tuple(left))


def known(index_dir: Path, name: str, copies: bool, ids: Collection[str]) -> tuple[list[Entry], list[IdClaim]]:
    """The article's entries and records, also of copies that go with it, as the index holds them before.

    Of what is withdrawn already, under `ids`, the entries that no merge has removed so far.
    """
    try:
        claims, _, _ = known_as(index_dir, name, copies)
        with closing(backend(current_folder(index_dir)).open(ready=False)) as engine:
            deleted = [entry for entry in engine.deleted(MOST_DELETED) if entry.id in ids] if ids else []
            return engine.entries([claim.id for claim in claims]) + deleted, claims
    except (IndexMissing, IndexOutdated):
        return [], []


def sayings(entries: Iterable[Entry]) -> set[str]:
    """What tells the articles in a file: their titles, leads, and lines."""
    articles = [entry.article for entry in entries]
    texts = [text or "" for article in articles for text in (article.title, article.lead, article.text)]
    lines = {line.strip() for text in texts for line in text.split("\n")}
    return {line for line in lines if len(line) >= LONG_ENOUGH}


def purge(folder: Path) -> Iterator[Trace]:
    """Write a generation anew without deleted articles; a trace where this version cannot, or somebody else must."""
    try:
        stamp.check(folder, versions())
        memory = loaded(folder)
        whole = memory is not None and is_whole(memory, folder)
        if todo := backend(folder).purge():
            yield Trace(str(folder), todo)
        if memory and whole:
            tell(folder, memory, (), numbered(folder, backend(folder).latest()))
    except (IndexMissing, IndexOutdated, IndexDamaged):
        yield Trace(str(folder), "It cannot be read by this version and may hold the article. Two runs of: quocphong"
                                 f" index --rebuild remove it; or, unless it is in use: rm -r {folder}")
    for suffix in SUFFIXES:
        (folder / (ASIDE + suffix)).unlink(missing_ok=True)
    with suppress(sqlite3.Error), closing(sqlite3.connect(folder / FILE)) as rows:
        rows.execute("VACUUM")  # SQLite keeps what was deleted until it needs the room


def scrub_json(path: Path, words: Collection[str]) -> None:
    """Take the article's words out of a file of JSON; one that cannot be read is left to `holding`."""
    with suppress(OSError, ValueError):
        told = json.loads(path.read_text(encoding="utf-8"))
        if (without := scrubbed(told, words)) != told:
            replace_json(path, without)


def scrubbed(told: Any, words: Collection[str]) -> Any:
    """A value without the texts that quote one of the words."""
    if isinstance(told, str):
        return GONE if any(word in told or (len(told) >= LONG_ENOUGH and told in word) for word in words) else told
    if isinstance(told, list):
        return [scrubbed(each, words) for each in told]
    if isinstance(told, dict):
        return {name: scrubbed(each, words) for name, each in told.items()}
    return told


def reported(line: bytes, stone: Tombstone, words: Collection[str]) -> bytes:
    """One line of the readers' list without what it quotes of the article; number, time and decision stay."""
    try:
        told = json.loads(line)
        act = dict(told)
    except (ValueError, TypeError):
        return line
    keys = {page_key(address) for address in stone.addresses}
    if act.get("article") in stone.ids or page_key(str(act.get("url") or "")) in keys - {None}:
        act |= {name: GONE for name in QUOTED if act.get(name)}
    without = scrubbed(act, words)
    return line if without == told else json_line(without).encode()


def holding(files: Iterable[Path], words: Collection[str]) -> Iterator[Trace]:
    """Those files that hold one of the words, byte by byte."""
    needles = [word.encode() for word in words] + [json.dumps(word)[1:-1].encode() for word in words]
    for path in files:
        with suppress(OSError):
            held = path.read_bytes()
            if any(needle in held for needle in needles):
                yield Trace(str(path), f"Look at it, and delete what it quotes: {path}")


def in_corpus(claims: Iterable[IdClaim]) -> Iterator[Trace]:
    """The records of the corpus, which no run reads any more but which nobody but the owner deletes."""
    for claim in claims:
        path = Path(claim.path)
        where = f"{claim.path}, line {claim.line}" if claim.line else claim.path
        if path.exists():
            yield Trace(where, "The corpus is yours: delete the record there, and with a fetched page its versions"
                               " under .raw/ too.")


def backups_beside(index_dir: Path) -> Iterator[Trace]:
    """Backups that lie beside the index; others must be known to who made them."""
    for path in sorted(index_dir.resolve().parent.glob(f"*/{BACKUP_LIST}")):
        yield Trace(str(path.parent), f"A backup. Make a new one, then: rm -r {path.parent}")
    yield Trace("backups elsewhere", "Backups made before now hold the article. A restore leaves it out, but its bytes"
                                     " are there: make a new one and delete the old ones.")
