"""Which articles a file takes along, how much of each, and what the file says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice

from indexer import __version__
from indexer.engine.port import Engine
from indexer.model import NO_LIMIT, Entry, Query
from indexer.model.errors import UsageError
from indexer.model.settings import Settings
from indexer.search import service
from indexer.search.archive import DuplicateGroups, current_folder
from indexer.search.corrections import read_corrections
from indexer.search.excerpts import of_excerpts
from indexer.search.mentions import MentionRow, rows
from indexer.search.people import People
from indexer.search.unknown_values import unknown_values
from indexer.storage.index_folder import versions
from indexer.storage.tombstones import Tombstones

PAGE = 200  # articles in memory at a time
RIGHTS = ("The newspapers hold the rights in their texts. This file records who published what; cite the newspaper, and"
          " pass texts on only where the law lets you.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: a query in the query language ("" for all), filters, interpretations that are off, and
    whether texts are `whole`."""

    query: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    off: Sequence[str] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The articles to take along.

    about  what the file says of itself: (name, text)
    ids    the articles, by id in order; none that is withdrawn
    whole  whether whole texts go along
    """

    engine: Engine
    people: People
    stories: DuplicateGroups
    about: tuple[tuple[str, str], ...]
    ids: tuple[str, ...]
    whole: bool

    @classmethod
    def of(cls, engine: Engine, settings: Settings, wish: Wish) -> Selection:
        """What a wish selects from an opened index. UsageError for values of filters that nothing is called."""
        folder = current_folder(settings.index)
        query = asked(engine, wish)
        ids = tuple(sorted(set(found(engine, query)) - Tombstones(settings.index).ids))
        about = {
            "articles": str(len(ids)),
            "archive": str(engine.count()),
            "query": wish.query,
            "filters": as_json(wish.filters),
            "interpretations_off": as_json(sorted(wish.off)),
            "interpretations_applied": as_json([str(each.label) for each in query.applied] if query else []),
            "texts": "whole" if wish.whole else "excerpts",
            "generation": str(engine.generation),
            "day": datetime.fromtimestamp(folder.stat().st_mtime, UTC).date().isoformat(),
            "made_by": f"quocphong {__version__}",
            "versions": as_json(versions()),
            "rights": RIGHTS,
        }
        corrections, _ = read_corrections(settings.corrections)
        return cls(engine, People(engine, corrections), DuplicateGroups.open(folder), tuple(about.items()), ids,
                   wish.whole)

    def entries(self) -> Iterator[list[Entry]]:
        """The articles, page by page, in the order of their ids; excerpts of them unless they are wanted `whole`."""
        engine, ids = self.engine if self.whole else of_excerpts(self.engine), iter(self.ids)
        while page := list(islice(ids, PAGE)):
            yield engine.entries(page)

    def mentions(self, entry: Entry) -> list[MentionRow]:
        """Who is named at which post in an article, with editors' corrections, as `quocphong mentions` has it."""
        return list(self.people.corrected(rows(entry, self.stories.story_of)))


def asked(engine: Engine, wish: Wish) -> Query | None:
    """The query for a wish, as `quocphong search` interprets it; None for all articles."""
    filters = service.resolved(engine, wish.filters)
    if said := [value.message for value in unknown_values(engine, Query(filters=filters)) if value.chosen]:
        raise UsageError(" ".join(said))
    if wish.query:
        return service.search(engine, wish.query, filters=wish.filters, limit=1, off=wish.off, facets=(), near_up_to=0,
                              advise=False).query
    return Query(filters=filters) if filters else None


def found(engine: Engine, query: Query | None) -> Iterator[str]:
    """The ids of the articles that a query finds; of all without one."""
    if query is None:
        yield from engine.ids()
        return
    every = replace(query, sort="newest", scoring=(), offset=0, limit=NO_LIMIT, facets=())
    yield from (hit.id for hit in engine.find(every).hits)


def as_json(value: object) -> str:
    """A value of `about` as JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=list)
