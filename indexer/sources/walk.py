"""The pass over a page's tree that makes its lines and boxes."""

from __future__ import annotations

import unicodedata
import warnings
from itertools import islice
from typing import Any

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString, Tag

from indexer.sources.names import HIDDEN_CLASSES, HIDDEN_STYLE, SHOWN_CLASS, kinds_of
from indexer.sources.page import Box, Line, Page, Time
from indexer.sources.tidy import tidy

warnings.filterwarnings("ignore", category=XMLParsedAsHTMLWarning)
warnings.filterwarnings("ignore", category=MarkupResemblesLocatorWarning)
SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "select", "option", "textarea",
    "button", "canvas", "map"
))
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "st1:place", "st1:city", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "nobr", "amp-img", "img", "input", "picture", "source", "td", "th",
    "g-emoji"
))
# Where elements named as dates keep their time for scripts.
TIME_ATTRIBUTES = ("data-time", "data-timestamp", "data-datetime", "data-date", "data-utime", "data-published", "title")
THINGS, PARTS = 100, 300  # of microdata, and elements of each, that are looked into: hostile pages have many
NAMING = ("class", "id", "itemprop", "data-type", "data-role", "data-field")
# What an inline element may be named as that makes it a box of its own, whatever its tag.
BREAKING = frozenset((
    "caption", "lead", "dated", "author", "body", "noise", "comments", "clock", "picture", "toolbar", "title", "hidden"
))


def parse(markup: str) -> Page:
    """The page's lines, boxes and metadata. Raises ValueError where the parser can make nothing of it."""
    try:
        soup = BeautifulSoup(markup.replace("\x00", ""), "lxml")
    except Exception as error:  # whatever lxml or bs4 throw at hostile markup
        raise ValueError(f"the page cannot be parsed: {type(error).__name__}") from error
    return Walk().page(soup)


class Walk:
    """The pass over the tree, by a list of what is still to visit: depth cannot overflow it."""

    def __init__(self) -> None:
        self.made = Page()
        self.open: list[int] = []
        self.pieces: list[str] = []
        self.links = self.linking = self.slanting = self.slanted = 0
        self.image = False
        self.headlines: dict[int, str] = {}

    def page(self, soup: Any) -> Page:
        """The page of a parsed document."""

        pending: list[Any] = [soup]
        while pending:
            node = pending.pop()
            if isinstance(node, Tag):
                self.enter(node, pending)
            elif isinstance(node, str) and not isinstance(node, PreformattedString):
                self.say(node)
            elif callable(node):
                node()
        self.flush()
        return self.made

    def enter(self, tag: Tag, pending: list[Any]) -> None:
        """Visit an element: note what it says out of sight, and open it as a box or inline."""
        name = tag.name
        if name in ("script", "meta", "link", "title", "time"):
            self.note(tag, name)
        if name in SKIPPED or name == "title":
            return
        if any(key in tag.attrs for key in TIME_ATTRIBUTES) and "dated" in kinds_on(tag, name):
            self.note_time(tag)
        if name in ("img", "amp-img"):
            self.picture()
        elif name == "br" and self.in_h1() and follows_text(tag):
            self.pieces.append(" ")  # a long heading that somebody broke
        elif name == "br":
            self.flush()
        elif name in INLINE:
            self.inline(tag, name, pending)
        else:
            self.block(tag, name, pending)

    def inline(self, tag: Tag, name: str, pending: list[Any]) -> None:
        """Visit an inline element; one whose name makes it a box of its own is a block."""
        if name == "a" and ("href" in tag.attrs or "name" not in tag.attrs):  # a mere anchor is often never closed
            self.linking += 1
            pending.append(self.leave_link)
        elif name in ("em", "i"):
            self.slanting += 1
            pending.append(self.leave_slant)
        elif name in ("td", "th"):
            self.pieces.append(" ")
        if (tag.attrs or name == "time") and kinds_on(tag, name) & BREAKING:
            return self.block(tag, name, pending)
        pending.extend(reversed(tag.contents))

    def block(self, tag: Tag, name: str, pending: list[Any]) -> None:
        """Open a box and put off closing it until its contents are visited."""
        self.flush()
        parent = self.open[-1] if self.open else -1
        self.open.append(len(self.made.boxes))
        kinds = kinds_on(tag, name)
        if name == "header" and any(self.made.boxes[above].tag in ("article", "main") for above in self.open[-6:-1]):
            kinds -= {"noise", "furniture"}  # an article's own header holds its title and date
        self.made.boxes.append(Box(name, parent, len(self.made.lines), kinds))
        pending.append(self.leave_block)
        pending.extend(reversed(tag.contents))

    def leave_block(self) -> None:
        """Close the innermost box."""
        self.flush()
        box = self.made.boxes[self.open.pop()]
        box.end = len(self.made.lines)
        if box.parent >= 0:
            self.made.boxes[box.parent].images += box.images

    def leave_link(self) -> None:
        """Leave a link."""
        self.linking -= 1

    def leave_slant(self) -> None:
        """Leave an element in italics."""
        self.slanting -= 1

    def picture(self) -> None:
        """Note a picture."""
        self.image = True
        if self.open:
            self.made.boxes[self.open[-1]].images += 1

    def say(self, text: str) -> None:
        """Add text to the line in the making."""
        self.pieces.append(text)
        if self.linking:
            self.links += len(text.strip())
        if self.slanting:
            self.slanted += len(text.strip())

    def flush(self) -> None:
        """End the line in the making, where it says anything."""
        if not self.pieces:
            return
        text = tidy(" ".join("".join(self.pieces).split()))
        if text:
            box = self.open[-1] if self.open else 0
            self.made.lines.append(Line(text, self.links, box, self.image, self.slanted >= 0.8 * len(text)))
            self.image = False
        self.pieces = []
        self.links = self.slanted = 0

    def note(self, tag: Tag, name: str) -> None:
        """What the page says of itself out of sight."""
        if name == "meta":
            key = attribute(tag, "property") or attribute(tag, "name")
            content = attribute(tag, "content")
            if key and content:
                self.made.meta.append((key.lower(), content))
            elif content and (key := attribute(tag, "itemprop")):
                self.made.properties.append((key.lower(), content, self.headline(tag)))
        elif name == "link" and attribute(tag, "href"):
            for relation in attribute(tag, "rel").lower().split():
                self.made.links.setdefault(relation, attribute(tag, "href"))
        elif name == "script" and "ld+json" in attribute(tag, "type").lower():
            self.made.data.append(tag.get_text())
        elif name == "title" and not self.made.title:
            self.made.title = tidy(" ".join(tag.get_text().split()))
        elif name == "time" and attribute(tag, "datetime"):
            published = "pubdate" in tag.attrs or "datepublished" in names_of(tag).lower()
            self.made.times.append(Time(self.next_line(), attribute(tag, "datetime"), self.headline(tag), published))

    def note_time(self, tag: Tag) -> None:
        """The time that an element named as a date carries in its attributes: "2 giờ trước" says no day."""
        for name in TIME_ATTRIBUTES:
            if any(map(str.isdigit, attribute(tag, name))):
                self.made.times.append(Time(self.next_line(), attribute(tag, name), self.headline(tag)))
                return

    def headline(self, tag: Tag) -> str:
        """The headline of the microdata thing that an element belongs to, "" where there is none."""
        thing = tag.find_parent(itemscope=True)
        if thing is None or thing.name in ("html", "body"):
            return ""
        if id(thing) not in self.headlines:
            self.headlines[id(thing)] = headline_in(thing) if len(self.headlines) < THINGS else ""
        return self.headlines[id(thing)]

    def in_h1(self) -> bool:
        """Whether the innermost box is the page's main heading."""
        return bool(self.open) and self.made.boxes[self.open[-1]].tag == "h1"

    def next_line(self) -> int:
        """The number of the line in the making."""
        return len(self.made.lines)


def follows_text(tag: Tag) -> bool:
    """Whether an element follows text of the element it stands in; a kicker has an element of its own."""
    before = tag.previous_sibling
    return isinstance(before, str) and bool(before.strip())


def headline_in(thing: Tag) -> str:
    """The headline or name of a microdata thing, "" where it has none."""
    for part in islice(thing.descendants, PARTS):
        if isinstance(part, Tag) and attribute(part, "itemprop") in ("headline", "name"):
            return attribute(part, "content") or part.get_text(" ", strip=True)[:500]
    return ""


def kinds_on(tag: Tag, name: str) -> frozenset[str]:
    """What an element is by its tag and attributes: the kinds of `names`, and "hidden" where no reader sees it."""
    kinds = kinds_of(name, names_of(tag))
    if name == "time" and not attribute(tag, "datetime"):
        kinds |= {"dated"}
    if name not in ("html", "body") and is_hidden(tag):
        kinds |= {"hidden"}
    return kinds


def is_hidden(tag: Tag) -> bool:
    """Whether the element says itself that it is not shown. Style sheets are not read, the common ones are known."""
    if "hidden" in tag.attrs or HIDDEN_STYLE.search(attribute(tag, "style")):
        return True
    classes = attribute(tag, "class")
    return bool(HIDDEN_CLASSES & set(classes.split())) and not SHOWN_CLASS.search(classes)


def names_of(tag: Tag) -> str:
    """The class, id and itemprop of an element, and the type that some editors give to what they insert."""
    naming = NAMING if tag.name in ("input", "ul", "ol", "li") else (*NAMING, "type")
    return " ".join(filter(None, (attribute(tag, name) for name in naming)))


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one composed text, "" where it is not there."""
    value = tag.attrs.get(name) if tag.attrs else None
    if isinstance(value, list):
        value = " ".join(map(str, value))
    return unicodedata.normalize("NFC", str(value).strip()) if value else ""
