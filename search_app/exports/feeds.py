"""What other programs follow: an Atom feed of any search, and the description by which a browser adds this search."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, make_response, request

from indexer.model import Hit
from search_app.i18n import messages
from search_app.i18n.translating import render
from search_app.pages.base import archive, heading
from search_app.view import filters, links
from search_app.web import params
from search_app.web.run_search import asked
from search_app.web.security_headers import conditional

feeds = Blueprint("feeds", __name__)

LISTED = 50
UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@feeds.get("/search.atom")
def atom() -> Response:
    """The newest articles of a search (RFC 4287). Parameters as on /search; sort, page and limit mean nothing."""
    wanted, _ = params.read(request.args)
    wanted = wanted.changed(sort="newest", limit=LISTED)
    results = asked(archive().engine(), wanted, (), 0)
    plain = wanted.changed(sort="relevance", limit=params.DEFAULT_LIMIT)
    updated = archive().overview().updated.isoformat(timespec="seconds")
    page = render(
        "feed.xml", title=heading(wanted), id=identity(f"search?{plain.query_string()}"), root=root(),
        page=links.search(plain), here=links.address("/search.atom", plain),
        updated=updated, entries=[entry(hit, updated) for hit in results.hits],
    )
    return xml(page, "application/atom+xml")


@feeds.get("/opensearch.xml")
def opensearch() -> Response:
    return xml(render("opensearch.xml", root=root()), "application/opensearchdescription+xml")


def xml(page: str, media: str) -> Response:
    response = make_response(UNPRINTABLE.sub(" ", page))
    response.content_type = f"{media}; charset=utf-8"
    return conditional(response, archive().engine().generation)


def root() -> str:
    """What makes an address of this site one that can be passed on."""
    return request.host_url.rstrip("/")


def entry(hit: Hit, updated: str) -> dict[str, Any]:
    """An entry of the feed. Its id depends on the article's id alone: it is the same in every feed, on any host.

    Atom demands a time of change: an article without a date has that of the index (`updated`), and no day it appeared.
    """
    article, when = hit.entry.article, hit.entry.entities.published
    return {
        "id": identity(f"article?{urlencode({'id': article.id})}"),
        "title": filters.title(article),
        "page": filters.article_path(article.id),
        "source": filters.safe_link(article.url),
        "authors": article.authors or (filters.site(article) or messages.UNKNOWN_AUTHOR,),
        "updated": moment(when.date) if when.date else updated,
        "published": moment(when.date) if when.date else None,
        "basis": when.basis,
        "dated": messages.CHOSEN.format(filters.published(when), messages.DATE_BASES[when.basis]) if when.date else "",
        "inferred": when.inferred,
        "matched": matched(hit),
        "snippet": hit.snippet,
    }


def identity(of: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'quocphong:{of}')}"


def moment(iso: str) -> str:
    """The first moment in Viet Nam of a date at any precision."""
    return f"{iso}{'-01-01'[: 10 - len(iso)]}T00:00:00+07:00"  # "2022" lacks six characters, "2022-03" three


def matched(hit: Hit) -> list[str]:
    """The words that made the article match, as they stand in its title and snippet; none that is part of another."""
    spans = [(hit.entry.article.title, hit.title_marks), (hit.snippet, hit.marks)]
    words = {" ".join(text[start:end].split()).lower(): None for text, marks in spans for start, end in marks}
    return [word for word in words if not any(f" {word} " in f" {other} " and word != other for other in words)]
