"""Street: go back to the generation before the one in use, at once and without losing either."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from indexer.model.errors import ChecksFailed, IndexDamaged
from indexer.model.os_errors import translate_os_errors
from indexer.model.signals import defer_signals
from indexer.operations.withdraw import clean
from indexer.storage import generations
from indexer.storage.backends import backend
from indexer.storage.index_folder import check_stamp
from indexer.storage.lock import hold
from indexer.storage.tombstones import Tombstones


def roll_back(index_dir: Path, wait_seconds: float = 0.0) -> tuple[Path, Path]:
    """Serve the generation before the one in use; returns (that one, the one given up, which stays until a rebuild).

    What was withdrawn meanwhile is taken out first. The next run of `quocphong index` brings the older generation up
    to date. ChecksFailed if there is none or it is damaged, IndexOutdated if other code wrote it: nothing is switched.
    """
    with translate_os_errors(index_dir), hold(index_dir, wait_seconds), defer_signals():
        given_up, earlier = generations.current(index_dir), generations.previous(index_dir)
        if earlier is None:
            raise ChecksFailed(f"There is no generation before {given_up.name} to go back to; nothing was switched."
                               " To build anew: quocphong index --rebuild")
        check_stamp(earlier)
        refuse_damaged(earlier)
        clean(index_dir, Tombstones(index_dir), earlier)
        backend(earlier).switch()
        generations.publish(index_dir, earlier)
    return earlier, given_up


def refuse_damaged(folder: Path) -> None:
    """ChecksFailed if the generation to go back to is damaged."""
    try:
        with closing(backend(folder).open()) as engine:
            damage = engine.verify()
    except IndexDamaged as error:
        damage = [str(error)]
    if damage:
        raise ChecksFailed(f"{folder.name} is damaged; nothing was switched. {'; '.join(damage)}")
