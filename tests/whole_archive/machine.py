"""What can happen to an archive, as a state machine: a corpus that changes, runs that end or are killed, and all that
is done to an index besides. After each step it must answer as tests.whole_archive.wanted works it out.
"""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from indexer.engine import merge_policy
from indexer.model.errors import ChecksFailed
from indexer.operations.backup import back_up, restore
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import apply, bring_back, withdraw
from indexer.storage.tombstones import Tombstones
from tests.whole_archive import words
from tests.whole_archive.corpus import Row
from tests.whole_archive.history import History, Saved

MOST_ROWS = 20
steps = st.integers(1, 12)  # a run without a rebuild, or a withdrawal, has about so many that make something last
many_steps = st.integers(1, 40)  # as many as a rebuild, a backup or a restore
places = st.integers(0, 1_000)
now = st.sampled_from((True,) * 5 + (False,))
placed_rows = st.tuples(words.names, st.builds(
    Row, words.ids, words.titles, words.texts, words.days, words.addresses))


class Archive(History):
    """The rules. Rows, articles and tombstones are drawn by number, of as many as there are."""

    @property
    def has_room(self) -> bool:
        return len(self.corpus.places()) < MOST_ROWS

    # --- the beginning -------------------------------------------------------------------------

    @initialize(small=st.sampled_from((0, 0, 0, 3, 2_048)), placed=st.lists(placed_rows, min_size=6, max_size=9))
    def begin(self, small: int, placed: list[tuple[str, Row]]) -> None:
        merge_policy.SMALL_SEGMENT = small
        for name, row in placed:
            self.corpus.put(name, row)
        self.run()

    # --- the corpus changes --------------------------------------------------------------------

    @precondition(lambda self: self.has_room)
    @rule(placed=st.lists(placed_rows, min_size=1, max_size=3), then=now)
    def add(self, placed: list[tuple[str, Row]], then: bool) -> None:
        """New records; where an id is in use, a duplicate id with other content."""
        for name, row in placed:
            self.corpus.put(name, row)
        self.run_if(then)

    @precondition(lambda self: self.corpus.places() and self.has_room)
    @rule(name=words.names, at=places, id=st.none() | words.ids, then=now)
    def copy(self, name: str, at: int, id: str | None, then: bool) -> None:
        """The words of a record, withdrawn perhaps, under another id; or just the same record once more."""
        row = self.corpus.row(at)
        self.corpus.put(name, replace(row, id=id, url=None) if id else row)
        self.run_if(then)

    @precondition(lambda self: self.corpus.places())
    @rule(at=places, text=words.texts, then=now)
    def change(self, at: int, text: str, then: bool) -> None:
        self.corpus.edit(at, lambda row: [replace(row, text=text)])
        self.run_if(then)

    @precondition(lambda self: self.corpus.places())
    @rule(at=places, other=places, then=now)
    def take_over(self, at: int, other: int, then: bool) -> None:
        """A record is changed into the words of another."""
        said = self.corpus.row(other)
        self.corpus.edit(at, lambda row: [replace(row, title=said.title, text=said.text)])
        self.run_if(then)

    @precondition(lambda self: self.corpus.places())
    @rule(at=places, url=words.addresses, then=now)
    def move(self, at: int, url: str | None, then: bool) -> None:
        """A record gets another address."""
        self.corpus.edit(at, lambda row: [replace(row, url=url)])
        self.run_if(then)

    @precondition(lambda self: self.corpus.places() and len(self.corpus.files) > 1)
    @rule(at=places, file=st.sampled_from((True, False, False)), then=now)
    def delete(self, at: int, file: bool, then: bool) -> None:
        """A record goes, or a whole file."""
        name, _ = self.corpus.place(at)
        if file or name.endswith(".txt"):
            self.corpus.remove(name)
        else:
            self.corpus.edit(at, lambda row: [])
        self.run_if(then)

    @precondition(lambda self: self.corpus.places())
    @rule(at=places, other=words.names, then=now)
    def rename(self, at: int, other: str, then: bool) -> None:
        """A file gets another name; a file that bears it is lost."""
        name, _ = self.corpus.place(at)
        if name.endswith(".txt") == other.endswith(".txt"):
            self.corpus.rename(name, other)
        self.run_if(then)

    # --- runs ----------------------------------------------------------------------------------

    @rule()
    def run(self) -> None:
        """The next run: there may be much to do, or nothing."""
        apply(self.index)
        self.cleaned()
        self.ran(rebuild=False)

    @rule()
    def rebuild(self) -> None:
        self.ran(rebuild=True)

    @rule(placed=placed_rows, die_at=steps)
    def killed_run(self, placed: tuple[str, Row], die_at: int) -> None:
        self.corpus.put(*placed)
        self.killed_in_run(die_at, rebuild=False)

    @rule(die_at=many_steps)
    def killed_rebuild(self, die_at: int) -> None:
        self.killed_in_run(die_at, rebuild=True)

    # --- withdrawals ---------------------------------------------------------------------------

    @precondition(lambda self: self.shown)
    @rule(at=places, copies=st.booleans())
    def withdraw(self, at: int, copies: bool) -> None:
        """Withdraw an article, with those of the same words or without."""
        name = sorted(self.shown)[at % len(self.shown)]
        withdraw(self.index, name, self.reason(), copies=copies)
        self.withdrew(name, copies)

    @rule(url=words.addresses.filter(bool))
    def withdraw_address(self, url: str) -> None:
        """Withdraw an address, whether anything is known of it or not."""
        withdraw(self.index, url, self.reason())
        self.withdrew(url)

    @precondition(lambda self: self.shown)
    @rule(at=places, die_at=steps)
    def killed_withdrawal(self, at: int, die_at: int) -> None:
        name = sorted(self.shown)[at % len(self.shown)]
        before = len(Tombstones(self.index).stones)
        self.killed_in("withdraw", die_at, name=name, reason=self.reason())
        if len(Tombstones(self.index).stones) > before:
            apply(self.index)  # as the message says that an index is refused with
            self.withdrew(name)
            self.hurt |= self.kept.keys()

    @precondition(lambda self: self.stones.all)
    @rule(at=places, which=places)
    def undo(self, at: int, which: int) -> None:
        """Bring back what is known by one of the names of a tombstone; the run takes it in."""
        stone = self.stones.all[at % len(self.stones.all)]
        names = sorted(stone.ids | stone.addresses)
        name = names[which % len(names)]
        bring_back(self.index, name)
        self.stones.undo(name)
        self.run()

    # --- going back ----------------------------------------------------------------------------

    @rule()
    def roll_back(self) -> None:
        earlier = max((number for number in self.kept if number < self.live), default=None)
        if earlier is None:
            with pytest.raises(ChecksFailed, match="no generation before"):
                roll_back(self.index)
        else:
            roll_back(self.index)
            self.went_back_to(earlier)

    @rule(die_at=steps)
    def killed_roll_back(self, die_at: int) -> None:
        earlier = max((number for number in self.kept if number < self.live), default=None)
        if earlier is not None:
            self.killed_in("rollback", die_at)
            assert self.number() in (earlier, self.live)
            apply(self.index)
            self.went_back_to(self.number())
            self.hurt |= self.kept.keys()

    # --- copies --------------------------------------------------------------------------------

    @precondition(lambda self: self.engine is None)
    @rule()
    def back_up(self) -> None:
        folder = self.folder / f"backup-{self.step}"
        back_up(self.index, folder)
        self.saved.append(Saved(folder, dict(self.kept[self.live]), self.stones.copy(), self.live in self.hurt))

    @precondition(lambda self: self.engine is None)
    @rule(die_at=many_steps)
    def killed_back_up(self, die_at: int) -> None:
        folder = self.folder / f"backup-{self.step}"
        if self.killed_in("backup", die_at, copy=str(folder)) or folder.exists():
            self.saved.append(Saved(folder, dict(self.kept[self.live]), self.stones.copy(), self.live in self.hurt))

    @precondition(lambda self: self.saved)
    @rule(at=places, lost=st.booleans())
    def restore(self, at: int, lost: bool) -> None:
        """Go back to a backup, where the index still is or where it was lost."""
        saved = self.saved[at % len(self.saved)]
        if lost:
            shutil.rmtree(self.index)
            self.kept, self.live, self.stones = {}, 0, saved.stones.copy()
        restore(self.index, saved.folder)
        self.restored(saved)

    @precondition(lambda self: self.saved)
    @rule(at=places, die_at=many_steps)
    def killed_restore(self, at: int, die_at: int) -> None:
        saved = self.saved[at % len(self.saved)]
        before = self.live
        self.killed_in("restore", die_at, copy=str(saved.folder))
        if self.number() != before:
            self.restored(saved, killed=True)
        else:
            self.stopped_restoring(saved)

    def run_if(self, then: bool) -> None:
        if then:
            self.run()
