"""/api/search for programs: the command line's JSON, strict about its parameters."""

from __future__ import annotations

import pytest

from indexer.search.service import as_json, search
from indexer.storage.index_folder import open_engine


def without_time(answer):
    return {k: v for k, v in answer.items() if k != "took_ms"}


def test_the_answer_is_the_command_line_s(client, index_dir):
    answer = client.get("/api/search", query_string={"q": "tuyển quân", "province": "Kon Tum", "limit": "5"}).json
    found = search(open_engine(index_dir), "tuyển quân", filters={"province": ["Kon Tum"]}, limit=5)
    expected = as_json(found, stories=found.total)  # nobody tells these again
    assert without_time(expected).items() <= without_time(answer).items()
    assert answer.keys() - expected.keys() == {"generation", "permalink", "since", "next"}


def test_the_answer_is_readable_utf_8(client):
    response = client.get("/api/search", query_string={"q": "tuyển quân"})
    assert response.mimetype == "application/json"
    assert "tuyển quân" in response.get_data(as_text=True).lower()


def test_filters_accept_any_case_and_no_accents(client):
    typed = client.get("/api/search", query_string={"province": "kon tum"}).json
    proper = client.get("/api/search", query_string={"province": "Kon Tum"}).json
    assert typed["total"] == proper["total"] == 2


def test_pages_follow_each_other_without_gaps(client):
    pages = [client.get(f"/api/search?province=L%C3%A2m+%C4%90%E1%BB%93ng&limit=10&page={n}").json for n in (1, 2, 3)]
    ids = [hit["id"] for answer in pages for hit in answer["hits"]]
    assert len(ids) == len(set(ids)) == 25


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("page=0", "page"),
        ("limit=101", "limit"),
        ("sort=best", "sort"),
        ("provinces=Hue", "provinces"),
        ("q=" + "a" * 999, "q"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(client, query, parameter):
    response = client.get(f"/api/search?{query}")
    assert response.status_code == 400
    assert list(response.json["error"]["parameters"]) == [parameter]


def test_an_unknown_address_answers_in_json(client):
    response = client.get("/api/none")
    assert response.status_code == 404 and response.json["error"]["status"] == 404


def test_articles_are_counted_as_stories_too(client):
    answer = client.get("/api/search?province=L%C3%A2m+%C4%90%E1%BB%93ng").json
    assert list(answer)[:2] == ["total", "stories"]
    assert 0 < answer["stories"] <= answer["total"] == 25
    assert client.get("/api/search?q=khongcogi").json["stories"] == 0


def test_an_unknown_value_of_a_filter_is_refused_with_a_code_and_the_nearest(client):
    answer = client.get("/api/search", query_string={"province": "Kon Tumm"})
    assert answer.status_code == 400
    error = answer.json["error"]
    assert (error["code"], error["suggestions"]) == ("unknown_value", {"province": ["Kon Tum"]})
    assert "Kon Tumm" in error["parameters"]["province"]


def test_a_province_without_articles_is_no_mistake(client):
    answer = client.get("/api/search", query_string={"province": "Cà Mau"})
    assert (answer.status_code, answer.json["total"]) == (200, 0)
