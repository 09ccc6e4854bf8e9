"""/openapi.json is what the site answers: every path, parameter and shape, held against real responses."""

from __future__ import annotations

from urllib.parse import quote

import jsonschema
import pytest

from indexer.search import parameters as params
from search_app.api.reference import examples, route_shown
from search_app.api.table import ROUTES
from tests.search_app.api.shapes import DOCUMENT, check, resolved

PERSON = quote("trịnh ngọc sơn@Kon Tum")
ASKED = [
    ("/api/search", "q=tuyển quân"),
    ("/api/search", "q=tuyen quan&province=kon tum&year=2022&limit=3"),
    ("/api/search", "q=hải quân&map=now&sort=newest&widen=1"),
    ("/api/search", "q=CHQS HOẶC (&province=Gia Lai"),
    ("/api/search", "q=khongcogi zzz"),
    ("/api/search", "page=2&limit=20"),
    ("/api/search", "q=tỉnh:Gia Lai &official=Trịnh Ngọc Sơn&topic=tuyển quân"),
    ("/api/search", f"q={quote('Ai là chỉ huy trưởng Bộ CHQS tỉnh Kon Tum?')}"),
    ("/api/articles", "id=kontum/tuyen-quan&id=khong-co"),
    ("/api/articles", ""),
    ("/api/officials", "q=son&post=CHT&province=Kon Tum&year=2022"),
    ("/api/officials", ""),
    ("/api/people", "q=sơn"),
    ("/api/provinces", ""),
    ("/api/mentions", "q=tuyển quân&province=Kon Tum"),
    ("/api/kwic", "q=tuyển quân&order=left&sample=3&seed=2"),
    ("/api/timeline", "q=tuyển quân"),
    ("/api/timeline", "by=month&year=2022"),
    ("/api/map", "map=now"),
    ("/api/coverage", "q=tuyển quân&from=2022"),
    ("/api/compare", "q=tuyển quân&q=hải quân"),
    ("/api/compare", ""),
    ("/api/suggest", "q=kon"),
    ("/api/suggest", "q=son"),
    ("/api/suggest", "q="),
    ("/api/statistics/collocates", "q=tuyển quân&min=1&window=10&span=left&units=syllable&stop=1"),
    ("/api/statistics/collocates", "q=tỉnh&min=1&order=log_dice&province=Gia Lai"),
    ("/api/statistics/keyness", "year=2022&against=năm:2021&min=1&use=under"),
    ("/api/statistics/keyness", "q=tuyển quân&limit=3"),
    ("/api/statistics/frequency", "n=3&min=2"),
    ("/api/statistics/together", "min=1"),
    ("/api/statistics/together", "min=1&with=province&order=mutual_information"),
    ("/api/status", ""),
    ("/search.json", ""),
    ("/search.json", "q=khongcogi"),
    ("/healthz", ""),
]
IN_PATH = [
    ("/api/articles/{id}", "/api/articles/kontum/tuyen-quan", 200),
    ("/api/articles/{id}", f"/api/articles/{quote('https://baogialai.example/a//b?bai=1#dau', safe='')}", 200),
    ("/api/articles/{id}", "/api/articles/hostile", 200),
    ("/api/articles/{id}", "/api/articles/none", 404),
    ("/api/people/{key}", f"/api/people/{PERSON}", 200),
    ("/api/people/{key}", "/api/people/none", 404),
    ("/api/provinces/{slug}", "/api/provinces/kon-tum", 200),
    ("/api/provinces/{slug}", "/api/provinces/none", 404),
]
REFUSED = [
    ("/api/search", "page=0"),
    ("/api/search", "province_new=Huế"),
    ("/api/suggest", "text=a"),
    ("/api/kwic", ""),
    ("/api/timeline", "by=day"),
    ("/api/officials", "post=Chỉ huy trửong"),
    ("/api/map", "province=Kon Tumm"),
    ("/search.json", "sort=x"),
    ("/api/statistics/collocates", ""),
    ("/api/statistics/collocates", "q=a&window=11"),
    ("/api/statistics/keyness", "use=more"),
    ("/api/statistics/frequency", "n=4"),
    ("/api/statistics/together", "order=joint"),
]


def names(path):
    return {resolved(each)["name"] for each in DOCUMENT["paths"][path]["get"]["parameters"]}


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(("path", "query"), ASKED + REFUSED)
def test_answers_have_the_described_shape(client, prefix, path, query):
    response = client.get(f"{prefix}{path}?{query}")
    assert response.status_code == (400 if (path, query) in REFUSED else 200)
    check(path, response)


@pytest.mark.parametrize(("path", "address", "status"), IN_PATH)
def test_what_a_path_names_is_answered_or_not_found_in_the_described_shape(client, path, address, status):
    response = client.get(address)
    assert response.status_code == status
    check(path, response)


@pytest.mark.parametrize("path", [route.path for route in ROUTES if route.view] + ["/search.json"])
def test_failures_have_the_described_shape(make_app, tmp_path, path):
    address = path.replace("{", "").replace("}", "")
    response = make_app(tmp_path / "none").test_client().get(f"{address}?q=a" if "kwic" in path else address)
    if response.status_code != 404:  # a province that there never was needs no index
        assert response.status_code == 503 and response.headers["Retry-After"]
        check(path, response)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_example_of_the_page_answers(app, client, route):
    with app.test_request_context("/api"):
        example = route_shown(route, examples()).example
    response = client.get(example)
    assert example and response.status_code == 200
    if response.is_json:
        check(route.path, response)


def test_the_parameters_described_are_those_the_site_reads():
    assert names("/api/search") == {*params.PARAMETERS, "cursor"}
    assert names("/search.json") == {*params.PARAMETERS, "part"} - {"page", "limit", "gen"}


@pytest.mark.parametrize(
    ("name", "limits"),
    [
        ("page", {"maximum": params.MAX_DEPTH}),
        ("limit", {"maximum": params.MAX_LIMIT, "default": params.DEFAULT_LIMIT}),
        ("q", {"maxLength": params.MAX_QUERY}),
        ("sort", {"enum": list(params.SORTS)}),
        ("map", {"enum": list(params.MAPS)}),
        ("year", {"maxItems": params.MAX_VALUES}),
    ],
)
def test_the_limits_described_are_those_the_site_keeps(name, limits):
    parameters = map(resolved, DOCUMENT["paths"]["/api/search"]["get"]["parameters"])
    schema = resolved(next(each["schema"] for each in parameters if each["name"] == name))
    assert limits.items() <= schema.items()


def test_every_route_under_api_is_in_the_table_and_every_described_path_is_served(client):
    rules = {rule.rule.replace("<path:", "{").replace(">", "}") for rule in client.application.url_map.iter_rules()}
    assert {rule for rule in rules if rule.startswith("/api/")} <= DOCUMENT["paths"].keys()
    assert {path for path in DOCUMENT["paths"] if path != "/search.json"} <= rules  # that is /search.<ending>


def test_what_is_served_is_the_document(client):
    response = client.get("/openapi.json")
    assert response.json == DOCUMENT and response.json["openapi"].startswith("3.1")
    assert client.get("/openapi.json", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize("schema", DOCUMENT["components"]["schemas"])
def test_every_schema_is_one(schema):
    jsonschema.Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][schema])


def test_every_operation_has_a_name_of_its_own():
    called = [path["get"]["operationId"] for path in DOCUMENT["paths"].values()]
    assert len(set(called)) == len(called) and all(name.isidentifier() for name in called)
