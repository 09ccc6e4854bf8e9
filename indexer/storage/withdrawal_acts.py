"""The acts in a list of withdrawals: what they leave in force, and how two lists become one.

    withdraw   a tombstone
    also       the article of a tombstone is known by one more `id`
    undo       a tombstone is not in force any more

`also` and `undo` name their tombstone: `of` is what it was named by then, `digests` which withdrawal made it. Lists of
older versions have no `digests`. Two lists that went apart, of an index and of its backup, may name one tombstone
differently: each has learned other ids. So a tombstone answers to every name that an act has given it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from typing import Any

from indexer.model.canonical_url import page_key

# The acts, and what the line of each must say.
ACTS = {"withdraw": ("at", "by", "reason", "ids", "addresses"), "also": ("id", "of"), "undo": ("at", "of")}
Act = dict[str, Any]  # as its line has it


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One withdrawal. `ids` are all ids the article is known by, `addresses` its canonical addresses, `texts` the
    digests of its text and of its words: the same words from another record are the same article. Older versions know
    digests of texts only."""

    at: str
    by: str
    reason: str
    ids: tuple[str, ...]
    addresses: tuple[str, ...]
    title: str = ""
    texts: tuple[str, ...] = ()

    def covers(self, id: str, url: str | None = None, texts: Collection[str] = ()) -> bool:
        """Whether this is the tombstone of an article: by its id, its address in any spelling, or one of its `texts`,
        the digests of its text and of its words."""
        keys = {page_key(address) for address in self.addresses}
        return (id in self.ids or not {*self.texts}.isdisjoint(texts)
                or not ({page_key(id), page_key(url or "")} - {None}).isdisjoint(keys))

    @property
    def named(self) -> tuple[str, ...]:
        """What later acts name it by: its ids, or where there are none its addresses."""
        return self.ids or self.addresses


@dataclass(frozen=True, slots=True)
class InForce:
    """A tombstone in force, the digest of the act that made it, and all names that acts give it.

    A name is a set of ids; the hashes of the sets are kept.
    """

    stone: Tombstone
    digest: str
    names: frozenset[int]

    def knowing(self, id: str, of: Sequence[str]) -> InForce:
        """The same after an act that named it `of` has added an id."""
        ids = self.stone.ids if id in self.stone.ids else (*self.stone.ids, id)
        told = {hashed((*of, id)), hashed(ids)} | ({hashed((id,))} if {*of} == {*self.stone.addresses} else set())
        return InForce(replace(self.stone, ids=ids), self.digest, self.names | told)


class Reading:
    """The tombstones in force after some acts.

    An `also` before its tombstone waits for it: an id too many keeps an article out that may be shown, one too few
    shows what was withdrawn. An `undo` before its tombstone does nothing.
    """

    def __init__(self, acts: Iterable[Act] = ()) -> None:
        self.in_force: list[InForce] = []
        self.waiting: list[Act] = []
        for act in acts:
            self.take_in(act)

    def take_in(self, act: Act) -> None:
        """Follow an act."""
        match act["act"]:
            case "withdraw":
                stone = tombstone(act)
                self.in_force.append(InForce(stone, digest(act), frozenset({hashed(stone.named)})))
            case "also":
                if not self.learn(act):
                    self.waiting.append(act)
            case "undo":
                undone = self.about(act)
                self.in_force = [each for each in self.in_force if each not in undone]
        while ready := [each for each in self.waiting if self.about(each)]:
            self.waiting = [each for each in self.waiting if each not in ready]
            for each in ready:
                self.learn(each)

    def learn(self, act: Act) -> bool:
        """Add the id of an `also` to its tombstones; whether there are any."""
        about = self.about(act)
        self.in_force = [each.knowing(str(act["id"]), act["of"]) if each in about else each for each in self.in_force]
        return bool(about)

    def about(self, act: Act) -> list[InForce]:
        """The tombstones an act is about: it names all that they were named by at some time, and nothing else.

        Another tombstone may have learned some of the names: an act that undoes the one must not undo the other. An act
        of an older version is about those that bear the name now, if any do; and no undo is about a later withdrawal.
        """
        if "digests" in act:  # in a merged list the names may have come in another order
            return [each for each in self.in_force if each.digest in act["digests"]]
        name = hashed(act["of"])
        named = [each for each in self.in_force if act["of"] and name in each.names]
        named = [each for each in named if act["act"] == "also" or each.stone.at <= act["at"]]
        return [each for each in named if hashed(each.stone.named) == name] or named


def tombstone(act: Act) -> Tombstone:
    """The tombstone that a `withdraw` sets; what a later version may say besides is passed over."""
    told = {each.name: act[each.name] for each in fields(Tombstone) if each.name in act}
    whole: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Tombstone(**whole)


def digest(withdrawal: Act) -> str:
    """What tells a withdrawal from all others; one whose title was erased says itself what it was."""
    said = str(withdrawal.get("digest") or "")
    return said or blake2b(json.dumps(withdrawal, sort_keys=True).encode(), digest_size=8).hexdigest()


def hashed(names: Iterable[str]) -> int:
    """A number for a set of names, whatever their order."""
    return hash(frozenset(names))


def merged(held: Sequence[Act], other: Sequence[Act]) -> list[Act]:
    """One list of the acts of both, each once. Each list keeps its order; what only `other` has comes first.

    A tombstone of either list is in force after it unless an undo in one of the lists is about this very tombstone: an
    undo of one list does not reach a withdrawal made again in the other. merged(merged(a, b), b) == merged(a, b).
    """
    ours, theirs = tied(held), tied(other)
    places = {key: place for place, key in enumerate(keys(ours))}
    before: dict[int, list[Act]] = defaultdict(list)
    place = 0
    for key, act in zip(keys(theirs), theirs, strict=True):
        if key in places:
            place = max(place, places[key] + 1)
        else:
            before[place].append(act)
    return tied([act for place in range(len(ours) + 1) for act in (*before[place], *ours[place : place + 1])])


def tied(acts: Sequence[Act]) -> list[Act]:
    """The acts, each with `digests`; one that stood before its tombstone, as older versions wrote it, after it."""
    reading = Reading()
    in_order: list[Act | None] = []
    early: dict[int, Act] = {}  # by their places
    for act in acts:
        if act["act"] == "also" and "digests" not in act and not reading.about(act):
            early[len(in_order)] = act
        in_order.append(tie(act, reading))
        reading.take_in(act)
        for place in [place for place, each in early.items() if reading.about(each)]:
            in_order.append(tie(early.pop(place), reading))
            in_order[place] = None
    return [act for act in in_order if act is not None]


def tie(act: Act, reading: Reading) -> Act:
    """The act with the digests of its withdrawals. An undo of none is about none for good; an `also` may wait."""
    if act["act"] == "withdraw" or "digests" in act:
        return act
    about = sorted({each.digest for each in reading.about(act)})
    return {**act, "digests": about} if about or act["act"] == "undo" else act


def keys(acts: Sequence[Act]) -> list[tuple[str, int]]:
    """What tells the acts of a list apart: the act, and how often it stood there before.

    The same withdrawal made, undone and made again within a second is three acts.
    """
    seen: Counter[str] = Counter()
    found = []
    for act in acts:
        said = {name: value for name, value in act.items() if name != "digests" or act["act"] == "undo"}
        said = {"withdraw": digest(act)} if act["act"] == "withdraw" else said
        line = json.dumps(said, sort_keys=True)
        found.append((line, seen[line]))
        seen[line] += 1
    return found
