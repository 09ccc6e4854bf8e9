"""A saved page as a list of lines and the boxes they stand in: one pass over the tree, then only numbers.

An element is a span of lines. That makes nesting, boilerplate and text density plain arithmetic, and keeps the
time linear however deep or broken the page is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

DAY_BEHIND = re.compile(
    r"\s?[(\[]?\s?(?:(?:\d{1,2}:\d{2}\s?[,|-]?\s?)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?[^)\]]{0,12}"
    r"|(?:\d{1,3}\s?(?:giây|phút|giờ|ngày|tuần|tháng|năm)\s?trước|hôm qua|vừa xong))[)\]]?$",
    re.IGNORECASE,
)
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))


@dataclass(slots=True)
class Line:
    """One line as a browser breaks it. `links` counts the characters inside links, `box` is the element it opens in.

    `image_above`: a picture stands between this line and the one before; `slanted`: nearly all of it is in italics.
    """

    text: str
    links: int
    box: int
    image_above: bool
    slanted: bool

    @property
    def linked(self) -> bool:
        """Whether nearly all of it is a link; a day behind a headline does not count."""
        return self.links >= 0.8 * len(self.text) or (
            self.links > 0 and self.links >= 0.8 * len(DAY_BEHIND.sub("", self.text))
        )

    @property
    def prose(self) -> int:
        """How much this line says for being running text."""
        return len(self.text) if len(self.text) >= 60 and self.links < 0.5 * len(self.text) else 0


@dataclass(slots=True)
class Box:
    """A block element: lines [start, end), its parent's number, and what its names and tag say of it."""

    tag: str
    parent: int
    start: int
    kinds: frozenset[str]
    end: int = 0
    images: int = 0


@dataclass(frozen=True, slots=True)
class Time:
    """A time for machines, and the line it stands at. `headline` is of the thing it belongs to, "" if unknown;
    `published`: it says that it is of publication."""

    line: int
    value: str
    headline: str = ""
    published: bool = False


@dataclass(slots=True)
class Page:
    """A page taken apart.

    `title` is the window's; `meta` the meta elements as (name, content), `properties` those of microdata as (name,
    content, headline of the thing they belong to or ""), `links` the link elements by their relation, `data` the
    JSON-LD scripts, `times` the times that elements carry for machines.
    """

    lines: list[Line] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    title: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)

    def inside(self, box: int, outer: int) -> bool:
        """Whether the lines of `box` lie in those of `outer`."""
        return self.boxes[outer].start <= self.boxes[box].start and self.boxes[box].end <= self.boxes[outer].end
