"""The whole archive as a state machine: a corpus that changes, runs that end or are killed, and all that is done to an
index besides. After each step it is asked everything and must answer as tests.whole_archive.wanted works it out.
"""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any, ClassVar

import pytest
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from indexer.engine import merge_policy
from indexer.ingest.run import build
from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import ChecksFailed, UsageError
from indexer.operations.backup import back_up, restore
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import apply, bring_back, withdraw
from indexer.storage import generations
from indexer.storage.index_folder import open_engine
from indexer.storage.tombstones import Withdrawn
from tests.faults.place import Runner
from tests.whole_archive import words
from tests.whole_archive.compare import Words, ills, same_archive
from tests.whole_archive.corpus import Corpus, Row
from tests.whole_archive.slow import phrases_in
from tests.whole_archive.wanted import State, Stones, stone_for, untaught, wanted, without_since

REASON = "theo yêu cầu của tòa soạn"
MOST_ROWS = 14
UNREADABLE = 3  # the exit code of a run that met a record that is no article
AFTER_A_KILL = {"runs end well", "current", "manifest agrees", "stories current"}  # what the next run puts right
steps = st.integers(1, 25)
many_steps = st.integers(1, 60)
places = st.integers(0, 1_000)
now = st.sampled_from((True, True, True, False))


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup, and what it holds."""

    folder: Path
    state: State
    stones: Stones
    hurt: bool


class Archive(RuleBasedStateMachine):
    """One corpus, one index. `kept` are the generations on the disk, what each shows and whether a kill hurt it."""

    runner: ClassVar[Runner]
    engine: ClusterAddress | None = None  # where the index is made; None: in the folder

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(mkdtemp(prefix="quocphong-model-"))
        self.corpus, self.index = Corpus(self.folder / "corpus"), self.folder / "index"
        self.corpus.folder.mkdir()
        self.small = merge_policy.SMALL_SEGMENT
        self.kept: dict[int, dict[str, Any]] = {}
        self.hurt: set[int] = set()
        self.killed = False
        self.live = 0
        self.stones = Stones()
        self.saved: list[Saved] = []
        self.step = 0
        self.shown: State = {}
        self.asked = 0  # the generation that was asked everything last
        self.past: set[Words] = set()

    def teardown(self) -> None:
        merge_policy.SMALL_SEGMENT = self.small
        shutil.rmtree(self.folder)

    # --- the beginning -------------------------------------------------------------------------

    @initialize(small=st.sampled_from((0, 0, 0, 3, 2_048)), rows=st.lists(
        st.tuples(words.names, words.ids, words.titles, words.texts, words.days, words.addresses),
        min_size=2, max_size=6, unique_by=lambda row: row[0]))
    def begin(self, small: int, rows: list[tuple[str, ...]]) -> None:
        merge_policy.SMALL_SEGMENT = small
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
        self.corpus.put(name, self.row(at))
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.places()) < MOST_ROWS)
    @rule(name=words.names, at=places, id=words.ids, then=now)
    def copy(self, name: str, at: int, id: str, then: bool) -> None:
        """The words of a record, withdrawn perhaps, under another id."""
        self.corpus.put(name, replace(self.row(at), id=id, url=None))
        self.run_if(then)

    @rule(at=places, text=words.texts, then=now)
    def change(self, at: int, text: str, then: bool) -> None:
        self.edit(at, lambda row: [replace(row, text=text)])
        self.run_if(then)

    @rule(at=places, other=places, then=now)
    def take_over(self, at: int, other: int, then: bool) -> None:
        """A record is changed into the words of another."""
        said = self.row(other)
        self.edit(at, lambda row: [replace(row, title=said.title, text=said.text)])
        self.run_if(then)

    @precondition(lambda self: len(self.corpus.places()) > 2)
    @rule(at=places, then=now)
    def delete(self, at: int, then: bool) -> None:
        name, _ = self.place(at)
        if not name.endswith(".txt"):
            self.edit(at, lambda row: [])
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
        name, _ = self.place(at)
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
    @rule(at=places)
    def withdraw(self, at: int) -> None:
        name = sorted(self.shown)[at % len(self.shown)]
        withdraw(self.index, name, REASON)
        self.withdrew(name)

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
        assert apply(self.index) == 0

    # --- going back ----------------------------------------------------------------------------

    @rule()
    def roll_back(self) -> None:
        earlier = max((number for number in self.kept if number < self.live), default=None)
        if earlier is None:
            with pytest.raises(ChecksFailed, match="no generation before"):
                roll_back(self.index)
        else:
            roll_back(self.index)
            self.live = earlier

    @rule(die_at=steps)
    def killed_roll_back(self, die_at: int) -> None:
        earlier = max((number for number in self.kept if number < self.live), default=None)
        if earlier is not None:
            self.killed_in("rollback", die_at)
            assert self.number() in (earlier, self.live)
            self.live = self.number()

    # --- copies --------------------------------------------------------------------------------

    @precondition(lambda self: self.engine is None)
    @rule()
    def back_up(self) -> None:
        folder = self.folder / f"backup-{self.step}"
        back_up(self.index, folder)
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

    # --- after each step -----------------------------------------------------------------------

    @invariant()
    def says_what_the_model_says(self) -> None:
        if not self.live:
            return
        self.step += 1
        state = self.kept[self.live]
        gone = {phrase for id, shown in self.shown.items() if state.get(id) != shown
                for phrase in phrases_in(shown.entry)}
        assert self.number() == self.live
        assert ills(self.index, AFTER_A_KILL if self.live in self.hurt or self.killed else ()) == []
        with closing(open_engine(self.index)) as engine:
            assert set(engine.ids()) == state.keys()
            if engine.generation != self.asked or state != self.shown:  # else it is the same commit, asked before
                same_archive(engine, state, gone, self.past, Random(self.step))
            self.asked = engine.generation
        self.past |= gone
        self.shown = state

    # --- helpers -------------------------------------------------------------------------------

    def place(self, at: int) -> tuple[str, int]:
        found = self.corpus.places()
        return found[at % len(found)]

    def row(self, at: int) -> Row:
        name, number = self.place(at)
        return self.corpus.files[name][number]

    def edit(self, at: int, change: Callable[[Row], list[Row]]) -> None:
        name, number = self.place(at)
        rows = self.corpus.files[name]
        self.corpus.write(name, [*rows[:number], *change(rows[number]), *rows[number + 1 :]])

    def number(self) -> int:
        return generations.number(generations.current(self.index))

    def run_if(self, then: bool) -> None:
        if then:
            self.run()

    def ran(self, rebuild: bool) -> None:
        """A run that ends well brings in what is wanted."""
        engine = self.engine if rebuild or not self.live else None
        report = build(self.index, [str(self.corpus.folder)], workers=1, rebuild=rebuild, engine=engine)
        note(f"ran: {report.indexed} articles in generation {report.generation}")
        self.brought_up_to_date(rebuild)

    def brought_up_to_date(self, rebuild: bool) -> None:
        state = wanted(self.corpus.records(), self.stones)
        if rebuild or not self.live:
            self.published(state)
        self.kept[self.live] = state
        self.hurt.discard(self.live)
        self.killed = False

    def published(self, state: dict[str, Any], killed: bool = False) -> None:
        """A new generation is in use, and of the others the one before is kept: who was killed may leave more."""
        assert self.number() not in self.kept
        self.kept = {number: each for number, each in self.kept.items() if number == self.live or killed}
        self.live = self.number()
        self.kept[self.live] = state
        assert killed or self.on_disk() == self.kept.keys()

    def on_disk(self) -> set[int]:
        return set(map(generations.number, generations.generations(self.index)))

    def killed_in_run(self, die_at: int, rebuild: bool) -> None:
        """What a killed run leaves is what was there or what was wanted, and the next run heals it."""
        stones = self.stones.copy()
        after = wanted(self.corpus.records(), stones)
        if self.killed_in("build", die_at, paths=[str(self.corpus.folder)], workers=1, rebuild=rebuild):
            self.brought_up_to_date(rebuild)
            return
        self.learned(stones)
        if self.number() != self.live:
            assert rebuild
            self.published(after, killed=True)
        else:
            self.kept[self.live] = self.left((self.kept[self.live], after, untaught(after)))
        self.hurt.add(self.live)

    def left(self, states: tuple[dict[str, Any], ...]) -> dict[str, Any]:
        """The one of the states that the index shows."""
        with closing(open_engine(self.index)) as engine:
            held = {entry.id: without_since(entry) for entry in engine.entries(list(engine.ids()))}
        for state in states:
            if held == {id: shown.entry for id, shown in state.items()}:
                return state
        raise AssertionError(f"a killed run left what nobody wanted: {sorted(held)}")

    def learned(self, after: Stones) -> None:
        """A killed run may have learned ids of withdrawn articles, or not."""
        listed = [set(stone.ids) for stone in Withdrawn(self.index).stones]
        for stone, now_known, ids in zip(self.stones.all, after.all, listed, strict=True):
            assert stone.ids <= ids <= now_known.ids
            stone.ids |= ids

    def withdrew(self, name: str) -> None:
        stone = stone_for(name, self.kept[self.live])
        assert stone is not None
        self.stones.all.append(stone)
        self.cleaned()

    def cleaned(self) -> None:
        """What is withdrawn is in no generation any more; those that are served, or can be gone back to, teach ids."""
        for number, state in self.kept.items():
            if number <= self.live:
                self.stones.learn(shown.claim for shown in state.values())
        self.kept = {number: {id: shown for id, shown in state.items() if not self.stones.mean(shown.claim)}
                     for number, state in self.kept.items()}

    def restored(self, saved: Saved, killed: bool = False) -> None:
        self.published(dict(saved.state), killed)
        self.cleaned()
        self.hurt |= {self.live} if saved.hurt else set()

    def killed_in(self, act: str, die_at: int, **given: Any) -> bool:
        """Let a process do it that is killed before a step; whether it ended before."""
        self.runner.start(act=act, index=str(self.index), die_at=die_at, small=merge_policy.SMALL_SEGMENT, **given)
        code = self.runner.end()
        assert code in (0, UNREADABLE, -signal.SIGKILL), self.runner.told()
        died = code == -signal.SIGKILL
        note(f"{act} {'was killed' if died else 'ended well'}")
        self.killed |= died and act == "build"
        if died:
            self.kept = {number: state for number, state in self.kept.items() if number in self.on_disk()}
        return not died

