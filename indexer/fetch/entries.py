"""The entries of a feed or sitemap, in one pass over its elements, however deep they lie in each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

# The elements of an entry whose text counts, by their names in lower case and without namespace.
TEXTS = frozenset({"title", "link", "guid", "pubdate", "date", "loc", "lastmod", "publication_date", "updated",
                   "published", "modified"})
ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


@dataclass(slots=True)
class Entry:
    """One entry: the first text of each element of TEXTS in it, and Atom's first alternate link as `href`.

    What lies in an entry within this one is that one's own.
    """

    element: etree._Element
    texts: dict[str, str] = field(default_factory=dict)
    href: str | None = None

    def first(self, *names: str) -> str:
        """The text of the first of the names that has one, else ""."""
        return next((text for name in names if (text := self.texts.get(name))), "")

    @property
    def about(self) -> str:
        """What RDF says the entry is about."""
        return str(self.element.get(ABOUT, ""))


def entries(root: etree._Element, name: str, most: int) -> list[Entry]:
    """The first `most` entries in the order of the document: the elements called `name`."""
    reader = Reader(name)
    for event, each in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            if reader.names(each) and len(reader.found) == most:
                break
            reader.start(each)
        elif event == "end":
            reader.end(each)
        else:
            reader.add(each.tail)
    reader.finish()
    return reader.found


class Reader:
    """What has been read: `found`, those of them that are `open`, and the text under way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Entry] = []
        self.open: list[Entry] = []
        self.element: etree._Element | None = None  # whose text is under way
        self.pieces: list[str] = []

    def names(self, element: etree._Element) -> bool:
        """Whether an element is an entry."""
        return local(element) == self.name

    def start(self, element: etree._Element) -> None:
        """An element begins."""
        kind = local(element)
        if kind == self.name:
            self.finish()
            self.open.append(Entry(element))
            self.found.append(self.open[-1])
        elif self.open and self.element is None and kind in TEXTS and kind not in self.open[-1].texts:
            self.element, self.pieces = element, []
        self.add(element.text)
        if kind == "link" and self.open and self.open[-1].href is None:
            self.take_href(element)

    def take_href(self, element: etree._Element) -> None:
        """Keep the address of an alternate link that is the entry's own."""
        if element.getparent() is self.open[-1].element and element.get("rel", "alternate") == "alternate":
            self.open[-1].href = (element.get("href") or "").strip()

    def end(self, element: etree._Element) -> None:
        """An element ends."""
        if element is self.element:
            self.finish()
        else:
            self.add(element.tail)
        if self.open and element is self.open[-1].element:
            self.open.pop()

    def add(self, text: str | None) -> None:
        """More of the text under way."""
        if self.element is not None and text:
            self.pieces.append(text)

    def finish(self) -> None:
        """The text under way is whole."""
        if self.element is not None and (text := " ".join("".join(self.pieces).split())):
            self.open[-1].texts[local(self.element)] = text
        self.element = None


def local(element: etree._Element) -> str:
    """An element's name without its namespace, in lower case; "" for comments and instructions."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
