"""The command `quocphong export`: the archive, or a search, as one file to take along."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from indexer.cli.console import AddCommand, as_json, progress_bar
from indexer.cli.search import add_filters, filters_of, switches
from indexer.model.settings import Settings

TEXTS = ("excerpt", "whole")


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-command to the parser of `quocphong`."""
    export = command(commands, "export", run_export, "write articles to a file: SQLite for Datasette, or JSON lines",
                     "quocphong export gia-lai.sqlite --province 'Gia Lai' --from 2023")
    export.add_argument("file", type=Path, metavar="FILE", help="ends in .sqlite or in .jsonl.gz")
    export.add_argument("query", nargs="*", default=[], metavar="QUERY",
                        help="only articles this query finds (default: all)")
    add_filters(export)
    export.add_argument("--off", action="append", default=[], metavar="KIND",
                        help="an interpretation that must not be applied, such as spelling; repeat for more")
    export.add_argument("--text", choices=TEXTS, default="excerpt", help="of each article the excerpt that readers"
                        " elsewhere may see, so that the file may be passed on (the default), or the whole text, for"
                        " your own machine")
    export.add_argument("--force", action="store_true", help="replace files that are there already")
    export.add_argument("--quiet", action="store_true", help="show no progress and print nothing on standard output")
    export.add_argument("--json", action="store_true", help="one JSON object about the file")


def run_export(options: argparse.Namespace, settings: Settings) -> None:
    """Write the file and print what it holds. An empty result gives a file without articles, and is said to be."""
    from indexer.operations.export import Wish, export

    wish = Wish(" ".join(options.query), filters_of(options), switches(options.off), options.text == "whole")
    with progress_bar(options.json or options.quiet) as progress:
        made = export(settings, options.file, wish, options.force, progress)
    if options.quiet:
        return
    if options.json:
        print(as_json({"files": [str(path) for path in made.files], "articles": made.articles, "about": made.about}))
        return
    size = made.files[0].stat().st_size / 1e6
    held = f"{made.articles:,} of {made.archive:,} articles" if made.articles else "No article matches: 0 articles"
    print(f"{held} are in {options.file} ({size:,.1f} MB), texts: {made.about['texts']}.")
    if len(made.files) > 1:
        print(f"To look at it: datasette {made.files[0]} --metadata {made.files[1]}")
