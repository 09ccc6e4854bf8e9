"""/openapi.json against the site by machine: addresses made from the description, and their answers."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis.strategies import one_of

from indexer.search.parameters import DEFAULT_LIMIT, MAX_DEPTH
from tests.profiles import examples
from tests.search_app.api.shapes import DOCUMENT

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

FEW, MANY = examples(0.1), examples(1)  # for each path
# The site judges what is left once white space, repeats and empty values are gone; a schema judges what was written.
# What is refused is written out in test_openapi.py.
schema = schemathesis.openapi.from_dict(DOCUMENT)
# Which values there are no schema says, nor which cursors were given out.
ACCEPTED = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]
LEFT_OUT = [schemathesis.checks.CHECKS.get_one(name) for name in ("negative_data_rejection", "unsupported_method")]
HOW = {"derandomize": True, "suppress_health_check": list(HealthCheck), "phases": [Phase.explicit, Phase.generate]}


# One test a path, each with an id of its own: by schemathesis all have the same, and tests of one id run once in
# parallel.
OPERATIONS = {each.ok().label: each.ok() for each in schema.get_all_operations()}
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described(app, label):
    answers_are_described(app, label, FEW)


@pytest.mark.long
@pytest.mark.parametrize("label", OPERATIONS)
def test_many_answers_are_as_described(app, label):
    answers_are_described(app, label, MANY)


def answers_are_described(app, label, examples):
    """Call the site with `examples` requests that the schema allows or forbids."""
    cases = one_of(*(OPERATIONS[label].as_strategy(generation_mode=mode) for mode in MODES))

    @settings(max_examples=examples, deadline=None, **HOW)
    @given(cases)
    def answers(case):
        answer_is_described(app, case)

    answers()


def answer_is_described(app, case):
    """Call the site and hold the answer against the description."""
    query = case.query or {}
    assume(not too_deep(query))
    response = case.call(app=app, headers={"Accept-Encoding": "identity"})
    allowed = response.status_code == 400 and said_by_no_schema(response.json(), query)
    case.validate_response(response, excluded_checks=[*LEFT_OUT, *(ACCEPTED if allowed else ())])


def said_by_no_schema(problem, query):
    """Whether the refusal is about a value that only the archive knows, a cursor, or two that do not go together."""
    cursor = str(query.get("cursor", "")).strip() != ""
    return problem["code"] == "unknown_value" or (cursor and problem["parameter"] in ("cursor", "page")) or (
        problem["parameter"] == "q" and not str(query.get("q", "")).strip()) or problem["parameter"] == "year"


def too_deep(query):
    """Whether page times limit goes beyond where paging ends, which is refused and which no schema can say."""
    page, limit = str(query.get("page", 1)), str(query.get("limit", DEFAULT_LIMIT))
    return page.isdecimal() and limit.isdecimal() and int(page) * int(limit) > MAX_DEPTH
