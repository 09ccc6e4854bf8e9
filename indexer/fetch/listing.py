"""What a feed announces: RSS, RDF, Atom, sitemaps, news sitemaps and front pages become links with their dates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urljoin

from lxml import etree, html

from indexer.fetch.body import Broken, TooLarge, gunzipped

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
    """`pages` to read, and `more`: feeds or sitemaps to look into for further ones, newest first."""

    pages: tuple[Link, ...] = ()
    more: tuple[Link, ...] = ()


def announced(body: bytes, url: str, limit: int) -> Announced | str:
    """What is announced at `url`, or one plain sentence why nothing can be read. Never raises.

    Broken XML is read as far as it goes; entities are not expanded and nothing is loaded from outside.
    """
    try:
        body = gunzipped(body, limit)
        root = etree.fromstring(body, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    except (Broken, TooLarge, etree.XMLSyntaxError, ValueError) as error:
        return f"cannot be read as a feed: {error}"
    name = local(root) if root is not None else "html" if b"<html" in body[:2000].lower() else ""
    if name not in READERS:
        return "neither a feed nor a sitemap nor a page that names one"
    found = READERS[name](body if name == "html" else root, url)
    return Announced(tuple(found.pages[:MOST]), tuple(sorted(found.more, key=lambda link: link.changed, reverse=True)))


def from_items(root: etree._Element, base: str) -> Announced:
    """RSS 0.9-2.0 and RDF."""
    items = [element for element in root.iter() if local(element) == "item"]
    return Announced(tuple(links(items, base, url_of_item, ("pubdate", "date"))))


def from_entries(root: etree._Element, base: str) -> Announced:
    entries = [element for element in root if local(element) == "entry"]
    return Announced(tuple(links(entries, base, url_of_entry, ("updated", "published", "modified"))))


def from_urlset(root: etree._Element, base: str) -> Announced:
    places = [element for element in root if local(element) == "url"]
    return Announced(tuple(links(places, base, lambda e: child(e, ("loc",)), ("lastmod", "publication_date"))))


def from_index(root: etree._Element, base: str) -> Announced:
    maps = [element for element in root if local(element) == "sitemap"]
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
    "rss": from_items, "rdf": from_items, "feed": from_entries, "urlset": from_urlset, "sitemapindex": from_index,
    "html": from_front_page,
}


def links(elements: list[etree._Element], base: str, url_of: Callable[[etree._Element], str],
          dates: tuple[str, ...]) -> Iterator[Link]:
    for element in elements:
        if url := url_of(element):
            try:
                title = " ".join(unescape(child(element, ("title",))).split())  # some feeds use HTML's entities
                yield Link(urljoin(base, url), title, instant(child(element, dates)))
            except ValueError:  # an address that is none, such as "http://[": not ours to mend
                continue


def url_of_item(item: etree._Element) -> str:
    written = child(item, ("link",)) or item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    guid = child(item, ("guid",))
    return written or (guid if guid.startswith(("http://", "https://")) else "")


def url_of_entry(entry: etree._Element) -> str:
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
