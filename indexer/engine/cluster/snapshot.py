"""A consistent view of one commit: a point in time of OpenSearch, filtered to the documents of the commit.

A point in time is lost with a node that holds a part of it, or when it is not used for KEEP_ALIVE. Then a new view is
opened, of the last commit. If that is a newer commit, the engine reports that it is stale.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from indexer.engine.cluster.client import RETRY_SECONDS, first_line, with_retries
from indexer.engine.cluster.commits import Commit, Commits
from indexer.engine.cluster.queries import MOST_TERMS, Json, all_clause
from indexer.model.errors import ClusterUnavailable, QuocphongError

KEEP_ALIVE = "10m"
MAX_ATTEMPTS = 20  # attempts to open a view while no commit happens


@dataclass(frozen=True, slots=True)
class View:
    """A point in time and the commit it shows.

    filters     queries that a document of the commit must match
    exclusions  queries that a document of the commit must not match
    """

    id: str
    commit: Commit
    filters: tuple[Json, ...]
    exclusions: tuple[Json, ...]

    @property
    def is_complete(self) -> bool:
        """Whether all documents of the point in time belong to the commit."""
        return not self.filters and not self.exclusions

    def restrict(self, query: Json) -> Json:
        """`query`, restricted to the documents of the commit."""
        return query if self.is_complete else all_clause([query, *self.filters], self.exclusions)


class Snapshot:
    """Searches one view, and opens a new view when the old one is lost. Thread-safe."""

    def __init__(self, client: Any, commits: Commits) -> None:
        self.client, self.commits = client, commits
        self._lock = threading.Lock()
        self.view = self._open_view()

    def search(self, body: Json) -> Json:
        """The answer to one search request, restricted to the commit. Errors as in `multi_search`."""
        return self.multi_search([body])[0]

    def multi_search(self, bodies: Sequence[Json]) -> list[Json]:
        """The answers to several search requests, all from the same view and each from all shards.

        ClusterUnavailable if there is no complete answer for RETRY_SECONDS.
        """
        from opensearchpy.exceptions import TransportError

        deadline = time.monotonic() + RETRY_SECONDS
        while True:
            view = self.view
            try:
                return self._answers(view, bodies)
            except (TransportError, ViewLost) as error:
                if getattr(error, "status_code", None) == 400:
                    raise
                if time.monotonic() > deadline:
                    raise ClusterUnavailable(f"The cluster cannot answer: {first_line(error)}.") from error
            self._replace(view)

    def _answers(self, view: View, bodies: Sequence[Json]) -> list[Json]:
        requests = [{**body, "query": view.restrict(body["query"]), "pit": {"id": view.id, "keep_alive": KEEP_ALIVE}}
                 for body in bodies]
        if len(requests) == 1:
            answers = [self.client.search(body=requests[0], params={"allow_partial_search_results": "false"})]
        else:
            lines: list[Json] = [line for body in requests for line in ({"allow_partial_search_results": False}, body)]
            answers = self.client.msearch(body=lines)["responses"]
        for answer in answers:
            if "error" in answer or answer["_shards"]["failed"] or answer.get("timed_out"):
                raise ViewLost(str(answer.get("error") or answer["_shards"])[:300])
        return answers

    def _replace(self, lost: View) -> None:
        with self._lock:
            if self.view is lost:
                self.view = self._open_view()

    def _open_view(self) -> View:
        """A view of the last commit. Repeated if a commit happens meanwhile."""
        for _ in range(MAX_ATTEMPTS):
            before = self.commits.read().commit
            id = self._create_point_in_time()
            replaced = [part for listed in self.commits.replaced(before) for part in split_terms(listed)]
            if self.commits.read().commit == before:
                filters: tuple[Json, ...] = ({"range": {"born": {"lte": before.generation}}},) if before.busy else ()
                return View(id, before, filters, tuple({"terms": {"_id": part}} for part in replaced))
            self._delete_point_in_time(id)
            time.sleep(0.05)
        raise ClusterUnavailable("The index changes faster than it can be opened.")

    def _create_point_in_time(self) -> str:
        """Create a point in time and return its id. IndexMissing if the index does not exist."""
        from opensearchpy.exceptions import NotFoundError

        index, keep = self.commits.index, {"keep_alive": KEEP_ALIVE}
        try:
            return str(with_retries(partial(self.client.create_pit, index=index, params=keep))["pit_id"])
        except NotFoundError:
            raise self.commits.missing_error() from None

    def close(self) -> None:
        """Delete the point in time on the cluster."""
        self._delete_point_in_time(self.view.id)

    def _delete_point_in_time(self, id: str) -> None:
        with suppress(Exception):  # it expires by itself
            self.client.delete_pit(body={"pit_id": [id]})


class ViewLost(QuocphongError):
    """A part of the point in time does not answer: a new view is needed."""


def split_terms(listed: Sequence[str]) -> list[list[str]]:
    """The terms in parts of at most MOST_TERMS, the limit for one clause."""
    return [list(listed[at : at + MOST_TERMS]) for at in range(0, len(listed), MOST_TERMS)]
