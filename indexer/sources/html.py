"""The article on a saved page: which lines are its title, lead and body, and which only stand around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from indexer.model import Stamp
from indexer.sources.dates import date_in_url, find_date, read_date
from indexer.sources.metadata import Metadata, metadata_of
from indexer.sources.page import HEADINGS, Line, Page, parse
from indexer.sources.text import (
    RELATED,
    byline,
    clean_text,
    dateline,
    host,
    is_chrome,
    letters,
    plain,
    take_bylines,
    take_source,
)

NOT_AN_ARTICLE = "not an article: the page is a list or has no running text"
NO_TEXT = "not an article: there is no text on the page"
ENOUGH, ENOUGH_IN_BODY = 200, 60
PHOTO_CREDIT = re.compile(r"\b(?:ảnh|photo|nguồn ảnh)\s?:\s?[^.]{2,60}\.?$", re.IGNORECASE)
SITE_SUFFIX = re.compile(r"\s[-–—|»:]\s|\s?\|\s?")
NEAR = 12


@dataclass(frozen=True, slots=True)
class Found:
    """What a page's article is, ready to become an Article."""

    title: str
    lead: str
    body: str
    url: str | None
    source: str | None
    author: str | None
    stamps: tuple[Stamp, ...]


def read_page(markup: str, url: str | None = None) -> Found | str:
    """The article on a page, or one plain sentence why there is none. Never raises. `url`: where it was fetched."""
    try:
        page = parse(markup)
    except ValueError as error:
        return str(error)
    return Reading(page, metadata_of(page, markup, url)).article()


class Reading:
    """A page, what it declares, and step by step what its lines turn out to be."""

    def __init__(self, page: Page, meta: Metadata) -> None:
        self.page, self.meta = page, meta
        self.lines, self.boxes = page.lines, page.boxes
        self.quiet = spread(self.boilerplate(), len(self.lines))
        self.captions = spread(self.caption_spans(), len(self.lines))
        self.prose = totals([0 if quiet else line.prose for line, quiet in zip(self.lines, self.quiet, strict=True)])

    def article(self) -> Found | str:
        if not self.lines:
            return NO_TEXT
        box = self.body_box
        if self.is_list(box):
            return NOT_AN_ARTICLE
        lead, body = self.texts(box)
        if not body and lead:
            lead, body = [], lead
        if not body:
            return NO_TEXT
        body = take_source(body)[0]
        body, author = take_bylines(body)
        return Found(
            title=self.title,
            lead="\n".join(lead),
            body="\n".join(body),
            url=self.meta.url,
            source=self.meta.site or host(self.meta.url),
            author=self.meta.author or self.author(box) or author or self.signed(box),
            stamps=self.stamps(box),
        )

    # --- boilerplate ---------------------------------------------------------------------

    def boilerplate(self) -> list[tuple[int, int]]:
        """The spans named as something else than the article. A box with the heading and most prose is misnamed."""
        prose = totals([line.prose for line in self.lines])
        headed = totals([int(self.boxes[line.box].tag == "h1" and not line.linked) for line in self.lines])
        informing = totals([int(bool(self.boxes[line.box].kinds & {"dated", "author"})) for line in self.lines])
        spans = []
        for box in self.boxes:
            start, end = box.start, box.end
            misnamed = prose[end] - prose[start] > 0.5 * prose[-1] and headed[end] > headed[start]
            if (
                box.kinds & {"comments", "furniture"}
                or (box.kinds & {"noise", "clock"} and not misnamed)
                or ("toolbar" in box.kinds and not misnamed and informing[end] == informing[start])
            ):
                spans.append((start, end))
        return [(start, end) for start, end in spans if start < end]

    def caption_spans(self) -> list[tuple[int, int]]:
        """Captions by name, and small boxes that hold a picture and little else."""
        spans = []
        for box in self.boxes:
            if (
                ("caption" in box.kinds and box.end - box.start <= 4)
                or (box.images and box.tag == "figure" and self.length(box.start, box.end) <= 400 * box.images)
                or (
                    box.images
                    and box.tag == "table"
                    and self.length(box.start, box.end) <= 300
                    and box.end - box.start <= box.images
                )
                or (
                    "picture" in box.kinds
                    and box.tag in ("p", "td", "div", "table")
                    and self.length(box.start, box.end) <= 300
                )
            ):
                spans.append((box.start, box.end))
        return spans

    def length(self, start: int, end: int) -> int:
        return sum(len(line.text) for line in self.lines[start:end])

    # --- where the body is ---------------------------------------------------------------

    @cached_property
    def body_box(self) -> int | None:
        """The box of the running text: the one named so, unless another holds far more of it."""
        box = self.likeliest_box()
        posts = self.posts(box) if box is not None else []
        return posts[0] if posts else box

    def posts(self, box: int) -> list[int]:
        """Three or more <article>s that hold nearly all of a box are a thread: its first post is the article."""
        span = self.boxes[box]
        posts = [
            n
            for n, b in enumerate(self.boxes)
            if n != box and b.tag == "article" and span.start <= b.start < b.end <= span.end
        ]
        whole = sum(self.amount(post) for post in posts)
        return (
            [post for post in posts if self.amount(post)] if len(posts) >= 3 and whole > 0.8 * self.amount(box) else []
        )

    def likeliest_box(self) -> int | None:
        named, dense = self.named_box(), self.dense_box()
        if named is None or dense is None:
            return dense if named is None else named
        if self.amount(named) >= 0.4 * self.amount(dense) or (
            self.page.inside(named, dense) and self.amount(named) >= 0.25 * self.amount(dense)
        ):
            return named
        return dense

    def amount(self, box: int) -> int:
        return self.prose[self.boxes[box].end] - self.prose[self.boxes[box].start]

    def named_box(self) -> int | None:
        """The innermost of the boxes named as an article's body that still holds most of their text."""
        named = [
            number
            for number, box in enumerate(self.boxes)
            if box.kinds & {"body", "article"}
            and not box.kinds & {"comments"}
            and box.start < box.end
            and ("itemprop" in box.kinds or "noise" not in box.kinds)
            and not all(self.quiet[box.start : box.end])
        ]
        if not named:
            return None
        weights = {number: self.amount(number) - 1.5 * self.headlines(number) for number in named}
        best = max(weights.values())
        if best < ENOUGH_IN_BODY:
            return None
        good = [number for number in named if weights[number] >= 0.75 * best]
        return next((number for number in good if "itemprop" in self.boxes[number].kinds), good[-1])

    def headlines(self, box: int) -> int:
        """How many characters of a box are headlines of other articles that no name gave away as boilerplate."""
        start, end = self.boxes[box].start, self.boxes[box].end
        return sum(
            line.links
            for line, quiet in zip(self.lines[start:end], self.quiet[start:end], strict=True)
            if line.linked and not quiet
        )

    def purity(self, box: int) -> float:
        """The share of a box's characters that are not links."""
        lines = self.lines[self.boxes[box].start : self.boxes[box].end]
        length = sum(len(line.text) for line in lines)
        return 1 - min(1.0, sum(line.links for line in lines) / length) if length else 0.0

    def dense_box(self) -> int | None:
        """Readability's rule: a line of prose speaks for its box's parent, and half for the box above that."""
        scores: dict[int, float] = {}
        for line, quiet in zip(self.lines, self.quiet, strict=True):
            if line.prose and not quiet:
                share, box = 1.0, line.box
                while box > 0 and self.boxes[box].end - self.boxes[box].start <= 2:
                    box = self.boxes[box].parent
                while box >= 0 and share > 0.2:
                    scores[box] = scores.get(box, 0.0) + share * line.prose
                    share, box = share / 2, self.boxes[box].parent
        return max(scores, key=lambda box: scores[box] * self.purity(box), default=None)

    # --- article or list -----------------------------------------------------------------

    def is_list(self, box: int | None) -> bool:
        if self.meta.is_home and not self.meta.url:
            return True
        if box is None:
            return not (self.meta.is_article and self.lead_lines(0, len(self.lines)))
        span = self.up_to_last_prose(box)
        headlines = sum(self.lines[i].linked and len(self.lines[i].text) >= 25 and not self.quiet[i] for i in span)
        prose = sum(bool(self.lines[i].prose) and not self.quiet[i] for i in span)
        if self.meta.is_article and self.meta.stamp:
            return False
        if (headlines >= 3 and headlines >= 0.5 * prose) or self.is_teaser(box):
            return True
        declared = self.boxes[box].kinds & {"body", "article"}
        enough = ENOUGH * 2 if self.meta.is_list and not declared else ENOUGH_IN_BODY if declared else ENOUGH
        return self.amount(box) < enough

    def is_teaser(self, box: int) -> bool:
        """Whether the likeliest text is one of many summaries: a line or two where the page has many more elsewhere."""
        span = self.boxes[box]
        inside = sum(bool(line.prose) for line in self.lines[span.start : span.end])
        everywhere = sum(bool(line.prose) and not quiet for line, quiet in zip(self.lines, self.quiet, strict=True))
        return inside <= 2 and everywhere >= inside + 4

    def up_to_last_prose(self, box: int) -> range:
        """The lines of a box without what trails the text: headlines there are related articles, not a list's."""
        span = range(self.boxes[box].start, self.boxes[box].end)
        last = next(
            (number for number in reversed(span) if self.lines[number].prose and not self.quiet[number]), span.start
        )
        return range(span.start, last + 1)

    # --- title ---------------------------------------------------------------------------

    @cached_property
    def title(self) -> str:
        """The heading a reader sees, as long as the page's metadata agrees with it; else the metadata's, trimmed."""
        if self.title_line is not None:
            return self.lines[self.title_line].text
        first = next(iter(self.meta.titles), "")
        if first:
            return first if first != self.page.title else SITE_SUFFIX.split(first)[0]
        heading = next((line.text for line in self.lines if self.boxes[line.box].tag in HEADINGS), "")
        return heading or clean_text(self.lines[0].text).title

    @cached_property
    def title_line(self) -> int | None:
        """The line that repeats the metadata's title, or its beginning before the site's name; headings first."""
        wanted = [letters(title) for title in self.meta.titles]
        end = self.boxes[self.body_box].end if self.body_box is not None else len(self.lines)
        best, weight = None, 0.0
        for number, line in enumerate(self.lines[: max(end, 1)]):
            if (
                8 <= len(line.text) <= 300
                and not (line.prose and line.links)
                and (agreed := self.agreement(line, wanted)) > weight
            ):
                best, weight = number, agreed
        if best is not None:
            return best
        return self.nearest_heading()

    def nearest_heading(self) -> int | None:
        """Where no line agrees with the metadata: the page's h1, or the last heading above the body."""
        start = self.boxes[self.body_box].start if self.body_box is not None else len(self.lines) - 1
        above = [
            n for n in range(max(0, start - NEAR), start + 1) if self.is_heading(self.lines[n]) and self.may_be_title(n)
        ]
        first = [n for n in range(start + 1) if self.boxes[self.lines[n].box].tag == "h1" and self.may_be_title(n)]
        return first[-1] if first else above[-1] if above else None

    def may_be_title(self, number: int) -> bool:
        line = self.lines[number]
        return (
            12 < len(line.text) <= 300
            and " " in line.text
            and not line.linked
            and not self.quiet[number]
            and not dateline(line.text)
        )

    def agreement(self, line: Line, wanted: list[str]) -> float:
        """How far a line is the title in `wanted`: all of it but the site's name at its end, or at its beginning."""
        said, heading = letters(line.text), self.is_heading(line)
        if len(said) < 6 or said == letters(self.meta.site or ""):
            return 0.0
        if any(title.startswith(said) for title in wanted):
            return len(said) * (2.0 if heading else 1.0)
        return 0.9 * len(said) if heading and len(said) > 12 and any(said in title for title in wanted) else 0.0

    def is_heading(self, line: Line) -> bool:
        box = self.boxes[line.box]
        return box.tag in HEADINGS or "title" in box.kinds

    # --- lead and body -------------------------------------------------------------------

    def texts(self, box: int | None) -> tuple[list[str], list[str]]:
        start, end = (self.boxes[box].start, self.boxes[box].end) if box is not None else (0, 0)
        lead = self.lead_lines(start, end)
        taken = set(lead)
        body = self.body_lines(start, end, taken, captions=False)
        if sum(map(len, body)) + self.length_of(lead) < ENOUGH:
            body = self.body_lines(start, end, taken, captions=True) or body
        texts = [self.lines[number].text for number in lead]
        said = set(texts)
        return texts, [text for text in body if text not in said]

    def length_of(self, numbers: list[int]) -> int:
        return sum(len(self.lines[number].text) for number in numbers)

    def lead_lines(self, start: int, end: int) -> list[int]:
        """The summary: lines named so between title and body or at its head, or the one the metadata repeats."""
        first = self.title_line + 1 if self.title_line is not None and self.title_line < end else max(0, start - NEAR)
        last = min(start + 6, end) if end else len(self.lines)
        for box in self.boxes:
            if (
                "lead" in box.kinds
                and first <= box.start < max(last, first + 1)
                and not self.quiet[min(box.start, len(self.lines) - 1)]
            ):
                named = [n for n in range(box.start, min(box.end, box.start + 8)) if self.says_something(n)]
                if named and 40 <= self.length_of(named) <= 900 and not self.lines[named[-1]].text.endswith(","):
                    return named
        wanted = letters(self.meta.lead)[:60]
        for number in range(first, min(last, len(self.lines))):
            line = self.lines[number]
            said = letters(line.text)
            if (
                len(wanted) > 30
                and 40 <= len(line.text) <= 900
                and (said.startswith(wanted) or said[10:].startswith(wanted[10:50]))
            ):
                return [number] if number < start or self.boxes[line.box].tag in HEADINGS else []
            if number < start and self.boxes[line.box].tag in HEADINGS and line.prose and not self.quiet[number]:
                return [number]
        return []

    def says_something(self, number: int) -> bool:
        line = self.lines[number]
        return not (self.quiet[number] or line.linked or is_chrome(line.text) or dateline(line.text))

    def body_lines(self, start: int, end: int, taken: set[int], captions: bool) -> list[str]:
        """The lines of running text, without the title again, dates, links to other articles, captions and chrome."""
        title = letters(self.title)
        kept: list[str] = []
        for number in range(start, end):
            line = self.lines[number]
            if number in taken or not self.says_something(number) or (self.captions[number] and not captions):
                continue
            if plain(line.text) in RELATED and not any(self.lines[later].prose for later in range(number + 1, end)):
                break
            if letters(line.text) == title or (not captions and self.is_caption(line)):
                continue
            if kept and kept[-1] == line.text:
                continue
            kept.append(line.text)
        return kept

    def is_caption(self, line: Line) -> bool:
        """A line under a picture that is slanted, or that ends with a photographer's name."""
        if len(line.text) > 350:
            return False
        if PHOTO_CREDIT.search(line.text) and (line.image_above or len(line.text) < 200):
            return not byline(line.text)
        return line.image_above and line.slanted and not line.text.startswith(("“", '"', "-"))

    # --- author and dates ----------------------------------------------------------------

    def author(self, box: int | None) -> str | None:
        for candidate in self.boxes:
            if (
                "author" in candidate.kinds
                and candidate.end - candidate.start in (1, 2)
                and not self.quiet[candidate.start]
            ):
                name = byline(self.lines[candidate.start].text)
                if name and self.near(candidate.start, box):
                    return name
        return None

    def signed(self, box: int | None) -> str | None:
        """A byline that stands right below the body's box."""
        end = self.boxes[box].end if box is not None else len(self.lines)
        for line, quiet in zip(self.lines[end : end + 2], self.quiet[end : end + 2], strict=True):
            if not quiet and not line.linked and not is_chrome(line.text) and (name := byline(line.text)):
                return name
        return None

    def near(self, number: int, box: int | None) -> bool:
        if box is None:
            return True
        first = self.title_line if self.title_line is not None else self.boxes[box].start
        return min(first, self.boxes[box].start) - 4 <= number <= self.boxes[box].end + 4

    def stamps(self, box: int | None) -> tuple[Stamp, ...]:
        in_url = date_in_url(self.meta.url) if self.meta.url else None
        header = self.header_date(box)
        found = [self.meta.stamp, Stamp(header, "header") if header else None, Stamp(in_url, "url") if in_url else None]
        return tuple(stamp for stamp in found if stamp)

    def header_date(self, box: int | None) -> str | None:
        """The visible date: a marked time or a line that is only a date, from the title to the head of the body."""
        start = self.boxes[box].start if box is not None else len(self.lines)
        title = self.title_line if self.title_line is not None and self.title_line <= start else max(0, start - NEAR)
        for number, value, published in self.page.times:
            if (published or title <= number <= start + 3) and (day := read_date(value)):
                return day
        end = self.boxes[box].end if box is not None else len(self.lines)
        after = range(title, min(max(start, title) + 4, len(self.lines)))
        before = range(title - 1, max(title - 5, -1), -1)
        for number in (*after, *before, *range(end, min(end + 3, len(self.lines)))):
            if day := self.line_date(number, before=number < title):
                return day
        return None

    def line_date(self, number: int, before: bool) -> str | None:
        line = self.lines[number]
        named = "dated" in self.boxes[line.box].kinds
        if self.quiet[number] or (line.linked and not named):
            return None
        day = dateline(line.text) or (find_date(line.text) if named and len(line.text) < 120 else None)
        if day and before and not (named and ":" in line.text):
            return None
        return day


def totals(values: list[int]) -> list[int]:
    """Running sums: totals[j] - totals[i] is the sum of values[i:j]."""
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def spread(spans: list[tuple[int, int]], length: int) -> list[bool]:
    """Which of `length` lines lie in any of the spans."""
    changes = [0] * (length + 1)
    for start, end in spans:
        changes[start] += 1
        changes[end] -= 1
    depth, covered = 0, []
    for change in changes[:length]:
        depth += change
        covered.append(depth > 0)
    return covered
