"""Archives made by crawlers: WARC (ISO 28500), plain or gzipped, and WACZ. Needs the extra `warc`.

HTML pages that were answered with 200 become articles, of one address the newest capture. The day of a capture is
noted and is never taken for a day of publication.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from indexer.model import Article, Problem
from indexer.model.canonical_url import canonical
from indexer.sources.charset import decode, is_text
from indexer.sources.document import changed_problem
from indexer.sources.html import read_page
from indexer.sources.listing import Limits, SourceFile

PAGES = ("text/html", "application/xhtml+xml")
CAPTURED = "captured {} by a crawler"
NO_ARTICLES = "{} of {} captured pages are no articles (lists, front pages, or without text): {}"
NO_PAGES = "the archive holds no HTML page that was answered with 200"
BROKEN = "the archive breaks off or is none: {}"
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Capture:
    """A page in an archive: its place among the records, its address, and when it was captured (ISO, UTC)."""

    number: int
    url: str
    at: str


class TooLong(Exception):
    """The archive unpacks to more than was allowed."""


def read_warc(file: SourceFile, limits: Limits) -> Iterator[Article | Problem]:
    """The articles of an archive, numbered by their records, then a Problem for pages that are none, or for a break.

    Reads the archive twice: first for the newest capture of each address, then for the pages.
    """
    wanted: dict[int, Capture] = {}
    taken = 0
    others: list[str] = []
    try:
        wanted = {capture.number: capture for capture in newest(captures(file, limits))}
        for number, record in records(file, limits):
            if number in wanted:
                item = article_of(record, wanted[number], file, limits)
                taken += isinstance(item, Article)
                others += [wanted[number].url] if item is None else []
                if item is not None:
                    yield item
    except FileNotFoundError:
        yield Problem(file.relative, None, "the file vanished before it was read")
        return
    except Exception as error:  # whatever warcio, zlib and zipfile throw at a broken archive
        yield Problem(file.relative, None, BROKEN.format(error or type(error).__name__))
    if others:
        shown = ", ".join(others[:EXAMPLES]) + (", …" if len(others) > EXAMPLES else "")
        yield Problem(file.relative, None, NO_ARTICLES.format(len(others), len(wanted), shown))
    elif not wanted:
        yield Problem(file.relative, None, NO_PAGES)
    if problem := changed_problem(file):
        yield problem


def newest(found: Iterator[Capture]) -> list[Capture]:
    """Of each address the capture that was made last."""
    last: dict[str, Capture] = {}
    for capture in found:
        key = canonical(capture.url) or capture.url
        if key not in last or capture.at >= last[key].at:
            last[key] = capture
    return list(last.values())


def captures(file: SourceFile, limits: Limits) -> Iterator[Capture]:
    """Every HTML page that was answered with 200."""
    for number, record in records(file, limits):
        if is_page(record):
            headers = record.rec_headers
            yield Capture(number, headers.get_header("WARC-Target-URI") or "", headers.get_header("WARC-Date") or "")


def is_page(record: Any) -> bool:
    """Whether a record is the answer of a web server with a page."""
    if record.rec_type != "response" or record.http_headers is None or record.http_headers.get_statuscode() != "200":
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").lower()
    return kind.startswith(PAGES)


def article_of(record: Any, capture: Capture, file: SourceFile, limits: Limits) -> Article | Problem | None:
    """The article of a captured page; None if it is none, a Problem if it is too large or no text."""
    data = record.content_stream().read(limits.document + 1)
    if len(data) > limits.document:
        return Problem(file.relative, capture.number, f"the page is larger than {limits.document:,} bytes")
    text, notes = decode(data)
    found = read_page(text, capture.url) if data.strip() and is_text(text) else ""
    if isinstance(found, str):
        return None
    found = replace(found, url=found.url or capture.url)
    id = canonical(capture.url) or f"{file.relative}#R{capture.number}"
    notes = (*notes, CAPTURED.format(capture.at)) if capture.at else notes
    return found.as_article(id, file.relative, capture.number, notes)


def records(file: SourceFile, limits: Limits) -> Iterator[tuple[int, Any]]:
    """(number, record) from 1, through all WARC files of the archive. TooLong past `limits.stream` bytes unpacked."""
    from warcio.archiveiterator import ArchiveIterator

    number = size = 0
    for stream in streams(file):
        with stream as opened:
            for record in ArchiveIterator(opened, no_record_parse=False, arc2warc=True):
                number += 1
                size += max(0, int(record.rec_headers.get_header("Content-Length") or 0))
                if size > limits.stream:
                    raise TooLong(f"it unpacks to more than {limits.stream:,} bytes")
                yield number, record


def streams(file: SourceFile) -> Iterator[Any]:
    """The WARC files of an archive, one after the other, as context managers: itself, or those in a WACZ's folder."""
    if file.suffix != ".wacz":
        yield open(file.path, "rb")  # noqa: SIM115 (the caller closes it)
        return
    with zipfile.ZipFile(file.path) as packed:
        for name in sorted(packed.namelist()):
            if name.lower().endswith((".warc", ".warc.gz")):
                yield buffered(packed.open(name))


@contextmanager
def buffered(raw: Any) -> Iterator[Any]:
    """A member of a zip file with the buffering that warcio expects."""
    with raw, io.BufferedReader(raw) as opened:
        yield opened
