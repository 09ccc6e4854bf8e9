"""The command `quocphong completion`: a script by which a shell completes commands, options and file names."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from indexer.cli.console import AddCommand
from indexer.cli.parsing import commands_of
from indexer.model.settings import Settings

SHELLS = ("bash", "zsh", "fish")
FILES, FOLDERS = "FILE", "DIRECTORY"  # names in shtab
# What a shell completes an argument with, by the word that stands for its value in the help.
COMPLETED = {"FILE": FILES, "PATH": FILES, "DIR": FOLDERS, "DEST": FOLDERS, "SRC": FOLDERS}


def add_commands(commands: Any, command: AddCommand, parser: Callable[[], argparse.ArgumentParser]) -> None:
    """Add the sub-command to the parser of `quocphong`, which `parser` makes."""
    completion = command(commands, "completion", lambda options, settings: run_completion(options, settings, parser()),
                         "print a script that lets a shell complete commands and options",
                         "quocphong completion bash > ~/.local/share/bash-completion/completions/quocphong")
    completion.add_argument("shell", choices=SHELLS, help="the shell that the script is for")


def run_completion(options: argparse.Namespace, settings: Settings, parser: argparse.ArgumentParser) -> None:
    """Print the script for a shell. It names what this version knows: print it again after an upgrade."""
    import shtab

    for command in (parser, *commands_of(parser).values()):
        for action in command._actions:
            if isinstance(action.metavar, str) and (kind := COMPLETED.get(action.metavar)):
                action.complete = getattr(shtab, kind)  # type: ignore[attr-defined]
    print(shtab.complete(parser, options.shell))
