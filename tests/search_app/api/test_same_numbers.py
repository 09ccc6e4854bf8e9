"""The API gives the numbers of the pages: each answer is compared with the table that its page offers as a file."""

from __future__ import annotations

import csv
import io

import pytest

SEARCHES = ["", "q=tuyển quân", "q=tỉnh&year=2022&year=2023", "q=quân&map=now", "province=Kon Tum", "q=khongcogi"]


def table(client, address):
    """The rows of a CSV file of the site."""
    return list(csv.DictReader(io.StringIO(client.get(address).get_data(as_text=True).removeprefix("\ufeff"))))


def whole(rows, *columns):
    """The columns of each row as whole numbers, 0 where a cell is empty."""
    return [tuple(int(row[column] or 0) for column in columns) for row in rows]


@pytest.mark.parametrize("query", SEARCHES)
def test_the_timeline_is_that_of_the_page(client, query):
    rows, told = table(client, f"/timeline.csv?{query}&by=year"), client.get(f"/api/timeline?{query}&by=year").json
    dated = [row for row in rows if row["period"]]
    assert [each["period"] for each in told["periods"]] == [row["period"] for row in dated]
    assert [(each["articles"], each["archive_articles"], each["sources"]) for each in told["periods"]] == whole(
        dated, "articles", "archive_articles", "sources")
    assert sum(each["articles"] for each in told["periods"]) + told["undated"] == told["total"]


@pytest.mark.parametrize("query", SEARCHES)
def test_the_map_is_that_of_the_page(client, query):
    rows = [row for row in table(client, f"/map.csv?{query}") if row["province"]]
    told = client.get(f"/api/map?{query}").json
    named = {f"{each['province']} ({each['part_of']})" if each["part_of"] else each["province"]: each
             for each in told["provinces"]}
    assert {row["province"]: int(row["articles"]) for row in rows} == {
        name: each["articles"] for name, each in named.items()}
    for each in told["provinces"]:
        if each["articles"]:
            assert client.get(each["page"].replace("/search?", "/api/search?")).json["total"] == each["articles"]


@pytest.mark.parametrize("query", SEARCHES)
def test_the_matrix_is_that_of_the_page(client, query):
    rows, told = table(client, f"/silence.csv?{query}"), client.get(f"/api/coverage?{query}").json
    cells = [(cell["year"], cell["state"], cell["articles"], cell["archive_articles"])
             for row in told["provinces"] for cell in row["cells"]]
    assert cells == [(row["year"], row["state"], int(row["articles"]), int(row["archive_articles"])) for row in rows]


def test_the_comparison_is_that_of_the_page(client):
    query = "q=tuyển quân&q=tỉnh&q=quân&year=2022&year=2023"
    rows, told = table(client, f"/compare.csv?{query}"), client.get(f"/api/compare?{query}").json
    assert [(year["year"], count) for year in told["years"] for count in year["articles"]] == [
        (row["year"], int(row["articles"])) for row in rows]
    for series in told["series"]:
        assert client.get(series["page"].replace("/search?", "/api/search?")).json["total"] == series["total"]


@pytest.mark.parametrize("query", ["", "q=sơn", "post=CHT&province=Kon Tum", "year=2022"])
def test_who_held_what_is_that_of_the_page(client, query):
    rows, told = table(client, f"/officials.csv?{query}"), client.get(f"/api/officials?{query}").json
    assert told["total"] == len(rows)
    shown = [(each["person"], each["post"], each["first_year"], each["proof"]["sentence"]) for each in told["items"]]
    assert shown == [(row["person"], row["post"], row["first_year"], row["sentence"]) for row in rows[:25]]


@pytest.mark.parametrize("query", ["", "q=tuyển quân", "official=Trịnh Ngọc Sơn"])
def test_the_mentions_are_those_of_the_file(client, query):
    told = client.get(f"/api/mentions?{query}&limit=200").json
    assert told["items"] == table(client, f"/mentions.csv?{query}")


@pytest.mark.parametrize("order", ["left", "right", "date"])
def test_the_lines_are_those_of_the_file(client, order):
    query = f"q=tuyển quân&order={order}"
    told = client.get(f"/api/kwic?{query}&limit=100").json
    assert told["lines"] == table(client, f"/kwic.csv?{query}") and told["total_lines"] == len(told["lines"])


def test_an_article_says_what_its_row_in_a_file_says(client):
    rows = client.get("/search.json?province=Kon Tum").json["articles"]
    for row in rows:
        told = client.get(f"/api/articles/{row['id']}").json
        same = row.keys() - {"snippet", "topics", "officials", "published"}
        assert {name: told[name] for name in same} == {name: row[name] for name in same}
        assert told["published"].items() >= row["published"].items()
        assert [each["name"] for each in told["officials"]] == [each["name"] for each in row["officials"]]
        assert [each["topic"] for each in told["topics"]] == row["topics"]


def test_a_province_has_the_articles_its_search_finds(client):
    listed = {each["name"]: each for each in client.get("/api/provinces").json["then"]}
    told = client.get(f"/api/provinces/{listed['Kon Tum']['slug']}").json
    assert told["total"] == client.get("/api/search?province=Kon Tum").json["total"] == sum(
        year["articles"] for year in told["years"])


def test_a_person_has_the_articles_the_filter_finds(client):
    [person] = [each for each in client.get("/api/people").json["items"] if each["name"] == "Trịnh Ngọc Sơn"]
    told = client.get("/api/people/" + person["id"]).json
    assert told["articles"] == client.get("/api/search", query_string={"official": person["id"]}).json["total"] == 2
    assert all(post["articles"][0]["sentence"] for post in told["posts"])


def test_the_status_is_that_of_the_health_check(client):
    told, health = client.get("/api/status").json, client.get("/healthz").json
    assert (told["articles"], told["generation"], told["stale"]) == (
        health["articles"], health["generation"], health["stale"])
    assert sum(each["articles"] for each in told["years"]) == told["articles"]
