"""What a process may have to live with, put on itself before it begins its work."""

from __future__ import annotations

import os
import resource

NOBODY = 65_534


def files_of_4_kilobytes() -> None:
    """It may write no longer file: to a program this is what a full disk is."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))


def no_rights() -> None:
    """It has the rights of nobody, where it had those of root."""
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
