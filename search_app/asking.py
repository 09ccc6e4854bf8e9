"""From a Request to Results: the one place where the site calls the search street."""

from __future__ import annotations

from indexer.engine.port import Engine
from indexer.model import Results
from indexer.search import search
from search_app.params import Request


def ask(engine: Engine, wanted: Request) -> Results:
    """What `engine` finds for `wanted`. Raises what the engine raises."""
    return search(
        engine,
        wanted.q,
        filters=wanted.filters,
        sort=wanted.sort,
        page=wanted.page,
        limit=wanted.limit,
        off=wanted.off,
        widen=wanted.widen,
    )
