"""One JSON object a line, plain or packed with gzip or xz: each line that is not blank is an Article or a Problem."""

from __future__ import annotations

import gzip
import io
import json
import lzma
import math
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from typing import IO, Any

from indexer.model import Article, Problem, StatedDate
from indexer.sources.charset import ENCODED_TWICE, clean, encoded_once
from indexer.sources.credits import host
from indexer.sources.dates import date_in_url, from_machine_clock, read_date
from indexer.sources.found import Found
from indexer.sources.html import read_page
from indexer.sources.listing import Limits, SourceFile
from indexer.sources.text import read_text

UNPACKED_IN = 1 << 16
TORN = (EOFError, zlib.error, lzma.LZMAError, OSError)
NO_NUMBER = "{} is no JSON number: it counts as absent"
TWICE = "a key stands twice, its last value counts: {}"
WHOLE = "the id {} is a whole number: it counts as {}"
UNREAD_DATE = "the date cannot be read: {}"
MACHINE_DATE = "the date was written by a machine's clock; the address has the day"


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that need not be read, having been read before; `read` reads it all the same."""

    line: int
    read: Callable[[], Article | Problem | None]


def read_jsonl(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """An item for every line that is not blank, then a Problem if the file broke off or changed meanwhile.

    Articles before the break are kept. Blank lines count in line numbers and nowhere else.
    """
    return (item for _, item in read_marked(file, limits, ()) if not isinstance(item, Unread))


def read_marked(
    file: SourceFile, limits: Limits, known: Container[int]
) -> Iterator[tuple[int, Article | Problem | Unread]]:
    """The same, each with a mark of the line's bytes; lines with a mark that is `known` are not read."""
    number = 0
    try:
        with open(file.path, "rb") as raw:
            for number, line in numbered(unpacked(raw, file.suffix), limits):
                mark = mark_of(stripped(line, number))
                if mark in known and len(line) <= limits.line:
                    yield mark, Unread(number, partial(read_line, line, number, file, limits))
                elif item := read_line(line, number, file, limits):
                    yield mark, item
    except StreamTooLong:
        yield 0, Problem(file.relative, number + 1, f"the archive unpacks to more than {limits.stream:,} bytes")
    except FileNotFoundError:
        yield 0, Problem(file.relative, None, "the file vanished before it was read")
    except TORN as error:
        yield 0, Problem(file.relative, number + 1, f"the file breaks off here: {error}")
    else:
        if changed(file):
            yield 0, Problem(file.relative, None, "the file changed while it was read; the next run reads it again")


def stripped(line: bytes, number: int) -> bytes:
    """The line without the white space around it; the first one without a byte order mark too."""
    return (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()


def mark_of(line: bytes) -> int:
    """64 bits that tell a line from every other of its file."""
    return int.from_bytes(blake2b(line, digest_size=8).digest(), "little")


def changed(file: SourceFile) -> bool:
    """Whether a file is another than the one that was listed, by size and time."""
    try:
        status = file.path.stat()
    except OSError:
        return True
    return (status.st_size, status.st_mtime_ns) != (file.size, file.mtime_ns)


class StreamTooLong(Exception):
    """An archive unpacks to more than was allowed."""


def unpacked(raw: IO[bytes], suffix: str) -> IO[bytes]:
    """The stream of a file, unpacked where its suffix says gzip or xz."""
    if suffix.endswith(".gz"):
        return io.BufferedReader(gzip.GzipFile(fileobj=raw), UNPACKED_IN)
    if suffix.endswith(".xz"):
        return io.BufferedReader(lzma.LZMAFile(raw), UNPACKED_IN)
    return raw


def numbered(stream: IO[bytes], limits: Limits) -> Iterator[tuple[int, bytes]]:
    """(number, line) from 1. A line over the limit comes as its first limit + 1 bytes; its rest is skipped unread."""
    number = size = 0
    while line := stream.readline(limits.line + 1):
        number += 1
        size += len(line)
        yield number, line
        piece = line
        while len(line) > limits.line and not piece.endswith(b"\n") and piece:
            piece = stream.readline(UNPACKED_IN)
            size += len(piece)
            if size > limits.stream:
                raise StreamTooLong
        if size > limits.stream:
            raise StreamTooLong


def read_line(line: bytes, number: int, file: SourceFile, limits: Limits) -> Article | Problem | None:
    """The article or problem of one line, None for a blank one."""
    if len(line) > limits.line:
        return Problem(file.relative, number, f"the line is longer than {limits.line:,} bytes")
    line = stripped(line, number)
    if not line:
        return None
    oddities: list[str] = []
    try:
        record = parsed(line.decode("utf-8"), oddities)
    except UnicodeDecodeError:
        return Problem(file.relative, number, "the line is not UTF-8")
    except RecursionError:
        return Problem(file.relative, number, "the JSON is nested too deeply")
    except ValueError as error:
        return Problem(file.relative, number, f"not JSON: {error}")
    if not isinstance(record, dict):
        return Problem(file.relative, number, "not a JSON object")
    return article_of(record, number, file, oddities)


def parsed(text: str, oddities: list[str]) -> Any:
    """The JSON value of a line, with a note in `oddities` for what the standard leaves open or forbids.

    NaN and Infinity, which are no JSON, count as absent; of a key that stands twice the last value counts, as in
    Python and in browsers. ValueError for what is not JSON, RecursionError for what is nested too deeply.
    """

    def no_number(name: str) -> None:
        oddities.append(NO_NUMBER.format(name))

    def of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice = ", ".join(clean(key)[:40] for key, count in counts.items() if count > 1)
            oddities.append(TWICE.format(twice))
        return made

    once = encoded_once(text)
    if once != text:
        oddities.append(ENCODED_TWICE)
    return json.loads(once, parse_constant=no_number, object_pairs_hook=of_pairs)


def article_of(record: dict[str, Any], number: int, file: SourceFile, oddities: list[str]) -> Article | Problem:
    """The record's own fields win over what its text or page says of itself. `oddities` become notes."""
    found = found_in(record)
    if isinstance(found, str):
        return Problem(file.relative, number, found)
    url = single(record, "url") or found.url
    stamps, notes = stated_dates_of(record.get("date"), found.stamps, url)
    own_id = identity(record, oddities)
    own = replace(
        found,
        url=url,
        source=single(record, "source") or found.source or host(url),
        author=single(record, "author") or found.author,
        stamps=stamps,
    )
    id = own_id or url or f"{file.relative}#L{number}"
    return own.as_article(id, file.relative, number, (*dict.fromkeys(oddities), *notes))


def found_in(record: dict[str, Any]) -> Found | str:
    """What the record's text holds, or where it has none its page; one plain sentence if neither is an article."""
    text, page = string(record, "text"), string(record, "html")
    if text.strip() or not page:
        return read_text(text, string(record, "title"))
    found = read_page(page, single(record, "url"))
    title = single(record, "title")
    return replace(found, title=title) if title and isinstance(found, Found) else found


def string(record: dict[str, Any], key: str) -> str:
    """A field as text: lists one item a line, "" where there is none."""
    value = record.get(key)
    if isinstance(value, list):
        value = "\n".join(item for item in value if isinstance(item, str))
    return clean(value) if isinstance(value, str) else ""


def single(record: dict[str, Any], key: str) -> str | None:
    """A field as one line of text, lists joined by commas, None where there is nothing."""
    value = record.get(key)
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    return " ".join(clean(value).split()) or None if isinstance(value, str) else None


def identity(record: dict[str, Any], oddities: list[str]) -> str | None:
    """The record's own id. A number without a fraction is spelled as a whole one: 1.0 is 1, as in JSON Schema."""
    for key in ("id", "_id"):
        value = record.get(key)
        if isinstance(value, float) and math.isfinite(value) and value == int(value):
            oddities.append(WHOLE.format(value, int(value)))
            return str(int(value))
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return str(value)
        if isinstance(value, str) and value.strip():
            return clean(value)
    return None


def stated_dates_of(
    given: object, found: tuple[StatedDate, ...], url: str | None
) -> tuple[tuple[StatedDate, ...], tuple[str, ...]]:
    """The record's date, the text's header and the address, in this order of trust, and warnings.

    A time with microseconds is a crawler's: then the day in the address comes first.
    """
    notes: tuple[str, ...] = ()
    own = read_date(given)
    if given not in (None, "") and own is None:
        notes = (UNREAD_DATE.format(clean(str(given)[:80])),)
    in_url = date_in_url(url) if url else None
    stamps = [StatedDate(own, "meta")] if own else []
    stamps += [stamp for stamp in found if stamp.basis != "url"]
    if in_url and own and len(in_url) == 10 and from_machine_clock(given):
        return (StatedDate(in_url, "url"), *stamps), (*notes, *([MACHINE_DATE] if in_url != own else []))
    return (*stamps, *([StatedDate(in_url, "url")] if in_url else [])), notes
