"""The article page of a year-end report: what is new, against which report, and how much of it whom may see."""

from __future__ import annotations

import re

import pytest

from tests.archives import index_of
from tests.search.test_report_diff import ARTICLES, MILITIA, NEW


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("news")
    return index_of(folder, ARTICLES)


def section(client, id):
    html = client.get(f"/article/{id}").get_data(as_text=True)
    return html.partition('<section class="news"')[2].partition("</section>")[0]


def test_the_page_says_what_is_new_and_against_which_report(make_app, folder):
    html = section(make_app(folder).test_client(), "kt22")
    assert 'href="/article/kt21"' in html and "22/12/2021" in html
    assert "Hà Văn Bốn" in html and "huyện Đăk Glei" in html and NEW in html
    assert MILITIA.format("<mark>1.310</mark>") in html and MILITIA.format("1.250") in html
    assert re.search(r"trong 7 câu, 2 câu không có câu tương tự và 2 câu lặp lại với số liệu khác", html)


@pytest.mark.parametrize("id", ["kt20", "gl24", "other"])
def test_nothing_is_said_where_no_earlier_report_is_held(make_app, folder, id):
    assert section(make_app(folder).test_client(), id) == ""


def test_readers_elsewhere_are_told_how_much_is_new_and_see_two_sentences_at_most(make_app, folder):
    html = section(make_app(folder, host="0.0.0.0").test_client(), "kt22")
    assert re.search(r"trong 7 câu, 2 câu không có câu tương tự và 2 câu lặp lại với số liệu khác", html)
    assert all(part.partition("</ul>")[0].count("<li>") <= 2 for part in html.split("<details")[1:])
    assert "Hà Văn Bốn" in html and NEW not in html


def test_the_english_page_says_it_in_english(make_app, folder):
    html = section(make_app(folder).test_client(), "kt22")
    english = make_app(folder).test_client().get("/en/article/kt22").get_data(as_text=True)
    assert "Compared with" in english and 'href="/en/article/kt21" lang="vi"' in english and NEW in english and html
