"""Street: take an article out of the index at once, and keep it out. The list itself is `withdrawn`."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from indexer.engine import stamp
from indexer.engine.port import Engine
from indexer.model import Entry
from indexer.model.canonical_url import canonical, page_key
from indexer.model.errors import IndexDamaged, IndexMissing, IndexOutdated, UsageError
from indexer.model.os_errors import translate_os_errors
from indexer.model.signals import defer_signals
from indexer.storage import generations
from indexer.storage.backends import backend
from indexer.storage.clock import now
from indexer.storage.generations import number
from indexer.storage.index_folder import current_folder, numbered, stored, versions
from indexer.storage.lock import hold
from indexer.storage.manifest import IdClaim, Manifest, Memory, claim_of, loaded
from indexer.storage.near_duplicates import DuplicateGroups, MinhashTable, texts_of
from indexer.storage.tombstones import Tombstones
from indexer.storage.withdrawal_acts import Tombstone

REMAINS = ("It is shown no more. Its bytes stay in segments of the index until a merge, in the generation before until"
           " two rebuilds, its title in the list; withdraw --erase removes them now. The corpus and backups hold it.")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done: the tombstone, and the articles that tell nearly the same and stay, which somebody must judge."""

    stone: Tombstone
    alike: tuple[Entry, ...] = ()


def withdraw(index_dir: Path, name: str, reason: str, by: str = "", wait_seconds: float = 0.0,
             copies: bool = True, titled: bool = True) -> Withdrawal:
    """Withdraw the article with an id or address: write the tombstone, then take it out of every generation.

    `titled`: the tombstone keeps the article's title. Records of the same words under other ids and addresses go with
    it, if `copies`. An address the index does not hold
    is withdrawn all the same: it will not come in. UsageError for an id that is unknown, or without a reason;
    IndexLocked while a run is writing; IndexOutdated if other code wrote the index, whose articles this version cannot
    look up: then only an address without its `copies` can be withdrawn.
    """
    if not reason.strip():
        raise UsageError("Say why: quocphong withdraw ID --reason TEXT. The reason is kept with the tombstone.")
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        claims, title, alike = known_as(index_dir, name, copies)
        if not claims and canonical(name) is None:
            raise UsageError(f"The index holds no article {name!r}. Ids come from: quocphong search … --json")
        stone = tombstone(name, reason, by, title if titled else "", claims)
        stone = stone if copies else replace(stone, texts=())
        listed = Tombstones(index_dir)
        listed.withdraw(stone)
        clean(index_dir, listed)
    return Withdrawal(stone, tuple(entry for entry in alike if entry.id not in stone.ids))


def tombstone(name: str, reason: str, by: str, title: str, claims: Sequence[IdClaim]) -> Tombstone:
    """A tombstone for an id or address and the records of the article."""
    addresses = {canonical(each) or "" for claim in claims for each in (claim.id, claim.address)}
    ids = {claim.id for claim in claims} | ({name} if canonical(name) is None or not claims else set())
    return Tombstone(now(), by or getpass.getuser(), reason, tuple(sorted(ids)),
                     tuple(sorted({*addresses, canonical(name) or ""} - {""})), title,
                     tuple(sorted({text for claim in claims for text in claim.texts})))


def bring_back(index_dir: Path, name: str, reason: str = "", by: str = "", wait_seconds: float = 0.0) -> Tombstone:
    """Undo a withdrawal; the next `quocphong index` takes the article in again from the corpus."""
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        return Tombstones(index_dir).undo(name, by, reason)


def withdrawn(index_dir: Path) -> list[Tombstone]:
    """The tombstones in force, oldest first. IndexDamaged if their list cannot be read."""
    return Tombstones(index_dir).stones


def apply(index_dir: Path, wait_seconds: float = 0.0) -> int:
    """Take what is withdrawn out of every generation, restored ones too; returns how many articles went."""
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        return clean(index_dir, Tombstones(index_dir))


def known_as(index_dir: Path, name: str, copies: bool) -> tuple[list[IdClaim], str, list[Entry]]:
    """The records of an article, by its id or address, and its `copies`, of the same words; its title; others that tell
    nearly the same. Nothing is known where there is no index, or one by other code."""
    try:
        folder = current_folder(index_dir)
        stamp.check(folder, versions())
    except IndexMissing:
        return [], "", []
    except IndexOutdated as error:
        if copies or canonical(name) is None:
            raise IndexOutdated(f"{error}, then withdraw; or withdraw an address at once: quocphong withdraw URL --only"
                                " (it looks for no copies)") from error
        return [], "", []
    with closing(backend(folder).open()) as engine:
        claims = list(claims_of(folder, engine))
        named = [claim for claim in claims if claim.id == name]
        keys = {page_key(each) for each in (name, *(claim.address for claim in named))} - {None}
        same = [claim for claim in claims if claim.id != name and not keys.isdisjoint(map(page_key, claim.addresses))]
        said = {text for claim in (*named, *same) for text in claim.texts} if copies else set()
        alike = (claim for claim in claims if not said.isdisjoint(claim.texts))
        found = {claim.id: claim for claim in (*named, *same, *alike)}
        stories = DuplicateGroups.open(folder)
        entries = engine.entries(sorted({each for id in found for each in stories.members(stories.story_of(id))}))
    title = next((entry.article.title for id in found for entry in entries if entry.id == id), "")
    return list(found.values()), title, [entry for entry in entries if entry.id not in found]


def claims_of(folder: Path, engine: Engine) -> Iterator[IdClaim]:
    """The records a generation holds, by its manifest where that is whole, else by its articles."""
    memory = loaded(folder)
    return held_claims(memory) if memory and is_whole(memory, folder) else stored_claims(engine)


def held_claims(memory: Memory) -> Iterator[IdClaim]:
    """The records the index holds: of several with one id the one that gave the article."""
    return (claim for claims in memory.claims.values() for claim in claims
            if (held := memory.held.get(claim.id)) and held.digest == claim.digest)


def stored_claims(engine: Engine) -> Iterator[IdClaim]:
    """The same read from the articles themselves, where the manifest is of another commit or cannot be read."""
    return (claim_of(entry.article, entry.article.path) for entry in stored(engine))


def is_whole(memory: Memory, folder: Path) -> bool:
    """Whether the manifest is of the commit that the index is at."""
    return memory.generation == numbered(folder, backend(folder).latest())


def clean(index_dir: Path, listed: Tombstones, served: Path | None = None) -> int:
    """Delete what is listed from every generation this version can write; others are refused when opened.

    `served` is the generation that is or will be in use (default: that in use now): IndexDamaged if it is damaged. One
    of the others is passed over then. What it or an earlier one, to which one can go back, holds with withdrawn words
    is known by its id from then on, and goes from all; what a later one holds, given up or never finished, is not.
    """
    served = served or generations.in_use(index_dir)
    known = [(folder, claims) for folder in generations.generations(index_dir)
             if (claims := writable_claims(folder, folder == served)) is not None]
    evidence = (claims for folder, claims in known if served is None or number(folder) <= number(served))
    for claim in chain.from_iterable(evidence):
        if listed.means(claim) and claim.id not in listed.ids:
            listed.learn(claim.id, claim.address, claim.texts)
    listed.write_down()
    return sum(delete(folder, claims, listed) for folder, claims in known)


def writable_claims(folder: Path, served: bool) -> list[IdClaim] | None:
    """The records a generation holds; None where this version cannot write it, or where it is damaged and not `served`:
    then nobody can open it or go back to it."""
    try:
        stamp.check(folder, versions())
        with closing(backend(folder).open(ready=False)) as engine:
            return list(claims_of(folder, engine))
    except (IndexMissing, IndexOutdated):
        return None
    except IndexDamaged:
        if served:
            raise
        return None


def delete(folder: Path, claims: Sequence[IdClaim], listed: Tombstones) -> int:
    """Delete from one generation, which holds the records `claims`; returns how many articles went.

    Its manifest is told, or the next run would take it for one that a crash cut off.
    """
    meant = listed.ids | {claim.id for claim in claims if listed.means(claim)}
    with closing(backend(folder).open(ready=False)) as engine:
        held = [entry.id for entry in engine.entries(sorted(meant))]
    if held:
        memory = loaded(folder)
        was_whole = memory is not None and is_whole(memory, folder)
        with closing(backend(folder).writer()) as writer:
            writer.delete(held)
            commits = writer.commit()
        if memory and was_whole:
            tell(folder, memory, held, numbered(folder, commits))
    return len(held)


def tell(folder: Path, memory: Memory, gone: Sequence[str], generation: int) -> None:
    """Bring stories and manifest up to the commit `generation`, in which articles have gone."""
    for id in gone:
        memory.held.pop(id, None)
    before, memory.generation = memory.generation, generation
    tell_again(folder, memory, before)
    with closing(Manifest(folder)) as manifest:
        manifest.save(memory, (), gone)


def tell_again(folder: Path, memory: Memory, before: int) -> None:
    """Link the stories anew that lost a member; a ledger of another commit is left to the next run."""
    ledger = MinhashTable.load(folder)
    if ledger.generation == before:
        with closing(backend(folder).open()) as engine:
            ledger.updated({}, memory.held, texts_of(engine), memory.generation).save(folder)
