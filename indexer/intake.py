"""How articles come in: files are read, what they hold is prepared, analysed and taught, by worker processes.

Imported by a run that has something to read. What analyses articles takes longer to import than all that a run does
which finds nothing new: the cron job's usual case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby

from indexer import sources
from indexer.analysis import Analysed, Task, analyse, prepare
from indexer.engine.port import Engine
from indexer.entities.testimony import Taught
from indexer.learned import due
from indexer.manifest import Held
from indexer.model import Article, Problem
from indexer.sources import Limits, SourceFile
from indexer.stories import Stories
from indexer.target import Target
from indexer.workers import Workers, chunks

CHUNK = 200  # articles a worker analyses at a time: enough to hide the cost of handing them over
FILES_CHUNK = 16  # HTML and text files a worker reads at a time


class Intake:
    """Reads and analyses for one run; `pool` does the work, `target` says what its engine makes of an article."""

    def __init__(self, target: Target, pool: Workers, limits: Limits) -> None:
        self.pool, self.limits = pool, limits
        self.analyse = partial(analyse, invert=target.invert)

    def read(self, files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, Article | Problem]]:
        """Every record of `files`, in order. JSONL streams through this process; pages are read by the workers."""
        for streamed, group in groupby(files, lambda file: ".jsonl" in file.relative.lower()):
            if streamed:
                yield from ((file, found) for file in group for found in sources.read(file, self.limits))
            else:
                for pages in self.pool.each(partial(read_pages, limits=self.limits), chunks(group, FILES_CHUNK)):
                    yield from pages

    def prepared(self, article: Article) -> Article:
        """The article as the product shows and stores it."""
        return prepare(article)

    def task(self, article: Article, held: Held) -> Task:
        """To analyse a prepared article, which the index will hold as `held`."""
        return Task(article, held)

    def analysed(self, tasks: Iterable[Task]) -> Iterator[Analysed]:
        """What the engine's writer takes, chunk by chunk."""
        return self.pool.each(self.analyse, chunks(tasks, CHUNK))

    def lessons(self, engine: Engine, stories: Stories) -> dict[str, Taught | None]:
        """The articles that others teach something else now than the index holds, and what."""
        return due(engine, stories.story_of)

    def taught(
        self, engine: Engine, lessons: Mapping[str, Taught | None], held: Mapping[str, Held]
    ) -> Iterator[Analysed]:
        """Those articles, analysed anew."""
        return self.analysed(Task(entry.article, held[entry.id], lessons[entry.id])
                             for ids in chunks(lessons, CHUNK) for entry in engine.entries(ids))


def read_pages(files: Sequence[SourceFile], limits: Limits) -> list[tuple[SourceFile, Article | Problem]]:
    return [(file, found) for file in files for found in sources.read(file, limits)]
