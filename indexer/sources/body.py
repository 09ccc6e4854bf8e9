"""Where the running text stands on a page, and whether the page is an article at all."""

from __future__ import annotations

from itertools import pairwise

from indexer.sources.chrome import is_licence
from indexer.sources.marks import Marked
from indexer.sources.paragraphs import ENOUGH, lead_lines
from indexer.sources.tidy import letters

ENOUGH_IN_BODY = 60
THREAD = 3
LONG_TITLE = 30  # letters
A_TEXT = 3  # paragraphs
SIBLINGS = 0.8  # of their parent's prose stands in boxes that are one text


def body_box(page: Marked) -> int | None:
    """The box of the running text: the one named so, unless another holds far more. Of a thread: its first post.

    Several boxes of one kind that follow each other (entries of a live report, questions and answers, a text cut in
    two by an advertisement) are one text: then it is the box around them.
    """
    box = likeliest_box(page)
    if box is None:
        return None
    around = box_around(page, box)
    posts = posts_in(page, around)
    if is_thread(page, posts):
        return posts[0]
    return around


def box_around(page: Marked, box: int) -> int:
    """The box whose prose stands nearly all in boxes of the same kind as `box`, if there is one, else `box`."""
    parent, own = page.boxes[box].parent, page.boxes[box]
    if parent < 0 or not own.kinds & {"body", "article"}:
        return box
    alike = [
        other
        for number, other in enumerate(page.boxes)
        if other.parent == parent and other.tag == own.tag and other.kinds & {"body", "article"} and page.amount(number)
    ]
    prose = sum(page.prose[other.end] - page.prose[other.start] for other in alike)
    return parent if len(alike) > 1 and prose >= SIBLINGS * page.amount(parent) else box


def is_thread(page: Marked, posts: list[int]) -> bool:
    """Whether the posts are a forum's, each by somebody else, rather than parts of one article."""
    return bool(posts) and sum(has_poster(page, post) for post in posts) * 2 > len(posts)


def has_poster(page: Marked, post: int) -> bool:
    """Whether a post, or a box in it, is named as forums name theirs."""
    start, end = page.span(post)
    return any("forum" in box.kinds and start <= box.start and box.end <= end for box in page.boxes[post:]
               if box.start <= end)


def likeliest_box(page: Marked) -> int | None:
    """The box named as the article's body, unless the densest box holds far more prose."""
    named, dense = named_box(page), dense_box(page)
    if named is None or dense is None:
        return dense if named is None else named
    if page.amount(named) >= 0.4 * page.amount(dense) or (
        page.page.inside(named, dense) and page.amount(named) >= 0.25 * page.amount(dense)
    ):
        return named
    return dense


def named_box(page: Marked) -> int | None:
    """The innermost of the boxes named as an article's body that still holds most of their text."""
    named = [
        number
        for number, box in enumerate(page.boxes)
        if box.kinds & {"body", "article"}
        and not box.kinds & {"comments"}
        and box.start < box.end
        and ("itemprop" in box.kinds or "noise" not in box.kinds)
        and not all(page.quiet[box.start : box.end])
    ]
    if not named:
        return None
    weights = {number: page.amount(number) - 1.5 * headlines(page, number) for number in named}
    best = max(weights.values())
    if best < ENOUGH_IN_BODY:
        return None
    good = [number for number in named if weights[number] >= 0.75 * best]
    return next((number for number in good if "itemprop" in page.boxes[number].kinds), good[-1])


def headlines(page: Marked, box: int) -> float:
    """How many characters of a box are headlines of other articles that no name gave away as boilerplate."""
    numbers = range(*page.span(box))
    return sum(page.lines[number].links for number in numbers if page.lines[number].linked and not page.quiet[number])


def dense_box(page: Marked) -> int | None:
    """Readability's rule: a line of prose speaks for its box's parent, and half for the box above that."""
    scores: dict[int, float] = {}
    for line, quiet, teaser in zip(page.lines, page.quiet, page.teasers, strict=True):
        if line.prose and not quiet and not teaser and not is_licence(line.text):
            share, box = 1.0, line.box
            while box > 0 and page.boxes[box].end - page.boxes[box].start <= 2:
                box = page.boxes[box].parent
            while box >= 0 and share > 0.2:
                scores[box] = scores.get(box, 0.0) + share * line.prose
                share, box = share / 2, page.boxes[box].parent
    return max(scores, key=lambda box: scores[box] * purity(page, box), default=None)


def purity(page: Marked, box: int) -> float:
    """The share of a box's characters that are not links."""
    lines = page.lines[slice(*page.span(box))]
    length = sum(len(line.text) for line in lines)
    return 1 - min(1.0, sum(line.links for line in lines) / length) if length else 0.0


def posts_in(page: Marked, box: int) -> list[int]:
    """The posts of a thread: three or more <article>s that hold nearly all of a box."""
    start, end = page.span(box)
    posts = [
        number
        for number, other in enumerate(page.boxes)
        if number != box and other.tag == "article" and start <= other.start < other.end <= end
    ]
    if len(posts) < THREAD or sum(map(page.amount, posts)) <= 0.8 * page.amount(box):
        return []
    return [post for post in posts if page.amount(post)]


def is_list(page: Marked, box: int | None, heading: int | None, dated: bool = False) -> bool:
    """Whether a page lists articles, or says too little to be one. `heading` is the line of its title, `dated` whether
    a day stands by it: with both, a sentence below is an article."""
    meta = page.meta
    if meta.is_home and not meta.url:
        return True
    if box is None:
        return not (meta.is_article and lead_lines(page, (0, len(page.lines)), heading))
    if meta.is_article and meta.stamp:
        return False
    if is_mostly_headlines(page, box) or is_teaser(page, box):
        return True
    declared = page.boxes[box].kinds & {"body", "article"} or (
        dated and heading is not None and is_article_s(page, heading)
    )
    enough = ENOUGH * 2 if meta.is_list and not declared else ENOUGH_IN_BODY if declared else ENOUGH
    own = page.lines[heading].prose if heading is not None and heading in range(*page.span(box)) else 0
    return page.amount(box) - own < enough


def is_article_s(page: Marked, heading: int) -> bool:
    """Whether a heading is the page's first or what it declares as its title, and long enough to be no section's."""
    line = page.lines[heading]
    said = letters(line.text)
    declared = page.boxes[line.box].tag == "h1" or any(said in letters(title) for title in page.meta.titles)
    return declared and len(said) >= LONG_TITLE


def is_mostly_headlines(page: Marked, box: int) -> bool:
    """Whether headlines stand between at least half of a box's paragraphs. Several in a row count once: a list of
    related articles in the middle of a text is one interruption."""
    numbers = [number for number in up_to_last_prose(page, box) if not page.quiet[number]]
    paragraphs = sum(bool(page.lines[number].prose) and not page.teasers[number] for number in numbers)
    # Beside a text, teasers are related articles; they make a list where there is nothing else.
    heard = [page.lines[number] for number in numbers if paragraphs < A_TEXT or not page.teasers[number]]
    linked = [line.linked and len(line.text) >= 25 for line in heard]
    runs = sum(now and not before for before, now in pairwise([False, *linked]))
    return runs >= 3 and runs >= 0.5 * sum(bool(line.prose) for line in heard)


def up_to_last_prose(page: Marked, box: int) -> range:
    """The lines of a box without what trails the text: headlines there are related articles, not a list's."""
    span = range(*page.span(box))
    last = next((n for n in reversed(span) if page.lines[n].prose and not page.quiet[n]), span.start)
    return range(span.start, last + 1)


def is_teaser(page: Marked, box: int) -> bool:
    """Whether the likeliest text is one of many summaries: a line or two where the page has many more elsewhere."""
    inside = sum(bool(line.prose) for line in page.lines[slice(*page.span(box))])
    everywhere = sum(bool(line.prose) and not quiet for line, quiet in zip(page.lines, page.quiet, strict=True))
    return inside <= 2 and everywhere >= inside + 4
