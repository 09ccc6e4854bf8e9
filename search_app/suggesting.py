"""/api/suggest: what a reader may be about to type, as JSON. The box itself is never changed from here."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from indexer.suggest import MAX_TYPED, suggest
from search_app.failures import BadRequest
from search_app.guard import conditional
from search_app.views import archive

suggesting = Blueprint("suggesting", __name__)

UNKNOWN = "Không có tham số “{name}”; chỉ có q."
MOST = 8


@suggesting.get("/api/suggest")
def suggestions() -> Response:
    """{"q": …, "suggestions": [{"kind", "text", "detail", "count"}]} for ?q=; of a long q the first part is read.

    `kind` is province, province_now, unit, official or phrase. Any other parameter is refused with 400.
    """
    if unknown := [name for name in request.args if name != "q"]:
        raise BadRequest({name[:40]: UNKNOWN.format(name=name[:40]) for name in unknown})
    typed = request.args.get("q", "")[:MAX_TYPED]
    engine = archive().engine()
    found = suggest(engine, typed, MOST) if typed.strip() else []
    return conditional(jsonify(q=typed, suggestions=[asdict(each) for each in found]), engine.generation)
