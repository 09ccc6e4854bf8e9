"""What is recognised in articles that are in no index: `quocphong extract`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer import sources
from indexer.ingest import analysis
from indexer.model import Article, Entities, Problem
from indexer.sources import Limits

__all__ = ["extract", "missing"]


def extract(paths: Sequence[str], limits: Limits) -> Iterator[tuple[Article, Entities] | Problem]:
    """Each article of the files and folders `paths` with what is known of it; a Problem for each that gives none."""
    listing = sources.find(paths)
    yield from listing.problems
    for file in listing.files:
        for found in sources.read(file, limits):
            if isinstance(found, Problem):
                yield found
                continue
            article = analysis.prepare(found)
            yield article, analysis.read(article)


def missing(paths: Sequence[str]) -> Sequence[str]:
    """Those of the paths that are not there."""
    return sources.find(paths).missing
