"""Sending a message to programs: to a webhook, signed, or to a command on its standard input. Both get one JSON."""

from __future__ import annotations

import hmac
import os
import signal
import subprocess
import time
from contextlib import suppress

from indexer import __version__
from indexer.fetch import Answer, Failure, post
from indexer.fetch.exchange import name_of
from indexer.model.lines import json_line
from indexer.operations.alerts.digest import Digest
from indexer.operations.alerts.plain import one_line
from indexer.operations.alerts.recipients import Recipient, Refusal, read_secret

SAID = 200  # characters of what a command complains of


def to_webhook(digest: Digest, to: Recipient) -> Refusal | None:
    """POST a message; None for sent. UsageError where the file with the key is at fault.

    The signature is HMAC-SHA256, by the key, of the timestamp, a dot and the body.
    """
    assert to.secret is not None  # the table refuses a webhook without one
    key = "".join(read_secret(to.secret, "the key for webhooks")).encode()
    body, at = json_line(digest.as_json()).encode(), str(int(time.time()))
    return refusal_of(post(to.name, body, {
        "Content-Type": "application/json; charset=utf-8", "User-Agent": f"quocphong/{__version__}",
        "X-Quocphong-Delivery": digest.id, "X-Quocphong-Timestamp": at,
        "X-Quocphong-Signature": f"sha256={signature(key, at, body)}",
    }, {name_of(to.name)} if to.inside else ()))  # fmt: skip


def refusal_of(answer: Answer | Failure) -> Refusal | None:
    """What an answer to a webhook means. A redirect is not followed: the owner named another address."""
    if isinstance(answer, Failure):
        return Refusal(answer.why, not answer.passing)
    if 200 <= answer.status < 300:
        return None
    to = f" to {one_line(answer.header('location'))[:SAID]}: name that address" if 300 <= answer.status < 400 else ""
    return Refusal(f"answered {answer.status}{to}", answer.status < 500)


def signature(key: bytes, at: str, body: bytes) -> str:
    """The signature of a body sent at a timestamp (seconds since 1970), in hexadecimal."""
    return hmac.new(key, at.encode() + b"." + body, "sha256").hexdigest()


def to_command(digest: Digest, to: Recipient) -> Refusal | None:
    """Run a command with a message on its standard input; None for exit code 0.

    It runs without a shell, in a group of its own, which is ended when its time is over.
    """
    try:
        process = subprocess.Popen(to.words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                   start_new_session=True)
    except (OSError, ValueError) as error:
        return Refusal(one_line(f"cannot be run: {error}")[:SAID], surely=True)
    try:
        _, complaint = process.communicate(f"{json_line(digest.as_json())}\n".encode(), timeout=to.seconds)
    except BaseException as error:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            return Refusal(f"not finished after {to.seconds} seconds")
        raise
    last = one_line(complaint.decode("utf-8", "replace").strip().rpartition("\n")[2])[:SAID]
    return Refusal(f"exit code {process.returncode}{f': {last}' if last else ''}") if process.returncode else None
