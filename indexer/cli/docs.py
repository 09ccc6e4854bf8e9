"""The command `docs`, which prints the documentation; an installed package has no docs/ folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from indexer.cli.console import AddCommand
from indexer.model.errors import UsageError
from indexer.model.settings import Settings

FOLDER = Path(__file__).with_name("manual")  # in the source tree a link to docs/, in an installed package a copy
KINDS = (".md", ".yaml")


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-command to the parser of `quocphong`."""
    docs = command(commands, "docs", run_docs, "print a page of the documentation, or list the pages",
                   "quocphong docs query-language")
    docs.add_argument("page", nargs="?", metavar="PAGE", help="name of a page; without one, the list")


def run_docs(options: argparse.Namespace, settings: Settings) -> None:
    """Print a page; without a name, list the names and titles of all pages. UsageError if there is no such page."""
    pages = {path.stem: path for path in sorted(FOLDER.iterdir()) if path.suffix in KINDS} if FOLDER.is_dir() else {}
    if options.page is None:
        sys.stdout.writelines(f"{name:16}{title(path)}\n" for name, path in pages.items())
        return
    page = pages.get(options.page.removeprefix("docs/").removesuffix(".md"))
    if page is None:
        raise UsageError(f"There is no page {options.page!r}. The pages: {', '.join(pages) or 'none is installed'}.")
    sys.stdout.write(page.read_text(encoding="utf-8"))


def title(path: Path) -> str:
    """The first heading of a Markdown page; the file name for other files."""
    if path.suffix != ".md":
        return path.name
    with path.open(encoding="utf-8") as lines:
        return next((line[2:].strip() for line in lines if line.startswith("# ")), path.name)
