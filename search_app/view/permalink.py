"""Permanent links: the address of a result with the index generation it was made at and its number of articles.

Opened later, it shows the present result and says what has changed since (indexer/search/changes_since.py).
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from indexer.model import Results
from indexer.search.archive import Engine
from indexer.search.changes_since import Mark, Since, seal_of
from indexer.search.changes_since import since as changes_since
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.view import links
from search_app.web.archive import Archive


def permalink(search: SavedSearch, engine: Engine, total: int) -> str:
    """The permanent link of a result with `total` articles, in the language of the request."""
    return links.search_url(with_mark(search, engine, total))


def permalink_in_data(search: SavedSearch, engine: Engine, total: int) -> str:
    """The same without a language: data is the same whatever language it was asked for in."""
    return f"/search?{with_mark(search, engine, total).query_string()}"


def with_mark(search: SavedSearch, engine: Engine, total: int) -> SavedSearch:
    """The search, from its first page, with the present generation and `total`, sealed."""
    seal = seal_of(search.changed().query_string(), engine.generation, total)
    return search.changed(gen=Mark(engine.generation, total, seal))


def believed(search: SavedSearch) -> bool:
    """Whether the number of articles that a permanent link names is what this site wrote into it for this search."""
    mark = search.gen
    if mark is None or mark.had is None:
        return True
    return mark.seal == seal_of(search.changed().query_string(), mark.generation, mark.had)


def changes(search: SavedSearch, engine: Engine, results: Results, archive: Archive) -> Since | None:
    """What has changed in the result since its permanent link was made; None where none is followed."""
    if search.gen is None:
        return None
    doubted = not believed(search)
    mark = Mark(search.gen.generation) if doubted else search.gen
    since = changes_since(engine, results.query, results.total, mark, archive.kept(mark.generation))
    return replace(since, doubted=doubted)


def sentences(since: Since | None) -> list[str]:
    """The changes in sentences; none where no permanent link is followed."""
    if since is None:
        return []
    if since.changed is None:
        return [messages.SINCE_UNKNOWN]
    had = [] if since.mark.had is None else [messages.SINCE_HAD.format(n=since.mark.had)]
    had = [messages.SINCE_DOUBTED] if since.doubted else had
    if not since.changed and since.gone == 0:
        return [*had, messages.SINCE_SAME]
    return [*had, messages.SINCE_CHANGED.format(n=since.changed), gone(since)]


def gone(since: Since) -> str:
    """How many articles are not in the result any more, in a sentence."""
    if since.gone is not None:
        return messages.SINCE_GONE.format(n=since.gone)
    if since.gone_at_most is not None:
        return messages.SINCE_GONE_AT_MOST.format(n=since.gone_at_most)
    return messages.SINCE_GONE_UNKNOWN


def permalink_json(search: SavedSearch, engine: Engine, total: int, since: Since | None) -> dict[str, Any]:
    """What /api/search adds to a result: the generation, the permanent link, and the changes since `gen` (or null)."""
    counted = None
    if since is not None:
        mark = {"generation": since.mark.generation, "had": since.mark.had}
        counted = {name: value for name, value in asdict(since).items() if name != "mark"} | mark
    return {"generation": engine.generation, "permalink": permalink_in_data(search, engine, total), "since": counted}
