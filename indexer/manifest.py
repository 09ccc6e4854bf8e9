"""What the indexer remembers between runs: roots, files, which record claims which id, and what the index holds.

A manifest lives in the folder of its generation, so a rebuild starts with an empty one and a switch of generations
switches both. It is written after the index has committed, with the index's generation number inside: if the two
numbers differ, a run ended in between, and `build` learns the articles anew from the index itself. A checksum over
all rows tells a database that was altered: a claim that went missing would look like a deleted article.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from indexer.errors import IndexDamaged
from indexer.failing import named
from indexer.model import Article, Problem
from indexer.model.address import canonical

FILE = "manifest.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS roots (path TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, root TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS claims (
    path TEXT NOT NULL, line INTEGER NOT NULL, id TEXT NOT NULL, digest TEXT NOT NULL, text_digest TEXT NOT NULL,
    address TEXT NOT NULL, PRIMARY KEY (path, line)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS held (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, duplicate_of TEXT, root TEXT NOT NULL, path TEXT NOT NULL,
    since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS problems (path TEXT NOT NULL, line INTEGER, why TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A corpus file as last seen; equal size and modification time mean it need not be read again."""

    root: str
    size: int
    mtime_ns: int


class Claim(NamedTuple):  # a tuple is made, compared and written four times as fast, and there is one for each article
    """A record's claim to an id. Claims order by place: of several records with one id the first one holds it.

    `address` is the canonical spelling of the record's own, "" if it has none.
    """

    path: str
    line: int
    id: str
    digest: str
    text_digest: str
    address: str = ""


class Held(NamedTuple):
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
    """The whole manifest in memory: about 0.5 kB an article."""

    generation: int
    roots: set[str]
    files: dict[str, KnownFile]
    claims: dict[str, list[Claim]]
    held: dict[str, Held]
    problems: list[Problem]


class Manifest:
    """The manifest file of one generation folder. Its methods raise IndexDamaged, DiskFull or NotWritable."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        with named(self.path):
            self.database = sqlite3.connect(self.path)
            self.database.execute("PRAGMA synchronous = FULL")
            self.database.executescript(SCHEMA)

    def load(self) -> Memory:
        """Everything remembered; an empty manifest gives generation 0 and empty collections."""
        with named(self.path):
            memory = self.read()
            written = next((value for (value,) in self.database.execute(
                "SELECT value FROM meta WHERE name = 'checksum'")), None)
        if written != (checksum(memory) if memory.generation else None):
            raise IndexDamaged(f"{self.path} was altered since it was written. Run: quocphong index --rebuild")
        return memory

    def read(self) -> Memory:
        rows = self.database.execute
        claims: dict[str, list[Claim]] = {}
        for row in rows("SELECT * FROM claims ORDER BY path, line"):  # older ones have no address
            claims.setdefault(row[0], []).append(Claim(*row))
        return Memory(
            generation=next((value for (value,) in rows("SELECT value FROM meta WHERE name = 'generation'")), 0),
            roots={path for (path,) in rows("SELECT path FROM roots")},
            files={path: KnownFile(*rest) for path, *rest in rows("SELECT path, root, size, mtime_ns FROM files")},
            claims=claims,
            held={id: Held(*rest) for id, *rest in rows("SELECT * FROM held")},
            problems=[Problem(*row) for row in rows("SELECT path, line, why FROM problems")],
        )

    def save(self, memory: Memory, touched_files: Iterable[str], touched_ids: Iterable[str]) -> None:
        """Write `memory` in one transaction: whole small tables, and of the large ones only what a run touched."""
        files, ids = list(touched_files), list(touched_ids)
        with named(self.path), self.database as rows:
            for table in ("meta", "roots", "problems"):
                rows.execute(f"DELETE FROM {table}")
            rows.executemany("INSERT INTO meta VALUES (?, ?)", (
                ("generation", memory.generation), ("checksum", checksum(memory))))
            rows.executemany("INSERT INTO roots VALUES (?)", ((root,) for root in sorted(memory.roots)))
            rows.executemany("INSERT INTO problems VALUES (?, ?, ?)", map(astuple, memory.problems))
            for table in ("files", "claims"):
                rows.executemany(f"DELETE FROM {table} WHERE path = ?", ((path,) for path in files))
            rows.executemany("INSERT INTO files VALUES (?, ?, ?, ?)", (
                (path, known.root, known.size, known.mtime_ns)
                for path in files if (known := memory.files.get(path))))
            rows.executemany("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?)", (
                claim for path in files for claim in memory.claims.get(path, ())))
            rows.executemany("DELETE FROM held WHERE id = ?", ((id,) for id in ids))
            rows.executemany("INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", (
                (id, *held)
                for id in ids if (held := memory.held.get(id))))

    def clear(self) -> None:
        with named(self.path), self.database as rows:
            for table in ("meta", "roots", "files", "claims", "held", "problems"):
                rows.execute(f"DELETE FROM {table}")

    def close(self) -> None:
        self.database.close()


def checksum(memory: Memory) -> int:
    """A sum over all rows, whatever their order."""
    rows: list[object] = [memory.generation, *memory.roots, *map(astuple, memory.problems)]
    rows += [(path, file.root, file.size, file.mtime_ns) for path, file in memory.files.items()]
    rows += [tuple(claim) if claim.address else tuple(claim)[:-1]
             for claims in memory.claims.values() for claim in claims]
    rows += [(id, *held) if held.since else (id, *held[:-1]) for id, held in memory.held.items()]
    return sum(map(crc32, map(str.encode, map(repr, rows))))  # what UTF-8 cannot say, repr spells with escapes


def claim_of(article: Article, path: str) -> Claim:
    """The claim of a record read from the file at `path`."""
    said = text_digest(article.title, article.text)
    content = digest(said, article.lead, article.url, article.source, article.author, article.stamps,
                     *filter(None, [article.online, article.online_at]))
    address = canonical(article.url or "") or canonical(article.id) or ""
    return Claim(path, article.line or 0, article.id, content, said, address)


def text_digest(title: str, text: str) -> str:
    """Identifies what a reader of the record reads."""
    return digest(title, text)


def digest(*parts: object) -> str:
    """128 bits of the parts' own spelling: no two articles of any archive will collide."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
