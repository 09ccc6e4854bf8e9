"""Street: copy an index to another engine, and switch to the copy, without reading the corpus again.

What was extracted is taken over as it is stored; the terms are made anew from the stored text, which gives the same.
Manifest and stories go with it, so the next run goes on where the last one ended.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from indexer.engine.port import Engine, Invert
from indexer.ingest.analysis import with_terms
from indexer.ingest.checks import refuse_unsound
from indexer.ingest.target import Target
from indexer.ingest.workers import Workers, chunks
from indexer.model import Entry
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import ChecksFailed, UsageError
from indexer.model.os_errors import translate_os_errors
from indexer.model.signals import defer_signals
from indexer.storage import generations
from indexer.storage.engine_choice import engine_of, place_of
from indexer.storage.index_folder import check_stamp, open_engine, stored
from indexer.storage.lock import hold
from indexer.storage.manifest import Manifest, loaded
from indexer.storage.near_duplicates import MinhashTable

CHUNK = 200


@dataclass(frozen=True, slots=True)
class Migrated:
    """The generation made, the engine it is on, how many articles it holds, and the generation given up."""

    generation: str
    engine: str
    articles: int
    given_up: str


def migrate(index_dir: Path, engine: ClusterAddress | str, workers: int = 0, wait_seconds: float = 0.0) -> Migrated:
    """Copy the generation in use to `engine` ("whoosh", or a place on a cluster) and serve the copy.

    UsageError if it is there already; IndexMissing, IndexOutdated; ChecksFailed if the copy is not sound, and then
    nothing is switched. The generation given up stays for `quocphong rollback`.
    """
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds):
        before = generations.current(index_dir)
        check_stamp(before)
        if engine_of(before) == place_of(engine):
            raise UsageError(f"The index is on {place_of(engine) or 'whoosh'} already. Name another: setting engine.")
        with (closing(open_engine(index_dir)) as source, Target(index_dir, True, True, engine) as target,
              Workers(workers) as pool):
            copy(source, target, pool)
            with defer_signals():
                remember(before, source.generation, target)
                sound(target, source)
                target.publish()
            return Migrated(target.folder.name, str(place_of(engine) or "whoosh"), source.count(), before.name)


def copy(source: Engine, target: Target, pool: Workers) -> None:
    """Copy all articles to the target and commit. ChecksFailed if its engine refused one."""
    for block in pool.each(partial(taken_apart, invert=target.invert), chunks(stored(source), CHUNK)):
        target.writer.add(block)
    target.commit()
    if refused := target.writer.refused:
        id, why = next(iter(refused.items()))
        raise ChecksFailed(f"The new engine would not take {len(refused)} articles, such as {id}: {why}."
                           " Nothing was switched")


def taken_apart(entries: Sequence[Entry], invert: Invert) -> Any:
    """The block of stored articles."""
    return invert(with_terms(entries))


def remember(before: Path, generation: int, target: Target) -> None:
    """What the indexer remembers, told the new generation's number. What cannot be told is learned anew by a run."""
    memory = loaded(before)
    if memory and memory.generation == generation:
        memory.generation = target.generation
        with closing(Manifest(target.folder)) as manifest:
            manifest.save(memory, memory.files, memory.held)
    ledger = MinhashTable.load(before)
    if ledger.generation == generation:
        ledger.generation = target.generation
        ledger.save(target.folder)


def sound(target: Target, source: Engine) -> None:
    """ChecksFailed unless the target holds what the source does and passes every check."""
    with closing(target.engine()) as engine:
        refuse_unsound(engine, list(source.ids()))
