"""The connection to a cluster: every request is retried while the cluster is busy or short of a node, and no longer.

What the cluster refuses for good is raised as one of the project's own errors, with its remedy.
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
PATIENCE = 60.0  # seconds a request is tried again for; a node's loss is noticed and mended within some ten
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
PASSING = {429, 502, 503, 504}  # busy, or between two nodes: the same request may succeed a moment later
TIMEOUT = 60


def connect(where: ClusterAddress) -> Any:
    """A client for the cluster. UsageError where the client library is not installed."""
    try:
        from opensearchpy import OpenSearch
    except ImportError:
        raise UsageError("The OpenSearch engine needs its client: pip install 'quocphong[opensearch]'") from None
    secure = any(host.startswith("https://") for host in where.hosts)
    options: dict[str, Any] = {"headers": {"authorization": access(where)}} if where.user else {}
    if secure:
        options |= {"verify_certs": True, **({"ca_certs": where.ca} if where.ca else {})}
    logging.getLogger("opensearch").addHandler(logging.NullHandler())  # what it warns of, we retry or raise
    return OpenSearch(list(where.hosts), timeout=TIMEOUT, max_retries=0, http_compress=False, maxsize=16, **options)


def access(where: ClusterAddress) -> str:
    """The header of basic authentication. Made here: the client's own knows no letters beyond Latin-1."""
    try:
        password = Path(where.password_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The password of {where.user} cannot be read ({error}). See engine_password_file.") from error
    return "Basic " + b64encode(f"{where.user}:{password}".encode()).decode()


def patiently(request: Callable[[], T], patience: float | None = None) -> T:
    """What `request` gives; tried again with growing pauses while the cluster says that it may pass."""
    from opensearchpy.exceptions import ConnectionError as NoConnection
    from opensearchpy.exceptions import TransportError

    deadline, pause = time.monotonic() + (PATIENCE if patience is None else patience), FIRST_PAUSE
    while True:
        try:
            return request()
        except NoConnection as error:
            if time.monotonic() > deadline or certificate(error):
                raise ClusterUnavailable(f"The cluster does not answer: {first_line(error)}.") from error
        except TransportError as error:
            if told := refused(error):
                raise told from error
            if error.status_code not in PASSING:
                raise
            if time.monotonic() > deadline:
                raise ClusterUnavailable(f"The cluster cannot answer: {first_line(error)}.") from error
        time.sleep(pause * random.uniform(0.7, 1.3))
        pause = min(2 * pause, LONGEST_PAUSE)


def certificate(error: Exception) -> bool:
    """Whether it is the certificate that was refused: trying again would not help."""
    return "CERTIFICATE_VERIFY_FAILED" in str(error)


def first_line(error: Exception) -> str:
    """The first line of an error's text, at most 300 characters."""
    return str(error).splitlines()[0][:300]


# What the cluster says -> the error we raise, with its remedy.
REFUSALS: Mapping[str, Callable[[str], Exception]] = {
    "flood": lambda said: DiskFull(
        f"A disk of the cluster is full: OpenSearch has made the index read-only ({said}). Nothing was committed. Free"
        " space or add a node; OpenSearch lifts the block by itself, and the next run goes on"),
    "read-only": lambda said: NotWritable(f"The index on the cluster is read-only ({said}). Lift the block first"),
}


def refusal(said: str) -> Exception | None:
    """The error for a block the cluster has put on an index, if `said` speaks of one."""
    if "TOO_MANY_REQUESTS/12" in said or "flood-stage" in said or "read-only / allow delete" in said:
        return REFUSALS["flood"](said)
    return REFUSALS["read-only"](said) if "cluster_block_exception" in said else None


def refused(error: Any) -> Exception | None:
    """The project's error for a refusal that will not pass."""
    if error.status_code == 401 or (error.status_code == 403 and "security_exception" in str(error)):
        return NotWritable(f"The cluster does not let us in ({first_line(error)})."
                           " Check engine_user, engine_password_file and the rights of that user")
    return refusal(str(error))
