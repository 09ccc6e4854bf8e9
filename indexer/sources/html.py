"""The article on a saved page: which lines are its title, lead and body, and which only stand around it.

The page becomes lines in boxes (`page`), what it declares is read (`metadata`), and its lines are marked as
boilerplate, caption or prose (`marks`). Then the questions are asked in turn: where is the body, and is this an
article at all (`body`), which line is the title (`title`), what is lead and what is text (`paragraphs`), who wrote it
and when (`imprint`).
"""

from __future__ import annotations

from indexer.sources.body import body_box, is_list
from indexer.sources.credits import host, take_bylines, take_source
from indexer.sources.found import Found
from indexer.sources.imprint import author_of, signature_below, stamps_of
from indexer.sources.marks import Marked, mark
from indexer.sources.metadata import metadata_of
from indexer.sources.page import parse
from indexer.sources.paragraphs import lead_and_body
from indexer.sources.title import title_line, title_of

NOT_AN_ARTICLE = "not an article: the page is a list or has no running text"
NO_TEXT = "not an article: there is no text on the page"


def read_page(markup: str, url: str | None = None) -> Found | str:
    """The article on a page, or one plain sentence why there is none. Never raises. `url`: where it was fetched."""
    try:
        page = parse(markup)
    except ValueError as error:
        return str(error)
    return article_on(mark(page, metadata_of(page, markup, url))) if page.lines else NO_TEXT


def article_on(page: Marked) -> Found | str:
    box = body_box(page)
    heading = title_line(page, box)
    if is_list(page, box, heading):
        return NOT_AN_ARTICLE
    title = title_of(page, heading)
    lead, body = lead_and_body(page, box, heading, title)
    if not body:
        lead, body = [], lead
    if not body:
        return NO_TEXT
    body, author = take_bylines(take_source(body)[0])
    return Found(
        title=title,
        lead="\n".join(lead),
        body="\n".join(body),
        url=page.meta.url,
        source=page.meta.site or host(page.meta.url),
        author=page.meta.author or author_of(page, box, heading) or author or signature_below(page, box),
        stamps=stamps_of(page, box, heading),
    )
