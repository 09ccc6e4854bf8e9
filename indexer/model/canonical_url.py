"""Canonical URLs: one spelling for each page, so that fetching, indexing and withdrawing recognise the same page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Query parameters that do not change the page (tracking).
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|gidzl|_ga|ref|refsrc|source_feed|rss|amp|share", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE = "%/:=&?~+!$,;'@()*[]-._"


def canonical(url: str) -> str | None:
    """The canonical form of a web address: https, no "www.", no tracking parameters. None if it is no http(s) URL.

    For comparing and naming pages only. Do not connect to it: a site may serve only the original spelling.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in DEFAULT_PORTS or not host:
        return None
    name = host.removeprefix("www.") + (f":{port}" if port and port not in DEFAULT_PORTS.values() else "")
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    return urlunsplit(("https", name, quote(parts.path, safe=SAFE) or "/", urlencode(asked), ""))


def ascii_host(host: str) -> str:
    """A host name in lower case, without a final dot, encoded with IDNA. ValueError if it is no valid host name."""
    return host.rstrip(".").lower().encode("idna").decode() if host else ""


def host_of(url: str) -> str:
    """The host of a URL without "www.", e.g. "baogialai.com.vn"; "" if the URL has no valid host."""
    try:
        return ascii_host(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
