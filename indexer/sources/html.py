"""The article on a saved page: which lines are its title, lead and body, and which only stand around it.

The page becomes lines in boxes (`page`), what it declares is read (`metadata`), and its lines are marked as
boilerplate, caption or prose (`marks`). Then the questions are asked in turn: where is the body, and is this an
article at all (`body`), which line is the title (`title`), what is lead and what is text (`paragraphs`), who wrote it
(`imprint`) and when (`published`).

Where that finds no article, looser passes look again (`boilerplate.PASSES`), then the text in the page's JSON-LD is
taken.
"""

from __future__ import annotations

from dataclasses import replace

from indexer.sources.authors import speaks
from indexer.sources.body import body_box, is_list
from indexer.sources.boilerplate import PASSES, silences_text
from indexer.sources.chrome import imprint_start
from indexer.sources.credits import host, take_bylines, take_source
from indexer.sources.dates import writes_month_first
from indexer.sources.found import Found
from indexer.sources.imprint import author_of, signature_below
from indexer.sources.marks import Marked, mark
from indexer.sources.metadata import Metadata, metadata_of
from indexer.sources.page import Page
from indexer.sources.paragraphs import ENOUGH, lead_and_body
from indexer.sources.published import header_date, stated_dates_of
from indexer.sources.tidy import letters
from indexer.sources.title import title_line, title_of
from indexer.sources.walk import parse

NOT_AN_ARTICLE = "not an article: the page is a list or has no running text"
NO_TEXT = "not an article: there is no text on the page"
FROM_JSON_LD = "read from the page's JSON-LD: its text is not in the page itself"


def read_page(markup: str, url: str | None = None) -> Found | str:
    """The article on a page, or one plain sentence why there is none. Never raises. `url`: where it was fetched."""
    try:
        page = parse(markup)
    except ValueError as error:
        return str(error)
    meta = metadata_of(page, markup, url)
    if not page.lines and len(meta.body) < ENOUGH:
        return NO_TEXT
    return found_on(page, meta)


def found_on(page: Page, meta: Metadata) -> Found | str:
    """The article by the first pass that finds one. A list or front page is none by any pass."""
    month_first = writes_month_first("\n".join(line.text for line in page.lines if len(line.text) < 200))
    first: Found | str = NOT_AN_ARTICLE
    for how in PASSES if page.lines else ():
        marked = mark(page, meta, how, month_first)
        found = article_on(marked, loose=bool(how.note))
        if isinstance(found, Found) and (how.note or not silences_text(page, meta)):
            return replace(found, notes=(how.note,)) if how.note else found
        first = first if how.note else found
        if how.names and not isinstance(found, Found) and looks_like_list(marked):
            break
    return first if isinstance(first, Found) else from_json_ld(page, meta, first)


def looks_like_list(page: Marked) -> bool:
    """Whether the page is a list for sure: it says so, or most of what is not boilerplate is headlines."""
    headlines = sum(line.linked and len(line.text) >= 25 for line in page.lines)
    prose = sum(bool(line.prose) for line in page.lines)
    return (page.meta.is_home and not page.meta.url) or (not page.meta.is_article and headlines >= max(3, prose))


def article_on(page: Marked, loose: bool = False) -> Found | str:
    """The article of a page whose lines are marked. A looser pass asks for more text, lest a list be taken for one."""
    box = body_box(page)
    heading = title_line(page, box)
    header = header_date(page, box, heading)
    if is_list(page, box, heading, header is not None) or (loose and (box is None or page.amount(box) < ENOUGH)):
        return NOT_AN_ARTICLE
    title = title_of(page, heading)
    lead, body = lead_and_body(page, box, heading, title)
    if not body:
        lead, body = [], lead
    if not body:
        return NO_TEXT
    body, author = take_bylines(take_source(body[: imprint_start(body)])[0])
    author = writer(page, box, heading, [title, *lead, *body], author)
    return Found(
        title=title,
        lead="\n".join(lead),
        body="\n".join(without_name(body, author)),
        url=page.meta.url,
        source=page.meta.site or host(page.meta.url),
        author=author,
        stamps=stated_dates_of(page, header),
    )


def writer(page: Marked, box: int | None, heading: int | None, text: list[str], signed: str | None) -> str | None:
    """Who wrote it: named by the metadata, near the article, in its last lines (`signed`), or right below it."""
    named = (page.meta.author, author_of(page, box, heading), signed, signature_below(page, box))
    return next((name for name in named if name and (name == signed or not speaks(name, text))), None)


def without_name(body: list[str], author: str | None) -> list[str]:
    """Without a line among the first three that only names the author, who is known already."""
    named = letters(author or "")
    return [line for place, line in enumerate(body) if place > 2 or not named or letters(line) != named] or body


def from_json_ld(page: Page, meta: Metadata, why: str) -> Found | str:
    """The article that the page's JSON-LD holds whole, where the page itself shows none; else `why` there is none."""
    if len(meta.body) < ENOUGH or not meta.is_article or not meta.titles:
        return why
    body, author = take_bylines(take_source(meta.body.split("\n"))[0])
    return Found(
        title=meta.titles[0],
        lead="",
        body="\n".join(body),
        url=meta.url,
        source=meta.site or host(meta.url),
        author=meta.author or author,
        stamps=(meta.stamp,) if meta.stamp else (),
        notes=(FROM_JSON_LD,),
    )
