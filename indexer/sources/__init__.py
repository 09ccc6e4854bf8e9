"""What did the newspaper publish? Folders and files in, one Article or Problem a time out.

    listing = find(["corpus/sample", "archive/2022-*.jsonl.xz"])
    for file in listing.files:
        for item in read(file): ...

The only importer of bs4. Nothing here reads entities or segments words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.model import Article, Problem
from indexer.sources.document import read_html, read_txt
from indexer.sources.fetched import read_bytes, read_fetched
from indexer.sources.jsonl import read_jsonl
from indexer.sources.listing import SUFFIXES, Limits, Listing, SourceFile, find

__all__ = ["SUFFIXES", "Limits", "Listing", "SourceFile", "find", "read", "read_bytes"]

Reader = Callable[[SourceFile, Limits], Iterator[Article | Problem]]

READERS: dict[str, Reader] = {
    ".html": read_html,
    ".htm": read_html,
    ".txt": read_txt,
    ".jsonl": read_jsonl,
    ".jsonl.gz": read_jsonl,
    ".jsonl.xz": read_jsonl,
    ".page.json": read_fetched,
}


def read(file: SourceFile, limits: Limits | None = None) -> Iterator[Article | Problem]:
    """Everything `file` holds: one item a page or text file, one item a line of JSONL that is not blank.

    Never raises for what a file contains or for a file that has gone: the answer is a Problem.
    """
    return READERS[file.suffix](file, limits or Limits())
