"""The concordance page: aligned lines, nothing unescaped, a file that opens harmlessly, lenient with its address."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from bs4 import BeautifulSoup


def page(client, **asked):
    response = client.get(f"/kwic?{urlencode(asked)}")
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def rows(client, **asked):
    response = client.get(f"/kwic.csv?{urlencode(asked)}")
    assert response.status_code == 200 and response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"), newline="")))


def test_without_a_query_there_is_a_form(client):
    shown = page(client)
    assert shown.select_one("form[action='/kwic'] input[name=q]") and not shown.select(".lines")


def test_each_place_is_a_line_with_its_source_date_and_province(client):
    lines = page(client, q="tuyển quân").select(".lines li")
    assert len(lines) > 4
    line = next(li for li in lines if "Kon Tum sẵn sàng" in li.text and "công tác" in li.select_one(".left").text)
    assert line.mark.text == "tuyển quân"
    assert line.select_one(".left").text.endswith("công tác ")
    assert all(part in line.select_one(".meta").text for part in ("20/01/2022", "Kon Tum", "Báo Kon Tum"))
    assert line.a["href"].startswith("/article")


def test_words_without_accents_find_the_accented_ones(client):
    assert {mark.text.lower() for mark in page(client, q="tuyen quan").select(".lines mark")} == {"tuyển quân"}


def test_filters_of_the_search_come_along(client):
    shown = page(client, q="tuyển quân", province="Gia Lai")
    assert all("Gia Lai" in line.text for line in shown.select(".lines .meta"))
    assert shown.select_one("form input[name=province]")["value"] == "Gia Lai"
    assert "province=Gia+Lai" in shown.select_one("a[href^='/kwic.csv']")["href"]


def test_article_text_is_escaped(client):
    html = client.get("/kwic?q=alert").get_data(as_text=True)
    assert "alert" in html and "<script>" not in html and "onerror=alert(2)>" not in html


def test_the_file_holds_what_the_page_shows(client):
    shown = [line.mark.text for line in page(client, q="quốc phòng").select(".lines li")]
    assert [row["match"] for row in rows(client, q="quốc phòng")] == shown


def test_a_sample_is_the_same_for_the_same_seed(client):
    once, again = (rows(client, q="quốc phòng", sample=9, seed=4) for _ in range(2))
    assert len(once) == 9 and once == again
    assert "seed=5" in page(client, q="quốc phòng", sample=9, seed=4).find("a", string="Lấy mẫu khác")["href"]


def test_lines_come_by_the_page(client):
    first = page(client, q="quốc")
    total = int(first.select_one(".total strong").text.replace(".", ""))
    assert len(first.select(".lines li")) == min(100, total)
    assert "Không có trang" in page(client, q="quốc", page=50).text


@pytest.mark.parametrize("asked", [
    {"order": "sideways"}, {"sample": "-1"}, {"sample": "x"}, {"seed": "9" * 40}, {"page": "0"}, {"sort": "left"},
    {"q": '"'}, {"q": "(" * 400}, {"year": "2022"}, {"unknown": "1"},
])
def test_no_address_breaks_it(client, asked):
    page(client, **{"q": "quân", **asked})
    rows(client, **{"q": "quân", **asked})


def test_the_result_page_leads_here(client):
    html = BeautifulSoup(client.get("/search?q=tuyển quân&province=Gia Lai").get_data(as_text=True), "lxml")
    query = urlsplit(html.select_one("a[href^='/kwic?']")["href"]).query
    assert parse_qs(query) == {"q": ["tuyển quân"], "province": ["Gia Lai"]}


def test_it_needs_an_index(make_app, tmp_path):
    assert make_app(tmp_path / "none").test_client().get("/kwic?q=x").status_code == 503


def test_a_result_page_leads_here_with_every_filter(client):
    chosen = {"q": "tuyển quân", "province": "Kon Tum", "topic": "tuyển quân", "role": "chủ trì", "sort": "newest"}
    page = client.get("/search", query_string=chosen).get_data(as_text=True)
    [href] = re.findall(r'href="(/kwic\?[^"]*)"', page)
    assert all(f"{name}=" in href for name in ("q", "province", "topic", "role")) and "sort=" not in href
