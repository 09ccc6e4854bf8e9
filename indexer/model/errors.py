"""The errors of the project. Messages name the remedy; `exit_code` is the exit code of the command line.

The docstrings of the classes are the table of exit codes in docs/cli.md. `code` is the name of an error for programs.
It follows from the name of its class and never changes.

Odd queries and odd articles are values (`Query.unread`, `Problem`), not exceptions.
"""

from __future__ import annotations

import re
from typing import ClassVar


class QuocphongError(Exception):  # the base class of all errors
    """A failure without an exit code of its own; the message says what happened."""

    exit_code = 1
    reported = False  # whether a report on standard output says it already
    code: ClassVar[str] = "failed"

    def __init_subclass__(cls) -> None:
        """Name the error: IndexMissing is "index_missing"."""
        cls.code = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


class UsageError(QuocphongError):
    """A command, a setting or the value of a filter is invalid; the message says what is valid, or what is nearest."""

    exit_code = 2


class NewlyUnreadable(QuocphongError):
    """The run succeeded, but files or records that no earlier run has reported gave no article.

    With --strict: also if earlier runs have reported them.
    """

    exit_code = 3
    reported = True


class IndexMissing(QuocphongError):
    """There is no index in the folder. Remedy: quocphong index."""

    exit_code = 10


class IndexLocked(QuocphongError):
    """Another run is writing the index; the message says which process holds the lock and since when."""

    exit_code = 11


class IndexOutdated(QuocphongError):
    """The index was written by another version of code or data. Remedy: quocphong index --rebuild."""

    exit_code = 12


class ChecksFailed(QuocphongError):
    """A new index did not pass its checks, or a corpus root is missing. The old index stays in use."""

    exit_code = 13


class DiskFull(QuocphongError):
    """The disk is full; the old index stays in use."""

    exit_code = 14


class FeedsUnread(QuocphongError):
    """Some feeds could not be read that are new or could be read before. Articles of the other feeds are stored."""

    exit_code = 16
    reported = True


class IndexDamaged(QuocphongError):
    """A file of the index is missing, cut short or altered. Remedy: quocphong index --rebuild."""

    exit_code = 15


class NotWritable(QuocphongError):
    """The index cannot be written (permissions, a read-only disk or cluster); the old index stays in use."""

    exit_code = 17


class ClusterUnavailable(QuocphongError):
    """The cluster does not answer, or not from all shards. Nothing was changed.

    Remedy: try again when its nodes are back (see quocphong doctor).
    """

    exit_code = 18


class OutOfMemory(QuocphongError):
    """The machine, or a limit (ulimit -v), gave no more memory. The old index stays in use.

    Remedy: fewer --workers, or more memory.
    """

    exit_code = 19


class AlertsUnsent(QuocphongError):
    """Alerts did not reach some recipients that are new or could be reached before. All others have theirs.

    Remedy: quocphong status names them with the reason; they are tried again, with growing pauses.
    """

    exit_code = 20
    reported = True


class Interrupted(QuocphongError):  # only the exit code; the exception raised is signals.Stopped
    """SIGINT, SIGTERM or SIGHUP ended the run; the message says whether its work was kept."""

    exit_code = 130
