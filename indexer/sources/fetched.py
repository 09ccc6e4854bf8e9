"""Articles that the fetcher stored: a record names the article, its newest version and what became of it online."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from indexer.model import Article, Problem, StatedDate
from indexer.sources.charset import decode
from indexer.sources.dates import read_date
from indexer.sources.document import content
from indexer.sources.found import Found
from indexer.sources.html import read_page
from indexer.sources.listing import Limits, SourceFile

BROKEN = "not a record of a fetched page"


def read_fetched(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a record, or why it has none; nothing if the record says it is another one's."""
    data = content(file, limits)
    record = data if isinstance(data, Problem) else record_of(data)
    if isinstance(record, Problem | str):
        yield record if isinstance(record, Problem) else Problem(file.relative, None, record)
    elif not record.get("same_as"):
        yield article_of(record, file, limits)


def read_bytes(page: bytes, url: str) -> Found | str:
    """The article of a page as it came from `url`, or one plain sentence why there is none."""
    return read_page(decode(page)[0], url)


def record_of(data: bytes) -> dict[str, Any] | str:
    """The record in a file of the fetcher, or BROKEN."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return BROKEN
    needed = ("id", "url", "page")
    return record if isinstance(record, dict) and all(isinstance(record.get(k), str) for k in needed) else BROKEN


def article_of(record: dict[str, Any], file: SourceFile, limits: Limits) -> Article | Problem:
    """The newest version's article under the record's id. The feed's date comes after the page's own."""
    path = (file.path.parent / record["page"]).resolve()
    if not path.is_relative_to(file.root.resolve()):
        return Problem(file.relative, None, "the page is outside the folder and is not read")
    try:
        status = path.stat()
    except OSError as error:
        return Problem(file.relative, None, f"the page cannot be read: {error.strerror}")
    page = content(replace(file, path=path, size=status.st_size, mtime_ns=status.st_mtime_ns), limits)
    if isinstance(page, Problem):
        return page
    text, notes = decode(page)
    found = read_page(text, record["url"])
    if isinstance(found, str):
        return Problem(file.relative, None, found)
    announced = read_date(record.get("published") or None)
    own = replace(
        found,
        title=found.title or file.path.stem,
        url=record["url"],
        source=record.get("source") or found.source,
        stamps=(*found.stamps, *([StatedDate(announced, "meta")] if announced else [])),
    )
    online, online_at = str(record.get("online") or ""), read_moment(record.get("online_at"))
    return replace(own.as_article(record["id"], file.relative, notes=notes), online=online, online_at=online_at)


def read_moment(written: object) -> str:
    """A time as the fetcher writes it down; "" for anything else."""
    try:
        return datetime.fromisoformat(str(written)).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""
