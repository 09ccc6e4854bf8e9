"""One request and its answer, within bounds of size and time. Redirects and repeats are `visit`'s business."""

from __future__ import annotations

import socket
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.parse import quote, urlsplit

import urllib3
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError
from urllib3.response import BaseHTTPResponse

from indexer.fetch.body import CODINGS, Broken, TooLarge, unpacked
from indexer.fetch.connection import Deadline, Forbidden, Resolve, Route, connection
from indexer.model.canonical_url import ascii_host

READ_AT_ONCE = 1 << 16
# Besides letters and digits: what stands for itself in a path or query, and "%" of what is quoted already.
URL_SAFE = "%/:=&?~+!$,;'@()*[]-._"
ACCEPT = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5", "Accept-Language": "vi",
          "Accept-Encoding": "gzip, deflate", "Connection": "close"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken, how long it may last, how often it is tried. Seconds and bytes.

    silence   without a byte;  request  for one whole answer;  patience  that a site may ask us to wait
    feed      for all of one site in a run;  work  for reading one feed or page
    pages      new or checked pages of one feed in a run
    delay     between two requests to one host, unless its robots.txt asks for more
    """

    document: int = 20_000_000
    silence: float = 20.0
    request: float = 90.0
    feed: float = 900.0
    work: float = 30.0
    patience: float = 120.0
    backoff: float = 2.0
    delay: float = 2.0
    tries: int = 3
    redirects: int = 5
    pages: int = 200
    sitemaps: int = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer. `url` is the address that gave it, `hops` those that led there, the one asked for first.

    Header names are in lower case; `headers` keeps repeated ones. `body` is unpacked.
    """

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    hops: tuple[str, ...] = ()

    def header(self, name: str) -> str:
        """The first value of a header (its name in lower case), "" if there is none."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer, and why.

    passing  it may be different in a minute;  wait  the site said when to come back
    left     it was not asked, or asked to be left alone: a later run's business
    """

    url: str
    why: str
    passing: bool = False
    wait: float | None = None
    left: bool = False


def exchange(url: str, headers: Mapping[str, str], allowed: Collection[str], limits: Limits,
             resolve: Resolve, body: bytes | None = None) -> Answer | Failure:
    """Ask for `url` once, or send it a `body`. `allowed` names hosts that may be at private addresses.

    Never raises for what happens.
    """
    late = Failure(url, f"not finished after {limits.request:g} seconds", passing=True)
    with Deadline(limits.request) as deadline:
        try:
            answer = asked(url, headers, Route(allowed, deadline, resolve), limits, body)
            return late if deadline.passed else answer  # headers cut short look like headers that ended
        except Forbidden as refused:
            return Failure(url, f"refused: {refused}")
        except TooLarge as error:
            return Failure(url, str(error))
        except (OSError, HTTPError, HTTPException, Broken, ValueError) as error:
            why = sentence(error, limits)
            return late if deadline.passed else Failure(url, why, passing=not isinstance(error, ValueError))


def asked(url: str, headers: Mapping[str, str], route: Route, limits: Limits,
          sent: bytes | None = None) -> Answer | Failure:
    """The answer to one GET over `route`, or a POST of `sent`; a Failure for a packing that was not asked for.

    Raises what sockets and urllib3 raise, and Forbidden, TooLarge or Broken.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise Forbidden("not a plain http or https address")
    host = name_of(url)
    opened = connection(parts.scheme, host, parts.port, limits.silence, route)
    try:
        query = f"?{quote(parts.query, safe=URL_SAFE)}" if parts.query else ""
        target = quote(parts.path or "/", safe=URL_SAFE) + query
        opened.request("GET" if sent is None else "POST", target, body=sent, headers={**ACCEPT, **headers},
                       preload_content=False, decode_content=False)
        response = opened.getresponse()
        coding = response.headers.get("content-encoding", "").strip().lower()
        if coding not in CODINGS:
            return Failure(url, f"packed as {coding!r}, which was not asked for")
        body = unpacked(pieces(response), coding, limits.document)
        return Answer(url, response.status, tuple((k.lower(), v) for k, v in response.headers.items()), body)
    finally:
        opened.close()


def name_of(url: str) -> str:
    """The host that an address is asked of, as it is resolved. ValueError if it has none."""
    name = urlsplit(url).hostname or ""
    return name if ":" in name else ascii_host(name)


def pieces(response: BaseHTTPResponse) -> Iterator[bytes]:
    """The body as it arrives; IncompleteRead if it ends before the length it announced."""
    while piece := response.read1(READ_AT_ONCE, decode_content=False):
        yield piece


def sentence(error: Exception, limits: Limits) -> str:
    """What an error means, as one plain sentence."""
    if isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return f"silent for {limits.silence:g} seconds"
    if isinstance(error, socket.gaierror):
        return "no such host"
    if isinstance(error, ProtocolError) and isinstance(error.args[-1], IncompleteRead):
        return "the answer broke off before its end"
    return f"{error or type(error).__name__}"
