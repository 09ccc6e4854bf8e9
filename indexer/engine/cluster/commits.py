"""Commits of an index on a cluster. OpenSearch has no transactions, so a commit is a small document of its own.

    <name>-state/<index>          the Commit: which documents readers see
    <name>-state/<index>-gone-N   lists of documents that the commit replaced or deleted, until they are deleted
    <name>-state/lock             the writer's lease

An article's document has a field `born`: the number of the commit that adds it. A new version of an article is another
document; documents are never overwritten. Writing the Commit is the one atomic step: from then on readers see the new
documents and no longer see the replaced ones. The replaced documents are deleted afterwards. If the writer is killed
before that, the next writer deletes them.

The Commit is written with optimistic concurrency control: only if nobody has changed it since it was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from indexer.engine.cluster.client import with_retries
from indexer.model.errors import IndexDamaged, IndexLocked, IndexMissing

LIST_SIZE = 20_000  # document names in one list
STATE_INDEX = {"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-all"}, "mappings": {"enabled": False}}


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit. The field names are the members of the stored JSON document.

    generation  its number, from 0
    articles    number of articles in the index
    syllables   their total length in syllables
    next        the number in index order (`seq`) of the next article to be added
    busy        whether a writer may have sent documents that are not committed yet
    gone        number of lists of replaced documents that may still have to be deleted
    """

    generation: int = 0
    articles: int = 0
    syllables: int = 0
    next: int = 0
    busy: bool = False
    gone: int = 0


@dataclass(frozen=True, slots=True)
class VersionedCommit:
    """A commit as read, with the sequence number and primary term of its document.

    `Commits.write` compares both, to detect that another writer has changed the document.
    """

    commit: Commit
    sequence: int
    term: int


class Commits:
    """Reads and writes the commits of the index `index`; `name` is the name (alias) of the index in the settings."""

    def __init__(self, client: Any, name: str, index: str) -> None:
        self.client, self.state, self.index = client, f"{name}-state", index

    def create(self) -> None:
        """Write the first, empty commit of a new index. Creates the state index if it is missing."""
        from opensearchpy.exceptions import RequestError

        try:
            with_retries(lambda: self.client.indices.create(index=self.state, body=STATE_INDEX))
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
        with_retries(lambda: self.client.index(index=self.state, id=self.index, body=asdict(Commit())))

    def read(self, seconds: float | None = None) -> VersionedCommit:
        """The last commit. IndexMissing if there is none, IndexDamaged if it is unreadable, or ClusterUnavailable.

        `seconds`: how long the request is retried (see `with_retries`).
        """
        from opensearchpy.exceptions import NotFoundError

        try:
            found = with_retries(lambda: self.client.get(index=self.state, id=self.index), seconds)
        except NotFoundError:
            raise self.missing_error() from None
        try:
            return VersionedCommit(Commit(**found["_source"]), found["_seq_no"], found["_primary_term"])
        except TypeError:
            raise IndexDamaged(f"What the cluster says of {self.index} cannot be read."
                               " Run: quocphong index --rebuild") from None

    def missing_error(self) -> IndexMissing:
        """The error for an index that the cluster does not hold."""
        return IndexMissing(f"The cluster holds no index {self.index}. Run: quocphong index --rebuild")

    def write(self, read: VersionedCommit, **changes: Any) -> VersionedCommit:
        """Replace the commit that was read by a copy with these `changes`; returns the new one.

        IndexLocked if another writer has changed it meanwhile.
        """
        from opensearchpy.exceptions import ConflictError

        commit = replace(read.commit, **changes)
        try:
            done = with_retries(lambda: self.client.index(
                index=self.state, id=self.index, body=asdict(commit), if_seq_no=read.sequence,
                if_primary_term=read.term))
        except ConflictError:
            now = self.read()
            if now.commit == commit:  # our own write; its answer was lost
                return now
            raise IndexLocked(f"Another machine is writing {self.index}. Nothing of this run was committed."
                              " Let only one machine run quocphong index") from None
        return VersionedCommit(commit, done["_seq_no"], done["_primary_term"])

    # --- documents that a commit replaces or deletes ------------------------------------------

    def record_replaced(self, documents: Sequence[str]) -> int:
        """Store the names of documents that the next commit replaces or deletes. Returns the number of lists."""
        lists = [documents[at : at + LIST_SIZE] for at in range(0, len(documents), LIST_SIZE)]
        for number, part in enumerate(lists):
            body = {"documents": list(part)}
            with_retries(partial(self.client.index, index=self.state, id=f"{self.index}-gone-{number}", body=body))
        return len(lists)

    def replaced(self, commit: Commit) -> Iterator[list[str]]:
        """The lists of documents that `commit` replaced or deleted and that may still exist."""
        from opensearchpy.exceptions import NotFoundError

        for number in range(commit.gone):
            try:
                found = with_retries(partial(self.client.get, index=self.state, id=f"{self.index}-gone-{number}"))
            except NotFoundError:  # just deleted by the writer
                continue
            yield found["_source"]["documents"]

    def drop_replaced_lists(self, count: int) -> None:
        """Delete the first `count` lists."""
        for number in range(count):
            name = f"{self.index}-gone-{number}"
            with_retries(partial(self.client.delete, index=self.state, id=name, ignore=[404]))

    def drop(self) -> None:
        """Delete the commit of the index."""
        with_retries(lambda: self.client.delete(index=self.state, id=self.index, ignore=[404]))
