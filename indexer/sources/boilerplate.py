"""What of a page is not the article: boxes named so, what the page loads below, readers' comments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from indexer.sources.chrome import is_comments_label
from indexer.sources.metadata import Metadata
from indexer.sources.page import HEADINGS, Line, Page
from indexer.sources.spans import totals
from indexer.sources.tidy import letters

OWN_HEADER_LINKS = 2  # linked lines in an article's own header; a site's header holds a menu
# A box of paragraphs without links that begins so many lines behind the heading, with this share of the page's prose.
BEHIND_HEADING, PARAGRAPHS, MUCH = 12, 3, 0.4
ARTICLES = 20  # that one page may have loaded
WHOLE = 200  # characters of prose that make an article of its own
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


def boilerplate(page: Page, meta: Metadata, how: Pass, teasers: list[bool]) -> list[tuple[int, int]]:
    """The spans named as something else than the article. A box with the heading and most prose, or with the heading
    and paragraphs that are no `teasers` (a flag for each line), is misnamed."""
    prose = totals([line.prose for line in page.lines])
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
    heads_at = heads_at[:ARTICLES]
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
