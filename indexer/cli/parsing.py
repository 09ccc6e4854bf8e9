"""Reading the command line: no abbreviations, words of a query anywhere, and errors that name the nearest there is."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import Any, NoReturn

from indexer.model.errors import UsageError

LEAST_ALIKE = 0.6  # of difflib: "serach" for search, "--provnce" for --province
AS_GOOD = 0.1  # below the best: as good a guess
MOST = 3  # names proposed
ALL_COMMANDS = "All commands: quocphong --help"


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that raises UsageError instead of ending the process, and takes no option by its beginning.

    `--pro` must not mean --province today and be refused when there is a --property tomorrow.
    """

    def __init__(self, **how: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **how})

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with argparse's sentence and where the options are listed."""
        raise UsageError(f"{message[0].upper()}{message[1:]}. All options: {self.prog} --help")


def read_arguments(top: Parser, arguments: Sequence[str]) -> argparse.Namespace:
    """The options of the command line. Words of a query may stand before, between and behind the options.

    argparse takes them in one place only; those it leaves are added here. UsageError for anything else it does not
    know, with the nearest command or option there is.
    """
    refuse_unknown_command(top, arguments)
    options, left = top.parse_known_args(arguments)
    words = getattr(options, "query", None)
    if not left:
        return options
    refuse_unknown_options(commands_of(top)[options.command], left)
    if not isinstance(words, list):
        commands_of(top)[options.command].error(f"nothing is asked for by {' '.join(map(repr, left))}")
    options.query = [*words, *left]
    return options


def commands_of(top: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """The parsers of the sub-commands, by name."""
    [commands] = [action for action in top._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(commands.choices)


def options_of(command: argparse.ArgumentParser) -> list[str]:
    """The options that a command takes, as they are written."""
    return [each for action in command._actions for each in action.option_strings]


def refuse_unknown_command(top: argparse.ArgumentParser, arguments: Sequence[str]) -> None:
    """UsageError where the first word is neither a command nor an option."""
    first, known = arguments[0] if arguments else "", commands_of(top)
    if not first:
        raise UsageError(f"Name a command. {ALL_COMMANDS}")
    if not first.startswith("-") and first not in known:
        raise UsageError(f"There is no command {first!r}.{did_you_mean(first, known)} {ALL_COMMANDS}")
    if first.startswith("-") and first not in options_of(top):
        raise UsageError(f"There is no option {first!r} before the command.{did_you_mean(first, options_of(top))}"
                         f" {ALL_COMMANDS}")


def refuse_unknown_options(command: argparse.ArgumentParser, left: Sequence[str]) -> None:
    """UsageError for the first word that argparse has `left` and that looks like an option."""
    known = options_of(command)
    for word in left:
        if word.startswith("-"):
            name = word.partition("=")[0]
            raise UsageError(f"{command.prog} has no option {name!r}.{did_you_mean(name, known)}"
                             f" All options: {command.prog} --help")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """" Did you mean …?" with what begins with the word, else what is spelled most like it; "" for nothing near."""
    names = sorted(known)
    near = [name for name in names if word.strip("-") and name.startswith(word)]
    if not near and (alike := get_close_matches(word.lower(), names, MOST, LEAST_ALIKE)):
        best = likeness(word, alike[0])
        near = [name for name in alike if likeness(word, name) > best - AS_GOOD]
    return f" Did you mean {' or '.join(near[:MOST])}?" if near else ""


def likeness(word: str, name: str) -> float:
    """How much a word is spelled like a name, from 0 to 1, as get_close_matches reckons it."""
    return SequenceMatcher(None, name, word.lower()).ratio()
