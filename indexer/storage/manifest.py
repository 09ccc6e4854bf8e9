"""What the indexer remembers between runs: roots, files, which record claims which id, and what the index holds.

A manifest lives in the folder of its generation, so a rebuild starts with an empty one and a switch of generations
switches both. It is written after the index has committed, with the index's generation number inside: if the two
numbers differ, a run ended in between, and `build` learns the articles anew from the index itself. A checksum over
all rows tells a database that was altered: a claim that went missing would look like a deleted article. A file that is
no manifest as this version writes it is set aside by the next run that saves, and the articles are learned anew.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, field
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple, Self
from zlib import crc32

from indexer.model import Article, Problem
from indexer.model.canonical_url import canonical
from indexer.model.errors import IndexDamaged
from indexer.model.os_errors import translate_os_errors
from indexer.storage.manifest_file import FILE, SCHEMA, opened, set_aside

LETTERS = re.compile(r"[^\W_]+")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")  # soft hyphens, marks without width


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A corpus file as last seen; equal size and modification time mean it need not be read again."""

    root: str
    size: int
    mtime_ns: int


class IdClaim(NamedTuple):  # one for each article: a tuple is made and compared four times as fast as a dataclass
    """A record's claim to an id. IdOwnership order by place: of several records with one id the first one holds it.

    `address` is the canonical spelling of the record's own, "" if it has none; `words` the digest of its words.
    """

    path: str
    line: int
    id: str
    digest: str
    text_digest: str
    address: str = ""
    words: str = ""

    @property
    def texts(self) -> set[str]:
        """What the record's text is known by: its digest, and that of its words."""
        return {text for text in (self.text_digest, self.words) if text}

    @property
    def addresses(self) -> set[str]:
        """The record's canonical addresses: its own, and its id where that is one."""
        other = canonical(self.id) if "://" in self.id and self.id != self.address else None
        return {address for address in (self.address, other) if address}


class IndexedRecord(NamedTuple):
    """What the index holds under an id: content, the earlier article it repeats, and where it came from.

    `since` is the generation it came in with, new or changed.
    """

    digest: str
    duplicate_of: str | None
    root: str
    path: str
    since: int = 0


@dataclass(slots=True)
class Memory:
    """The whole manifest in memory: about 0.5 kB an article.

    `marks` are those of the lines of files read in this run, one for each claim; of other files the manifest has them.
    """

    generation: int
    roots: set[str]
    files: dict[str, KnownFile]
    claims: dict[str, list[IdClaim]]
    held: dict[str, IndexedRecord]
    problems: list[Problem]
    marks: dict[str, array[int]] = field(default_factory=dict)


class Manifest:
    """The manifest file of one generation folder. Its methods raise IndexDamaged, DiskFull or NotWritable."""

    def __init__(self, folder: Path) -> None:
        """Open the manifest, or begin one. IndexDamaged where the file is none, or has other tables than SCHEMA."""
        self.path, self.unread = folder / FILE, False
        with translate_os_errors(self.path):
            self.database = opened(self.path)

    @classmethod
    def anew(cls, folder: Path) -> Self:
        """An empty manifest for a folder whose file cannot be read. `clear` sets the file aside, nothing before it."""
        made = cls.__new__(cls)
        made.path, made.unread, made.database = folder / FILE, True, sqlite3.connect(":memory:")
        made.database.executescript(SCHEMA)
        return made

    def load(self) -> Memory:
        """Everything remembered; an empty manifest gives generation 0 and empty collections."""
        with translate_os_errors(self.path):
            memory, found = self.read()
            written = self.checksum()
        if written != (found if memory.generation else None):
            raise IndexDamaged(f"{self.path} was altered since it was written. Run: quocphong index")
        return memory

    def read(self) -> tuple[Memory, int]:
        """Everything remembered, and the sum of all rows: taken as they are read it costs half."""
        claims = self.database.execute("SELECT * FROM claims ORDER BY path, line").fetchall()
        held = self.database.execute("SELECT * FROM held").fetchall()
        files = self.database.execute("SELECT path, root, size, mtime_ns FROM files").fetchall()
        marks = self.database.execute("SELECT * FROM marks").fetchall()
        generation, roots, problems = self.small()
        memory = Memory(
            generation=generation,
            roots=set(roots),
            files={path: KnownFile(*rest) for path, *rest in files},
            claims={path: list(found) for path, found in groupby(map(IdClaim._make, claims), itemgetter(0))},
            held={row[0]: IndexedRecord._make(row[1:]) for row in held},
            problems=[Problem(*row) for row in problems],
        )
        return memory, summed([generation, *roots, *problems, *files, *marks, *without_empty(claims),
                               *without_empty(held)])

    def marks_of(self, path: str) -> array[int]:
        """The marks of a file's lines, one for each of its claims; none where they are not known."""
        marks = array("Q")
        with translate_os_errors(self.path):
            for (held,) in self.database.execute("SELECT marks FROM marks WHERE path = ?", (path,)):
                marks.frombytes(held)
        return marks

    def small(self) -> tuple[int, list[str], list[tuple[str, int | None, str]]]:
        """The rows of the small tables: generation, roots, problems."""
        rows = self.database.execute
        generation = next((value for (value,) in rows("SELECT value FROM meta WHERE name = 'generation'")), 0)
        roots = [path for (path,) in rows("SELECT path FROM roots")]
        return generation, roots, rows("SELECT path, line, why FROM problems").fetchall()

    def checksum(self) -> int | None:
        """The sum of all rows as it was written; None where nothing was."""
        rows = self.database.execute("SELECT value FROM meta WHERE name = 'checksum'")
        return next((value for (value,) in rows), None)

    def save(self, memory: Memory, touched_files: Iterable[str], touched_ids: Iterable[str]) -> None:
        """Write `memory` in one transaction: whole small tables, and of the large ones only what a run touched."""
        files, ids = list({*touched_files}), list({*touched_ids})  # each once: the sum takes them off and adds them
        with translate_os_errors(self.path), self.database as rows:
            before = self.checksum()
            rest = before - self.sum_of(files, ids) if before is not None else 0
            for table in ("meta", "roots", "problems"):
                rows.execute(f"DELETE FROM {table}")
            rows.execute("INSERT INTO meta VALUES ('generation', ?)", (memory.generation,))
            rows.executemany("INSERT INTO roots VALUES (?)", ((root,) for root in sorted(memory.roots)))
            rows.executemany("INSERT INTO problems VALUES (?, ?, ?)", map(astuple, memory.problems))
            for table in ("files", "claims", "marks"):
                rows.executemany(f"DELETE FROM {table} WHERE path = ?", ((path,) for path in files))
            rows.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", (
                (path, known.root, known.size, known.mtime_ns)
                for path in files if (known := memory.files.get(path))))
            rows.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?)", (
                claim for path in files for claim in memory.claims.get(path, ())))
            rows.executemany("INSERT INTO marks VALUES (?, ?)", (
                (path, marks.tobytes()) for path in files if (marks := memory.marks.get(path))))
            rows.executemany("DELETE FROM held WHERE id = ?", ((id,) for id in ids))
            rows.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", (
                (id, *held)
                for id in ids if (held := memory.held.get(id))))
            rows.execute("INSERT INTO meta VALUES ('checksum', ?)", (rest + self.sum_of(files, ids),))

    def sum_of(self, files: Sequence[str], ids: Sequence[str]) -> int:
        """The sum of the small tables' rows and of those of `files` and `ids`: what a run may have changed."""
        def each(table: str, column: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
            for key in keys:
                yield from self.database.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,))

        generation, roots, problems = self.small()
        return summed([generation, *roots, *problems, *each("files", "path", files), *each("marks", "path", files),
                       *without_empty(each("claims", "path", files)), *without_empty(each("held", "id", ids))])

    def clear(self) -> None:
        """Forget everything; a file that could not be read is set aside now, and a new one begun."""
        if self.unread:
            self.database.close()  # one in memory
            with translate_os_errors(self.path):
                set_aside(self.path.parent)
                self.database, self.unread = opened(self.path), False
        with translate_os_errors(self.path), self.database as rows:
            for table in ("meta", "roots", "files", "claims", "marks", "held", "problems"):
                rows.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def loaded(folder: Path) -> Memory | None:
    """Everything a generation's manifest remembers; None where there is none, or none that can be read."""
    if not (folder / FILE).exists():
        return None
    try:
        with closing(Manifest(folder)) as manifest:
            return manifest.load()
    except IndexDamaged:
        return None


def summed(rows: Iterable[object]) -> int:
    """A sum over rows, whatever their order, so that rows that come and go can be added and taken off."""
    return sum(map(crc32, map(str.encode, map(repr, rows))))  # what UTF-8 cannot say, repr spells with escapes


def without_empty(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows without their last column where it is empty: they count as they did before there was that column."""
    return (row if row[-1] else row[:-1] for row in rows)


@dataclass(frozen=True, slots=True, repr=False)
class Spelled:
    """A stated date as digests have always spelled it, under its class's first name: those of older manifests hold."""

    date: str
    basis: str

    def __repr__(self) -> str:
        return f"Stamp(date={self.date!r}, basis={self.basis!r})"


def claim_of(article: Article, path: str) -> IdClaim:
    """The claim of a record read from the file at `path`."""
    said = text_digest(article.title, article.text)
    stated = tuple(Spelled(each.date, each.basis) for each in article.stamps)
    content = digest(said, article.lead, article.url, article.source, article.author, stated,
                     *filter(None, [article.online, article.online_at]))
    address = canonical(article.url or "") or canonical(article.id) or ""
    return IdClaim(path, article.line or 0, article.id, content, said, address,
                   words_digest(article.title, article.text))


def text_digest(title: str, text: str) -> str:
    """Identifies what a reader of the record reads."""
    return digest(title, text)


def words_digest(title: str, text: str) -> str:
    """Identifies the words of a record, "" if it has none: case, spaces, line breaks, signs and the place of a tone
    do not count."""
    from indexer.text import normalize  # here: a run that reads no article, the usual one, need not read Vietnamese

    words = LETTERS.findall(normalize(unicodedata.normalize("NFKC", UNSEEN.sub("", f"{title}\n{text}"))).casefold())
    return digest("words", "".join(words)) if words else ""


def digest(*parts: object) -> str:
    """128 bits of the parts' own spelling: no two articles of any archive will collide."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
