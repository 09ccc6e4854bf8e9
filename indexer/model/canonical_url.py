"""One address for one page: the spelling by which fetching, indexing and withdrawing know it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

# Query parameters that say how a reader came, not what he reads.
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|gidzl|_ga|ref|refsrc|source_feed|rss|amp|share", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE = "%/:=&?~+!$,;'@()*[]-._"


def canonical(url: str) -> str | None:
    """The one spelling of a web address: https, no "www.", no tracking parameters; None if it is no http(s) address.

    For comparing and naming only, never for connecting: a site may serve one spelling and not the other.
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
    """Lower case, without a final dot, other scripts in IDNA. ValueError for what can be no host's name."""
    return host.rstrip(".").lower().encode("idna").decode() if host else ""


def host_of(url: str) -> str:
    """The bare name of the site an address is on, "" for an address without one: "baogialai.com.vn"."""
    try:
        return ascii_host(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
