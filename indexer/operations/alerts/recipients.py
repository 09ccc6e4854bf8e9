"""Whom an alert is sent to: a mail address, a webhook, a command. What the table says becomes one of the three.

Secrets stand in files of their own, which the table names; who may read them besides the owner is looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from indexer.model.errors import UsageError

# What mail servers everywhere take (RFC 5321, 4.1.2): no quotes, no comments, no letters beyond ASCII.
ADDRESS = re.compile(r"(?!.*\.\.)[A-Za-z0-9_+&'/=~-][A-Za-z0-9._+&'/=~-]{0,63}@(?=.{1,253}\Z)"
                     r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]")
MAIL, WEBHOOK, COMMAND = "mail", "webhook", "command"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody or something that is told.

    kind     mail, webhook or command
    name     tells it from all others of the alert: the address, or the words of the command
    words    the command and its arguments; () for others
    secret   the file with the key that a webhook's messages are signed with
    inside   whether the webhook's host may be at a private address
    seconds  how long a command may take
    """

    kind: str
    name: str
    words: tuple[str, ...] = ()
    secret: Path | None = None
    inside: bool = False
    seconds: int = 60

    @property
    def shown(self) -> str:
        """What status, metrics and messages call it. Of a webhook's address the host alone: the rest is often a key."""
        if self.kind != WEBHOOK:
            return self.name
        parts = urlsplit(self.name)
        return f"{parts.scheme}://{parts.hostname}/…{blake2b(self.name.encode(), digest_size=2).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message was not taken. `surely`: it cannot have arrived, as it may where a connection broke."""

    why: str
    surely: bool = False


def is_address(text: str) -> bool:
    """Whether this is a mail address that can be written to, and nothing else: no name, no second address, no line."""
    local, at, _ = text.partition("@")
    return bool(at) and not local.endswith(".") and ADDRESS.fullmatch(text) is not None


def read_secret(path: Path, what: str) -> list[str]:
    """The lines of a file that holds `what`. UsageError if it cannot be read, is empty, or anybody may read it."""
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The file {path} with {what} cannot be read: {error}. Create it, or name another.") from error
    if mode & 0o007:
        raise UsageError(f"Anybody on this machine may read {path}, the file with {what}. Run: chmod 600 {path}")
    lines = [line.rstrip("\r") for line in text.split("\n") if line.strip()]
    if not lines:
        raise UsageError(f"The file {path} with {what} is empty.")
    return lines
