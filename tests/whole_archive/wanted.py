"""What an archive must show, worked out from its whole corpus every time: who holds an id, what is withdrawn, what is
near-duplicate, what articles teach each other. The slow and obvious counterpart of indexer.ingest.run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import combinations

import numpy as np

from indexer.ingest.analysis import Task, enter
from indexer.ingest.cross_article import lessons
from indexer.model import SINCE, Entry, Terms
from indexer.model.canonical_url import canonical
from indexer.storage.manifest import IdClaim, IndexedRecord
from indexer.storage.minhash import Numbers, share, shingles, signature
from indexer.storage.near_duplicates import ALIKE, DOUBT, ROWS, told
from tests.whole_archive.corpus import Record
from tests.whole_archive.slow import SlowEngine


@dataclass(frozen=True, slots=True)
class Shown:
    """An article that is shown: its record, and what the index holds of it, whatever generation it came in with."""

    record: Record
    entry: Entry
    terms: Terms

    @property
    def claim(self) -> IdClaim:
        return self.record.claim


State = Mapping[str, Shown]  # what a generation shows, by id


# --- tombstones ------------------------------------------------------------------------------


@dataclass(slots=True)
class Stone:
    """One withdrawal: whatever bears one of the ids or addresses, or says one of the texts, is out."""

    ids: set[str]
    addresses: set[str]
    texts: set[str]
    digest: str = ""  # what tells it from another that says the same

    def covers(self, claim: IdClaim) -> bool:
        return (claim.id in self.ids or not self.texts.isdisjoint(claim.texts)
                or not addresses_of(claim).isdisjoint(self.addresses))

    def named(self) -> set[str]:
        """What tells it from others: two of one name are undone together, and so learn together."""
        return {*(self.ids or self.addresses)}

    def answers_to(self, name: str) -> bool:
        return name in self.ids or canonical(name) in self.addresses


@dataclass(slots=True)
class Stones:
    """The tombstones, oldest first. An article found out by its words or address is known by its id from then on."""

    all: list[Stone] = field(default_factory=list)
    undone: set[str] = field(default_factory=set)  # the digests of those that were taken back

    def out(self, id: str) -> bool:
        return any(id in stone.ids for stone in self.all)

    def mean(self, claim: IdClaim) -> bool:
        return any(stone.covers(claim) for stone in self.all)

    def learn(self, claims: Iterable[IdClaim]) -> None:
        for claim in claims:
            if not self.out(claim.id):
                for first in [stone for stone in self.all if stone.covers(claim)][:1]:
                    named = first.named()
                    for stone in [stone for stone in self.all if stone.named() == named]:
                        stone.ids.add(claim.id)

    def undo(self, name: str) -> None:
        """Take back all that answer to a name, and those that are named like one of them."""
        named = [stone.named() for stone in self.all if stone.answers_to(name)]
        self.undone |= {stone.digest for stone in self.all if stone.named() in named}
        self.all = [stone for stone in self.all if stone.digest not in self.undone]

    def joined(self, other: Stones, order: Sequence[str]) -> Stones:
        """What either holds and none has taken back, with the ids that either knows, in an order of digests."""
        undone = self.undone | other.undone
        both = {stone.digest: replace(stone, ids={*stone.ids}) for stone in (*other.all, *self.all)}
        for stone in (*other.all, *self.all):
            both[stone.digest].ids |= stone.ids
        return Stones([both[digest] for digest in order if digest in both and digest not in undone], undone)

    def digests(self) -> set[str]:
        return {stone.digest for stone in self.all}

    def copy(self) -> Stones:
        return Stones([replace(stone, ids={*stone.ids}) for stone in self.all], {*self.undone})


def addresses_of(claim: IdClaim) -> set[str]:
    return {canonical(claim.id), claim.address or None} - {None}  # type: ignore[return-value]


def stone_for(name: str, state: State, copies: bool = True) -> Stone | None:
    """The tombstone for an id or address, with the `copies` of its words; None if nothing is known by that name."""
    claims = [shown.claim for shown in state.values()]
    address = canonical(name)
    named = [claim for claim in claims if claim.id == name]
    addresses = {claim.address for claim in named if claim.address} | ({address} if address else set())
    named += [claim for claim in claims if claim not in named and not addresses_of(claim).isdisjoint(addresses)]
    texts = {text for claim in named for text in claim.texts} if copies else set()
    found = [claim for claim in claims if claim in named or not texts.isdisjoint(claim.texts)]
    if not found and address is None:
        return None
    ids = {claim.id for claim in found} | ({name} if address is None or not found else set())
    of_all = {each for claim in found for each in addresses_of(claim)}
    return Stone(ids, of_all | ({address} if address else set()), texts)


# --- what a run brings in --------------------------------------------------------------------


def wanted(records: Sequence[Record], stones: Stones) -> dict[str, Shown]:
    """What a run over these records must leave; `stones` learn the ids of what was found to be withdrawn."""
    first = {record.claim.id: record for record in reversed(records)}
    holders = sorted(first.values(), key=lambda record: record.claim[:2])
    stones.learn(record.claim for record in holders)
    shown = [record for record in holders if not stones.out(record.claim.id)]
    originals = {record.claim.text_digest: record.claim.id for record in reversed(shown)}
    tasks = [task_of(record, originals[record.claim.text_digest]) for record in shown]
    alone = state_of(shown, entered(tasks))
    taught = {id: lesson.taught for id, lesson in lessons(slow(alone), stories_of(alone).__getitem__).items()}
    return state_of(shown, entered([replace(task, taught=taught.get(task.article.id)) for task in tasks]))


def task_of(record: Record, original: str) -> Task:
    claim, article = record.claim, replace(record.article, line=None)
    root = claim.path.removesuffix(article.path).rstrip("/")
    return Task(article, IndexedRecord(claim.digest, original if original != claim.id else None, root, claim.path))


def state_of(records: Sequence[Record], held: Sequence[tuple[Entry, Terms]]) -> dict[str, Shown]:
    return {record.claim.id: Shown(record, *each) for record, each in zip(records, held, strict=True)}


ENTERED: dict[Task, tuple[Entry, Terms]] = {}


def entered(tasks: Sequence[Task]) -> list[tuple[Entry, Terms]]:
    """Each article analysed for itself, once."""
    for task in tasks:
        if task not in ENTERED:
            [(entry, terms)] = enter([task])
            ENTERED[task] = without_since(entry), terms
    return [ENTERED[task] for task in tasks]


def without_since(entry: Entry) -> Entry:
    """The entry without the generation it came in with, which no corpus can tell."""
    return replace(entry, keys={facet: keys for facet, keys in entry.keys.items() if facet != SINCE})


def untaught(state: State) -> dict[str, Shown]:
    """The same as it is before the articles have taught each other: as a run leaves it that is cut off there."""
    tasks = [task_of(shown.record, shown.entry.duplicate_of or id) for id, shown in state.items()]
    return state_of([shown.record for shown in state.values()], entered(tasks))


# --- near-duplicates -------------------------------------------------------------------------


def stories_of(state: State) -> dict[str, str]:
    """The story each article tells: every pair is compared."""
    story = {id: {id} for id in state}
    for one, other in combinations(state, 2):
        if alike(*(told(state[id].entry.article) for id in (one, other))):
            both = story[one] | story[other]
            story |= dict.fromkeys(both, both)
    return {id: min(members) for id, members in story.items()}


@cache
def alike(one: str, other: str) -> bool:
    """Whether two texts share half of their shingles, and their signatures say so too."""
    mine, theirs = signed(one), signed(other)
    places = (mine == theirs).reshape(-1, ROWS)
    seen = places.all(axis=1).any() and np.mean(places) >= ALIKE - DOUBT
    return bool(seen) and share(shingles(one), shingles(other)) >= ALIKE


@cache
def signed(text: str) -> Numbers:
    return signature(text)


# --- as an engine ----------------------------------------------------------------------------


def slow(state: State, order: Iterable[str] | None = None) -> SlowEngine:
    """A slow engine of what a state shows, its articles in this order."""
    return SlowEngine([(state[id].entry, state[id].terms) for id in (state if order is None else order)])
