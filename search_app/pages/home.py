"""The home page: the search form, examples, and what the archive holds."""

from __future__ import annotations

from flask import Blueprint, Response

from search_app.i18n import messages
from search_app.view.page import page_response

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def page() -> Response:
    """The page. Its figures are those of the newest index."""
    return page_response("home.html", examples=messages.EXAMPLES)
