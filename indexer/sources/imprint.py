"""Who wrote an article, as the page shows it around the text."""

from __future__ import annotations

import re

from indexer.sources.authors import is_nobody, people
from indexer.sources.chrome import is_chrome
from indexer.sources.credits import byline, signed_name, without_outlets
from indexer.sources.header import dateline, fields_of
from indexer.sources.marks import Marked
from indexer.sources.page import Box
from indexer.sources.title import text_start

ONLY_A_LABEL = re.compile(
    r"(?:(?:được )?(?:đăng|viết|gửi) )?(?:bởi|by|tác giả|người viết|author|written by|posted by)\s?:?", re.I
)
TEXT_S_CREDIT = re.compile(r"(?:nội dung|bài viết|bài|tin|thực hiện|tác giả)\b[^:]{0,20}:", re.I)
BY = re.compile(r"(?:(?:được )?(?:đăng|viết|gửi) )?(?:bởi|by|tác giả|người viết|author)\b", re.I)
# An office that put the page up did not write it: "Người đăng: Văn phòng UBND".
POSTED_BY_AN_OFFICE = re.compile(
    r"(?:người đăng|(?:được )?(?:đăng|gửi) bởi|posted by)\s?:?\s(?:văn phòng|phòng|ban|(?:ủy|uỷ) ban|ubnd|hđnd"
    r"|trung tâm|cổng|trang (?:tin|thông tin|web)|bộ phận|tổ)\b", re.I
)
BETWEEN_PEOPLE = re.compile(r"\s[–-]\s")
CREDITS = 4  # last lines of the text's box that may hold who made it, though its name is a picture's


def author_of(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name in a box named as the author's, if it stands near the article."""
    for candidate in page.boxes:
        if (
            "author" in candidate.kinds
            and candidate.end - candidate.start in (1, 2)
            and not page.quiet[candidate.start]
            and (name := named_in(page, page.lines[name_line(page, candidate)].text))
            and is_near(page, candidate.start, box, heading)
        ):
            return name
    return beside_the_date(page, box, heading)


def name_line(page: Marked, candidate: Box) -> int:
    """The line of an author's box that holds the name: the second where the first is only its label."""
    labelled = ONLY_A_LABEL.fullmatch(page.lines[candidate.start].text)
    return min(candidate.start + 1, candidate.end - 1) if labelled else candidate.start


def beside_the_date(page: Marked, box: int | None, heading: int | None) -> str | None:
    """The name on a line of its own right above or below the date, between the title and the body."""
    if heading is None or box is None:
        return None
    for number in range(heading + 1, min(text_start(page, box) + 1, len(page.lines))):
        line, beside = page.lines[number], (number - 1, number + 1)
        if page.quiet[number]:
            continue
        if signed := signed_name(line.text):
            return people(BETWEEN_PEOPLE.split(signed), page.meta.site, page.meta.url)
        fields = fields_of(line.text)
        for part in (line.text, *fields):
            if BY.match(part) and (name := named_in(page, part)):
                return name
        names = [part for part in fields if byline(part) and not dateline(part)]
        if names and (name := named_in(page, " - ".join(names))):
            return name
        if (
            1 < len(line.text.split()) <= 12
            and any(heading < n < len(page.lines) and dateline(page.lines[n].text, page.month_first) for n in beside)
            and (name := named_in(page, line.text))
        ):
            return name
    return None


def named_in(page: Marked, text: str) -> str | None:
    """The people that an author's box names, without the desk, section or site beside them."""
    name = byline(text)
    if not name or POSTED_BY_AN_OFFICE.match(text):
        return None
    parts = BETWEEN_PEOPLE.split(without_outlets(name))
    return people(parts, page.meta.site, page.meta.url)


def is_near(page: Marked, number: int, box: int | None, heading: int | None) -> bool:
    """Whether a line stands from four lines above the title to four below the text."""
    if box is None:
        return True
    start, end = page.span(box)
    return min(start if heading is None else heading, start) - 4 <= number <= end + 4


def signature_below(page: Marked, box: int | None) -> str | None:
    """A byline that stands right below the body's box, or at its end in a box of credits."""
    start, end = page.span(box)
    for line in page.lines[max(start, end - CREDITS) : end] if box is not None else ():
        if TEXT_S_CREDIT.match(line.text) and (name := byline(line.text)):
            return None if is_nobody(name) else name
    for line, quiet in zip(page.lines[end : end + 2], page.quiet[end : end + 2], strict=True):
        if not quiet and not line.linked and not is_chrome(line.text) and (name := byline(line.text)):
            return None if is_nobody(name) else without_outlets(name)
    return None
