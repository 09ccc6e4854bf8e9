"""Canonical URLs: one spelling for each page, so that fetching, indexing and withdrawing recognise the same page."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, unquote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

# Query parameters that do not change the page (tracking).
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|gidzl|_ga|ref|refsrc|source_feed|rss|amp|share", re.IGNORECASE)
DEFAULT_PORTS = {"http": 80, "https": 443}
SAFE = "%/:=&?~+!$,;'@()*[]-._"
SAFE_IN_PART = SAFE.replace("%", "").replace("/", "")
FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20\x7f#/<>?@\[\\\]^|%]")  # https://url.spec.whatwg.org/#forbidden-host-code-point
MOST_LAYERS = 20  # how often an address is read again: layers of percent-encoding, parts left out one after another

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
        parts = urlsplit(bare(url))
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in DEFAULT_PORTS or not host:
        return None
    name = f"[{host}]" if ":" in host else host.removeprefix("www.")
    if port and port not in DEFAULT_PORTS.values():
        name += f":{port}"
    asked = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.fullmatch(pair[0])]
    return urlunsplit(("https", name, quote(parts.path, safe=SAFE) or "/", urlencode(asked), ""))


def page_key(url: str) -> str | None:
    """What all spellings of an article's address have in common, by rule; None if it is no http(s) URL.

    Coarser than `canonical`, of which it is a function: percent-encoding, dot segments, double and final slashes,
    session numbers, the first page, hosts and paths for telephones and AMP count as nothing. For keeping out what is
    withdrawn, where an address too many is better than one too few; never an identity. A run asks for the key of every
    record's address: most are their own, which is seen at once.
    """
    return url if PLAIN.fullmatch(url) and not DRESSED.search(url) else key_by_rules(url)


def key_by_rules(url: str) -> str | None:
    """The key of any address. The rules are applied until nothing is left out any more: a key is its own key."""
    before, address = None, canonical(url)
    for _ in range(MOST_LAYERS):
        if address is None or address == before:
            break
        before, address = address, canonical(key_of(address))
    return address


def bare(url: str) -> str:
    """An address as a browser takes it: without blanks around and within, with slashes for the backslashes before its
    query, its host's percent signs read."""
    url = re.sub(r"[\t\r\n]", "", url.strip())
    page = re.split(r"[?#]", url, maxsplit=1)[0]
    scheme, colon, rest = page.replace("\\", "/").partition("://")
    if not colon:
        return url
    host, slash, path = rest.partition("/")
    return f"{scheme}://{unquote(host)}{slash}{path}{url[len(page):]}"


def key_of(address: str) -> str:
    """The key of a canonical address; of a key that still holds a part to leave out, a shorter one."""
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
    for part in (each for encoded in path.split("/") for each in decoded(encoded).split("\\")):
        plain = PATH_PARAMETER.sub("", part).strip()
        if plain == "..":
            del kept[-1:]
        elif plain not in ("", "."):
            kept.append(quote(plain, safe=SAFE_IN_PART, errors="surrogateescape"))
    if kept and INDEX_PAGE.fullmatch(kept[-1]):
        kept.pop()
    while len(kept) > 1 and kept[0].lower() in AMP_PARTS:
        kept.pop(0)
    while len(kept) > 1 and kept[-1].lower() in AMP_PARTS:
        kept.pop()
    return kept


def decoded(part: str) -> str:
    """A part of a path without percent-encoding, however often it was encoded; bytes that are no UTF-8 are kept as
    surrogates."""
    raw, before = unquote_to_bytes(part), b""
    for _ in range(MOST_LAYERS):
        if raw == before:
            break
        raw, before = unquote_to_bytes(raw), raw
    return unicodedata.normalize("NFC", raw.decode("utf-8", "surrogateescape"))


def counts(name: str, value: str) -> bool:
    """Whether a parameter of a query tells one article from another."""
    if FIRST_PAGE.fullmatch(name) and value.strip() in ("", "0", "1", "01"):
        return False
    return not (ALWAYS_OUT.fullmatch(name) or (OF_A_VISIT.fullmatch(name) and OF_A_DRESS.fullmatch(value)))


def ascii_host(host: str) -> str:
    """A host name in lower case, without a final dot, encoded with IDNA. ValueError if it is no valid host name."""
    name = host.rstrip(".").lower().encode("idna").decode() if host else ""
    if FORBIDDEN_IN_HOST.search(name):
        raise ValueError("a host name with characters that no host name has")
    return name


def host_of(url: str) -> str:
    """The host of a URL without "www.", e.g. "baogialai.com.vn"; "" if the URL has no valid host."""
    try:
        return ascii_host(urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
