"""Beside an article: its other printings and related articles, with reasons, linked and escaped."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from search_app.view.filters import article_path
from tests.ingest.test_cross_article import ASKED, KNOWN, index


@pytest.fixture(scope="module")
def site(make_app, sample_index):
    return make_app(sample_index).test_client()


def beside(client, id):
    response = client.get(article_path(id))
    assert response.status_code == 200
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def test_a_copy_is_named_as_another_printing_and_not_as_related(site):
    shown = beside(site, "mau-an-giang-2025")
    assert [a["href"] for a in shown.select(".retold a")] == [article_path("mau-an-giang-2025-ban-sao")]
    assert article_path("mau-an-giang-2025-ban-sao") not in {a["href"] for a in shown.select(".related a")}


def test_related_articles_are_linked_with_the_reason(site):
    items = beside(site, "mau-an-giang-2025").select(".related li")
    assert 0 < len(items) <= 5
    assert all(item.select(".basis")[-1].text.startswith(("cùng ", "nhiều ")) for item in items)
    assert all(site.get(item.a["href"]).status_code == 200 for item in items)


def test_what_they_hold_is_escaped(client):
    html = client.get(article_path("kontum/tuyen-quan")).get_data(as_text=True)
    assert "<script>alert" not in html


def test_an_article_like_no_other_stands_alone(client):
    assert not beside(client, "khong-ngay").select(".retold")


def test_a_result_is_counted_as_articles_and_as_stories(site):
    """The sample has 55 articles; two of them are printed again."""
    shown = BeautifulSoup(site.get("/search?sort=newest&limit=100").get_data(as_text=True), "lxml")
    assert shown.select_one(".total").text.startswith("55 bài (53 tin khác nhau)")
    assert len(shown.select(".hits > li")) == 53 and len(shown.select(".copies li")) == 2


def test_a_copy_on_another_page_is_only_counted(site):
    """One article a page: the copy of the first one shown is not there to be listed."""
    pages = [BeautifulSoup(site.get(f"/search?sort=newest&limit=1&page={n}").get_data(as_text=True), "lxml")
             for n in range(1, 56)]
    assert not any(shown.select(".copies") for shown in pages)
    notes = [note for shown in pages for note in shown.select(".hit .note")]
    assert len([note for note in notes if "cùng nội dung với 1 bài khác" in note.text]) == 4


def test_where_nothing_is_told_twice_only_articles_are_counted(client):
    assert "tin khác nhau" not in client.get("/search?q=diễn tập").get_data(as_text=True)


def test_a_province_learned_from_other_articles_leads_to_them(tmp_path, make_app):
    index(tmp_path, {**KNOWN, "q": ASKED})
    shown = beside(make_app(tmp_path / "index").test_client(), "q").select_one(".facts ul")
    assert "các bài khác nêu giữ chức ấy" in shown.text and "Khổng Minh Trực" in shown.blockquote.text
    assert [a["href"] for a in shown.select("li ul a")] == ["/article/b", "/article/a"]
