"""Every sentence that a page gives as evidence stands ready to be copied with its title, source, date and link."""

from __future__ import annotations

import html as markup
import re

import pytest

from indexer.model import Article, Entities, Entry, Published
from search_app.exports.citations import quotation
from tests.search_app.conftest import ARTICLES

READY = re.compile(r'<details class="copy"><summary>Trích câu này</summary><p class="ready">(.*?)</p></details>', re.S)
SON = "trịnh ngọc sơn@Kon Tum"
BOTH = pytest.mark.parametrize("path", ["/article/kontum/tuyen-quan", f"/officials/{SON}"])


def page(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.get_data(as_text=True)


@BOTH
def test_each_sentence_of_evidence_is_followed_by_a_text_to_copy(client, path):
    text = page(client, path)
    followed = text.count('</blockquote><details class="copy">')
    assert followed == text.count("<blockquote>") == len(READY.findall(text)) > 1


@BOTH
def test_what_is_copied_holds_sentence_title_source_date_and_link(client, path):
    known = ARTICLES[0]
    ready = {markup.unescape(each) for each in READY.findall(page(client, path))}
    sentence = known["text"].split("\n")[1]
    assert f"“{sentence}”\n{known['title']}. Báo Kon Tum, 20/01/2022.\n{known['url']}" in ready


def test_event_and_years_have_their_sentences(client):
    text = page(client, "/article/kontum/tuyen-quan")
    about = text.partition("Năm được nói đến")[2].partition("<h3>")[0]
    assert "2022" in about and "tuyển quân năm 2022" in about.partition("<blockquote>")[2]
    assert "Sáng 20/1" in text.partition("Ngày diễn ra")[2].partition("</blockquote>")[0]


def test_an_inferred_date_is_copied_as_such(app):
    entry = Entry(Article("1", "1.txt", "Tin", "", url="https://bao.example/1", source="Báo A"),
                  Entities(published=Published("2022", "year", "years")))  # fmt: skip
    with app.test_request_context():
        assert quotation("Câu.", entry) == "“Câu.”\nTin. Báo A, 2022 (suy ra).\nhttps://bao.example/1"


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_an_article_without_an_address_of_its_own_is_linked_here(app, url):
    entry = Entry(Article("a/1", "1.txt", "Tin", "", url=url), Entities())
    with app.test_request_context():
        assert quotation("Câu.", entry) == "“Câu.”\nTin. chưa rõ ngày.\nhttp://localhost/article/a/1"


def test_hostile_text_is_copied_as_text(client):
    assert "<script>alert" not in page(client, "/article/hostile").partition('class="facts"')[2]


@BOTH
def test_all_scripts_together_are_small(client, path):
    scripts = re.findall(r'<script src="([^"]+)"', page(client, path))
    assert len(scripts) == 2
    assert sum(len(client.get(address).data) for address in scripts) <= 15_000
