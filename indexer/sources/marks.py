"""The lines of a page, marked by what their boxes are named and hold: boilerplate, captions, prose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.sources.chrome import is_chrome
from indexer.sources.header import dateline
from indexer.sources.metadata import Metadata
from indexer.sources.page import HEADINGS, Box, Line, Page

CAPTION_LINES, CAPTION_LENGTH, FIGURE_LENGTH = 4, 300, 400


@dataclass(frozen=True, slots=True)
class Marked:
    """A page, what it declares, and what its lines are.

    Of the i-th line, `quiet[i]` says whether it is boilerplate, `captions[i]` whether it belongs to a picture;
    `prose[i]` is how much the lines before it say as running text, where boilerplate says nothing.
    """

    page: Page
    meta: Metadata
    quiet: list[bool]
    captions: list[bool]
    prose: list[int]

    @property
    def lines(self) -> list[Line]:
        return self.page.lines

    @property
    def boxes(self) -> list[Box]:
        return self.page.boxes

    def span(self, box: int | None) -> tuple[int, int]:
        """The lines [start, end) of a box; of no box, what is behind the last line."""
        return (len(self.lines),) * 2 if box is None else (self.boxes[box].start, self.boxes[box].end)

    def amount(self, box: int) -> int:
        """How much prose a box holds."""
        return self.prose[self.boxes[box].end] - self.prose[self.boxes[box].start]

    def length(self, numbers: Iterable[int]) -> int:
        return sum(len(self.lines[number].text) for number in numbers)

    def is_heading(self, line: Line) -> bool:
        box = self.boxes[line.box]
        return box.tag in HEADINGS or "title" in box.kinds

    def says_something(self, number: int) -> bool:
        """Whether a line may belong to the article's text."""
        line = self.lines[number]
        return not (self.quiet[number] or line.linked or is_chrome(line.text) or dateline(line.text))


def mark(page: Page, meta: Metadata) -> Marked:
    quiet = covered(boilerplate(page), len(page.lines))
    captions = covered(caption_spans(page), len(page.lines))
    prose = totals([0 if silent else line.prose for line, silent in zip(page.lines, quiet, strict=True)])
    return Marked(page, meta, quiet, captions, prose)


def boilerplate(page: Page) -> list[tuple[int, int]]:
    """The spans named as something else than the article. A box with the heading and most prose is misnamed."""
    prose = totals([line.prose for line in page.lines])
    headed = totals([int(page.boxes[line.box].tag == "h1" and not line.linked) for line in page.lines])
    informing = totals([int(bool(page.boxes[line.box].kinds & {"dated", "author"})) for line in page.lines])
    spans = []
    for box in page.boxes:
        start, end = box.start, box.end
        misnamed = prose[end] - prose[start] > 0.5 * prose[-1] and headed[end] > headed[start]
        if (
            box.kinds & {"comments", "furniture"}
            or (box.kinds & {"noise", "clock"} and not misnamed)
            or ("toolbar" in box.kinds and not misnamed and informing[end] == informing[start])
        ):
            spans.append((start, end))
    return [(start, end) for start, end in spans if start < end]


def caption_spans(page: Page) -> list[tuple[int, int]]:
    """Captions by name, and small boxes that hold a picture and little else."""
    return [(box.start, box.end) for box in page.boxes if is_caption(page, box)]


def is_caption(page: Page, box: Box) -> bool:
    lines = box.end - box.start
    if "caption" in box.kinds and lines <= CAPTION_LINES:
        return True
    if not box.images and "picture" not in box.kinds:
        return False
    length = sum(len(line.text) for line in page.lines[box.start : box.end])
    return (
        (box.tag == "figure" and bool(box.images) and length <= FIGURE_LENGTH * box.images)
        or (box.tag == "table" and 0 < box.images >= lines and length <= CAPTION_LENGTH)
        or ("picture" in box.kinds and box.tag in ("p", "td", "div", "table") and length <= CAPTION_LENGTH)
    )


def totals(values: list[int]) -> list[int]:
    """Running sums: totals[j] - totals[i] is the sum of values[i:j]."""
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def covered(spans: list[tuple[int, int]], length: int) -> list[bool]:
    """Which of `length` lines lie in any of the spans."""
    changes = [0] * (length + 1)
    for start, end in spans:
        changes[start] += 1
        changes[end] -= 1
    depth, inside = 0, []
    for change in changes[:length]:
        depth += change
        inside.append(depth > 0)
    return inside
