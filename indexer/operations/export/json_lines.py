"""Articles as JSON lines, packed: the same articles give the same bytes. What the file says of itself is the comment in
its gzip header (RFC 1952, FCOMMENT), which programs that unpack it skip."""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from indexer.model import SINCE, Entry
from indexer.model.excerpt import legible
from indexer.model.lines import json_line
from indexer.operations.export.files import unfinished
from indexer.operations.export.selection import Selection
from indexer.search.labels import UNKNOWN, label
from indexer.search.mentions import as_json as mention_json
from indexer.search.serializers import locality_json, province_json, published_json, quoted

# ID1 ID2 CM, FLG with FCOMMENT, no time, fastest-or-best unknown, unknown system
HEADER = b"\x1f\x8b\x08\x10\x00\x00\x00\x00\x00\xff"
LEVEL = 6

# The keys of a line, in order, and what each holds. docs/export.md shows this table.
KEYS: dict[str, str] = {
    "id": "the article's id, the same in every file, page and command",
    "title": "its title",
    "url": "the address of the original page, null if it is not known",
    "source": "the newspaper as the page or record names it, null if neither does",
    "newspaper": "the newspaper, broadcaster or portal it is filed under; empty if unknown",
    "authors": "its authors as printed",
    "published": "`date` (ISO, at its own precision), `precision`, `basis`, `evidence`, `year_evidence`",
    "event": "the day of the main event, ISO, null if it is not known",
    "years_about": "the years it is about",
    "provinces": "`name` at publication, `now`, `basis`, `evidence`",
    "localities": "districts and communes: `level`, `unit`, `name`, `province`, `evidence`",
    "topics": "`topic` and `evidence`",
    "units": "the bodies and units it names, with level and place",
    "mentions": "who is named at which post, in the columns of docs/mentions.md",
    "duplicate_of": "the id of an earlier article with the same text, null for most",
    "story": "the id of the group of near-duplicates it belongs to",
    "since": "the generation of the index in which it was added or last changed",
    "online": "`altered` or `gone` if its page was seen so; null",
    "online_at": "when that was seen first",
    "excerpt": "what readers elsewhere may see of its text, gaps marked …; null with `--text whole`",
    "text": "the whole text; null without `--text whole`",
}


def files(path: Path) -> tuple[Path, ...]:
    """The files that `write` makes for `path`."""
    return (path,)


def write(path: Path, selection: Selection, progress: Callable[[int], None], check: Callable[[], None]) -> int:
    """Write the articles to `path`; returns how many. `check` is called before the file gets its name."""
    with unfinished(path) as hidden:
        with hidden.open("wb") as file:
            for piece in packed(lines(selection, progress), dict(selection.about)):
                file.write(piece)
        check()
    return len(selection.ids)


def lines(selection: Selection, progress: Callable[[int], None]) -> Iterator[bytes]:
    """The lines of the articles, a page of them at a time."""
    done = 0
    for page in selection.entries():
        yield "".join(json_line(shape(entry, selection)) + "\n" for entry in page).encode()
        done += len(page)
        progress(done)


def packed(pieces: Iterator[bytes], about: dict[str, str]) -> Iterator[bytes]:
    """The pieces as one gzip file without a time and a name, `about` as JSON in its comment."""
    yield HEADER + json.dumps(about).encode("ascii").replace(b"\x00", b"") + b"\x00"
    packer, checksum, size = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS), 0, 0
    for piece in pieces:
        checksum, size = zlib.crc32(piece, checksum), size + len(piece)
        yield packer.compress(piece)
    yield packer.flush() + struct.pack("<II", checksum, size & 0xFFFFFFFF)


def shape(entry: Entry, selection: Selection) -> dict[str, Any]:
    """An article as the object of its line; its keys are those of KEYS."""
    article, known = entry.article, entry.entities
    dated = {"evidence": quoted(known.published.evidence), "year_evidence": quoted(known.published.year_evidence)}
    told = (article.id, article.title, article.url, article.source, labels(entry, "source"), list(article.authors),
            published_json(known.published) | dated, known.event, list(known.years_about),
            [province_json(province) for province in known.provinces],
            [locality_json(locality) for locality in known.localities],
            [{"topic": topic.name, "evidence": quoted(topic.evidence)} for topic in known.topics],
            labels(entry, "unit"), [mention_json(row) for row in selection.mentions(entry)], entry.duplicate_of,
            selection.stories.story_of(entry.id), int(entry.keys[SINCE][0]), article.online or None,
            article.online_at or None, None if selection.whole else legible(article.text),
            article.text if selection.whole else None)
    return dict(zip(KEYS, told, strict=True))


def labels(entry: Entry, facet: str) -> list[str]:
    """The values of a facet as they are shown."""
    return [str(label(facet, key)) for key in entry.keys.get(facet, ()) if key != UNKNOWN]
