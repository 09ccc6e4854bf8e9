"""The command `mcp`, which serves the archive to language models."""

from __future__ import annotations

import argparse
from ipaddress import ip_address
from typing import Any

from indexer.cli.console import AddCommand
from indexer.model.errors import UsageError
from indexer.model.settings import Settings

NOT_INSTALLED = ("The Model Context Protocol needs the extra `mcp`, which is not installed."
                 " Run: pip install 'quocphong[mcp]'")
LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")


def add_commands(commands: Any, command: AddCommand) -> None:
    """Add the sub-command to the parser of `quocphong`."""
    mcp = command(commands, "mcp", run_mcp, "serve the archive to language models (Model Context Protocol), read-only",
                  "quocphong mcp --index /srv/quocphong/index")
    mcp.add_argument("--http", metavar="HOST:PORT", help="streamable HTTP at /mcp instead of standard input and output")
    mcp.add_argument("--open", action="store_true", help="with --http: listen beyond this machine, too")


def run_mcp(options: argparse.Namespace, settings: Settings) -> None:
    """Serve until the client goes or a signal comes. UsageError for an address that is none, or open to others."""
    try:
        from indexer.operations.mcp_server import server
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] not in ("mcp", "mcp_types", "pydantic"):
            raise
        raise UsageError(NOT_INSTALLED) from None
    from indexer.operations.mcp_server.archive import Archive

    if options.http is None:
        server.run_stdio(Archive(settings, whole=settings.mcp_fulltext != "no"))
        return
    host, port = address_of(options.http)
    if not is_loopback(host) and not options.open:
        raise UsageError(f"{host} can be reached from other machines. Use 127.0.0.1, or add --open if that is meant.")
    archive = Archive(settings, whole=settings.mcp_fulltext == "yes")
    archive.opened()  # an index that cannot be used is told at once
    server.run_http(archive, host, port, LOOPBACK_NAMES if is_loopback(host) else ())


def address_of(written: str) -> tuple[str, int]:
    """Host and port of "HOST:PORT"; an IPv6 address stands in brackets. UsageError for what is none."""
    host, _, port = written.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise UsageError(f"--http {written!r} is no address: write HOST:PORT, such as 127.0.0.1:8765.")
    return host.removeprefix("[").removesuffix("]"), int(port)


def is_loopback(host: str) -> bool:
    """Whether a host means this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
