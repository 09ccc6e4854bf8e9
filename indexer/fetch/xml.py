"""XML as sites serve it: bare ampersands, HTML's entities and a wrong declared encoding do not spoil the rest."""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Text that is to be taken as it stands, or an ampersand with what follows it if that is a name or number.
AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?", re.DOTALL
)
BEFORE_XML = 5_000  # bytes that a server's own messages may take before a feed begins
OF_XML = (b"amp;", b"lt;", b"gt;", b"quot;", b"apos;")


def parsed(body: bytes) -> etree._Element | None:
    """The root element: strictly if the body is XML, else mended and read as far as it goes; None for nothing at all.

    Entities are not expanded and nothing is loaded from outside. XMLSyntaxError or ValueError where nothing is XML.
    """
    encoding = "utf-8" if is_utf8(body) else None  # what is UTF-8 throughout was not meant otherwise
    body = from_its_start(body) if encoding else body
    try:
        return etree.fromstring(body, parser(encoding, recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return etree.fromstring(mended(body) if encoding else body, parser(encoding, recover=True))


def from_its_start(body: bytes) -> bytes:
    """Without what a server printed before the XML declaration: blank lines, or a warning of its programs."""
    start = body.find(b"<?xml", 0, BEFORE_XML)
    return body[start:] if start > 0 and b"<html" not in body[:start].lower() else body.lstrip()


def parser(encoding: str | None, recover: bool) -> etree.XMLParser:
    """A parser that takes `encoding` for granted, whatever the declaration says."""
    return etree.XMLParser(encoding=encoding, recover=recover, resolve_entities=False, no_network=True)


def is_utf8(body: bytes) -> bool:
    """Whether the body is UTF-8 throughout. UTF-16, in which every other byte of markup is 0, is not."""
    if body.startswith(BOMS[1:]) or b"\x00" in body[:200]:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def mended(body: bytes) -> bytes:
    """UTF-8 in which bare ampersands are escaped and HTML's named entities are the characters they stand for."""
    return AMPERSAND.sub(in_xml, body)


def is_character(number: bytes) -> bool:
    """Whether "#65;" or "#x41;" is the number of a character that XML may hold (XML 1.0, 2.2)."""
    code = int(number[2:-1], 16) if number[1:2] in b"xX" else int(number[1:-1])
    return code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000


def in_xml(found: re.Match[bytes]) -> bytes:
    """What an ampersand of HTML is in XML; comments and CDATA as they are."""
    name = found[1]
    if name and name.startswith(b"#"):
        return found[0] if is_character(name) else b" "
    if found[0][:1] == b"<" or name in OF_XML:
        return found[0]
    known = html5.get(name.decode()) if name else None
    return known.encode() if known and known not in "&<" else b"&amp;" + (name or b"")
