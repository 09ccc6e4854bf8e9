"""What did the newspaper publish? Folders and files in, one Article or Problem a time out.

    listing = find(["corpus/sample", "archive/2022-*.jsonl.xz"])
    for file in listing.files:
        for item in read(file): ...

The only importer of bs4. Nothing here reads entities or segments words.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Article, Problem
from indexer.sources.listing import SUFFIXES, Limits, Listing, SourceFile, find

__all__ = ["SUFFIXES", "Limits", "Listing", "SourceFile", "find", "read"]


def read(file: SourceFile, limits: Limits | None = None) -> Iterator[Article | Problem]:
    """Everything `file` holds: one item a page or text file, one item a line of JSONL that is not blank.

    Never raises for what a file contains or for a file that has gone: the answer is a Problem.
    """
    from indexer.sources.readers import READERS  # here: most runs list the files and find none to read

    return READERS[file.suffix](file, limits or Limits())
