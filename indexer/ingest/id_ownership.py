"""Which record holds an id: of all that claim it the first in reading order, and none of what is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Problem
from indexer.storage.manifest import Claim
from indexer.storage.tombstones import Withdrawn


class Claims:
    """Every record's claim, by the path of its file. What is staked counts at once; what is forgotten counts as gone
    from the next `settle` on, since only then it is known who holds the ids that were freed.

    `holders` gives the claim that holds an id, `originals` the first of those whose texts are equal.
    """

    def __init__(self, of_files: dict[str, list[Claim]], withdrawn: Withdrawn) -> None:
        self.of_files, self.withdrawn = of_files, withdrawn
        self.holders: dict[str, Claim] = {}
        self.originals: dict[str, Claim] = {}
        self.unsettled = True
        self.settle()

    def settle(self) -> None:
        """From all claims: the one that holds each id, and the article each text appeared in first."""
        if not self.unsettled:
            return
        self.unsettled = False
        withdrawn = self.withdrawn.ids
        backwards = [claim for path in sorted(self.of_files, reverse=True) for claim in reversed(self.of_files[path])
                     if claim.id not in withdrawn]
        self.holders = {claim.id: claim for claim in backwards}  # of those with one key the last stays: the first
        self.originals = {claim.text_digest: claim for claim in backwards if self.holders[claim.id] is claim}

    def stake(self, claim: Claim) -> bool:
        """Register a claim; True if it holds its id by what is known so far."""
        self.of_files.setdefault(claim.path, []).append(claim)
        if not self.comes_first(claim):
            return False
        self.unsettled |= claim.id in self.holders  # whose text may have appeared there first
        if self.withdrawn.means(claim):
            self.learn(claim)
            return False
        self.holders[claim.id] = claim
        original = self.originals.get(claim.text_digest)
        if original is None or claim < original:
            self.originals[claim.text_digest] = claim
        return True

    def leave_out_withdrawn(self) -> None:
        """Settle, and leave out what bears an id nobody knew, but an address or words that are withdrawn."""
        self.settle()
        for claim in [claim for claim in self.holders.values() if self.withdrawn.means(claim)]:
            self.learn(claim)
        self.settle()

    def learn(self, claim: Claim) -> None:
        """Know a withdrawn article by its id from now on."""
        if claim.id not in self.withdrawn.ids:
            self.withdrawn.learn(claim.id, claim.address, claim.text_digest)
            self.unsettled = True

    def comes_first(self, claim: Claim) -> bool:
        """Whether no earlier record is known to hold the claim's id."""
        holder = self.holders.get(claim.id)
        return holder is None or not holder < claim

    def forget(self, path: str) -> None:
        """Forget the records of a file."""
        self.unsettled |= bool(self.of_files.pop(path, None))

    def holds(self, claim: Claim) -> bool:
        """Whether this record owns its id."""
        return self.holders.get(claim.id) == claim

    def duplicates(self, claim: Claim) -> bool:
        """Whether the record says again what the holder of its id has said."""
        return not self.holds(claim) and self.holders[claim.id].digest == claim.digest

    def repeated(self, claim: Claim) -> str | None:
        """The id of the earlier article whose text the claim's record repeats, if there is one."""
        original = self.originals[claim.text_digest].id
        return original if original != claim.id else None

    def conflicts(self) -> Iterator[Problem]:
        """Records that lost their id to an earlier record with other content."""
        for path, claims in self.of_files.items():
            for claim in claims:
                holder = self.holders.get(claim.id, claim)
                if holder.digest != claim.digest:
                    where = f"{holder.path}, line {holder.line}" if holder.line else holder.path
                    yield Problem(path, claim.line or None, f"its id {claim.id} belongs to another record: {where}")
