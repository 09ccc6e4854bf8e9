"""docs/openapi.yaml is what the site answers: every path, parameter and shape, held against real responses."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.search import parameters as params

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")

DOCUMENT = yaml.safe_load((Path(__file__).parents[3] / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
ASKED = [
    ("/api/search", "q=tuyển quân"),
    ("/api/search", "q=tuyen quan&province=kon tum&year=2022&limit=3"),
    ("/api/search", "q=hải quân&map=now&sort=newest&widen=1"),
    ("/api/search", "q=CHQS HOẶC (&province=Gia Lai"),
    ("/api/search", "q=khongcogi zzz"),
    ("/api/search", "page=2&limit=20"),
    ("/api/search", "q=tỉnh:Gia Lai &official=Trịnh Ngọc Sơn&topic=tuyển quân"),
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
    ("/search.json", ""),
    ("/search.json", "q=khongcogi"),
    ("/healthz", ""),
]
REFUSED = [
    ("/api/search", "page=0"),
    ("/api/search", "province_new=Huế"),
    ("/api/suggest", "text=a"),
    ("/search.json", "sort=x"),
    ("/api/statistics/collocates", ""),
    ("/api/statistics/collocates", "q=a&window=11"),
    ("/api/statistics/keyness", "use=more"),
    ("/api/statistics/frequency", "n=4"),
    ("/api/statistics/together", "order=joint"),
]


def check(path, response):
    """The answer has a described status, media type and shape."""
    described = resolved(DOCUMENT["paths"][path]["get"]["responses"][str(response.status_code)])
    schema = described["content"][response.mimetype]["schema"]
    validator = jsonschema.Draft202012Validator(schema | {"components": DOCUMENT["components"]})
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(response.json)] == []


def resolved(node):
    while "$ref" in node:
        path, node = node["$ref"].removeprefix("#/").split("/"), DOCUMENT
        for part in path:
            node = node[part]
    return node


def names(path):
    return {resolved(each)["name"] for each in DOCUMENT["paths"][path]["get"].get("parameters", ())}


@pytest.mark.parametrize(("path", "query"), ASKED + REFUSED)
def test_answers_have_the_described_shape(client, path, query):
    response = client.get(f"{path}?{query}")
    assert (response.status_code == 400) is ((path, query) in REFUSED)
    check(path, response)


@pytest.mark.parametrize("path", ["/api/search", "/api/suggest", "/search.json"])
def test_failures_have_the_described_shape(make_app, tmp_path, path):
    check(path, make_app(tmp_path / "none").test_client().get(f"{path}?q=a"))


def test_the_parameters_described_are_those_the_site_reads():
    assert names("/api/search") == set(params.PARAMETERS)
    assert names("/search.json") == set(params.PARAMETERS) - {"page", "limit", "gen"}


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


def test_every_described_path_is_there(client):
    assert all(client.get(path).status_code in (200, 400, 404) for path in DOCUMENT["paths"])
    rules = {rule.rule for rule in client.application.url_map.iter_rules()}
    assert {rule for rule in rules if rule.startswith("/api/")} <= DOCUMENT["paths"].keys()


@pytest.mark.parametrize("schema", DOCUMENT["components"]["schemas"])
def test_every_schema_is_one(schema):
    jsonschema.Draft202012Validator.check_schema(DOCUMENT["components"]["schemas"][schema])
