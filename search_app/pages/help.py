"""Pages about the site itself: how to search (/help) and what the archive is (/about)."""

from __future__ import annotations

from flask import Blueprint, Response

from indexer.model.facets import FACETS
from indexer.search.parameters import MAX_LIMIT, PARAMETERS, SORTS
from search_app.view.page import page_without_index
from search_app.web.readers import may_read_whole

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
def page() -> Response:
    """How to search. The page needs no index."""
    return page_without_index("help.html", order_names=SORTS, max_limit=MAX_LIMIT, parameters=PARAMETERS, facets=FACETS)


@blueprint.get("/about")
def about() -> Response:
    """What the archive holds and where its data comes from. The page needs no index."""
    return page_without_index("about.html", whole=may_read_whole())
