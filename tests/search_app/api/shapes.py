"""Holding an answer against its described shape: closed, so that no key is told nowhere."""

from __future__ import annotations

import copy
from typing import Any

import jsonschema

from search_app.api.openapi import document

DOCUMENT = document()


def closed(shape: Any) -> Any:
    """The shape with every object closed to keys it does not name."""
    if isinstance(shape, dict):
        if shape.get("type") == "object" and isinstance(shape.get("properties"), dict):
            shape["additionalProperties"] = False
        for each in shape.values():
            closed(each)
    elif isinstance(shape, list):
        for each in shape:
            closed(each)
    return shape


CLOSED = closed(copy.deepcopy(DOCUMENT["components"]))


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """What a reference leads to."""
    while "$ref" in node:
        path, node = node["$ref"].removeprefix("#/").split("/"), DOCUMENT
        for part in path:
            node = node[part]
    return node


def check(path: str, response: Any) -> None:
    """The answer of the route `path` has a described status, media type and shape."""
    described = resolved(DOCUMENT["paths"][path]["get"]["responses"][str(response.status_code)])
    schema = described["content"][response.mimetype]["schema"]
    validator = jsonschema.Draft202012Validator(closed(copy.deepcopy(schema)) | {"components": CLOSED})
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.json)] == []
