"""What goes wrong is a problem document (RFC 9457) with a code that never changes; what scripts read before is kept."""

from __future__ import annotations

import re

import pytest

from indexer.model.budget import OverBudget
from search_app.i18n.problem_messages import KINDS
from search_app.web.budgets import Busy
from search_app.web.rate_limit import TooFast

# address, status, code, parameter at fault, what is suggested for it
WRONG = [
    ("/api/search?provinces=Huế", 400, "invalid_parameter", "provinces", ["province"]),
    ("/api/search?limit=0", 400, "invalid_parameter", "limit", None),
    ("/api/search?sort=best", 400, "invalid_parameter", "sort", None),
    ("/api/search?province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/search.json?province_new=Huế", 400, "invalid_parameter", "province_new", ["province_now"]),
    ("/search.json?sort=best", 400, "invalid_parameter", "sort", None),
    ("/api/suggest?query=a", 400, "invalid_parameter", "query", None),
    ("/api/timeline?by=mont", 400, "invalid_parameter", "by", ["month"]),
    ("/api/timeline?topic=tuyển quâm", 400, "unknown_value", "topic", ["tuyển quân"]),
    ("/api/map?province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/coverage?province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/compare?q=a&province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/compare?q=a&q=b&q=c&q=d&q=e", 400, "invalid_parameter", "q", None),
    ("/api/mentions?province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/mentions?limit=201", 400, "invalid_parameter", "limit", None),
    ("/api/kwic?q=quân&order=lef", 400, "invalid_parameter", "order", ["left"]),
    ("/api/kwic?q=quân&seed=-1", 400, "invalid_parameter", "seed", None),
    ("/api/kwic?q=quân&province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/kwic", 400, "invalid_parameter", "q", None),
    ("/api/officials?province=Kon Tumm", 400, "unknown_value", "province", ["Kon Tum"]),
    ("/api/officials?year=hai nghìn", 400, "invalid_parameter", "year", None),
    ("/api/officials?post=Chỉ huy trửong Bộ CHQS", 400, "unknown_value", "post", ["Chỉ huy trưởng Bộ CHQS"]),
    ("/api/people?name=a", 400, "invalid_parameter", "name", None),
    ("/api/status?x=1", 400, "invalid_parameter", "x", None),
    ("/api/articles/none", 404, "not_found", None, None),
    ("/api/people/none", 404, "not_found", None, None),
    ("/api/provinces/none", 404, "not_found", None, None),
    ("/api/none", 404, "not_found", None, None),
    ("/api/search?q=" + "a" * 17_000, 414, "too_long", None, None),
]


def problem(response, status, code):
    """The document, which has what RFC 9457 asks for and what scripts read before."""
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    told = response.json
    assert (told["status"], told["code"], told["type"]) == (status, code, f"/api#{code}")
    assert told["title"] and told["detail"]
    assert told["error"]["status"] == status and told["error"]["message"] == told["detail"]
    assert response.headers["Cache-Control"] == "no-store"
    return told


@pytest.mark.parametrize(("address", "status", "code", "parameter", "near"), WRONG)
def test_what_is_wrong_is_named_with_the_nearest_that_is_right(client, address, status, code, parameter, near):
    told = problem(client.get(address), status, code)
    assert told.get("parameter") == parameter
    if parameter:
        assert told["error"]["parameters"] == told["parameters"] and told["parameters"][parameter]
        assert told["error"]["code"] == code and told["error"]["suggestions"] == told["suggestions"]
    assert near is None or told["suggestions"][parameter][:1] == near


@pytest.mark.parametrize(("address", "status", "code", "parameter", "near"), WRONG)
def test_the_sentences_are_in_the_language_of_the_address_and_the_codes_in_none(client, address, status, code,
                                                                                 parameter, near):
    here, english = client.get(address).json, problem(client.get(f"/en{address}"), status, code)
    assert (here["code"], here["type"]) == (english["code"], english["type"])
    assert here["title"] != english["title"] and here["detail"] != english["detail"]


def test_the_type_of_a_problem_is_explained_where_it_leads(client):
    for page in (client.get("/api").text, client.get("/en/api").text):
        explained = set(re.findall(r'<dt id="(\w+)">', page))
        assert explained == {kind.code for kind in KINDS}


@pytest.mark.parametrize(("error", "status", "code", "waits"), [
    (TooFast(2.5), 429, "too_fast", "3"), (OverBudget("work"), 503, "too_heavy", None), (Busy(), 503, "busy", "5"),
    (RuntimeError("x"), 500, "internal_error", None),
])
def test_refusals_of_work_are_problems_too(make_app, monkeypatch, error, status, code, waits):
    app = make_app()

    def fail(*args, **more):
        raise error

    app.view_functions["api.status"] = fail
    response = app.test_client().get("/api/status")
    problem(response, status, code)
    assert response.headers.get("Retry-After") == waits


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client, method):
    response = client.open("/api/search", method=method)
    problem(response, 405, "method_not_allowed")
    assert "GET" in response.headers["Allow"]


def test_a_missing_index_names_the_command(make_app, tmp_path):
    response = make_app(tmp_path).test_client().get("/en/api/search")
    told = problem(response, 503, "index_missing")
    assert "quocphong index" in told["detail"] and int(response.headers["Retry-After"])


def test_a_wrong_parameter_of_a_file_for_people_is_a_problem_too(client):
    problem(client.get("/mentions.csv?x=1"), 400, "invalid_parameter")
