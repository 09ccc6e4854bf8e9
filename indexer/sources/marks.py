"""The lines of a page, marked by what their boxes are named and hold: boilerplate, captions, prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.sources.chrome import LABEL, RELATED, is_chrome, is_comments_label, is_label, is_licence, is_pointer, plain
from indexer.sources.credits import SIGNED, byline
from indexer.sources.header import dateline, fields_of
from indexer.sources.metadata import Metadata
from indexer.sources.page import HEADINGS, Box, Line, Page
from indexer.sources.tidy import letters

CAPTION_LINES, CAPTION_LENGTH, FIGURE_LENGTH = 4, 300, 400
OWN_HEADER_LINKS = 2  # linked lines in an article's own header; a site's header holds a menu
TEASER_LINES, TEASER_LINK = 4, 25
# A box of paragraphs without links that begins so many lines behind the heading, with this share of the page's prose.
BEHIND_HEADING, PARAGRAPHS, MUCH = 12, 3, 0.4
WHOLE = 200  # characters of prose that make an article of its own
HEADLINES = 2  # linked lines in a row that a short line may announce
FEW_LINKS = 0.4  # of a text's characters
SHORTEST_TITLE = 15  # letters


@dataclass(frozen=True, slots=True)
class Pass:
    """How strictly a page is read. `note` is what the report says of a page that needed it, "" for the first pass.

    names     class names and ids silence boxes
    hidden    boxes that say they are not shown are silent
    captions  lines that belong to pictures are no running text
    """

    note: str = ""
    names: bool = True
    hidden: bool = True
    captions: bool = True


PASSES = (
    Pass(),
    Pass("read by a looser pass: class names were set aside", names=False),
    Pass("read by a looser pass: captions count as text", names=False, captions=False),
    Pass("read by a looser pass: hidden text counts", names=False, hidden=False, captions=False),
)


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
            or SIGNED.match(line.text)
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
    spans = [*boilerplate(page, meta, how), *next_articles(page, meta)]
    heard = [0 if a or b else line.prose for a, b, line in zip(covered(spans, len(teasers)), teasers, page.lines, strict=True)]
    quiet = covered([*spans, *comments_below(page, totals(heard))], len(page.lines))
    captions = covered(caption_spans(page) if how.captions else [], len(page.lines))
    silent = [a or b for a, b in zip(quiet, teasers, strict=True)]
    prose = totals([0 if nothing or is_licence(line.text) else line.prose
                    for line, nothing in zip(page.lines, silent, strict=True)])
    return Marked(page, meta, quiet, captions, teasers, prose, month_first)


def boilerplate(page: Page, meta: Metadata, how: Pass) -> list[tuple[int, int]]:
    """The spans named as something else than the article. A box with the heading and most prose, or with the heading
    and paragraphs that are no teasers, is misnamed."""
    prose = totals([line.prose for line in page.lines])
    teasers = covered(teaser_spans(page), len(page.lines))
    paragraphs = totals([int(bool(line.prose) and not a) for line, a in zip(page.lines, teasers, strict=True)])
    headed = totals([int(heads(page, meta, line)) for line in page.lines])
    informing = totals([int(bool(page.boxes[line.box].kinds & {"dated", "author"})) for line in page.lines])
    links = totals([int(line.linked) for line in page.lines])
    pieces = Counter(box.parent for box in page.boxes if box.tag not in ("p", *HEADINGS))
    spans = []
    for number, box in enumerate(page.boxes):
        start, end = box.start, box.end
        most = prose[end] - prose[start] > 0.5 * prose[-1] or paragraphs[end] - paragraphs[start] >= PARAGRAPHS
        misnamed = most and headed[end] > headed[start]
        few_links = links[end] - links[start] <= OWN_HEADER_LINKS
        own_header = box.tag == "header" and headed[end] > headed[start] and few_links
        named = box.kinds if how.names else box.kinds & {"comments", "furniture", "clock"}
        # Readers' comments are many boxes: one piece that holds nearly all prose is the article, whatever its name.
        one_piece = pieces[number] < 2 and prose[end] - prose[start] > 0.8 * prose[-1]
        spared = not how.names and (misnamed or ("comments" in box.kinds and one_piece))
        if (
            (how.hidden and "hidden" in box.kinds)
            or (named & {"comments", "furniture"} and not own_header and not spared)
            or (named & {"noise", "clock"} and not misnamed and not own_header)
            or ("toolbar" in named and not misnamed and informing[end] == informing[start])
        ):
            spans.append((start, end))
    return [(start, end) for start, end in spans if start < end]


def next_articles(page: Page, meta: Metadata) -> list[tuple[int, int]]:
    """The spans of articles that a page loads below its own: siblings with an h1, a date and prose of their own."""
    heads_at = [n for n, line in enumerate(page.lines) if page.boxes[line.box].tag == "h1" and not line.linked]
    if len(heads_at) < 2 or not heads(page, meta, page.lines[heads_at[0]]):
        return []
    prose = totals([line.prose for line in page.lines])
    first, spans = page.lines[heads_at[0]].box, []
    for other in (page.lines[number].box for number in heads_at[1:]):
        own, later = siblings(page, first, other)
        whole = all(prose[page.boxes[box].end] - prose[page.boxes[box].start] >= WHOLE for box in (own, later))
        if own != later and whole and page.boxes[own].tag == page.boxes[later].tag and is_dated(page, later):
            spans.append((page.boxes[later].start, page.boxes[later].end))
    return spans


def comments_below(page: Page, prose: list[int]) -> list[tuple[int, int]]:
    """All below a line that only says "Bình luận (2)", where most of the page's `prose` (running sums, boilerplate left
    out) stands above it."""
    for number, line in enumerate(page.lines):
        if is_comments_label(line.text) and prose[number] >= max(WHOLE, prose[-1] - prose[number]):
            return [(number, len(page.lines))]
    return []


def siblings(page: Page, first: int, other: int) -> tuple[int, int]:
    """The two boxes around two others that lie in the same box."""
    line = [first]
    while page.boxes[line[-1]].parent >= 0:
        line.append(page.boxes[line[-1]].parent)
    while page.boxes[other].parent >= 0 and page.boxes[other].parent not in line:
        other = page.boxes[other].parent
    common = page.boxes[other].parent
    return next((box for box in line if page.boxes[box].parent == common), first), other


def is_dated(page: Page, box: int) -> bool:
    """Whether a box holds a date of its own: a box named so, or a time for machines."""
    start, end = page.boxes[box].start, page.boxes[box].end
    return any(start <= time.line < end for time in page.times) or any(
        "dated" in each.kinds and start <= each.start < each.end <= end for each in page.boxes[box:]
    )


def silences_text(page: Page, meta: Metadata) -> bool:
    """Whether a name silences what reads as the text: paragraphs without links right behind the heading, and many."""
    prose = totals([line.prose for line in page.lines])
    paragraphs = totals([int(bool(line.prose)) for line in page.lines])
    headed = totals([int(heads(page, meta, line)) for line in page.lines])
    links = totals([line.links for line in page.lines])
    return any(
        box.kinds & {"noise", "clock", "toolbar"}
        and not box.kinds & {"comments", "furniture", "hidden"}
        and headed[box.start] > headed[max(0, box.start - BEHIND_HEADING)]
        and paragraphs[box.end] - paragraphs[box.start] >= PARAGRAPHS
        and prose[box.end] - prose[box.start] > MUCH * prose[-1]
        and links[box.end] - links[box.start] < FEW_LINKS * (prose[box.end] - prose[box.start])
        for box in page.boxes
    )


def heads(page: Page, meta: Metadata, line: Line) -> bool:
    """Whether a line is the article's heading: an h1, or what the page declares as its title in a box named so."""
    box = page.boxes[line.box]
    if line.linked or not (box.tag in HEADINGS or "title" in box.kinds):
        return False
    said = letters(line.text)
    return box.tag == "h1" or (len(said) >= SHORTEST_TITLE and any(letters(t).startswith(said) for t in meta.titles))


def caption_spans(page: Page) -> list[tuple[int, int]]:
    """Captions by name, and small boxes that hold a picture and little else."""
    return [(box.start, box.end) for box in page.boxes if is_caption(page, box)]


def is_caption(page: Page, box: Box) -> bool:
    """Whether a box is a caption, or a picture with its caption."""
    lines = box.end - box.start
    if "caption" in box.kinds and lines <= CAPTION_LINES:
        return True
    if not box.images and "picture" not in box.kinds:
        return False
    length = sum(len(line.text) for line in page.lines[box.start : box.end])
    return (
        (box.tag == "figure" and bool(box.images) and length <= FIGURE_LENGTH * box.images)
        or (box.tag == "div" and box.images == lines == 1 and is_below_picture(page, box))
        or (box.tag == "table" and 0 < box.images >= lines and length <= CAPTION_LENGTH)
        or ("picture" in box.kinds and box.tag in ("p", "td", "div", "table") and length <= CAPTION_LENGTH)
    )


def is_below_picture(page: Page, box: Box) -> bool:
    """Whether a box's only line stands in a box of its own below its picture."""
    line = page.lines[box.start]
    return line.image_above and page.boxes[line.box] is not box and len(line.text) <= CAPTION_LENGTH


def teaser_spans(page: Page) -> list[tuple[int, int]]:
    """Small boxes that open with a link to another article and say what it is about."""
    prose = totals([line.prose for line in page.lines])
    return [
        (box.start, box.end)
        for box in page.boxes
        if 2 <= box.end - box.start <= TEASER_LINES
        and box.tag not in ("body", "html", "main", "form", "td")
        and page.lines[box.start].linked
        and len(page.lines[box.start].text) >= TEASER_LINK
        and "body" not in box.kinds
        and prose[box.end] - prose[box.start] <= 0.4 * prose[-1]
    ]


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
