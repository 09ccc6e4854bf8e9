"""What has changed in a result since an earlier generation of the index: what a permanent link can tell its reader.

Every article carries the generation its content came in with, so what was added or changed is counted exactly. What
has gone is not in the index any more: it is told from the earlier generation where that is kept, else from how many
articles the result had, where that leaves only one answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b

from indexer.engine.port import Engine
from indexer.model import SINCE, Query

EVERY = 1_000_000  # more generations than any index has articles from


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment of a result: the generation, and how many articles it had then (None: not noted).

    `seal` goes with the number and the search it was counted for: see `seal_of`.
    """

    generation: int
    had: int | None = None
    seal: str = ""

    def __str__(self) -> str:
        counted = "" if self.had is None else f".{self.had}"
        return f"{self.generation}{counted}{f'-{self.seal}' if counted and self.seal else ''}"


def seal_of(search: str, generation: int, had: int) -> str:
    """A checksum of a search, as its query string, and of what a permanent link says of it: 4 hexadecimal digits.

    It finds links that were altered by hand or by accident. It has no key and is no proof against a forger.
    """
    return blake2b(f"{search} {generation} {had}".encode(), digest_size=2).hexdigest()


@dataclass(frozen=True, slots=True)
class Since:
    """What has happened to a result since `mark`. None where it cannot be told.

    `doubted`: the mark named a number of articles that its seal does not bear out; it is left out of account.
    `changed` of its articles were added or changed; `gone` of those it had then are not in it any more (removed from
    the index, or changed so that they do not match), and where that is None they are at most `gone_at_most`.
    """

    mark: Mark
    changed: int | None = None
    gone: int | None = None
    gone_at_most: int | None = None
    doubted: bool = False


def since(engine: Engine, query: Query, total: int, mark: Mark, before: Engine | None = None) -> Since:
    """What has happened since `mark` to the result of `query`, which has `total` articles now.

    `before`: the folder of the generation of `mark`, where that is kept beside the one in use.
    """
    if mark.generation > engine.generation:  # another index's, or one gone back from
        return Since(mark)
    changed = later(engine, query, mark.generation)
    left = None if mark.had is None else mark.had - (total - changed)  # of then: changed since, or gone
    if mark.generation == engine.generation or left == 0:
        return Since(mark, changed, 0, 0)
    if before is not None and (gone := compared(engine, before, query, total, mark)) is not None:
        return Since(mark, changed, gone, gone)
    if left is None or left < 0:
        return Since(mark, changed)
    return Since(mark, changed, None if changed else left, left)


def later(engine: Engine, query: Query, generation: int) -> int:
    """How many articles of the result came in, or changed, after `generation`."""
    counts = engine.find(replace(query, limit=0, facets=((SINCE, EVERY),))).facets[SINCE]
    return sum(count for key, count in counts if int(key) > generation)


def compared(engine: Engine, before: Engine, query: Query, total: int, mark: Mark) -> int | None:
    """How many articles that matched before do not now; None if what is kept is not quite what there was."""
    whole = replace(query, scoring=(), offset=0, facets=())
    then = before.find(replace(whole, limit=before.count()))
    same = then.total == mark.had and not later(before, query, mark.generation)
    if before.generation != mark.generation and not same:
        return None
    now = {hit.id for hit in engine.find(replace(whole, limit=total)).hits}
    return sum(hit.id not in now for hit in then.hits)
