"""Which record owns an id: the first in reading order of all that claim it. No withdrawn record owns one."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Problem
from indexer.storage.manifest import IdClaim
from indexer.storage.tombstones import Tombstones


class IdOwnership:
    """All claims of records to ids, by the path of the record's file.

    A registered claim counts at once. A forgotten claim counts until the next `settle`, which decides anew who owns the
    ids that it frees. `owners` maps an id to the claim that owns it; `originals` maps the digest of a text to the first
    claim with that text.
    """

    def __init__(self, of_files: dict[str, list[IdClaim]], withdrawn: Tombstones) -> None:
        self.of_files, self.withdrawn = of_files, withdrawn
        self.owners: dict[str, IdClaim] = {}
        self.originals: dict[str, IdClaim] = {}
        self.unsettled = True
        self.settle()

    def settle(self) -> None:
        """Decide from all claims which one owns each id, and in which article each text appears first."""
        if not self.unsettled:
            return
        self.unsettled = False
        withdrawn = self.withdrawn.ids
        backwards = [claim for path in sorted(self.of_files, reverse=True) for claim in reversed(self.of_files[path])
                     if claim.id not in withdrawn]
        self.owners = {claim.id: claim for claim in backwards}  # of those with one key the last stays: the first
        self.originals = {claim.text_digest: claim for claim in backwards if self.owners[claim.id] is claim}

    def register(self, claim: IdClaim) -> bool:
        """Register a claim; True if it holds its id by what is known so far."""
        self.of_files.setdefault(claim.path, []).append(claim)
        if not self.comes_first(claim):
            return False
        self.unsettled |= claim.id in self.owners  # whose text may have appeared there first
        if self.withdrawn.means(claim):
            self.learn(claim)
            return False
        self.owners[claim.id] = claim
        original = self.originals.get(claim.text_digest)
        if original is None or claim < original:
            self.originals[claim.text_digest] = claim
        return True

    def leave_out_withdrawn(self) -> None:
        """Settle, and leave out what bears an id nobody knew, but an address or words that are withdrawn."""
        self.settle()
        for claim in [claim for claim in self.owners.values() if self.withdrawn.means(claim)]:
            self.learn(claim)
        self.settle()

    def learn(self, claim: IdClaim) -> None:
        """Know a withdrawn article by its id from now on."""
        if claim.id not in self.withdrawn.ids:
            self.withdrawn.learn(claim.id, claim.address, claim.texts)
            self.unsettled = True

    def comes_first(self, claim: IdClaim) -> bool:
        """Whether no earlier record is known to hold the claim's id."""
        owner = self.owners.get(claim.id)
        return owner is None or not owner < claim

    def forget(self, path: str) -> None:
        """Forget the records of a file."""
        self.unsettled |= bool(self.of_files.pop(path, None))

    def owns(self, claim: IdClaim) -> bool:
        """Whether this record owns its id."""
        return self.owners.get(claim.id) == claim

    def duplicates(self, claim: IdClaim) -> bool:
        """Whether the record says again what the owner of its id has said."""
        return not self.owns(claim) and self.owners[claim.id].digest == claim.digest

    def repeated(self, claim: IdClaim) -> str | None:
        """The id of the earlier article whose text the claim's record repeats, if there is one."""
        original = self.originals[claim.text_digest].id
        return original if original != claim.id else None

    def conflicts(self) -> Iterator[Problem]:
        """Records that lost their id to an earlier record with other content."""
        for path, claims in self.of_files.items():
            for claim in claims:
                owner = self.owners.get(claim.id, claim)
                if owner.digest != claim.digest:
                    where = f"{owner.path}, line {owner.line}" if owner.line else owner.path
                    yield Problem(path, claim.line or None, f"its id {claim.id} belongs to another record: {where}")
