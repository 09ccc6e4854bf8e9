"""How an index on a cluster knows its commits: small documents beside it, changed only by whoever read them last.

    <name>-state/<index>          its Commit: what readers may see, and what is under way
    <name>-state/<index>-gone-N   the documents that the commit replaced or deleted, until they are gone
    <name>-state/lock             the writer

An article's document bears the number of the commit that brings it in (`born`), and is replaced by another document,
never overwritten. So nothing that is being written shows before the commit's own document names it, and what that
commit replaces stops showing at the same moment; deleting it is tidying up, which the next writer finishes if this one
is killed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any

from indexer.engine.cluster.client import patiently
from indexer.model.errors import IndexDamaged, IndexLocked, IndexMissing

MOST_GONE = 20_000  # documents named in one list
STATE = {"settings": {"number_of_shards": 1, "auto_expand_replicas": "0-all"}, "mappings": {"enabled": False}}


@dataclass(frozen=True, slots=True)
class Commit:
    """The last commit of an index. `articles` and `syllables` are what it holds, `next` the next place in index order.

    busy     a writer may have sent documents that belong to no commit yet
    gone     how many lists of documents this commit did away with, and that may still be there
    """

    generation: int = 0
    articles: int = 0
    syllables: int = 0
    next: int = 0
    busy: bool = False
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A commit as read, with what makes sure that nobody has changed it since."""

    commit: Commit
    sequence: int
    term: int


class Commits:
    """The commits of one index on the cluster."""

    def __init__(self, client: Any, name: str, index: str) -> None:
        self.client, self.state, self.index = client, f"{name}-state", index

    def create(self) -> None:
        """The first, empty commit of a new index; the state index is made with the first of them."""
        from opensearchpy.exceptions import RequestError

        try:
            patiently(lambda: self.client.indices.create(index=self.state, body=STATE))
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise
        patiently(lambda: self.client.index(index=self.state, id=self.index, body=asdict(Commit())))

    def read(self, patience: float | None = None) -> Seen:
        """The commit as it is now. IndexMissing if there is none."""
        from opensearchpy.exceptions import NotFoundError

        try:
            found = patiently(lambda: self.client.get(index=self.state, id=self.index), patience)
        except NotFoundError:
            raise self.missing() from None
        try:
            return Seen(Commit(**found["_source"]), found["_seq_no"], found["_primary_term"])
        except TypeError:
            raise IndexDamaged(f"What the cluster says of {self.index} cannot be read."
                               " Run: quocphong index --rebuild") from None

    def missing(self) -> IndexMissing:
        """The error for an index that the cluster does not hold."""
        return IndexMissing(f"The cluster holds no index {self.index}. Run: quocphong index --rebuild")

    def write(self, seen: Seen, **changed: Any) -> Seen:
        """Put a changed commit in the place of the one seen. IndexLocked if another writer was faster."""
        from opensearchpy.exceptions import ConflictError

        commit = replace(seen.commit, **changed)
        try:
            done = patiently(lambda: self.client.index(
                index=self.state, id=self.index, body=asdict(commit), if_seq_no=seen.sequence,
                if_primary_term=seen.term))
        except ConflictError:
            now = self.read()
            if now.commit == commit:  # our own write, whose answer was lost
                return now
            raise IndexLocked(f"Another machine is writing {self.index}. Nothing of this run was committed."
                              " Let only one machine run quocphong index") from None
        return Seen(commit, done["_seq_no"], done["_primary_term"])

    # --- what a commit does away with --------------------------------------------------------

    def note_gone(self, documents: Sequence[str]) -> int:
        """Write down the documents that the coming commit does away with; returns in how many lists."""
        lists = [documents[at : at + MOST_GONE] for at in range(0, len(documents), MOST_GONE)]
        for number, some in enumerate(lists):
            body = {"documents": list(some)}
            patiently(partial(self.client.index, index=self.state, id=f"{self.index}-gone-{number}", body=body))
        return len(lists)

    def gone(self, commit: Commit) -> Iterator[list[str]]:
        """The lists of documents that `commit` did away with, as far as they may still be there."""
        from opensearchpy.exceptions import NotFoundError

        for number in range(commit.gone):
            try:
                found = patiently(partial(self.client.get, index=self.state, id=f"{self.index}-gone-{number}"))
            except NotFoundError:  # tidied up a moment ago
                continue
            yield found["_source"]["documents"]

    def forget_gone(self, count: int) -> None:
        """Delete the `count` documents that list what a commit deleted."""
        for number in range(count):
            name = f"{self.index}-gone-{number}"
            patiently(partial(self.client.delete, index=self.state, id=name, ignore=[404]))

    def drop(self) -> None:
        """Forget the index altogether."""
        patiently(lambda: self.client.delete(index=self.state, id=self.index, ignore=[404]))
