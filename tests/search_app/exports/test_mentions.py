"""/mentions.csv: one row per article, person and post, behind every page of a person, a province and a result."""

from __future__ import annotations

import csv
import html
import io
import re

import pytest

from indexer.search.mentions import COLUMNS
from tests.archives import index_of

BOTH = ("Thiếu tướng Hà Văn Bốn, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Kon Tum chủ trì hội nghị. Cùng dự có Đại tá"
        " Lý Văn Sáu, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum.")  # fmt: skip
ARTICLES = [
    {"id": "kt22", "title": "Kon Tum tuyển quân", "text": f"Tỉnh Kon Tum tuyển quân. {BOTH}", "date": "2022-01-20"},
    {"id": "kt23", "title": "=HYPERLINK(1) Kon Tum diễn tập", "date": "2023-01-20",
     "text": f"Tỉnh Kon Tum diễn tập. {BOTH}"},
    {"id": "gl22", "title": "Gia Lai tuyển quân", "date": "2022-02-01",
     "text": "Đại tá Tạ Văn Chung, Chính ủy Bộ Chỉ huy Quân sự tỉnh Gia Lai dự lễ tuyển quân tại tỉnh Gia Lai."},
]
BON, SAU = "hà văn bốn@Kon Tum", "lý văn sáu@Kon Tum"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("mentioned")
    return index_of(folder, ARTICLES)


@pytest.fixture
def client(folder, make_app):
    return make_app(folder).test_client()


def rows(client, address):
    response = client.get(address)
    assert response.status_code == 200 and response.mimetype == "text/csv", address
    text = response.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("page", [
    "/search?q=tuyển+quân", "/search?province=Kon+Tum&year=2022", f"/officials/{BON}", "/provinces/kon-tum",
])  # fmt: skip
def test_every_page_of_a_result_a_person_and_a_province_leads_to_its_mentions(client, page):
    [address] = set(re.findall(r'href="(/mentions\.csv[^"]*)"', client.get(page).get_data(as_text=True)))
    assert rows(client, html.unescape(address))


def test_the_columns_are_those_of_the_codebook(client):
    assert tuple(rows(client, "/mentions.csv")[0]) == COLUMNS


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {("kt22", BON), ("kt22", SAU), ("kt23", BON), ("kt23", SAU), ("gl22", "tạ văn chung@Gia Lai")}),
        ("q=tuyển+quân&province=Kon+Tum", {("kt22", BON), ("kt22", SAU)}),
        ("year=2023", {("kt23", BON), ("kt23", SAU)}),
        (f"official={SAU}", {("kt22", SAU), ("kt23", SAU)}),
        ("post_class=quân đội&year=2022&province=Kon Tum", {("kt22", SAU)}),
        ("role=chủ trì&year=2022", {("kt22", BON)}),
        ("topic=diễn tập", {("kt23", BON), ("kt23", SAU)}),
        (f"person={BON}&year=2022", {("kt22", BON)}),
        ("holding=CHT Bộ CHQS", {("kt22", SAU), ("kt23", SAU)}),
        ("q=khongcogi", set()),
    ],
)
def test_a_row_holds_what_is_chosen(client, query, found):
    assert {(row["id"], row["person"]) for row in rows(client, f"/mentions.csv?{query}")} == found


def test_a_person_with_two_posts_has_two_rows_an_article(client):
    held = rows(client, f"/mentions.csv?person={BON}&year=2022")
    assert sorted(row["head"] for row in held) == ["Chủ tịch", "Phó Bí thư"]
    assert {row["class"] for row in held} == {"Đảng", "chính quyền"}
    [party] = rows(client, f"/mentions.csv?person={BON}&year=2022&post_class=Đảng")
    assert party["head"] == "Phó Bí thư"


def test_no_cell_is_run_as_a_formula(client):
    assert rows(client, "/mentions.csv?year=2023")[0]["title"].startswith("'=HYPERLINK")


def test_the_file_is_streamed_and_kept_from_crawlers(client):
    response = client.get("/mentions.csv")
    assert response.is_streamed and response.headers["X-Robots-Tag"] == "noindex"
    assert client.get("/mentions.csv", headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert "Disallow: /mentions.csv" in client.get("/robots.txt").get_data(as_text=True)


def test_what_makes_no_sense_is_refused(client):
    assert client.get("/mentions.csv?provinces=Hue").status_code == 400
