"""The archive, or the articles of a search, as one file to take along: an SQLite database or JSON lines.

    FILE.sqlite     tables with foreign keys and a full-text index; a `metadata.json` for Datasette beside it
    FILE.jsonl.gz   one article a line

Articles are read and written page by page. Without `whole`, a file holds of each text what readers elsewhere may see
(`indexer.search.excerpts`), evidence included: such a file may be passed on. docs/export.md describes both files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.model.errors import QuocphongError, UsageError
from indexer.model.settings import Settings
from indexer.operations.export import database, json_lines
from indexer.operations.export.files import refuse_taken
from indexer.operations.export.selection import Selection, Wish
from indexer.search.archive import open_engine
from indexer.storage.tombstones import Tombstones

__all__ = ["Exported", "Wish", "export"]

WRITERS = {".sqlite": database, ".jsonl.gz": json_lines}
WITHDRAWN_MEANWHILE = "An article was withdrawn while the file was being written, and nothing was kept. Run it again."
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: the paths of all files, how many articles they hold of how many, and what `about` says.
    """

    files: tuple[Path, ...]
    articles: int
    archive: int
    about: dict[str, str]


def export(settings: Settings, path: Path, wish: Wish, force: bool = False,
           progress: Progress = lambda count: None) -> Exported:
    """Write the articles that are wished for to `path`, whose ending decides the format.

    Raises UsageError for an unknown ending, for files that are there already unless `force`, and for values of filters
    that nothing is called; DiskFull, NotWritable or what opening the index raises. On any error, and when the process
    is killed, `path` is as it was before.
    """
    name = path.name
    writer = next((each for end, each in WRITERS.items() if name.endswith(end) and name != end), None)
    if writer is None:
        raise UsageError(f"{name!r} is no file to export to. Its ending decides the format: FILE"
                         f"{' or FILE'.join(WRITERS)}")
    refuse_taken(writer.files(path), force, (settings.index, settings.corpus, settings.fetched))
    engine = open_engine(settings.index)
    try:
        selection = Selection.of(engine, settings, wish)

        def check() -> None:
            if not Tombstones(settings.index).ids.isdisjoint(selection.ids):
                raise QuocphongError(WITHDRAWN_MEANWHILE)

        count = writer.write(path, selection, progress, check)
        return Exported(writer.files(path), count, engine.count(), dict(selection.about))
    finally:
        engine.close()
