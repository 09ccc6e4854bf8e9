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
    items = [element for element in root.iter() if local(element) == "item"]
    return Announced(tuple(links(items, base, url_of_item, ("pubdate", "date"))))


def from_entries(root: etree._Element, base: str) -> Announced:
    """Atom."""
    entries = [element for element in root.iter() if local(element) == "entry"]
    return Announced(tuple(links(entries, base, url_of_entry, ("updated", "published", "modified"))))


def from_urlset(root: etree._Element, base: str) -> Announced:
    """A sitemap of pages, with or without Google's news elements."""
    places = [element for element in root.iter() if local(element) == "url"]  # some nest one urlset in another
    return Announced(tuple(links(places, base, lambda e: child(e, ("loc",)), ("lastmod", "publication_date"))))


def from_index(root: etree._Element, base: str) -> Announced:
    """A sitemap of sitemaps."""
    maps = [element for element in root.iter() if local(element) == "sitemap"]
    return Announced(more=tuple(links(maps, base, lambda e: child(e, ("loc",)), ("lastmod",))))


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


def links(elements: list[etree._Element], base: str, url_of: Callable[[etree._Element], str],
          dates: tuple[str, ...]) -> Iterator[Link]:
    """A link for each element that has an address; `dates` names the elements that may hold its time."""
    for element in elements:
        if url := url_of(element):
            try:
                title = " ".join(unescape(child(element, ("title",))).split())  # some feeds use HTML's entities
                yield Link(urljoin(base, url), title, instant(child(element, dates)))
            except ValueError:  # an address that is none, such as "http://[": not ours to mend
                continue


def url_of_item(item: etree._Element) -> str:
    """The address of an RSS item: its link, else what RDF says it is about, else a guid that is an address."""
    written = child(item, ("link",)) or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    guid = child(item, ("guid",))
    return written or (guid if guid.startswith(("http://", "https://")) else "")


def url_of_entry(entry: etree._Element) -> str:
    """The address of an Atom entry: its first alternate link."""
    found = [e for e in entry if local(e) == "link" and e.get("rel", "alternate") == "alternate"]
    return found[0].get("href", "").strip() if found else ""


def child(element: etree._Element, names: tuple[str, ...]) -> str:
    """The text of the first descendant with one of the names, in the order of the names."""
    for name in names:
        for each in element.iter():
            if local(each) == name and each is not element and (text := "".join(each.itertext()).strip()):
                return " ".join(text.split())
    return ""


def local(element: etree._Element) -> str:
    """An element's name without its namespace, in lower case; "" for comments and instructions."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def instant(written: str) -> str:
    """An ISO time in UTC from RFC 822 (RSS) or ISO 8601 (Atom, sitemaps); "" for what is neither."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            read_time = read(written)
        except (ValueError, TypeError, IndexError):
            continue
        aware = read_time if read_time.tzinfo else read_time.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat(timespec="seconds")
    return ""
