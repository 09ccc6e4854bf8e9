"""Helpers of the commands: shared options, the progress bar, opening the index, and printing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from indexer.model.lines import json_line
from indexer.model.settings import Settings

if TYPE_CHECKING:
    from indexer.ingest.run import Limits
    from indexer.search.archive import Engine

Value = TypeVar("Value")
AddCommand = Callable[..., argparse.ArgumentParser]  # `indexer.cli.command`, which adds a sub-command


def add_wait(parser: argparse.ArgumentParser) -> None:
    """Add the option --wait."""
    parser.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run to end")


def at_least_one(written: str) -> int:
    """The value of an option that takes an integer >= 1. ArgumentTypeError for any other text."""
    if not written.isdigit() or int(written) < 1:
        raise argparse.ArgumentTypeError("write a whole number from 1")
    return int(written)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int], None]]:
    """A progress bar on stderr: number of articles read, and articles per second.

    Yields a function that takes the number so far. Shows nothing if `quiet`, or if stderr is no terminal.
    """
    from tqdm import tqdm

    with tqdm(unit=" articles", disable=quiet or not sys.stderr.isatty()) as bar:
        yield lambda count: bar.update(count - bar.n) and None


@contextmanager
def open_index(settings: Settings) -> Iterator[Engine]:
    """The index of the settings, opened for reading, and closed at the end of the block. Errors as in `open_engine`."""
    from indexer.search.archive import open_engine

    with closing(open_engine(settings.index)) as engine:
        yield engine


def size_limits(settings: Settings) -> Limits:
    """The largest size of a file to be read, from the settings."""
    from indexer.ingest.run import Limits

    return Limits(document=settings.max_file_mb * 1_000_000)


def complain(text: str, timed: bool = False) -> None:
    """Print a line for people on stderr; it begins with the time if it goes to a log (`timed`)."""
    when = f"{datetime.now().astimezone().isoformat(timespec='seconds')} " if timed else ""
    print(f"quocphong: {when}{text}", file=sys.stderr)


@contextmanager
def say_if_none(values: Iterable[Value], name: str) -> Iterator[Iterator[Value]]:
    """The values, for one walk in the block. If there was none, a sentence on stderr says that no `name` matches."""
    count = 0

    def counted() -> Iterator[Value]:
        nonlocal count
        for value in values:
            count += 1
            yield value

    yield counted()
    if not count:
        complain(f"No {name} matches.")


def as_json(shape: object) -> str:
    """The value as one line of JSON."""
    return json_line(shape)


def as_lines(shape: dict[str, Any]) -> str:
    """A JSON object as lines "key: value" for people; empty values are left out."""
    return "\n".join(f"{key}: {as_words(value)}" for key, value in shape.items() if value not in (None, [], "")) + "\n"


def as_words(value: Any) -> str:
    """A JSON value as text on one line for people; empty members of objects are left out."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{k} {as_words(v)}" for k, v in value.items() if v not in (None, [], ""))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(as_words(item) for item in value)
    return str(value)
