"""The lines of a page, marked by what their boxes are named and hold: boilerplate, captions, prose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.sources.boilerplate import PASSES, Pass, boilerplate, comments_below, next_articles
from indexer.sources.chrome import LABEL, RELATED, is_chrome, is_label, is_licence, is_pointer, plain
from indexer.sources.credits import byline, signed_name
from indexer.sources.header import dateline, fields_of
from indexer.sources.metadata import Metadata
from indexer.sources.page import HEADINGS, Box, Line, Page
from indexer.sources.small_boxes import caption_spans, teaser_spans
from indexer.sources.spans import covered, totals

HEADLINES = 2  # linked lines in a row that a short line may announce


@dataclass(frozen=True, slots=True)
class Marked:
    """A page, what it declares, and what its lines are.

    Of the i-th line, `quiet[i]` says whether it is boilerplate, `captions[i]` whether it belongs to a picture,
    `teasers[i]` whether it belongs to a small box that opens with a link to another article;
    `prose[i]` is how much the lines before it say as running text, where boilerplate and teasers say nothing.
    `month_first`: the site writes the month before the day.
    """

    page: Page
    meta: Metadata
    quiet: list[bool]
    captions: list[bool]
    teasers: list[bool]
    prose: list[int]
    month_first: bool = False

    @property
    def lines(self) -> list[Line]:
        """The page's lines."""
        return self.page.lines

    @property
    def boxes(self) -> list[Box]:
        """The page's boxes."""
        return self.page.boxes

    def span(self, box: int | None) -> tuple[int, int]:
        """The lines [start, end) of a box; of no box, what is behind the last line."""
        return (len(self.lines),) * 2 if box is None else (self.boxes[box].start, self.boxes[box].end)

    def amount(self, box: int) -> int:
        """How much prose a box holds, in characters."""
        return self.prose[self.boxes[box].end] - self.prose[self.boxes[box].start]

    def length(self, numbers: Iterable[int]) -> int:
        """The characters of the lines with these numbers."""
        return sum(len(self.lines[number].text) for number in numbers)

    def is_heading(self, line: Line) -> bool:
        """Whether a line stands in a heading element, or in a box named as a title that holds nothing else."""
        box = self.boxes[line.box]
        if box.tag in HEADINGS or "title" in box.kinds:
            return True
        around = self.boxes[box.parent] if box.parent >= 0 else box
        return "title" in around.kinds and around.end - around.start == 1

    def says_something(self, number: int) -> bool:
        """Whether a line may belong to the article's text."""
        line = self.lines[number]
        return not (
            self.quiet[number]
            or line.linked
            or self.teasers[number]
            or is_chrome(line.text)
            or dateline(line.text, self.month_first)
            or fields_of(line.text)
            or is_pointer(line.text)
            or is_licence(line.text)
            or signed_name(line.text)
            or self.labels_links(number)
        )

    def labels_links(self, number: int) -> bool:
        """Whether a line only announces what follows it: links to other articles, or boilerplate."""
        line, after = self.lines[number], number + 1
        if after >= len(self.lines) or (byline(line.text) and plain(line.text) not in RELATED):
            return False
        follows = self.lines[after]
        if not (is_label(line.text) or plain(line.text) in RELATED):
            headlines = sum(each.linked and len(each.text) >= 20 for each in self.lines[after : after + HEADLINES])
            return len(line.text) <= LABEL and not line.text.endswith((".", "!", "”")) and headlines == HEADLINES
        return self.teasers[after] or self.quiet[after] or (follows.linked and len(follows.text) >= 20)


def mark(page: Page, meta: Metadata, how: Pass = PASSES[0], month_first: bool = False) -> Marked:
    """The page with its lines marked, as strictly as `how` says."""
    teasers = covered(teaser_spans(page), len(page.lines))
    spans = [*boilerplate(page, meta, how, teasers), *next_articles(page, meta)]
    kept = zip(covered(spans, len(teasers)), teasers, page.lines, strict=True)
    heard = [0 if quiet or teaser else line.prose for quiet, teaser, line in kept]
    quiet = covered([*spans, *comments_below(page, totals(heard))], len(page.lines))
    captions = covered(caption_spans(page) if how.captions else [], len(page.lines))
    silent = [a or b for a, b in zip(quiet, teasers, strict=True)]
    prose = totals([0 if nothing or is_licence(line.text) else line.prose
                    for line, nothing in zip(page.lines, silent, strict=True)])
    return Marked(page, meta, quiet, captions, teasers, prose, month_first)
