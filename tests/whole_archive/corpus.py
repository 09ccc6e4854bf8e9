"""A corpus on the disk that changes record by record, and what it says when it is read from the beginning."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer import sources
from indexer.ingest.analysis import prepare
from indexer.model import Article
from indexer.storage.manifest import IdClaim, claim_of

A_WHILE_AGO = 1_600_000_000  # files of long ago: a run need not look again at what it has seen


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is written."""

    id: str
    title: str
    text: str
    date: str = ""
    url: str | None = None

    def line(self) -> str:
        told = {"id": self.id, "title": self.title, "text": self.text, "date": self.date, "url": self.url}
        return json.dumps({key: value for key, value in told.items() if value}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it is read: what it claims, and the article it would be."""

    claim: IdClaim
    article: Article


class Corpus:
    """Files by name with their rows; one with the suffix .txt has one row, and its own id."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[Row]] = {}
        self.writes = 0

    def put(self, name: str, row: Row) -> None:
        """A new row at the end of a file; a text file is written anew."""
        kept = [] if name.endswith(".txt") else self.files.get(name, [])
        self.write(name, [*kept, row])

    def write(self, name: str, rows: list[Row]) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".txt"):
            [row] = rows
            path.write_text(f"{row.title}\n\n{row.text}\n", encoding="utf-8")
        else:
            path.write_text("".join(f"{row.line()}\n" for row in rows), encoding="utf-8")
        self.writes += 1
        os.utime(path, (A_WHILE_AGO + 10 * self.writes,) * 2)
        self.files[name] = rows

    def remove(self, name: str) -> None:
        (self.folder / name).unlink()
        del self.files[name]

    def rename(self, name: str, other: str) -> None:
        """Give a file another name; its time stamp stays, as with `mv`."""
        (self.folder / other).parent.mkdir(parents=True, exist_ok=True)
        os.replace(self.folder / name, self.folder / other)
        self.files[other] = self.files.pop(name)

    def places(self) -> list[tuple[str, int]]:
        """Every row by its file and place in it."""
        return [(name, at) for name in sorted(self.files) for at in range(len(self.files[name]))]

    def place(self, at: int) -> tuple[str, int]:
        found = self.places()
        return found[at % len(found)]

    def row(self, at: int) -> Row:
        name, number = self.place(at)
        return self.files[name][number]

    def edit(self, at: int, change: Callable[[Row], list[Row]]) -> None:
        name, number = self.place(at)
        rows = self.files[name]
        self.write(name, [*rows[:number], *change(rows[number]), *rows[number + 1 :]])

    def records(self) -> list[Record]:
        """Every record in reading order."""
        return sorted(self.read(), key=lambda record: record.claim[:2])

    def read(self) -> Iterator[Record]:
        for file in sources.find([self.folder]).files:
            for found in sources.read(file):
                if isinstance(found, Article):
                    yield Record(claim_of(found, str(file.path)), prepare(found))
