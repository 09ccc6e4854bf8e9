"""/openapi.json: the table of routes as an OpenAPI 3.1 document, in English."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from indexer import __version__
from indexer.model import Message
from search_app.api import shapes
from search_app.api.route import CURSOR, SEARCH, Parameter, Route
from search_app.api.schema import Json, array, ref
from search_app.api.table import ROUTES
from search_app.i18n.language import ENGLISH
from search_app.i18n.problem_messages import BY_STATUS, KINDS
from search_app.web.etags import NO_INDEX, conditional
from search_app.web.problems import MEDIA

blueprint = Blueprint("openapi", __name__)

ABOUT = Message(
    "Chỉ đọc, không cần tài khoản. Tham số lạ hoặc không dùng được bị từ chối với mã 400 và được nêu tên; tham số rỗng"
    " coi như không có. Hỏi quá dày thì nhận 429 kèm Retry-After. Mỗi câu trả lời có ETag, đổi khi chỉ mục đổi. Câu trả"
    " lời có thể có thêm khóa mới; khóa đã có không bao giờ đổi tên. Thêm /en trước địa chỉ để các câu dành cho người"
    " đọc bằng tiếng Anh.")
LICENSE = {"name": "MIT", "identifier": "MIT"}
SHARED = (*SEARCH, CURSOR)
CITATIONS: Json = {"application/vnd.citationstyles.csl+json": {"schema": array({"type": "object"})}}
RETRY: Json = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
LINK: Json = {"Link": {"description": "The next part: rel=\"next\".", "schema": {"type": "string"}}}


@blueprint.get("/openapi.json")
def file() -> Response:
    """The document. It is the same for every index."""
    return conditional(jsonify(document()), NO_INDEX)


def document() -> Json:
    """The whole description: every route, its parameters, its answers and their shapes."""
    schemas = dict(shapes.SHAPES)
    for route in ROUTES:
        schemas |= route.shapes
    return {
        "openapi": "3.1.0",
        "info": {"title": "Quốc phòng địa phương", "version": __version__, "description": ENGLISH.say(ABOUT),
                 "summary": "Search over Vietnamese local defence news.", "license": LICENSE},
        "servers": [{"url": "/"}, {"url": "/en", "description": "Sentences for readers in English."}],
        "paths": {route.path: {"get": operation(route)} for route in ROUTES},
        "components": {"parameters": {each.name: parameter_json(each) for each in SHARED},
                       "schemas": dict(sorted(schemas.items())),
                       "responses": {response_name(status): response(status) for status in BY_STATUS}},
    }


def operation(route: Route) -> Json:
    """What a route takes and answers."""
    return {
        "operationId": route.name.replace(".", "_").replace("-", "_").strip("_"),
        "summary": ENGLISH.say(route.summary),
        "parameters": [reference(each) for each in route.parameters],
        "responses": {"200": answered(route)} | {
            str(status): refusal(route, status) for status in route.statuses
        } | ({"503": not_healthy()} if route.path == "/healthz" else {}),
    }


def reference(parameter: Parameter) -> Json:
    """A parameter in the list of a route: those of a search are described once."""
    return {"$ref": f"#/components/parameters/{parameter.name}"} if parameter in SHARED else parameter_json(parameter)


def parameter_json(parameter: Parameter) -> Json:
    """A parameter; its values are told one by one where there may be several."""
    said: dict[str, Any] = {"name": parameter.name, "in": parameter.place, "required": parameter.required,
                            "description": parameter.help or ENGLISH.say(parameter.label)}
    return said | {"schema": parameter.schema}


def answered(route: Route) -> Json:
    """The answer of a route: its media types with their shape."""
    content = {media: CITATIONS.get(media, {"schema": ref(route.shape)}) for media in route.media}
    paged = any(each.name in ("cursor", "part") for each in route.parameters)
    return {"description": "The answer."} | ({"headers": LINK} if paged else {}) | {"content": content}


def refusal(route: Route, status: int) -> Json:
    """How a route refuses: with a problem document, or for people where it serves files to them."""
    if route.media[0] != "application/json":
        return {"description": response(status)["description"]}
    return {"$ref": f"#/components/responses/{response_name(status)}"}


def response_name(status: int) -> str:
    """The name of a refusal among all: Problem404."""
    return f"Problem{status}"


def response(status: int) -> Json:
    """A refusal by its status: a problem document."""
    kinds = [kind for kind in KINDS if kind.status == status]
    told = " ".join(f"{kind.code}: {ENGLISH.say(kind.remedy)}" for kind in kinds)
    headers = {"headers": RETRY} if status == 429 else {}
    return {"description": told} | headers | {"content": {MEDIA: {"schema": ref("Problem")}}}


def not_healthy() -> Json:
    """What /healthz answers while the index does not; a monitor reads it, so it is no problem document."""
    shape = {"type": "object", "required": ["ok", "error", "message"]}
    return {"description": "It does not answer.", "content": {"application/json": {"schema": shape}}}
