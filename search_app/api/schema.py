"""JSON Schema in few words: what the shapes of the API are written with (JSON Schema 2020-12, as OpenAPI 3.1 takes it).

Shapes are open: keys may be added to an answer (docs/api.md). Tests close them, so that no key is told nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

Json = dict[str, Any]

STRING: Json = {"type": "string"}
INTEGER: Json = {"type": "integer"}
NUMBER: Json = {"type": "number"}
BOOLEAN: Json = {"type": "boolean"}
COUNT: Json = {"type": "integer", "minimum": 0}
POSITIVE: Json = {"type": "integer", "minimum": 1}
FLAG: Json = {"type": "string", "enum": ["0", "1", "true", "false"], "default": "0"}


def obj(optional: Collection[str] = (), **properties: Json) -> Json:
    """An object with these properties; those that are not `optional` are always there."""
    return {"type": "object", "required": [name for name in properties if name not in optional],
            "properties": properties}


def array(items: Json, **more: Any) -> Json:
    """A list of `items`; `more` are keywords such as maxItems."""
    return {"type": "array", "items": items, **more}


def mapping(values: Json) -> Json:
    """An object whose keys are data."""
    return {"type": "object", "additionalProperties": values}


def nullable(shape: Json) -> Json:
    """The shape, or null."""
    if set(shape) == {"type"}:
        return {"type": [shape["type"], "null"]}
    return {"anyOf": [{"type": "null"}, shape]}


def ref(name: str) -> Json:
    """The shape that is called so among all shapes."""
    return {"$ref": f"#/components/schemas/{name}"}


def said(shape: Json, description: str) -> Json:
    """The shape with a description."""
    return {**shape, "description": description}


def choice(*values: str, default: str = "") -> Json:
    """One of these words."""
    return {"type": "string", "enum": [*values]} | ({"default": default} if default else {})


def whole(low: int, high: int, default: int) -> Json:
    """A whole number within bounds, both included."""
    return {"type": "integer", "minimum": low, "maximum": high, "default": default}


def text(longest: int) -> Json:
    """A text of at most so many characters."""
    return {"type": "string", "maxLength": longest}


def texts(longest: int, most: int) -> Json:
    """A parameter that may be repeated."""
    return array(text(longest), maxItems=most)


def one_of(values: Sequence[str | None]) -> Json:
    """One of these values of an answer, null among them if it may be."""
    return {"enum": [*values]}
