"""What a feed announces: RSS, RDF, Atom, sitemaps, news sitemaps and front pages become links with their dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urljoin

from lxml import etree, html

from indexer.fetch.body import Broken, TooLarge, gunzipped
from indexer.fetch.entries import Entry, entries, local
from indexer.fetch.xml import parsed

FEED_TYPES = ("application/rss+xml", "application/atom+xml")
MOST = 50_000  # entries of one sitemap, as sitemaps.org has it


@dataclass(frozen=True, slots=True)
class Link:
    """An announced page. `changed` is the ISO time its feed gives for it, "" if none."""

    url: str
    title: str = ""
    changed: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """`pages` to read, and `more`: feeds or sitemaps to look into for further ones, newest first.

    `form` is what was read: "feed", "sitemap" or "page" (a web page that may name feeds).
    """

    pages: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()
    form: str = "feed"


def announced(body: bytes, url: str, limit: int) -> Announced | str:
    """What is announced at `url`, or one plain sentence why nothing can be read. Never raises.

    Broken XML is read as far as it goes; entities are not expanded and nothing is loaded from outside.
    """
    try:
        body = gunzipped(body, limit)
        root = parsed(body)
    except (Broken, TooLarge, etree.XMLSyntaxError, ValueError) as error:
        return f"cannot be read as a feed: {error}"
    try:
        return listed(root, body, url)
    except UnicodeError as error:  # half a character where a parser that reads on has kept it
        return f"cannot be read as a feed: {error}"


def listed(root: etree._Element | None, body: bytes, url: str) -> Announced | str:
    """What the elements of an answer announce, or why they announce nothing."""
    list_of = next((each for each in root.iter() if local(each) in READERS), None) if root is not None else None
    if (root is not None and local(root) == "html") or (list_of is None and says_html(body)):
        return replace(from_front_page(body, url), form="page")
    if list_of is None:
        return "neither a feed nor a sitemap nor a page that names one"
    name = local(list_of)
    found = READERS[name](list_of, url)
    newest = tuple(sorted(found.more, key=lambda link: link.changed, reverse=True))
    return Announced(tuple(found.pages[:MOST]), newest, "sitemap" if name in ("urlset", "sitemapindex") else "feed")


def says_html(body: bytes) -> bool:
    """Whether an answer says at its head that it is HTML."""
    head = body[:2000].lower()
    return b"<html" in head or b"<!doctype html" in head


def from_items(root: etree._Element, base: str) -> Announced:
    """RSS 0.9-2.0 and RDF."""
    return Announced(tuple(links(entries(root, "item", MOST), base, url_of_item, ("pubdate", "date"))))


def from_entries(root: etree._Element, base: str) -> Announced:
    """Atom."""
    dates = ("updated", "published", "modified")
    return Announced(tuple(links(entries(root, "entry", MOST), base, lambda entry: entry.href or "", dates)))


def from_urlset(root: etree._Element, base: str) -> Announced:
    """A sitemap of pages, with or without Google's news elements."""
    places = entries(root, "url", MOST)  # some nest one urlset in another
    return Announced(tuple(links(places, base, place_of, ("lastmod", "publication_date"))))


def from_index(root: etree._Element, base: str) -> Announced:
    """A sitemap of sitemaps."""
    return Announced(more=tuple(links(entries(root, "sitemap", MOST), base, place_of, ("lastmod",))))


def from_front_page(body: bytes, base: str) -> Announced:
    """The feeds that a page names in its head."""
    try:
        page = html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return Announced()
    named = (link for link in page.iter("link")
             if "alternate" in link.get("rel", "").lower() and link.get("type", "").lower() in FEED_TYPES)
    return Announced(more=tuple(Link(urljoin(base, link.get("href"))) for link in named if link.get("href")))


READERS: dict[str, Callable[..., Announced]] = {
    "rss": from_items, "rdf": from_items, "channel": from_items, "feed": from_entries, "urlset": from_urlset,
    "sitemapindex": from_index,
}


def links(found: list[Entry], base: str, url_of: Callable[[Entry], str], dates: tuple[str, ...]) -> Iterator[Link]:
    """A link for each entry that has an address; `dates` names the elements that may hold its time."""
    for entry in found:
        if url := url_of(entry):
            try:
                title = " ".join(unescape(entry.first("title")).split())  # some feeds use HTML's entities
                yield Link(urljoin(base, url), title, instant(entry.first(*dates)))
            except ValueError:  # an address that is none, such as "http://[": not ours to mend
                continue


def url_of_item(item: Entry) -> str:
    """The address of an RSS item: its link, else what RDF says it is about, else a guid that is an address."""
    guid = item.first("guid")
    return item.first("link") or item.about or (guid if guid.startswith(("http://", "https://")) else "")


def place_of(entry: Entry) -> str:
    """The address of an entry of a sitemap."""
    return entry.first("loc")


def instant(written: str) -> str:
    """An ISO time in UTC from RFC 822 (RSS) or ISO 8601 (Atom, sitemaps); "" for what is neither."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            read_time = read(written)
            aware = read_time if read_time.tzinfo else read_time.replace(tzinfo=UTC)
            return aware.astimezone(UTC).isoformat(timespec="seconds")
        except (ValueError, TypeError, IndexError, OverflowError):  # overflow: in UTC it is before the year 1
            continue
    return ""
