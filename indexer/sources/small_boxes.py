"""Small boxes of a page that are no running text: pictures with their captions, and teasers of other articles."""

from __future__ import annotations

from indexer.sources.credits import byline
from indexer.sources.page import Box, Page
from indexer.sources.spans import totals

CAPTION_LINES, CAPTION_LENGTH, FIGURE_LENGTH = 4, 300, 400
TEASER_LINES, TEASER_LINK = 4, 25


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
    """Small boxes that open with a link to another article and say what it is about. A link to the authors opens an
    article's own header."""
    prose = totals([line.prose for line in page.lines])
    return [
        (box.start, box.end)
        for box in page.boxes
        if 2 <= box.end - box.start <= TEASER_LINES
        and box.tag not in ("body", "html", "main", "form", "td")
        and page.lines[box.start].linked
        and len(page.lines[box.start].text) >= TEASER_LINK
        and not byline(page.lines[box.start].text)
        and "body" not in box.kinds
        and prose[box.end] - prose[box.start] <= 0.4 * prose[-1]
    ]
