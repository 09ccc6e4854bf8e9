"""Making a page: its template with what every page has, and the response with its ETag."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, current_app, make_response, request

from indexer.model import Query
from indexer.model.errors import QuocphongError
from indexer.search.labels import label
from indexer.search.parameters import FILTERS, Notice
from indexer.search.saved_search import SavedSearch
from search_app.i18n import messages
from search_app.i18n.language import current
from search_app.i18n.translating import render
from search_app.view import links
from search_app.view.filters import day
from search_app.web.archive import Overview, archive
from search_app.web.etags import NO_INDEX, conditional

SEARCHING = {"/search", "/facet"}  # pages that belong to the search


def page_response(template: str, **values: Any) -> Response:
    """The page made of `template` and `values`, conditional on the index. Raises what opening the index raises."""
    generation = archive().engine().generation
    return conditional(make_response(show_page(template, **values)), generation)


def page_without_index(template: str, **values: Any) -> Response:
    """The same for a page that needs no index. It shows the figures of the index if there is one."""
    overview = overview_if_any()
    generation = overview.generation if overview else NO_INDEX
    return conditional(make_response(show_page(template, **values)), generation)


def show_page(template: str, **values: Any) -> str:
    """The HTML of `template` with `values` and what every page has.

    Every page has: `search` (an empty one), `kept` (hidden fields of the search form), `overview`, `freshness` and
    `search_url`. A value given here replaces it.
    """
    freshness = archive().freshness(current_app.extensions["settings"].stale_hours)
    shared = {"search": SavedSearch(), "kept": (), "overview": overview_if_any(), "freshness": freshness,
              "search_url": text_search_url}
    return render(template, **shared | values)


def site_pages() -> list[links.Link]:
    """The navigation of every page. The page of the request, or the one it belongs to, is the current one."""
    prefix = current().prefix
    here = "/" + request.path.strip("/").partition("/")[0]
    here = "/" if here in SEARCHING else here
    return [links.Link(text, (prefix + path) or "/", path == here) for path, text in messages.PAGES.items()]


def text_search_url(q: str) -> str:
    """The address of the search for a query text."""
    return links.search_url(SavedSearch(q=q))


def overview_if_any() -> Overview | None:
    """What the archive holds; None where the index cannot be opened."""
    try:
        return archive().overview()
    except QuocphongError:
        return None


def heading(search: SavedSearch) -> str:
    """The title of a result page or feed: the query, else the chosen values, else that they are the newest articles."""
    if search.q:
        return messages.HEADING.format(q=search.q)
    values = [label(FILTERS[name], value) for name, chosen in search.choices for value in chosen]
    values += [text.format(day(iso)) for text, iso in ((messages.FROM, search.from_), (messages.TO, search.to)) if iso]
    if not values:
        return messages.HEADING_WITHOUT_QUERY
    if len(values) > len(messages.HEADINGS):
        return messages.HEADING_MORE.format(*values[:2], n=len(values) - 2)
    return messages.HEADINGS[len(values) - 1].format(*values)


def search_notices(notices: Sequence[Notice], query: Query) -> list[str]:
    """What a page must say of a search: parameters not taken as given, and parts of the query read as plain words."""
    unread = [messages.UNREAD.format(parts=" · ".join(query.unread))] if query.unread else []
    return [notice.text for notice in notices] + unread
