"""One indexing run in a process of its own, which may be told when to die, what to record and where its limits are.

`tests.forks` forks the process from one that has imported everything, so a killed run costs a tenth of a second and
hundreds can be tried. An order holds what `build` is given, or `act` names another act and it holds what that is given;
and `die_at`: the run kills itself (SIGKILL) before its n-th call that makes something last (fsync, rename, unlink,
mkdir); `log`: a file that gets the names of these calls and their paths; `file_size`: the largest file it may write, in
bytes; `user`: whose rights it has; `small`: below how many articles segments are always merged.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from indexer.engine import merge_policy
from indexer.fetch.worker import limit_memory
from indexer.ingest.run import build
from indexer.model.errors import QuocphongError
from indexer.model.signals import raise_on_signals
from indexer.operations.backup import back_up, restore
from indexer.operations.rollback import roll_back
from indexer.operations.withdraw import apply, bring_back, withdraw

LASTING = ("fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir")


def obey(order: dict[str, Any]) -> int:
    """Run in the child; returns the exit code the command line would give."""
    watch(order.pop("die_at", None), order.pop("log", None))
    if size := order.pop("file_size", None):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    if memory := order.pop("memory", None):
        limit_memory(memory)
    if user := order.pop("user", None):
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    if (small := order.pop("small", None)) is not None:
        merge_policy.SMALL_SEGMENT = small
    try:
        with raise_on_signals():
            return ACTS[order.pop("act", "build")](Path(order.pop("index")), **order)
    except QuocphongError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BaseException:
        traceback.print_exc()
        return 70


def bring_up_to_date(index: Path, paths: list[str], **given: Any) -> int:
    return 3 if build(index, paths, **given).newly else 0


def done(act: Callable[..., Any]) -> Callable[..., int]:
    """An act that has no exit code of its own but for its errors."""
    def acted(index: Path, **given: Any) -> int:
        act(index, **given)
        return 0
    return acted


ACTS: dict[str, Callable[..., int]] = {
    "build": bring_up_to_date,
    "withdraw": done(withdraw),
    "undo": done(bring_back),
    "apply": done(apply),
    "rollback": done(roll_back),
    "backup": done(lambda index, copy: back_up(index, Path(copy))),
    "restore": done(lambda index, copy: restore(index, Path(copy))),
}


def watch(die_at: int | None, log: str | None) -> None:
    """Count, record or cut off at the calls that make something last."""
    made: list[int] = []

    def watched(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*given: Any, **more: Any) -> Any:
            made.append(1)
            if len(made) == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            done = call(*given, **more)
            if log:
                with open(log, "a", encoding="utf-8") as file:
                    paths = [place(each) for each in given if name == "fsync" or not isinstance(each, int)]
                    file.write(json.dumps([name, *paths]) + "\n")
            return done
        return instead

    for name in LASTING:
        setattr(os, name, watched(name, getattr(os, name)))


def place(given: Any) -> str:
    """A path, or the path behind a file descriptor."""
    return os.readlink(f"/proc/self/fd/{given}") if isinstance(given, int) else os.path.abspath(given)

