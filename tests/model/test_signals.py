"""A signal ends a run where it can be told, and nowhere else."""

from __future__ import annotations

import importlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from indexer.model.signals import SIGNALS, Stopped, defer_signals, raise_on_signals

DEAF = """
import signal, time
try:
    signal.raise_signal(signal.{name})
    time.sleep(0.1)
    HEARD = False
except BaseException:
    HEARD = True  # and told to nobody
"""


@pytest.mark.parametrize("number", SIGNALS, ids=lambda number: number.name)
def test_a_signal_waits_for_the_end_of_an_import(
        number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"deaf_to_{number.name.lower()}"
    (tmp_path / f"{name}.py").write_text(DEAF.format(name=number.name), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(Stopped, match=number.name), raise_on_signals():
        importlib.import_module(name)
        time.sleep(10)
    assert not sys.modules.pop(name).HEARD


def test_a_signal_is_raised_at_once_where_nothing_is_saved_or_imported() -> None:
    with pytest.raises(Stopped, match="as it was before") as stop, raise_on_signals():
        signal.raise_signal(signal.SIGTERM)
        raise AssertionError("it went on")
    assert not stop.value.saved


def test_the_first_signal_is_raised_when_the_work_is_saved() -> None:
    done = []
    with pytest.raises(Stopped, match="SIGHUP after saving") as stop, raise_on_signals():
        with defer_signals():
            signal.raise_signal(signal.SIGHUP)
            signal.raise_signal(signal.SIGTERM)
            done.append("saved")
        done.append("went on")
    assert stop.value.saved
    assert done == ["saved"]


def test_what_was_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with raise_on_signals():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)


class SignalsWhenDropped:
    """An object in whose finalizer a signal arrives: Python drops what is raised there."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0)


def test_a_signal_that_arrives_in_a_finalizer_is_not_lost() -> None:
    dropped = SignalsWhenDropped()
    with pytest.raises(Stopped, match="SIGTERM"), raise_on_signals():
        del dropped
        time.sleep(5)
