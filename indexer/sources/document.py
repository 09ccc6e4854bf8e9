"""One article a file: saved pages and plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.model import Article, Problem, StatedDate
from indexer.sources.charset import decode, is_text
from indexer.sources.dates import date_in_url
from indexer.sources.found import Found
from indexer.sources.html import read_page
from indexer.sources.jsonl import changed
from indexer.sources.listing import Limits, SourceFile
from indexer.sources.text import read_text


def read_html(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a saved page, or why it has none."""
    yield article_of(file, limits, read_page)


def read_txt(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The article of a page's text as scraped."""
    yield article_of(file, limits, dated_text)


def article_of(file: SourceFile, limits: Limits, reader: Callable[[str], Found | str]) -> Article | Problem:
    """The article that `reader` finds in the text of a file, under the address it gives or its path."""
    read = decoded(file, limits)
    if isinstance(read, Problem):
        return read
    text, notes = read
    found = reader(text)
    if isinstance(found, str):
        return Problem(file.relative, None, found)
    found = found if found.title else replace(found, title=file.path.stem)
    return found.as_article(found.url or file.relative, file.relative, notes=notes)


def dated_text(text: str) -> Found | str:
    """The article in a text; the day in its address comes after those it gives."""
    found = read_text(text)
    if isinstance(found, Found) and found.url and (in_url := date_in_url(found.url)):
        return replace(found, stamps=(*found.stamps, StatedDate(in_url, "url")))
    return found


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
    if problem := changed_problem(file):
        return problem
    return data if data.strip() else Problem(file.relative, None, "the file is empty")


def changed_problem(file: SourceFile) -> Problem | None:
    """What to say of a file that is no longer the one that was listed."""
    if not changed(file):
        return None
    return Problem(file.relative, None, "the file changed while it was read; the next run reads it again")
