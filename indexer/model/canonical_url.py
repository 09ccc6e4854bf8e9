"""Canonical URLs: one spelling for each page, so that fetching, indexing and withdrawing recognise the same page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

# Query parameters that do not change the page (tracking).
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|gidzl|_ga|ref|refsrc|source_feed|rss|amp|share", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE = "%/:=&?~+!$,;'@()*[]-._"

# Rules of `page_key`: parts of an address that name the same article in another dress.
OTHER_HOSTS = re.compile(r"^(?:(?:www\d?|m|mobile|wap|amp|amphtml)\.)+(?=[^.]+\.)")
PATH_PARAMETER = re.compile(r";(?:jsessionid|phpsessid|sid|sessionid)=[^/;]*", re.IGNORECASE)
AMP_ENDING = re.compile(r"(?:\.amp(?=\.\w{2,5}$|$)|[-_]amp(?=\.\w{2,5}$))", re.IGNORECASE)
AMP_PARTS = frozenset({"amp", "m", "mobile"})  # as the first or last part of a path
INDEX_PAGE = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp)", re.IGNORECASE)
FIRST_PAGE = re.compile(r"(?:page|p|pg|trang|paged)", re.IGNORECASE)  # as long as the number is 0 or 1
OF_A_VISIT = re.compile(r"outputtype|mobile|m|print|view", re.IGNORECASE)
OF_A_DRESS = re.compile(r"amp|mobile|m|print|1|true|yes|full|desktop|", re.IGNORECASE)
ALWAYS_OUT = re.compile(r"(?:\w*session\w*|jsessionid|phpsessid|sid|_gl|_ga|mc_\w+|igshid|yclid|msclkid|dclid|wbraid"
                        r"|gbraid)", re.IGNORECASE)

# An address like most: no query, nothing encoded, and nothing that the rules above may leave out.
PLAIN = re.compile(r"https://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*(?:/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+")
DRESSED = re.compile(r"//(?:www|m\.|mobile|wap|amp)|/(?:m|mobile|amp)(?:/|$)|[._-]amp(?:\.|$)|/(?:index|default)\.",
                     re.IGNORECASE)


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


def page_key(url: str) -> str | None:
    """What all spellings of an article's address have in common, by rule; None if it is no http(s) URL.

    Coarser than `canonical`, of which it is a function: percent-encoding, dot segments, double and final slashes,
    session numbers, the first page, hosts and paths for telephones and AMP count as nothing. For keeping out what is
    withdrawn, where an address too many is better than one too few; never an identity. A run asks for the key of every
    record's address: most are their own, which is seen at once.
    """
    if PLAIN.fullmatch(url) and not DRESSED.search(url):
        return url
    return key_of(address) if (address := canonical(bare(url))) else None


def bare(url: str) -> str:
    """An address as a browser takes it: without blanks around and within, with slashes for backslashes, its host's
    percent signs read."""
    url = re.sub(r"[\t\r\n]", "", url.strip())
    scheme, colon, rest = url.partition("://")
    if not colon:
        return url
    host, slash, path = rest.replace("\\", "/").partition("/")
    return f"{scheme}://{unquote(host)}{slash}{path}"


def key_of(address: str) -> str:
    """The key of a canonical address."""
    parts = urlsplit(address)
    host = OTHER_HOSTS.sub("", parts.netloc)
    path = AMP_ENDING.sub("", "/".join(["", *segments(parts.path)]))
    asked = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if counts(*pair))
    if not path and not asked:  # of a front page the parameters are all there is: "/?p=1" is an article
        asked = parse_qsl(parts.query, keep_blank_values=True)
    return urlunsplit(("https", host, path or "/", urlencode(asked), ""))


def segments(path: str) -> list[str]:
    """The parts of a path: decoded and encoded in one way, without empty ones, dots, sessions and dresses."""
    kept: list[str] = []
    for part in PATH_PARAMETER.sub("", path).split("/"):
        plain = respelled(part)
        if plain == "..":
            del kept[-1:]
        elif plain not in ("", "."):
            kept.append(plain)
    if kept and INDEX_PAGE.fullmatch(kept[-1]):
        kept.pop()
    while len(kept) > 1 and kept[0].lower() in AMP_PARTS:
        kept.pop(0)
    while len(kept) > 1 and kept[-1].lower() in AMP_PARTS:
        kept.pop()
    return kept


def respelled(part: str) -> str:
    """A part of a path in one spelling: percent-encoding is read, as often as it was done, and done once."""
    for _ in range(3):
        decoded = unquote_to_bytes(part)
        try:
            part, before = unicodedata.normalize("NFC", decoded.decode("utf-8")), part
        except UnicodeDecodeError:
            return quote(decoded, safe=SAFE)
        if part == before:
            break
    return quote(part.strip(), safe=SAFE.replace("%", "").replace("/", ""))


def counts(name: str, value: str) -> bool:
    """Whether a parameter of a query tells one article from another."""
    if FIRST_PAGE.fullmatch(name) and value.strip() in ("", "0", "1", "01"):
        return False
    return not (ALWAYS_OUT.fullmatch(name) or (OF_A_VISIT.fullmatch(name) and OF_A_DRESS.fullmatch(value)))


def ascii_host(host: str) -> str:
    """A host name in lower case, without a final dot, encoded with IDNA. ValueError if it is no valid host name."""
    return host.rstrip(".").lower().encode("idna").decode() if host else ""


def host_of(url: str) -> str:
    """The host of a URL without "www.", e.g. "baogialai.com.vn"; "" if the URL has no valid host."""
    try:
        return ascii_host(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
