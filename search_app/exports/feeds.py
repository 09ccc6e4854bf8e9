"""What other programs follow: the Atom feed of any search, and the OpenSearch description for browsers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, make_response, request

from indexer.model import Hit
from indexer.search.parameters import DEFAULT_LIMIT
from search_app.i18n import messages
from search_app.i18n.translating import render
from search_app.view import filters, links
from search_app.view.page import heading
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.etags import conditional

blueprint = Blueprint("feeds", __name__)

LISTED = 50  # articles in a feed
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of the feed, as feed.xml shows it.

    id         depends on the article's id alone: the same in every feed, on any host
    page       address of the article's page here; `source` that of the original, None where there is none
    updated    ISO time; `published` the same, None for an undated article
    basis      what the date rests on; `dated` says date and basis in words
    matched    the words of the query that the article holds
    """

    id: str
    title: str
    page: str
    source: str | None
    authors: tuple[str, ...]
    updated: str
    published: str | None
    basis: str
    dated: str
    inferred: bool
    matched: tuple[str, ...]
    snippet: str


@blueprint.get("/search.atom")
def atom() -> Response:
    """The newest articles of a search (RFC 4287). Parameters as on /search; sort, page and limit mean nothing."""
    search = params.read(request.args)[0].changed(sort="newest", limit=LISTED)
    results = search.run(archive().engine(), facets=(), near_up_to=0, advise=False)
    plain = search.changed(sort="relevance", limit=DEFAULT_LIMIT)
    updated = archive().overview().updated.isoformat(timespec="seconds")
    page = render(
        "feed.xml", title=heading(search), id=urn(f"search?{plain.query_string()}"), root=root(),
        page=links.search_url(plain), here=links.url("/search.atom", plain),
        updated=updated, entries=[feed_entry(hit, updated) for hit in results.hits],
    )
    return xml(page, "application/atom+xml")


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """The description by which a browser adds this site to its search engines (OpenSearch 1.1)."""
    return xml(render("opensearch.xml", root=root()), "application/opensearchdescription+xml")


def xml(page: str, media: str) -> Response:
    """A response of XML without the characters that XML 1.0 forbids."""
    response = make_response(UNPRINTABLE.sub(" ", page))
    response.content_type = f"{media}; charset=utf-8"
    return conditional(response, archive().engine().generation)


def root() -> str:
    """Scheme and host of this site: what a feed reader needs before a path."""
    return request.host_url.rstrip("/")


def feed_entry(hit: Hit, updated: str) -> FeedEntry:
    """The entry of one article found.

    Atom demands a time of change: an article without a date has that of the index (`updated`), and no day it appeared.
    """
    article, when = hit.entry.article, hit.entry.entities.published
    return FeedEntry(
        id=urn(f"article?{urlencode({'id': article.id})}"),
        title=filters.title(article),
        page=filters.article_path(article.id),
        source=filters.safe_link(article.url),
        authors=article.authors or (str(filters.site(article) or messages.UNKNOWN_AUTHOR),),
        updated=moment(when.date) if when.date else updated,
        published=moment(when.date) if when.date else None,
        basis=when.basis,
        dated=messages.CHOSEN.format(filters.published(when), messages.DATE_BASES[when.basis]) if when.date else "",
        inferred=when.inferred,
        matched=tuple(matched(hit)),
        snippet=hit.snippet,
    )


def urn(name: str) -> str:
    """A UUID made of a name (RFC 4122, version 5), as Atom wants ids."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'quocphong:{name}')}"


def moment(iso: str) -> str:
    """The first moment in Viet Nam of a date at any precision, as an ISO time."""
    return f"{iso}{'-01-01'[: 10 - len(iso)]}T00:00:00+07:00"  # "2022" lacks six characters, "2022-03" three


def matched(hit: Hit) -> list[str]:
    """The words that made the article match, as they stand in its title and snippet; none that is part of another."""
    spans = [(hit.entry.article.title, hit.title_marks), (hit.snippet, hit.marks)]
    words = {" ".join(text[start:end].split()).lower(): None for text, marks in spans for start, end in marks}
    return [word for word in words if not any(f" {word} " in f" {other} " and word != other for other in words)]
