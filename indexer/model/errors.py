"""What can go wrong, each naming its remedy and carrying the exit code the command line documents.

Oddities of readers and newspapers are values (Query.unread, Problem), never exceptions.
"""


class QuocphongError(Exception):  # the base of all: `exit_code` is what the command line ends with
    """Any failure that has no code of its own; the message says what happened."""

    exit_code = 1


class UsageError(QuocphongError):
    """The command or a setting makes no sense; the message says what would."""

    exit_code = 2


class NewlyUnreadable(QuocphongError):
    """The run finished, but some articles could not be read that could be, or were not there, before.

    With --strict also for articles that earlier runs could not read and have reported.
    """

    exit_code = 3


class IndexMissing(QuocphongError):
    """There is no index where one was expected. Remedy: quocphong index."""

    exit_code = 10


class IndexLocked(QuocphongError):
    """Another run is writing; the message says who holds the lock and since when."""

    exit_code = 11


class IndexOutdated(QuocphongError):
    """The index was written by other code or data. Remedy: quocphong index --rebuild."""

    exit_code = 12


class ChecksFailed(QuocphongError):
    """A new index did not pass its checks, or a root is missing: the old index stays as it was."""

    exit_code = 13


class DiskFull(QuocphongError):
    """No space left while writing; the old index stays as it was."""

    exit_code = 14


class FeedsUnread(QuocphongError):
    """Some feeds that could be read before, or are new, could not be read; what the others announced is stored."""

    exit_code = 16


class IndexDamaged(QuocphongError):
    """A file of the index is missing, short or altered. Remedy: quocphong index --rebuild."""

    exit_code = 15


class NotWritable(QuocphongError):
    """The index folder cannot be written (rights, a disk mounted read-only): the old index stays as it was."""

    exit_code = 17


class ClusterUnavailable(QuocphongError):
    """The cluster that holds the index does not answer, or answers in part only; nothing was changed. Remedy: try again
    once its nodes are back (quocphong doctor)."""

    exit_code = 18


class Interrupted(QuocphongError):
    """Stopped by SIGINT, SIGTERM or SIGHUP; the message says whether the run's work was kept or given up."""

    exit_code = 130
