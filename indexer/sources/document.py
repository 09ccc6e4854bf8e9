"""One article a file: saved pages and plain text."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Article, Problem, Stamp
from indexer.sources.charset import decode, is_text
from indexer.sources.dates import date_in_url
from indexer.sources.html import read_page
from indexer.sources.jsonl import NO_TITLE, changed
from indexer.sources.listing import Limits, SourceFile
from indexer.sources.text import clean_text


def read_html(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a saved page, or why it has none."""
    read = decoded(file, limits)
    if isinstance(read, Problem):
        yield read
        return
    text, notes = read
    found = read_page(text)
    if isinstance(found, str):
        yield Problem(file.relative, None, found)
        return
    yield Article(
        id=found.url or file.relative,
        path=file.relative,
        title=found.title or file.path.stem,
        lead=found.lead,
        body=found.body,
        url=found.url,
        source=found.source,
        author=found.author,
        stamps=found.stamps,
        notes=notes,
    )


def read_txt(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a page's text as scraped."""
    read = decoded(file, limits)
    if isinstance(read, Problem):
        yield read
        return
    text, notes = read
    found = clean_text(text)
    if not any(map(str.isalnum, found.body)):
        yield Problem(file.relative, None, "there is no text")
        return
    in_url = date_in_url(found.url) if found.url else None
    yield Article(
        id=found.url or file.relative,
        path=file.relative,
        title=found.title,
        body=found.body,
        url=found.url,
        source=found.source,
        author=found.author,
        stamps=(*found.stamps, *([Stamp(in_url, "url")] if in_url else [])),
        notes=(*notes, NO_TITLE) if found.made_up else notes,
    )


def decoded(file: SourceFile, limits: Limits) -> tuple[str, tuple[str, ...]] | Problem:
    """The text of a file and notes on how it was decoded."""
    data = content(file, limits)
    if isinstance(data, Problem):
        return data
    text, notes = decode(data)
    return (text, notes) if is_text(text) else Problem(file.relative, None, "this is not text")


def content(file: SourceFile, limits: Limits) -> bytes | Problem:
    """The bytes of a file that is whole, not too large and still the one that was listed."""
    try:
        with open(file.path, "rb") as raw:
            data = raw.read(limits.document + 1)
    except FileNotFoundError:
        return Problem(file.relative, None, "the file vanished before it was read")
    except OSError as error:
        return Problem(file.relative, None, f"the file cannot be read: {error.strerror}")
    if len(data) > limits.document:
        return Problem(file.relative, None, f"the file is larger than {limits.document:,} bytes")
    if changed(file):
        return Problem(file.relative, None, "the file changed while it was read; the next run reads it again")
    return data if data.strip() else Problem(file.relative, None, "the file is empty")
