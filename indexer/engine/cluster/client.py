"""The connection to a cluster. Requests are retried while the cluster is busy or has lost a node.

A permanent refusal is raised as one of the project's errors, whose message names the remedy.
"""

from __future__ import annotations

import logging
import random
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from indexer.model.cluster_address import ClusterAddress
from indexer.model.errors import ClusterUnavailable, DiskFull, NotWritable, UsageError

T = TypeVar("T")
RETRY_SECONDS = 60.0  # how long a request is retried; a cluster recovers from the loss of a node in about ten seconds
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
RETRIABLE_STATUS = {429, 502, 503, 504}  # HTTP status of a cluster that is busy or has lost a node
TIMEOUT_SECONDS = 60


def connect(where: ClusterAddress) -> Any:
    """A client for the cluster. UsageError if the client library is missing or the password file is unreadable."""
    try:
        from opensearchpy import OpenSearch
    except ImportError:
        raise UsageError("The OpenSearch engine needs its client: pip install 'quocphong[opensearch]'") from None
    secure = any(host.startswith("https://") for host in where.hosts)
    options: dict[str, Any] = {"headers": {"authorization": basic_auth_header(where)}} if where.user else {}
    if secure:
        options |= {"verify_certs": True, **({"ca_certs": where.ca} if where.ca else {})}
    logging.getLogger("opensearch").addHandler(logging.NullHandler())  # we retry or raise what it warns of
    return OpenSearch(
        list(where.hosts), timeout=TIMEOUT_SECONDS, max_retries=0, http_compress=False, maxsize=16, **options)


def basic_auth_header(where: ClusterAddress) -> str:
    """The value of the Authorization header (basic authentication, RFC 7617, in UTF-8).

    The client library can encode Latin-1 only. UsageError if the password file cannot be read.
    """
    try:
        password = Path(where.password_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The password of {where.user} cannot be read ({error}). See engine_password_file.") from error
    return "Basic " + b64encode(f"{where.user}:{password}".encode()).decode()


def with_retries(request: Callable[[], T], seconds: float | None = None) -> T:
    """The result of `request`, retried for at most `seconds` (default RETRY_SECONDS) with growing pauses.

    Retried: no connection, and the status codes RETRIABLE_STATUS. Raises ClusterUnavailable when the time is over, and
    DiskFull or NotWritable for a permanent refusal. Other errors of the client library pass through.
    """
    from opensearchpy.exceptions import ConnectionError as NoConnection
    from opensearchpy.exceptions import TransportError

    deadline, pause = time.monotonic() + (RETRY_SECONDS if seconds is None else seconds), FIRST_PAUSE
    while True:
        try:
            return request()
        except NoConnection as error:
            if time.monotonic() > deadline or is_certificate_error(error):
                raise ClusterUnavailable(f"The cluster does not answer: {first_line(error)}.") from error
        except TransportError as error:
            if permanent := permanent_error(error):
                raise permanent from error
            if error.status_code not in RETRIABLE_STATUS:
                raise
            if time.monotonic() > deadline:
                raise ClusterUnavailable(f"The cluster cannot answer: {first_line(error)}.") from error
        time.sleep(pause * random.uniform(0.7, 1.3))
        pause = min(2 * pause, LONGEST_PAUSE)


def is_certificate_error(error: Exception) -> bool:
    """Whether the TLS certificate was refused; a retry would not help."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def first_line(error: Exception) -> str:
    """The first line of the error message, at most 300 characters."""
    return str(error).splitlines()[0][:300]


# Kind of index block -> a function from the cluster's message to the error to raise.
BLOCK_ERRORS: Mapping[str, Callable[[str], Exception]] = {
    "flood": lambda reason: DiskFull(
        f"A disk of the cluster is full: OpenSearch has made the index read-only ({reason}). Nothing was committed."
        " Free space or add a node; OpenSearch lifts the block by itself, and the next run goes on"),
    "read-only": lambda reason: NotWritable(f"The index on the cluster is read-only ({reason}). Lift the block first"),
}


def block_error(reason: str) -> Exception | None:
    """The error for the index block (read-only, full disk) that `reason` names; None if it names none."""
    if "TOO_MANY_REQUESTS/12" in reason or "flood-stage" in reason or "read-only / allow delete" in reason:
        return BLOCK_ERRORS["flood"](reason)
    return BLOCK_ERRORS["read-only"](reason) if "cluster_block_exception" in reason else None


def permanent_error(error: Any) -> Exception | None:
    """The project's error for a permanent refusal (authentication, index block); None if it is not permanent."""
    if error.status_code == 401 or (error.status_code == 403 and "security_exception" in str(error)):
        return NotWritable(f"The cluster does not let us in ({first_line(error)})."
                           " Check engine_user, engine_password_file and the rights of that user")
    return block_error(str(error))
