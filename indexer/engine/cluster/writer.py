"""The one writer of an index on a cluster. Documents are sent as they come; a commit makes them count, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from indexer.engine.cluster.bulk import Action, send
from indexer.engine.cluster.client import connect, patiently
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.lease import Lease
from indexer.engine.cluster.mapping import Prepared
from indexer.engine.cluster.queries import EVERYTHING, Json
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import ClusterUnavailable

PAGE = 1_000


class OpenSearchWriter:
    """The port's Writer, for one index (a versioned name) on the cluster."""

    def __init__(self, where: ClusterAddress, index: str) -> None:
        """IndexMissing, or IndexLocked while another writer is at work anywhere. Finishes what a killed one left."""
        self.index = index
        self.client = connect(where)
        self.commits = Commits(self.client, where.name, index)
        self.lease = Lease(self.client, where.name)
        self.lease.take()
        try:
            self.seen = self.commits.read()
            self._tidy()
            if self.seen.commit.busy:
                self._clear(self._foreign())
        except BaseException:
            self.lease.give_up()
            raise
        self.refused: dict[str, str] = {}
        self._begin()

    def _begin(self) -> None:
        self.staged: dict[str, int] = {}  # id -> length, for articles sent since the last commit, in index order
        self.deleted: set[str] = set()  # ids to delete that an earlier commit holds
        self.next = self.seen.commit.next

    # --- the port ----------------------------------------------------------------------------

    def add(self, block: Sequence[Prepared]) -> None:
        """Take articles in; an id already held is replaced. Those the cluster refuses are in `refused`, id -> why."""
        self._announce()
        born = self.seen.commit.generation + 1
        known = {self._document(each.id): each.id for each in block}
        for each in block:
            self.staged.pop(each.id, None)
            self.staged[each.id] = each.length
            self.refused.pop(each.id, None)
        refused = send(self.client, self.index, self._actions(block, born))
        for document, why in refused.items():
            del self.staged[known[document]]
            self.refused[known[document]] = why
            self.deleted.add(known[document])  # what it was before is not what it is now
        self.deleted.difference_update(self.staged)

    def delete(self, ids: Iterable[str]) -> int:
        """Drop articles; returns how many the index held."""
        wanted = list(dict.fromkeys(ids))
        fresh = [id for id in wanted if id in self.staged]
        held = {id for id, _, _ in self._held([id for id in wanted if id not in self.deleted])}
        if fresh:
            send(self.client, self.index, (Action(self._document(id)) for id in fresh))
        for id in fresh:
            del self.staged[id]
        self.deleted |= held
        return len(held.union(fresh))

    def commit(self) -> int:
        """Make the changes durable and visible at once; returns the new generation number."""
        if not self.staged and not self.deleted:
            self._settle_idle()
            return self.seen.commit.generation
        self.lease.renew()
        self._refresh()
        before = self.seen.commit
        gone = list(self._held([*self.staged, *self.deleted])) if before.articles else []
        lists = self.commits.note_gone([document for _, document, _ in gone])
        self.seen = self.commits.write(
            self.seen, generation=before.generation + 1, next=self.next, busy=False, gone=lists,
            articles=before.articles + len(self.staged) - len(gone),
            syllables=before.syllables + sum(self.staged.values()) - sum(length for _, _, length in gone))
        self._tidy()
        self._begin()
        return self.seen.commit.generation

    def cancel(self) -> None:
        """Forget everything since the last commit."""
        self._clear([self._document(id) for id in self.staged])
        self._begin()

    def close(self) -> None:
        """Let others write. What was not committed is as if it had never been sent."""
        try:
            if self.staged:
                self.cancel()
        finally:
            self.lease.give_up()
            self.client.close()

    def __enter__(self) -> OpenSearchWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- sending -----------------------------------------------------------------------------

    def _announce(self) -> None:
        """Say, before anything is sent, that there may be documents of no commit."""
        self.lease.renew()
        if not self.seen.commit.busy:
            self.seen = self.commits.write(self.seen, busy=True)

    def _actions(self, block: Sequence[Prepared], born: int) -> Iterator[Action]:
        for each in block:
            document = f'{each.document[:-1]},"born":{born},"seq":{self.next}}}'
            self.next += 1
            yield Action(self._document(each.id), document)

    def _document(self, id: str) -> str:
        """The name of an article's document in the coming commit: sending it again changes nothing."""
        name = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{name}-{self.seen.commit.generation + 1}"

    # --- what is there -----------------------------------------------------------------------

    def _held(self, ids: Sequence[str]) -> Iterator[tuple[str, str, int]]:
        """(id, document, length) of those articles that the last commit holds."""
        for at in range(0, len(ids), PAGE):
            some = ids[at : at + PAGE]
            query: Json = {"bool": {"filter": [{"terms": {"id": some}}, self._committed()]}}
            body = {"query": query, "size": len(some), "sort": ["_doc"], "_source": False, "track_total_hits": False,
                    "docvalue_fields": ["id", "length"]}
            for hit in self._search(body):
                yield hit["fields"]["id"][0], hit["_id"], hit["fields"]["length"][0]

    def _committed(self) -> Json:
        return {"range": {"born": {"lte": self.seen.commit.generation}}}

    def _foreign(self) -> list[str]:
        """Documents that no commit has named: a killed writer's."""
        self._refresh()
        query: Json = {"bool": {"must_not": [self._committed()], "filter": [EVERYTHING]}}
        body: Json = {"query": query, "size": 10 * PAGE, "sort": [{"seq": "asc"}], "_source": False,
                      "track_total_hits": False}
        found: list[str] = []
        while hits := self._search(body):
            found += [hit["_id"] for hit in hits]
            body["search_after"] = hits[-1]["sort"]
        return found

    def _search(self, body: Json) -> list[Any]:
        answer = patiently(lambda: self.client.search(
            index=self.index, body=body, params={"allow_partial_search_results": "false"}))
        return list(answer["hits"]["hits"])

    # --- tidying up --------------------------------------------------------------------------

    def _tidy(self) -> None:
        """Delete what the last commit did away with."""
        if lists := self.seen.commit.gone:
            for some in self.commits.gone(self.seen.commit):
                send(self.client, self.index, map(Action, some))
            self._refresh()
            self.seen = self.commits.write(self.seen, gone=0)
            self.commits.forget_gone(lists)

    def _clear(self, documents: Sequence[str]) -> None:
        if documents:
            send(self.client, self.index, map(Action, documents))
        self._settle_idle()

    def _settle_idle(self) -> None:
        """Say that nothing is under way, once that is so."""
        if self.seen.commit.busy:
            self._refresh()
            self.seen = self.commits.write(self.seen, busy=False)

    def _refresh(self) -> None:
        """Make everything sent so far searchable, on every copy that is there."""
        done = patiently(lambda: self.client.indices.refresh(index=self.index))
        if done["_shards"]["failed"]:
            raise ClusterUnavailable(f"Some shards of {self.index} could not be refreshed; nothing was committed.")


