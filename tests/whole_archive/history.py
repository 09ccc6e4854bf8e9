"""What has happened to an archive, and what must hold of it since: which generations are on the disk and what each
shows, what is withdrawn, what was saved. tests.whole_archive.machine has what can happen.
"""

from __future__ import annotations

import shutil
import signal
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any, ClassVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine, invariant

from indexer.engine import merge_policy
from indexer.engine.port import Engine
from indexer.ingest.run import build
from indexer.model import SINCE
from indexer.model.cluster_address import ClusterAddress
from indexer.operations.withdraw import apply
from indexer.storage import generations
from indexer.storage.index_folder import open_engine
from indexer.storage.tombstones import Tombstones
from indexer.storage.withdrawal_acts import digest
from tests.faults.place import Runner
from tests.whole_archive.compare import Words, ills, same_archive
from tests.whole_archive.corpus import Corpus
from tests.whole_archive.slow import SlowEngine, phrases_in
from tests.whole_archive.wanted import State, Stones, stone_for, untaught, wanted, without_since

UNREADABLE = 3  # the exit code of a run that met a record that is no article
# What the next run puts right.
AFTER_A_KILL = {"runs end well", "current", "manifest agrees", "stories current", "cluster name"}


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup, and what it holds."""

    folder: Path
    state: State
    stones: Stones
    hurt: bool


class History(RuleBasedStateMachine):
    """One corpus, one index.

    kept    what each generation on the disk shows, by its number; `live` is in use; a kill has cut off those in `hurt`
    shown   what was shown after the step before, `asked` the generation and `since` the one each article came in with
    past    the phrases of all articles that are gone
    """

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
        self.reasons = 0
        self.shown: State = {}
        self.asked = 0  # the generation that was asked everything last
        self.before: SlowEngine | None = None
        self.since: dict[str, int] = {}
        self.went_back = False
        self.past: set[Words] = set()

    def teardown(self) -> None:
        merge_policy.SMALL_SEGMENT = self.small
        shutil.rmtree(self.folder)

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
                self.before = same_archive(engine, state, gone, self.past, self.before, Random(self.step))
                self.came_in(engine)
        self.past |= gone
        self.shown = state

    def came_in(self, engine: Engine) -> None:
        """Each article tells the generation that it came in with as it is, as permanent links count on."""
        since = {entry.id: int(entry.keys[SINCE][0]) for entry in engine.entries(list(engine.ids()))}
        for id, number in since.items():
            assert number <= engine.generation
            if not self.went_back and id in self.shown:
                unchanged = self.shown[id].claim.digest == self.kept[self.live][id].claim.digest
                assert number == self.since[id] or number > self.asked, "an article did not change or came later"
                assert number > self.asked or unchanged, "an article changed and does not tell"
        self.since, self.asked, self.went_back = since, engine.generation, False

    # --- runs and kills ----------------------------------------------------------------------

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
        listed = [set(stone.ids) for stone in Tombstones(self.index).stones]
        for stone, now_known, ids in zip(self.stones.all, after.all, listed, strict=True):
            assert stone.ids <= ids <= now_known.ids
            stone.ids |= ids

    def withdrew(self, name: str, copies: bool = True) -> None:
        stone = stone_for(name, self.kept[self.live], copies)
        assert stone is not None
        self.stones.all.append(replace(stone, digest=self.listed()[-1]))
        self.cleaned()

    def reason(self) -> str:
        """Another for each withdrawal: those of one second are told apart by it."""
        self.reasons += 1
        return f"theo yêu cầu số {self.reasons} của tòa soạn"

    def listed(self) -> list[str]:
        """The digests of all withdrawals in the list of the index, in order."""
        return [digest(act) for act in Tombstones(self.index).acts() if act["act"] == "withdraw"]

    def cleaned(self) -> None:
        """What is withdrawn is in no generation any more; those that are served, or can be gone back to, teach ids."""
        for number, state in self.kept.items():
            if number <= self.live:
                self.stones.learn(shown.claim for shown in state.values())
        self.kept = {number: {id: shown for id, shown in state.items() if not self.stones.mean(shown.claim)}
                     for number, state in self.kept.items()}

    def went_back_to(self, number: int) -> None:
        self.live, self.went_back = number, True
        self.cleaned()

    def stopped_restoring(self, saved: Saved) -> None:
        """What a restore that was killed has learned from the backup is out; the next `--apply` takes it out.

        It was killed before the two lists became one, or after.
        """
        stones = self.stones.joined(saved.stones, self.listed())
        if {each.digest for each in Tombstones(self.index).reading.in_force} != self.stones.digests():
            self.stones = stones.copy()
        self.stones.undone |= saved.stones.undone & {*self.listed()} - self.stones.digests()
        stones.learn(shown.claim for shown in saved.state.values())
        self.learned(stones)
        apply(self.index)
        self.cleaned()
        self.hurt |= self.kept.keys()

    def restored(self, saved: Saved, killed: bool = False) -> None:
        self.stones = self.stones.joined(saved.stones, self.listed())
        self.published(dict(saved.state), killed)
        self.went_back = True
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

    def number(self) -> int:
        return generations.number(generations.current(self.index))
