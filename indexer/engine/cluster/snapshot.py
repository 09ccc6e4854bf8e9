"""What one opened index looks at: a point in time of the cluster's index, and what of it does not belong to its commit.

The point in time lives on the nodes that hold it. When one of them is lost, or nobody has asked for KEEP, a new one is
made, of the same commit if that is still the last; else of the newer one, and the index says that it is stale.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from indexer.engine.cluster.client import PATIENCE, first_line, patiently
from indexer.engine.cluster.commits import Commit, Commits
from indexer.engine.cluster.queries import MOST_TERMS, Json, all_clause
from indexer.model.errors import ClusterUnavailable, QuocphongError

KEEP = "10m"
TRIES = 20  # commits that may come between two looks at the same moment


@dataclass(frozen=True, slots=True)
class View:
    """A point in time: its id, the commit it shows, and the queries of what is and is not part of that."""

    id: str
    commit: Commit
    only: tuple[Json, ...]
    never: tuple[Json, ...]

    @property
    def whole(self) -> bool:
        """Whether everything the index holds is part of the commit."""
        return not self.only and not self.never

    def visible(self, query: Json) -> Json:
        """`query` for the articles of the commit alone."""
        return query if self.whole else all_clause([query, *self.only], self.never)


class Snapshot:
    """A view that mends itself. Safe to share between threads."""

    def __init__(self, client: Any, commits: Commits) -> None:
        self.client, self.commits = client, commits
        self._lock = threading.Lock()
        self.view = self._look()

    def search(self, body: Json) -> Json:
        """The answer to one request for the articles of the commit."""
        return self.several([body])[0]

    def several(self, bodies: Sequence[Json]) -> list[Json]:
        """The answers to several requests, all of one view, each from every shard. ClusterUnavailable."""
        from opensearchpy.exceptions import TransportError

        deadline = time.monotonic() + PATIENCE
        while True:
            view = self.view
            try:
                return self._answers(view, bodies)
            except (TransportError, Lost) as error:
                if getattr(error, "status_code", None) == 400:
                    raise
                if time.monotonic() > deadline:
                    raise ClusterUnavailable(f"The cluster cannot answer: {first_line(error)}.") from error
            self._renew(view)

    def _answers(self, view: View, bodies: Sequence[Json]) -> list[Json]:
        asked = [{**body, "query": view.visible(body["query"]), "pit": {"id": view.id, "keep_alive": KEEP}}
                 for body in bodies]
        if len(asked) == 1:
            answers = [self.client.search(body=asked[0], params={"allow_partial_search_results": "false"})]
        else:
            lines: list[Json] = [line for body in asked for line in ({"allow_partial_search_results": False}, body)]
            answers = self.client.msearch(body=lines)["responses"]
        for answer in answers:
            if "error" in answer or answer["_shards"]["failed"] or answer.get("timed_out"):
                raise Lost(str(answer.get("error") or answer["_shards"])[:300])
        return answers

    def _renew(self, lost: View) -> None:
        with self._lock:
            if self.view is lost:
                self.view = self._look()

    def _look(self) -> View:
        """A view of the last commit, made while no other came in between."""
        for _ in range(TRIES):
            before = self.commits.read().commit
            id = self._freeze()
            gone = [some for listed in self.commits.gone(before) for some in cut(listed)]
            if self.commits.read().commit == before:
                only: tuple[Json, ...] = ({"range": {"born": {"lte": before.generation}}},) if before.busy else ()
                return View(id, before, only, tuple({"terms": {"_id": some}} for some in gone))
            self._forget(id)
            time.sleep(0.05)
        raise ClusterUnavailable("The index changes faster than it can be opened.")

    def _freeze(self) -> str:
        """A new point in time. IndexMissing if the index has gone."""
        from opensearchpy.exceptions import NotFoundError

        index, keep = self.commits.index, {"keep_alive": KEEP}
        try:
            return str(patiently(partial(self.client.create_pit, index=index, params=keep))["pit_id"])
        except NotFoundError:
            raise self.commits.missing() from None

    def close(self) -> None:
        """Let the cluster forget the point in time."""
        self._forget(self.view.id)

    def _forget(self, id: str) -> None:
        with suppress(Exception):  # it ends by itself
            self.client.delete_pit(body={"pit_id": [id]})


class Lost(QuocphongError):
    """A part of the point in time is gone: make another."""


def cut(listed: Sequence[str]) -> list[list[str]]:
    """A list in parts that fit into one clause."""
    return [list(listed[at : at + MOST_TERMS]) for at in range(0, len(listed), MOST_TERMS)]
