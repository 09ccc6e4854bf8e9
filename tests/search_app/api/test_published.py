"""The promise of docs/api.md: what was published stays, and new things may be added."""

from __future__ import annotations

import copy
import json

import pytest

from search_app.api.openapi import document
from tests.search_app.api.published import KEPT, facts, lost

PUBLISHED = json.loads(KEPT.read_text(encoding="utf-8"))


def test_nothing_that_was_published_is_gone():
    assert lost(PUBLISHED, document()) == []


def test_what_is_new_is_published_with_it():
    new = set(facts(document())) - set(facts(PUBLISHED))
    assert not new, "run: python -m tests.search_app.api.published"


def removed(path):
    """A change that takes out one part of a description."""
    def change(now):
        *way, last = path
        node = now
        for part in way:
            node = node[part]
        node.pop(last) if isinstance(node, dict) else node.remove(last)

    return change


def required(now):
    now["paths"]["/api/people"]["get"]["parameters"][0]["required"] = True


def other_type(now):
    now["components"]["schemas"]["Timeline"]["properties"]["undated"] = {"type": "string"}


@pytest.mark.parametrize("change", [
    removed(["paths", "/api/map"]),
    removed(["components", "schemas", "Holding", "properties", "post"]),
    removed(["components", "schemas", "Results", "required", "total"]),
    removed(["components", "schemas", "Problem", "properties", "code", "enum", "too_fast"]),
    removed(["paths", "/api/search", "get", "responses", "410"]),
    removed(["components", "parameters", "sort", "schema", "enum", "oldest"]),
    required,
    other_type,
])
def test_a_removal_would_be_noticed(change):
    now = copy.deepcopy(PUBLISHED)
    change(now)
    assert lost(PUBLISHED, now)


def test_additions_are_allowed():
    now = copy.deepcopy(PUBLISHED)
    now["paths"]["/api/new"] = now["paths"]["/api/map"]
    now["components"]["schemas"]["Hit"]["properties"]["new"] = {"type": "string"}
    now["components"]["schemas"]["Problem"]["properties"]["code"]["enum"].append("new")
    now["paths"]["/api/people"]["get"]["parameters"].append(
        {"name": "new", "in": "query", "required": False, "schema": {"type": "string"}})
    assert lost(PUBLISHED, now) == []
