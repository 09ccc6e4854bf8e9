"""Which reader takes which kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.model import Article, Problem
from indexer.sources.document import read_html, read_txt
from indexer.sources.fetched import read_fetched
from indexer.sources.jsonl import read_jsonl
from indexer.sources.listing import Limits, SourceFile
from indexer.sources.office import read_docx, read_pdf
from indexer.sources.warc import read_warc

Reader = Callable[[SourceFile, Limits], Iterator[Article | Problem]]

READERS: dict[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_txt,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".jsonl.xz": read_jsonl,
    ".page.json": read_fetched,
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".warc": read_warc,
    ".warc.gz": read_warc,
    ".wacz": read_warc,
}
