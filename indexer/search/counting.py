"""How many articles a search finds, without any of them: for what is offered beside a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.engine.port import Engine
from indexer.model import Filter, Node, Query
from indexer.search.query import Replan


def how_many(engine: Engine, match: Node, filters: Sequence[Filter] = ()) -> int:
    """How many articles match, and pass the filters. Raises what the engine raises."""
    return engine.find(Query(match=match, filters=tuple(filters), limit=0)).total


@dataclass(frozen=True, slots=True)
class Asked:
    """Counts what other texts find in the place of that of `query`; `plan` plans them with the same options."""

    engine: Engine
    query: Query
    plan: Replan

    def count(self, text: str, filters: Sequence[Filter] | None = None) -> int:
        """How many articles `text` finds under the filters of the query, or under others if they are given."""
        match = self.plan(text).query.match if text != self.query.text else self.query.match
        return how_many(self.engine, match, self.query.filters if filters is None else filters)
