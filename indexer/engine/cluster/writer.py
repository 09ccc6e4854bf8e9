"""The writer of the OpenSearch engine. It sends documents at once; readers see them after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

from indexer.engine.cluster.bulk import Action, send
from indexer.engine.cluster.client import connect, with_retries
from indexer.engine.cluster.commits import Commits
from indexer.engine.cluster.lease import Lease
from indexer.engine.cluster.mapping import IndexDocument
from indexer.engine.cluster.queries import EVERYTHING, Json
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import ClusterUnavailable

PAGE_SIZE = 1_000


class OpenSearchWriter:
    """Implements `port.Writer` for one index (a numbered name) on the cluster. A context manager."""

    def __init__(self, where: ClusterAddress, index: str) -> None:
        """Acquire the lease, and delete what a killed writer left.

        Raises IndexMissing, IndexLocked (another writer works, on any machine) or ClusterUnavailable.
        """
        self.index = index
        self.client = connect(where)
        self.commits = Commits(self.client, where.name, index)
        self.lease = Lease(self.client, where.name)
        self.lease.acquire()
        try:
            self.current = self.commits.read()
            self._delete_replaced()
            if self.current.commit.busy:
                self._delete_uncommitted(self._uncommitted_documents())
        except BaseException:
            self.lease.release()
            raise
        self.refused: dict[str, str] = {}
        self._reset()

    def _reset(self) -> None:
        self.staged: dict[str, int] = {}  # articles sent since the last commit: id -> length, in index order
        self.deleted: set[str] = set()  # ids of committed articles to delete
        self.next = self.current.commit.next

    # --- the port ----------------------------------------------------------------------------

    def add(self, block: Sequence[IndexDocument]) -> None:
        """Send the documents of a block. A known id replaces the old article; refused ones go to `refused`."""
        self._mark_busy()
        born = self.current.commit.generation + 1
        known = {self._document_name(each.id): each.id for each in block}
        for each in block:
            self.staged.pop(each.id, None)
            self.staged[each.id] = each.length
            self.refused.pop(each.id, None)
        refused = send(self.client, self.index, self._actions(block, born))
        for document, why in refused.items():
            del self.staged[known[document]]
            self.refused[known[document]] = why
            self.deleted.add(known[document])  # its earlier version is out of date
        self.deleted.difference_update(self.staged)

    def delete(self, ids: Iterable[str]) -> int:
        """Delete articles by id. Returns how many of them the index held."""
        wanted = list(dict.fromkeys(ids))
        staged = [id for id in wanted if id in self.staged]
        committed = {id for id, _, _ in self._committed_documents([id for id in wanted if id not in self.deleted])}
        if staged:
            send(self.client, self.index, (Action(self._document_name(id)) for id in staged))
        for id in staged:
            del self.staged[id]
        self.deleted |= committed
        return len(committed.union(staged))

    def commit(self) -> int:
        """Commit all changes. Returns the generation number, which is unchanged if nothing was changed."""
        if not self.staged and not self.deleted:
            self._mark_idle()
            return self.current.commit.generation
        self.lease.renew()
        self._refresh()
        before = self.current.commit
        replaced = list(self._committed_documents([*self.staged, *self.deleted])) if before.articles else []
        lists = self.commits.record_replaced([document for _, document, _ in replaced])
        self.current = self.commits.write(
            self.current, generation=before.generation + 1, next=self.next, busy=False, gone=lists,
            articles=before.articles + len(self.staged) - len(replaced),
            syllables=before.syllables + sum(self.staged.values()) - sum(length for _, _, length in replaced))
        self._delete_replaced()
        self._reset()
        return self.current.commit.generation

    def cancel(self) -> None:
        """Discard all changes since the last commit, and delete the documents sent."""
        self._delete_uncommitted([self._document_name(id) for id in self.staged])
        self._reset()

    def close(self) -> None:
        """Discard uncommitted changes, release the lease and close the connections."""
        try:
            if self.staged:
                self.cancel()
        finally:
            self.lease.release()
            self.client.close()

    def __enter__(self) -> OpenSearchWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- sending -----------------------------------------------------------------------------

    def _mark_busy(self) -> None:
        """Record that uncommitted documents may exist, before the first one is sent."""
        self.lease.renew()
        if not self.current.commit.busy:
            self.current = self.commits.write(self.current, busy=True)

    def _actions(self, block: Sequence[IndexDocument], born: int) -> Iterator[Action]:
        for each in block:
            document = f'{each.document[:-1]},"born":{born},"seq":{self.next}}}'
            self.next += 1
            yield Action(self._document_name(each.id), document)

    def _document_name(self, id: str) -> str:
        """The name of an article's document in the next commit. The same each time, so sending twice does no harm."""
        name = blake2b(id.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        return f"{name}-{self.current.commit.generation + 1}"

    # --- documents on the cluster --------------------------------------------------------------

    def _committed_documents(self, ids: Sequence[str]) -> Iterator[tuple[str, str, int]]:
        """(id, document name, length) of those of the articles that the last commit holds."""
        for at in range(0, len(ids), PAGE_SIZE):
            some = ids[at : at + PAGE_SIZE]
            query: Json = {"bool": {"filter": [{"terms": {"id": some}}, self._committed_filter()]}}
            body = {"query": query, "size": len(some), "sort": ["_doc"], "_source": False, "track_total_hits": False,
                    "docvalue_fields": ["id", "length"]}
            for hit in self._search(body):
                yield hit["fields"]["id"][0], hit["_id"], hit["fields"]["length"][0]

    def _committed_filter(self) -> Json:
        return {"range": {"born": {"lte": self.current.commit.generation}}}

    def _uncommitted_documents(self) -> list[str]:
        """The names of uncommitted documents, left by a killed writer."""
        self._refresh()
        query: Json = {"bool": {"must_not": [self._committed_filter()], "filter": [EVERYTHING]}}
        body: Json = {"query": query, "size": 10 * PAGE_SIZE, "sort": [{"seq": "asc"}], "_source": False,
                      "track_total_hits": False}
        found: list[str] = []
        while hits := self._search(body):
            found += [hit["_id"] for hit in hits]
            body["search_after"] = hits[-1]["sort"]
        return found

    def _search(self, body: Json) -> list[Any]:
        answer = with_retries(lambda: self.client.search(
            index=self.index, body=body, params={"allow_partial_search_results": "false"}))
        return list(answer["hits"]["hits"])

    # --- cleaning up ---------------------------------------------------------------------------

    def _delete_replaced(self) -> None:
        """Delete the documents that the last commit replaced or deleted."""
        if lists := self.current.commit.gone:
            for some in self.commits.replaced(self.current.commit):
                send(self.client, self.index, map(Action, some))
            self._refresh()
            self.current = self.commits.write(self.current, gone=0)
            self.commits.drop_replaced_lists(lists)

    def _delete_uncommitted(self, documents: Sequence[str]) -> None:
        if documents:
            send(self.client, self.index, map(Action, documents))
        self._mark_idle()

    def _mark_idle(self) -> None:
        """Record that no uncommitted document exists."""
        if self.current.commit.busy:
            self._refresh()
            self.current = self.commits.write(self.current, busy=False)

    def _refresh(self) -> None:
        """Make everything sent so far searchable on all copies. ClusterUnavailable if a shard fails."""
        done = with_retries(lambda: self.client.indices.refresh(index=self.index))
        if done["_shards"]["failed"]:
            raise ClusterUnavailable(f"Some shards of {self.index} could not be refreshed; nothing was committed.")


