"""/api/statistics/<view>: the tables of /statistics/<view> as JSON."""

from __future__ import annotations

from functools import partial

from flask import Blueprint, Response, jsonify, request

from indexer.search.statistics.files import as_json
from indexer.search.statistics.nodes import NoPlaces
from search_app.i18n import messages
from search_app.view.statistics_request import IN_FILE, READERS, ROWS, VIEWS, read, table
from search_app.web import params
from search_app.web.archive import archive
from search_app.web.error_pages import BadRequest
from search_app.web.etags import conditional

blueprint = Blueprint("api_statistics", __name__)
OWN = (*READERS, "order")


def statistics(view: str) -> Response:
    """The parameters of /search, and those of the page. One that is unknown or makes no sense is refused with 400.

    `limit` is how many rows, at most as many as the file has.
    """
    search = params.read_strictly(request.args, OWN)
    wishes, refused = read(request.args, view)
    if refused:
        raise BadRequest({name: messages.STATISTICS_WISH.format(name=name) for name in refused})
    limit = search.limit if "limit" in request.args else ROWS
    try:
        found = table(view, search, wishes, min(limit, IN_FILE[view]))
    except NoPlaces:
        raise BadRequest({"q": messages.NO_PLACES}) from None
    engine = archive().engine()
    answer = {"statistics": view, "generation": engine.generation, **as_json(found)}
    return conditional(jsonify(answer), engine.generation)


for each in VIEWS:
    blueprint.add_url_rule(f"/api/statistics/{each}", each, partial(statistics, each))
