"""A budget refuses what costs too much before it begins, and stops what takes longer than was thought."""

from __future__ import annotations

from threading import Thread

import pytest

from indexer.model import budget
from indexer.model.budget import Budget, OverBudget


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_what_is_planned_adds_up_to_the_budget_and_no_further():
    with budget.within(Budget(2, 100)) as held:
        budget.plan(1.5)
        with pytest.raises(OverBudget, match="work"):
            budget.plan(0.6)
        budget.plan(0.5)
    assert held.planned == 2


def test_memory_counts_at_once_and_not_in_sum():
    with budget.within(Budget(2, 100)):
        budget.plan(0, 100)
        budget.plan(0, 100)
        with pytest.raises(OverBudget, match="memory"):
            budget.plan(0, 101)


def test_who_pays_is_told_before_the_work_and_may_refuse():
    told = []
    with budget.within(Budget(2, 100, told.append)):
        budget.plan(0.5)
        budget.plan(0.25)
    assert told == [0.5, 0.75]
    with budget.within(Budget(2, 100, lambda seconds: 1 / 0)), pytest.raises(ZeroDivisionError):
        budget.plan(0.1)


def test_a_long_step_is_stopped_when_the_time_is_used_up():
    clock = Clock()
    with budget.within(Budget(2, 100, clock=clock)):
        clock.now = 2
        budget.check()
        clock.now = 2.1
        with pytest.raises(OverBudget, match="time"):
            budget.check()


def test_work_for_everybody_is_paid_by_nobody():
    clock = Clock()
    with budget.within(Budget(2, 100, clock=clock)) as held:
        with budget.aside():
            clock.now = 50
            budget.plan(1_000, 1_000)
            budget.check()
        budget.check()
        assert held.planned == 0 and budget.current() is held


def test_a_budget_is_that_of_its_thread_and_ends():
    seen = []
    with budget.within(Budget(0, 0)):
        thread = Thread(target=lambda: (budget.plan(9), budget.check(), seen.append(budget.current())))
        thread.start()
        thread.join()
    assert seen == [None] and budget.current() is None
    budget.plan(9, 9)
