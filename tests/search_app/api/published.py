"""What was published of the API, and that it only grows. `python -m tests.search_app.api.published` adds what is new.

published.json is a copy of /openapi.json. Descriptions may change; what the facts below say may not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEPT = Path(__file__).with_name("published.json")
Json = dict[str, Any]


def lost(kept: Json, now: Json) -> list[str]:
    """What the description of former times says and that of now does not; and parameters that have become required."""
    before, after = set(facts(kept)), set(facts(now))
    asked = {fact for fact in after - before if fact.endswith(" is required") and fact.split(" ")[0] in kept["paths"]}
    return sorted((before - after) | asked)


def facts(document: Json) -> Iterator[str]:
    """What programs rely on, a sentence each."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{path} takes {method}"
            yield from parameter_facts(document, path, operation)
            yield from answer_facts(document, path, operation)
    for name, schema in document["components"]["schemas"].items():
        yield from shape_facts(name, schema)


def parameter_facts(document: Json, path: str, operation: Json) -> Iterator[str]:
    for given in operation["parameters"]:
        parameter = resolved(document, given)
        named = f"{path} parameter {parameter['name']} in {parameter['in']}"
        yield named
        if parameter.get("required"):
            yield f"{named} is required"
        yield from shape_facts(named, parameter["schema"])


def answer_facts(document: Json, path: str, operation: Json) -> Iterator[str]:
    for status, given in operation["responses"].items():
        for media, content in resolved(document, given).get("content", {"no body": {}}).items():
            yield f"{path} answers {status} {media} {content.get('schema', {}).get('$ref', 'of its own')}"


def shape_facts(at: str, shape: Json) -> Iterator[str]:
    """The type of a shape and of all within it, what is always there, and which values there are."""
    yield f"{at} is {shape.get('$ref') or shape.get('type') or sorted(shape.keys() - {'description'})}"
    yield from (f"{at} may be {value!r}" for value in shape.get("enum", ()))
    yield from (f"{at} always has {name}" for name in shape.get("required", ()))
    for name, inner in shape.get("properties", {}).items():
        yield from shape_facts(f"{at}.{name}", inner)
    for name in ("items", "additionalProperties"):
        if isinstance(shape.get(name), dict):
            yield from shape_facts(f"{at}[]", shape[name])
    for inner in shape.get("anyOf", ()):
        yield from shape_facts(f"{at}|", inner)


def resolved(document: Json, node: Json) -> Json:
    """What a reference leads to."""
    while "$ref" in node:
        path, node = node["$ref"].removeprefix("#/").split("/"), document
        for part in path:
            node = node[part]
    return node


if __name__ == "__main__":
    from search_app.api.openapi import document

    if KEPT.exists() and (gone := lost(json.loads(KEPT.read_text(encoding="utf-8")), document())):
        raise SystemExit("This was published and is gone:\n" + "\n".join(gone))
    KEPT.write_text(json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
