"""What the commands share: options that many take, and how they print."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from indexer.model.lines import json_line
from indexer.model.settings import Settings

if TYPE_CHECKING:
    from indexer.ingest.run import Limits
    from indexer.search.archive import Engine

AddCommand = Callable[..., argparse.ArgumentParser]  # makes a sub-command with the options that all of them share


def add_wait(to: argparse.ArgumentParser) -> None:
    """Add the option --wait."""
    to.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for another run to end")


def at_least_one(written: str) -> int:
    """A whole number from 1, as argparse reads an option's value. ArgumentTypeError for others."""
    if not written.isdigit() or int(written) < 1:
        raise argparse.ArgumentTypeError("write a whole number from 1")
    return int(written)


@contextmanager
def progress_bar(quiet: bool) -> Iterator[Callable[[int], None]]:
    """Shows articles read so far and their rate on a terminal; nothing anywhere else."""
    from tqdm import tqdm

    with tqdm(unit=" articles", disable=quiet or not sys.stderr.isatty()) as bar:
        yield lambda count: bar.update(count - bar.n) and None


@contextmanager
def opened(settings: Settings) -> Iterator[Engine]:
    """The index in use, for reading."""
    from indexer.search.archive import open_engine

    with closing(open_engine(settings.index)) as engine:
        yield engine


def limits(settings: Settings) -> Limits:
    """How much is read of a file."""
    from indexer.ingest.run import Limits

    return Limits(document=settings.max_file_mb * 1_000_000)


def as_json(shape: object) -> str:
    """A value as one line of JSON."""
    return json_line(shape)


def as_lines(shape: dict[str, Any]) -> str:
    """A JSON shape as 'key: value' lines for people."""
    return "\n".join(f"{key}: {plain(value)}" for key, value in shape.items() if value not in (None, [], "")) + "\n"


def plain(value: Any) -> str:
    """A JSON value as words for people; empty members are left out."""
    if isinstance(value, dict):
        return ", ".join(f"{k} {plain(v)}" for k, v in value.items() if v not in (None, [], ""))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "; ".join(plain(item) for item in value)
    return str(value)
