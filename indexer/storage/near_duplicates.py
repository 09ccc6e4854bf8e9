"""Which articles tell one story in the same words: copies, syndicated pieces and lightly edited ones.

Two articles are linked when at least half of their shingles are the same; a story is all that links hold together,
and its id is the smallest article id in it. What links two articles depends on those two alone, so stories are the
same whether the articles came one by one or all at once. Candidates are found by bands of their MinHash signatures
(Leskovec, Rajaraman, Ullman: Mining of Massive Datasets, 3.4) and then compared shingle by shingle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from indexer.engine.port import Engine
from indexer.model import Article, Query
from indexer.model.atomic_files import replacing
from indexer.storage.minhash import PLACES, Numbers, share, shingles, signature
from indexer.storage.tombstones import Tombstones

FILE = "stories.npz"
VERSION = 2  # raise it when signatures or links would come out differently: an older file is then made anew
ALIKE = 0.5  # share of shingles from which on two articles tell the same story
DOUBT = 0.2  # how far a signature's guess may be off: four standard deviations of 96 places at .5
ROWS = 3  # places in a band: at a share of .5 a pair is seen with .986, at .6 with .9996
SHORT = 40  # syllables below which a text is too little to tell a story by: its title counts too

MOST_COUNTED = 2_000  # articles of a result that are read to count its stories: about 10 ms

Ints = npt.NDArray[np.int64]
TextOf = Callable[[str], str]


class DuplicateGroups:
    """The stories of an index, for reading. An article that no other tells again is a story of its own."""

    def __init__(self, groups: Iterable[tuple[str, ...]] = (), generation: int = 0) -> None:
        self.generation = generation
        self._members = {group[0]: group for group in groups}
        self._story = {id: story for story, group in self._members.items() for id in group}

    @classmethod
    def open(cls, folder: Path) -> DuplicateGroups:
        """The stories of the generation in `folder`; without a file of them every article stands alone.

        Those withdrawn a moment ago tell none, also while the ledger still names them.
        """
        ledger, withdrawn = MinhashTable.load(folder, signed=False), Tombstones(folder.parent).ids
        groups = (tuple(id for id in group if id not in withdrawn) for group in ledger.groups())
        return cls((group for group in groups if len(group) > 1), ledger.generation)

    def story_of(self, id: str) -> str:
        """The id of the story an article tells."""
        return self._story.get(id, id)

    def members(self, story: str) -> tuple[str, ...]:
        """The articles that tell a story, by id."""
        return self._members.get(story, (story,))

    def count_stories(self, ids: Iterable[str]) -> int:
        """How many stories the articles tell."""
        return len({self._story.get(id, id) for id in ids})

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """The stories told more than once."""
        return iter(self._members.values())


def count_as_stories(engine: Engine, stories: DuplicateGroups, query: Query, most: int) -> int | None:
    """How many stories the articles tell that `query` finds; None when there are more than `most` articles to read."""
    found = engine.find(replace(query, scoring=(), sort="newest", facets=(), offset=0, limit=most))
    return stories.count_stories(hit.id for hit in found.hits) if found.total <= most else None


def told(article: Article) -> str:
    """The text an article's shingles are taken from: its body; with the title where the body is too short."""
    text = article.text
    return text if text.count(" ") >= SHORT else f"{article.title}\n{text}"


def texts_of(engine: Engine) -> TextOf:
    """Gives the text, as stories read it, of an article that the index holds."""
    return lambda id: told(engine.entries([id])[0].article)


class MinhashTable:
    """What the writer keeps: each article's signature, and the number of the article that stands for its story.

    `taught` says that at this generation every article holds what the others teach: not so after a withdrawal.
    """

    def __init__(
        self, ids: list[str], signatures: Numbers, labels: Ints, generation: int, taught: bool = False
    ) -> None:
        self.ids, self.signatures, self.labels, self.generation = ids, signatures, labels, generation
        self.taught = taught

    @classmethod
    def empty(cls) -> MinhashTable:
        """One that knows no article."""
        return cls([], np.zeros((0, PLACES), np.uint32), np.zeros(0, np.int64), 0)

    @classmethod
    def load(cls, folder: Path, signed: bool = True) -> MinhashTable:
        """The ledger in `folder`; an empty one where there is none that can be used.

        Readers do without the signatures, which are most of it.
        """
        try:
            with np.load(folder / FILE, allow_pickle=False) as held:
                version, generation, taught = held["versions"].tolist()
                if version == VERSION:
                    ids = held["ids"].tobytes().decode().split("\0")[:-1]
                    signatures = held["signatures"] if signed else np.zeros((0, PLACES), np.uint32)
                    return cls(ids, signatures, held["labels"], generation, bool(taught))
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            pass  # nothing is lost: stories are made from the articles
        return cls.empty()

    def save(self, folder: Path) -> None:
        """Put the ledger in the place of the one in `folder`, at once."""
        with replacing(folder / FILE) as file:
            ids = np.frombuffer("".join(f"{id}\0" for id in self.ids).encode(), np.uint8)
            versions = np.array([VERSION, self.generation, self.taught])
            np.savez(file, versions=versions, ids=ids, signatures=self.signatures, labels=self.labels)

    def groups(self) -> Iterator[tuple[str, ...]]:
        """The ids of each story told more than once, in order."""
        order = np.argsort(self.labels, kind="stable")
        bounds = np.flatnonzero(np.diff(self.labels[order], prepend=-1, append=-1))
        for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
            if end - start > 1:
                yield tuple(sorted(self.ids[number] for number in order[start:end].tolist()))

    def updated(
        self, changed: Mapping[str, Numbers], held: Iterable[str], text_of: TextOf, generation: int
    ) -> MinhashTable:
        """The ledger of an index that holds the articles `held`, of which `changed` are new or have a new signature.

        `text_of` gives the text of any held article. A story that lost or changed a member is linked anew.
        """
        kept = set(held)
        stale = np.array([id not in kept or id in changed for id in self.ids], np.bool_)
        loose = np.isin(self.labels, self.labels[stale]) if len(stale) else stale
        left = np.flatnonzero(~stale)
        place = np.full(len(self.ids) + 1, -1)
        place[left] = np.arange(len(left))
        labels = np.where(loose[left], np.arange(len(left)), place[self.labels[left]])
        added = {id: signed for id, signed in changed.items() if id in kept}
        missing = kept.difference(added, (self.ids[number] for number in left.tolist()))
        added |= {id: signature(text_of(id)) for id in sorted(missing)}
        ids = [*(self.ids[number] for number in left.tolist()), *added]
        signatures = np.concatenate((self.signatures[left], np.array([*added.values()], np.uint32).reshape(-1, PLACES)))
        labels = np.concatenate((labels, np.arange(len(left), len(ids))))
        fresh = np.concatenate((loose[left], np.ones(len(added), np.bool_)))
        return MinhashTable(ids, signatures, linked(ids, signatures, labels, fresh, text_of), generation)


def linked(ids: list[str], signatures: Numbers, labels: Ints, fresh: npt.NDArray[np.bool_], text_of: TextOf) -> Ints:
    """`labels` with every link that a `fresh` article has. Equal labels are one story."""
    held = lru_cache(maxsize=5_000)(lambda number: shingles(text_of(ids[number])))
    refused: set[tuple[int, int]] = set()
    for band in range(0, PLACES, ROWS):
        near = perhaps_equal(signatures[:, band], fresh)
        keys = band_keys(signatures[near, band : band + ROWS])
        for one, other in candidates(keys, near, signatures, labels, fresh):
            if labels[one] == labels[other] or (one, other) in refused:
                continue
            if share(held(one), held(other)) >= ALIKE:
                labels[labels == labels[other]] = labels[one]
            else:
                refused.add((one, other))
    return labels


def perhaps_equal(column: Numbers, fresh: npt.NDArray[np.bool_]) -> Ints:
    """The articles, in order, that have some fresh article's number, and a few more: those with its last 16 bits.

    Most runs bring a hundred articles among many: sorting all others for them cost ten times as much as this look.
    """
    last = column & np.uint32(0xFFFF)
    wanted = np.zeros(0x10000, np.bool_)
    wanted[last[fresh]] = True
    return np.flatnonzero(wanted[last])


def band_keys(band: Numbers) -> npt.NDArray[np.uint64]:
    """A band's places as one number."""
    keys = np.zeros(len(band), np.uint64)
    for column in band.T:
        keys = (keys ^ column) * np.uint64(0x9E3779B97F4A7C15)
        keys ^= keys >> np.uint64(32)
    return keys


def candidates(
    keys: npt.NDArray[np.uint64], near: Ints, signatures: Numbers, labels: Ints, fresh: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Pairs of the articles `near` that have equal keys, one of them fresh, are in different stories and look alike."""
    sorted_ = np.argsort(keys, kind="stable")
    keys, order, at, step = keys[sorted_], near[sorted_], np.arange(len(keys)), 0
    while len(at):
        step += 1
        at = at[: np.searchsorted(at, len(order) - step)]
        at = at[keys[at] == keys[at + step]]
        one, other = order[at], order[at + step]
        open_ = (fresh[one] | fresh[other]) & (labels[one] != labels[other])
        one, other = one[open_], other[open_]
        likely = (signatures[one] == signatures[other]).mean(axis=1) >= ALIKE - DOUBT
        yield from zip(one[likely].tolist(), other[likely].tolist(), strict=True)
