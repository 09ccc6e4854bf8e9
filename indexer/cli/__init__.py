"""The command `quocphong`: parses the command line and runs one sub-command.

Output for programs is JSON. The exit codes are in docs/cli.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from indexer import __version__
from indexer.cli import alerts, completion, docs, export, ingest, officials, operations, reports, search
from indexer.cli.console import as_json, at_least_one, complain
from indexer.cli.parsing import Parser, read_arguments
from indexer.model.errors import Interrupted, OutOfMemory, QuocphongError, UsageError
from indexer.model.settings import Settings, load
from indexer.model.signals import Stopped, raise_on_signals

OUT_OF_MEMORY = ("No more memory could be had; the index stays as it was. Use fewer --workers, or give the machine or"
                 " this process (ulimit -v) more.")
# Settings that are also command-line options.
SETTING_OPTIONS = ("index", "host", "port", "processes", "workers", "feeds", "alerts", "metrics")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments` (default: sys.argv) and return the exit code.

    An error is printed as one line on stderr that names the remedy; with --json also as a JSON object on stdout.
    Without arguments the help is printed on stderr, with exit code 2: nothing was done.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        parser().print_help(sys.stderr)
        return UsageError.exit_code
    timed = "--quiet" in given  # run by a timer: what it says goes to a log
    try:
        with raise_on_signals():
            options = read_arguments(parser(), given)
            chosen = {name: getattr(options, name, None) for name in SETTING_OPTIONS}
            options.run(options, load(options.config, given=chosen))
    except BrokenPipeError:  # the reader of our output has closed the pipe: `quocphong search … | head`
        sys.stderr.close()
        return 0
    except (QuocphongError, MemoryError, KeyboardInterrupt) as error:
        told = as_told(error)
        complain(str(told), timed)
        if "--json" in given and not told.reported:
            print(as_json({"error": type(told).__name__, "code": told.code, "exit_code": told.exit_code,
                           "message": str(told)}))
        return told.exit_code
    return 0


def as_told(error: BaseException) -> QuocphongError:
    """The error of ours that says what `error` means to who runs the command."""
    if isinstance(error, QuocphongError):
        return error
    if isinstance(error, MemoryError):
        return OutOfMemory(OUT_OF_MEMORY)
    return Interrupted(str(error) if isinstance(error, Stopped) else "Interrupted.")


def parser() -> Parser:
    """The argument parser with all sub-commands."""
    top = Parser(
        prog="quocphong", description="Search engine for Vietnamese local defence news.",
        epilog="Example: quocphong index corpus && quocphong search 'diễn tập khu vực phòng thủ' --province 'Gia Lai'",
    )
    top.add_argument("--version", action="version", version=f"quocphong {__version__}")
    commands = top.add_subparsers(required=True, metavar="COMMAND", dest="command")
    ingest.add_commands(commands, command)
    search.add_commands(commands, command)
    officials.add_commands(commands, command)
    export.add_commands(commands, command)
    operations.add_commands(commands, command)
    reports.add_commands(commands, command)
    alerts.add_commands(commands, command)
    docs.add_commands(commands, command)
    completion.add_commands(commands, command, parser)

    serve = command(commands, "serve", run_serve, "serve the site", "quocphong serve --port 8000")
    serve.add_argument("--host", metavar="ADDRESS", help="address to listen on (default: setting, then 127.0.0.1)")
    serve.add_argument("--port", metavar="PORT", help="port to listen on (default: setting, then 8000)")
    serve.add_argument("--processes", metavar="N", help="processes that share the address and the index (1); 0: one per"
                       " processor")

    doctor = command(commands, "doctor", run_doctor, "is the index sound, current, findable?", "quocphong doctor")
    doctor.add_argument("--sample", type=at_least_one, default=50, metavar="N",
                        help="articles to look for by their own words")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    return top


def command(commands: Any, name: str, run: Callable[[argparse.Namespace, Settings], None], help: str,
            example: str) -> argparse.ArgumentParser:
    """Add a sub-command with the options that all commands share (--index, --config).

    `run` is called with the options and the settings. `example` is shown at the end of the help.
    """
    added: argparse.ArgumentParser = commands.add_parser(
        name, help=help, description=help[0].upper() + help[1:] + ("" if help.endswith("?") else "."),
        epilog=f"Example: {example}")
    added.set_defaults(run=run)
    added.add_argument("--index", metavar="DIR", help="folder of the index (default: setting, then ./index)")
    added.add_argument("--config", type=Path, metavar="FILE", help="configuration file (default: ./quocphong.cfg)")
    return added


# Each command imports its own modules when it runs, so that `--help` and short commands start fast.


def run_serve(options: argparse.Namespace, settings: Settings) -> None:
    """Serve the site until a signal ends it. Every line of its log has a time."""
    import logging

    from search_app import create_app
    from search_app.web.server import serve

    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    serve(lambda: create_app(settings.index, settings), settings)


def run_doctor(options: argparse.Namespace, settings: Settings) -> None:
    """Check the index and print the findings. ChecksFailed if a check failed."""
    from indexer.operations.doctor import examine

    findings = examine(settings, options.sample)
    print(as_json(findings.as_json()) if options.json else findings.as_text())
    findings.raise_if_ill()
