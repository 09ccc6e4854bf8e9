"""kill -9 at any moment of a build, commit or switch: the site answers, nothing is lost, the next run heals."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress

import pytest

from tests.faults.place import Place, Runner
from tests.profiles import shares


def kinds(number: int) -> dict[str, object]:
    """First a plain run, then a rebuild, then one with worker processes, and again."""
    return ({}, {"rebuild": True}, {"workers": 2, "rebuild": True})[number % 3]


def killed_at_random(place: Place, rounds: int) -> int:
    """Kill `rounds` runs at random moments; how many had not ended by then."""
    assert place.run() == 0
    begun = time.monotonic()
    assert place.run(rebuild=True) == 0
    length, cut = time.monotonic() - begun, 0
    for number in range(rounds):
        before = place.held()
        place.change()
        process = place.start(**kinds(number))
        time.sleep(place.chance.uniform(0, 1.2 * length))
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        cut += place.runner.end() == -signal.SIGKILL
        place.assert_whole(before, place.wanted())
        place.assert_healed()
    return cut


def killed_at_every_step(place: Place, order: dict[str, object], most: int) -> int:
    """Kill runs before their first, second, third … call that makes something last; how many were killed."""
    for step in range(1, most + 1):
        before = place.held()
        place.change()
        if place.run(**order, die_at=step) != -signal.SIGKILL:
            place.assert_healed()
            return step - 1
        place.assert_whole(before, place.wanted())
        place.assert_healed()
    return most


def test_a_run_killed_at_a_random_moment_loses_nothing(place: Place) -> None:
    assert killed_at_random(place, 8) >= 1


def test_a_run_killed_before_any_step_of_its_commit_loses_nothing(place: Place) -> None:
    assert place.run() == 0
    assert killed_at_every_step(place, {}, 40) >= 5


def test_a_first_run_killed_before_the_switch_leaves_no_index_and_no_trouble(place: Place) -> None:
    for step in (1, 4, 9):
        assert place.run(die_at=step) == -signal.SIGKILL
        place.assert_whole({})
    place.assert_healed()


@pytest.mark.long
def test_a_rebuild_killed_before_any_of_its_steps_loses_nothing(place: Place) -> None:
    assert place.run() == 0
    assert killed_at_every_step(place, {"rebuild": True}, 60) >= 10


@pytest.mark.long
@pytest.mark.parametrize("seed", shares(range(4)))
def test_hundreds_of_runs_killed_at_random_moments_lose_nothing(tmp_path, runner: Runner, seed: int) -> None:
    place = Place(tmp_path / "many", runner, seed)
    assert killed_at_random(place, 75) >= 30


def test_the_workers_of_a_killed_run_end_too_and_its_lock_is_free(place: Place) -> None:
    for _ in range(150):
        place.change(4)
    process = place.start(workers=2)
    deadline = time.monotonic() + 60
    while not (children := children_of(process)) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    assert children and place.runner.end() == -signal.SIGKILL
    while any(map(alive, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(alive, children))
    place.assert_healed()


def children_of(process: int) -> list[int]:
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
            return [int(child) for child in file.read().split()]
    except FileNotFoundError:
        return []


def alive(process: int) -> bool:
    """Whether a process runs; one that has ended and that nobody has waited for does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            return file.read().rpartition(") ")[2][0] not in "ZX"
    except FileNotFoundError:
        return False
