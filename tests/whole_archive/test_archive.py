"""After any order of changes, runs, kills, withdrawals and returns an archive answers as its articles do, read slowly.

machine.py has the rules, wanted.py what is wanted, compare.py what is asked.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.place import Runner
from tests.forks import Forks
from tests.profiles import examples, shares
from tests.whole_archive.machine import Archive

# Shrinking runs a history a thousand times; a failing one as it was drawn is short enough to read.
QUICK = [Phase.explicit, Phase.reuse, Phase.generate]


@pytest.fixture(scope="module")
def archive(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> type[Archive]:
    Archive.runner = Runner(forks, tmp_path_factory.mktemp("runner") / "errors.txt")
    return Archive


def sized(examples: int, steps: int) -> settings:
    return settings(max_examples=examples, stateful_step_count=steps, deadline=None, phases=QUICK,
                    suppress_health_check=list(HealthCheck))


def test_after_any_changes_an_archive_answers_as_its_articles_do(archive: type[Archive]) -> None:
    run_state_machine_as_test(archive, settings=sized(examples(0.15), 20))


@pytest.mark.long
@pytest.mark.parametrize("share", shares(range(10)))
def test_after_any_of_thousands_of_changes_too(archive: type[Archive], share: int) -> None:
    run_state_machine_as_test(archive, settings=sized(50, 40))
