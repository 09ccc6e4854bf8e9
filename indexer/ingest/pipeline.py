"""How articles come in: files are read, what they hold is prepared, analysed and taught, by worker processes.

Imported by a run that has something to read. What analyses articles takes longer to import than all that a run does
which finds nothing new: the cron job's usual case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import groupby

from indexer import sources
from indexer.engine.port import Engine
from indexer.entities.testimony import Taught
from indexer.ingest.analysis import Analysed, Task, analyse, prepare
from indexer.ingest.cross_article import due
from indexer.ingest.target import Target
from indexer.ingest.workers import Workers, chunks
from indexer.model import Article, Problem
from indexer.sources import Limits, SourceFile
from indexer.sources.jsonl import Unread, read_marked
from indexer.storage.manifest import IdClaim, IndexedRecord, claim_of
from indexer.storage.near_duplicates import DuplicateGroups

Marked = Mapping[str, Mapping[int, IdClaim]]  # by path and mark of the line
LINES, WHOLE, PAGE = "lines", "whole", "page"
ARCHIVES = (".warc", ".warc.gz", ".wacz")
CHUNK = 200  # articles a worker analyses at a time: enough to hide the cost of handing them over
FILES_CHUNK = 16  # HTML and text files a worker reads at a time


@dataclass
class Record:
    """What a file holds of an article: its claim, the mark of its line (0: a page), and the article if it was read."""

    claim: IdClaim
    mark: int
    found: Article | Unread

    def by_its_path(self) -> Record:
        """The same record under its file's path instead of the address its page declares."""
        assert isinstance(self.found, Article)
        note = f"its page declares {self.claim.id}, which is another text's: known by its path"
        found = replace(self.found, id=self.found.path, notes=(*self.found.notes, note))
        return Record(self.claim._replace(id=found.id), self.mark, found)

    @property
    def declared(self) -> bool:
        """Whether the id is only what a page declares as its address, and no record's own."""
        return isinstance(self.found, Article) and self.found.line is None and self.found.id == self.found.url

    @property
    def known(self) -> bool:
        """Whether it says what it said when it was read last, and need not be read."""
        return isinstance(self.found, Unread)

    @cached_property
    def article(self) -> Article:
        """The article as the product shows and stores it."""
        found = self.found.read() if isinstance(self.found, Unread) else self.found
        assert isinstance(found, Article)  # the same bytes gave one before
        return prepare(found)


class Pipeline:
    """Reads and analyses for one run; `pool` does the work, `target` says what its engine makes of an article."""

    def __init__(self, target: Target, pool: Workers, limits: Limits) -> None:
        self.pool, self.limits = pool, limits
        self.analyse = partial(analyse, invert=target.invert)

    def records(self, files: Iterable[SourceFile], before: Marked) -> Iterator[tuple[str, Record | Problem]]:
        """Every record of `files` in order, with the path of its file; `before` are the claims their lines made."""
        for file, mark, found in self.read(files, before):
            path = str(file.path)
            if isinstance(found, Problem):
                yield path, found
            elif isinstance(found, Unread):
                yield path, Record(before[path][mark]._replace(line=found.line), mark, found)
            else:
                yield path, Record(claim_of(found, path), mark, found)

    def read(
        self, files: Iterable[SourceFile], before: Marked
    ) -> Iterator[tuple[SourceFile, int, Article | Problem | Unread]]:
        """JSONL and crawlers' archives stream through this process; pages are read by the workers."""
        for how, group in groupby(files, how_read):
            if how == WHOLE:
                yield from ((file, 0, found) for file in group for found in sources.read(file, self.limits))
            elif how == LINES:
                yield from ((file, mark, found) for file in group
                            for mark, found in read_marked(file, self.limits, before.get(str(file.path), ())))
            else:
                for pages in self.pool.each(partial(read_pages, limits=self.limits), chunks(group, FILES_CHUNK)):
                    yield from ((file, 0, found) for file, found in pages)

    def task(self, article: Article, held: IndexedRecord) -> Task:
        """To analyse a prepared article, which the index will hold as `held`."""
        return Task(article, held)

    def analysed(self, tasks: Iterable[Task]) -> Iterator[Analysed]:
        """What the engine's writer takes, chunk by chunk."""
        return self.pool.each(self.analyse, chunks(tasks, CHUNK))

    def lessons(self, engine: Engine, stories: DuplicateGroups) -> dict[str, Taught | None]:
        """The articles that others teach something else now than the index holds, and what."""
        return due(engine, stories.story_of)

    def taught(
        self, engine: Engine, lessons: Mapping[str, Taught | None], held: Mapping[str, IndexedRecord]
    ) -> Iterator[Analysed]:
        """Those articles, analysed anew."""
        return self.analysed(Task(entry.article, held[entry.id], lessons[entry.id])
                             for ids in chunks(lessons, CHUNK) for entry in engine.entries(ids))


def how_read(file: SourceFile) -> str:
    """Whether a file is read line by line, as an archive from its beginning to its end, or as one page."""
    return LINES if file.suffix.startswith(".jsonl") else WHOLE if file.suffix in ARCHIVES else PAGE


def read_pages(files: Sequence[SourceFile], limits: Limits) -> list[tuple[SourceFile, Article | Problem]]:
    """What each file gives: articles and problems, each with its file."""
    return [(file, found) for file in files for found in sources.read(file, limits)]
