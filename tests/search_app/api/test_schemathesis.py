"""docs/openapi.yaml against the site by machine: addresses made from the description, and their answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, settings

from indexer.search.parameters import DEFAULT_LIMIT, MAX_DEPTH
from tests.profiles import examples

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.yaml"
EXAMPLES = examples(0.4)  # for each path
# The site judges what is left once white space, repeats and empty values are gone; a schema judges what was written.
# What is refused is written out in test_openapi.py.
schema = schemathesis.openapi.from_path(DOCUMENT)
ACCEPTED = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]  # which values there are no schema says
LEFT_OUT = [schemathesis.checks.CHECKS.get_one("negative_data_rejection")]


@schema.parametrize()
@settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck),
          phases=[Phase.explicit, Phase.generate])
def test_every_answer_is_as_described(app, case):
    assume(not too_deep(case.query or {}))
    response = case.call(app=app)
    unknown = response.status_code == 400 and response.json()["error"].get("code") == "unknown_value"
    case.validate_response(response, excluded_checks=[*LEFT_OUT, *(ACCEPTED if unknown else ())])


def too_deep(query):
    """Whether page times limit goes beyond where paging ends, which is refused and which no schema can say."""
    page, limit = str(query.get("page", 1)), str(query.get("limit", DEFAULT_LIMIT))
    return page.isdecimal() and limit.isdecimal() and int(page) * int(limit) > MAX_DEPTH
