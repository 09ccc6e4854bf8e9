"""The archive that the tools ask: the newest generation, its people with the corrections of editors, its stories."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlencode

from indexer.model.errors import QuocphongError
from indexer.model.settings import Settings
from indexer.search.archive import DuplicateGroups, Engine, current_folder, open_engine
from indexer.search.corrections import read_corrections
from indexer.search.excerpts import of_excerpts
from indexer.search.people import People
from indexer.search.per_engine import per_engine


@dataclass(frozen=True, slots=True)
class Opened:
    """One generation. `engine` hands out whole texts or excerpts; `whole` says which."""

    engine: Engine
    stories: DuplicateGroups
    whole: bool


class Archive:
    """Gives the newest generation, opened when it is first asked for. Safe between threads.

    `whole`: whether texts are whole; else the tools see what the site shows to readers elsewhere (search/excerpts.py).
    """

    def __init__(self, settings: Settings, whole: bool) -> None:
        self.settings, self.whole = settings, whole
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """The newest generation.

        Raises IndexMissing, IndexOutdated or IndexDamaged, whose messages name the command that mends it.
        """
        with self._lock:
            if self._opened is None or self._opened.engine.stale():
                engine = open_engine(self.settings.index)
                self._opened = Opened(engine if self.whole else of_excerpts(engine), self._stories(), self.whole)
            elif self._opened.stories.generation != self._opened.engine.generation:  # a commit writes its stories later
                self._opened = replace(self._opened, stories=self._stories())
            return self._opened

    def people(self, opened: Opened) -> People:
        """The people of a generation, with the corrections of editors as their file is now."""
        return people_of(opened.engine, self.settings.corrections, edited(self.settings.corrections))

    def page(self, path: str, **parameters: str) -> str:
        """The address of a page of the site: whole where the setting `site` names the site, else its path."""
        query = {name: value for name, value in parameters.items() if value}
        base = str(self.settings.site).rstrip("/")
        return f"{base}{quote(path)}{'?' if query else ''}{urlencode(query)}"

    def _stories(self) -> DuplicateGroups:
        """The stories of the generation in use; none while an index is being put in place."""
        try:
            return DuplicateGroups.open(current_folder(self.settings.index))
        except QuocphongError:
            return DuplicateGroups()


@per_engine
def people_of(engine: Engine, corrections: Path, mark: tuple[int, int] | None) -> People:
    """The people of an index: made when they are first asked for, and anew once the file of corrections changes."""
    found, _ = read_corrections(corrections)
    return People(engine, found)


def edited(file: Path) -> tuple[int, int] | None:
    """A value that differs once a file was edited; None where there is none."""
    try:
        seen = file.stat()
    except OSError:
        return None
    return seen.st_mtime_ns, seen.st_size
