"""Permanent links: the address of a result that remembers the generation of the index it was made at.

Opened later, the page is today's, and says what has happened to the result since (indexer/search/changes_since.py).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.model import Results
from indexer.search.archive import Engine
from indexer.search.changes_since import Mark, Since, since
from search_app.i18n import messages
from search_app.view import links
from search_app.web.archive import Archive
from search_app.web.params import Request


def permalink(wanted: Request, engine: Engine, total: int) -> str:
    """The address of the first page of a result, with the generation it was found in and how many articles it had."""
    return links.search(remembered(wanted, engine, total))


def permalink_in_data(wanted: Request, engine: Engine, total: int) -> str:
    """The same in no language but the site's own: data is the same whatever language it was asked for in."""
    return f"/search?{remembered(wanted, engine, total).query_string()}"


def remembered(wanted: Request, engine: Engine, total: int) -> Request:
    return wanted.changed(gen=Mark(engine.generation, total))


def what_happened(wanted: Request, engine: Engine, results: Results, archive: Archive) -> Since | None:
    """What has happened to the result since the permanent link that is followed; None where none is."""
    if wanted.gen is None:
        return None
    return since(engine, results.query, results.total, wanted.gen, archive.kept(wanted.gen.generation))


def sentences(told: Since | None) -> list[str]:
    """What a page says of it; nothing where no permanent link is followed."""
    if told is None:
        return []
    if told.changed is None:
        return [messages.SINCE_UNKNOWN]
    had = [] if told.mark.had is None else [messages.SINCE_HAD.format(n=told.mark.had)]
    if not told.changed and told.gone == 0:
        return [*had, messages.SINCE_SAME]
    return [*had, messages.SINCE_CHANGED.format(n=told.changed), gone(told)]


def gone(told: Since) -> str:
    if told.gone is not None:
        return messages.SINCE_GONE.format(n=told.gone)
    if told.gone_at_most is not None:
        return messages.SINCE_GONE_AT_MOST.format(n=told.gone_at_most)
    return messages.SINCE_GONE_UNKNOWN


def as_json(wanted: Request, engine: Engine, total: int, told: Since | None) -> dict[str, Any]:
    """What /api/search says beside a result: the generation, the link, and what `gen` asked for (else null)."""
    counted = None
    if told is not None:
        counted = {name: value for name, value in asdict(told).items() if name != "mark"} | asdict(told.mark)
    return {"generation": engine.generation, "permalink": permalink_in_data(wanted, engine, total), "since": counted}
