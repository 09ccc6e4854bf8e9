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
from indexer.model.errors import ChecksFailed, UsageError
from indexer.operations.backup import back_up, restore
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import apply, bring_back, withdraw
from indexer.storage.tombstones import Withdrawn
from tests.whole_archive import words
from tests.whole_archive.corpus import Row
from tests.whole_archive.history import History, Saved
from tests.whole_archive.wanted import stone_for

REASON = "theo yêu cầu của tòa soạn"
MOST_ROWS = 14
steps = st.integers(1, 25)
many_steps = st.integers(1, 60)
places = st.integers(0, 1_000)
now = st.sampled_from((True, True, True, False))


class Archive(History):
    """The rules. Rows, articles and tombstones are drawn by number, of as many as there are."""

    # --- the beginning -------------------------------------------------------------------------

    @initialize(small=st.sampled_from((0, 0, 0, 3, 2_048)), rows=st.lists(
        st.tuples(words.names, words.ids, words.titles, words.texts, words.days, words.addresses),
        min_size=2, max_size=6, unique_by=lambda row: row[0]))
    def begin(self, small: int, rows: list[tuple[str, ...]]) -> None:
        merge_policy.SMALL = small
        for name, *row in rows:
            self.corpus.put(name, Row(*row))
        self.run()

    # --- the corpus changes --------------------------------------------------------------------

    @precondition(lambda self: len(self.corpus.places()) < MOST_ROWS)
    @rule(name=words.names, id=words.ids, title=words.titles, text=words.texts, day=words.days, url=words.addresses,
          then=now)
    def add(self, name: str, id: str, title: str, text: str, day: str, url: str | None, then: bool) -> None:
        """A new record; where the id is in use, a duplicate id with other content."""
        self.corpus.put(name, Row(id, title, text, day, url))
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.places()) < MOST_ROWS)
    @rule(name=words.names, at=places, then=now)
    def add_twice(self, name: str, at: int, then: bool) -> None:
        """The same record once more: a duplicate that is no other."""
        self.corpus.put(name, self.corpus.row(at))
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.places()) < MOST_ROWS)
    @rule(name=words.names, at=places, id=words.ids, then=now)
    def copy(self, name: str, at: int, id: str, then: bool) -> None:
        """The words of a record, withdrawn perhaps, under another id."""
        self.corpus.put(name, replace(self.corpus.row(at), id=id, url=None))
        self.run_if(then)

    @rule(at=places, text=words.texts, then=now)
    def change(self, at: int, text: str, then: bool) -> None:
        self.corpus.edit(at, lambda row: [replace(row, text=text)])
        self.run_if(then)

    @rule(at=places, other=places, then=now)
    def take_over(self, at: int, other: int, then: bool) -> None:
        """A record is changed into the words of another."""
        said = self.corpus.row(other)
        self.corpus.edit(at, lambda row: [replace(row, title=said.title, text=said.text)])
        self.run_if(then)

    @rule(at=places, url=words.addresses, then=now)
    def move(self, at: int, url: str | None, then: bool) -> None:
        """A record gets another address."""
        self.corpus.edit(at, lambda row: [replace(row, url=url)])
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.places()) > 2)
    @rule(at=places, then=now)
    def delete(self, at: int, then: bool) -> None:
        name, _ = self.corpus.place(at)
        if not name.endswith(".txt"):
            self.corpus.edit(at, lambda row: [])
        elif len(self.corpus.files) > 1:
            self.corpus.remove(name)
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.files) > 1)
    @rule(at=places, then=now)
    def delete_file(self, at: int, then: bool) -> None:
        self.corpus.remove(sorted(self.corpus.files)[at % len(self.corpus.files)])
        self.run_if(then)

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
        self.ran(rebuild=False)

    @rule()
    def rebuild(self) -> None:
        self.ran(rebuild=True)

    @rule(die_at=steps)
    def killed_run(self, die_at: int) -> None:
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
        withdraw(self.index, name, REASON, copies=copies)
        self.withdrew(name, copies)

    @rule(url=words.addresses.filter(bool))
    def withdraw_address(self, url: str) -> None:
        """Withdraw an address, whether anything is known of it or not."""
        withdraw(self.index, url, REASON)
        self.withdrew(url)

    @precondition(lambda self: self.shown)
    @rule(at=places, die_at=steps)
    def killed_withdrawal(self, at: int, die_at: int) -> None:
        name = sorted(self.shown)[at % len(self.shown)]
        before = len(Withdrawn(self.index).stones)
        self.killed_in("withdraw", die_at, name=name, reason=REASON)
        if len(Withdrawn(self.index).stones) > before:
            apply(self.index)  # as the message says that an index is refused with
            self.withdrew(name)
            self.hurt |= self.kept.keys()

    @rule(id=words.ids)
    def withdraw_the_unknown(self, id: str) -> None:
        if id not in self.shown and stone_for(id, self.shown) is None:
            with pytest.raises(UsageError):
                withdraw(self.index, id, REASON)

    @precondition(lambda self: self.stones.all)
    @rule(at=places, which=places)
    def undo(self, at: int, which: int) -> None:
        """Bring back what is known by one of the names of a tombstone; the run takes it in."""
        stone = self.stones.all[at % len(self.stones.all)]
        names = sorted(stone.ids | stone.addresses)
        name = names[which % len(names)]
        bring_back(self.index, name)
        self.stones.all = [each for each in self.stones.all if not each.answers_to(name)]
        self.run()

    @rule()
    def apply(self) -> None:
        apply(self.index)
        self.cleaned()

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
