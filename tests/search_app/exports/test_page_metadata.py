"""Reference managers find every article of a list in its page (COinS), whatever titles and names hold."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Article, Entities, Entry, Published
from search_app.exports.page_metadata import coins
from tests.search_app.exports.test_real_readers import AUTHORS, TITLES

HOSTILE = [*TITLES, "a&rft.title=b", "100%25 & 1+1=2", '"><script>alert(1)</script>', "' onmouseover=x", "a;b#c?d",
           "\ud800x", "%zz%", "&amp;quot;", "", "\x00"]


def entry(title: str, author: str | None = None, url: str | None = "https://bao.example/1?a=1&b=%20") -> Entry:
    article = Article("a/1", "a.html", title, "Văn bản.", url=url, source="Báo A & B", author=author)
    return Entry(article, Entities(published=Published("2022-01", "month", "meta")))


def as_zotero_reads(context: str) -> dict[str, list[str]]:
    """The values of a context object, cut and decoded as Zotero does it."""
    found: dict[str, list[str]] = {}
    for part in context.split("&"):
        name, value = part.split("=")
        found.setdefault(name, []).append(unquote(value.replace("+", " ")))
    return found


@pytest.fixture(scope="module")
def asked(app):
    """A request is under way: addresses and words depend on it."""
    with app.test_request_context("/search"):
        yield


ASKED = pytest.mark.usefixtures("asked")


class Spans(HTMLParser):
    """The context objects of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if given.get("class") == "Z3988":
            assert tag == "span" and given.keys() - {"lang"} == {"class", "title"}
            self.found.append(given["title"] or "")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_result_page_names_every_article_it_lists(client, prefix):
    page = client.get(f"{prefix}/search?q=tuyển+quân&limit=50")
    listed = client.get("/api/search?q=tuyển+quân&limit=50").json["hits"]
    told = [as_zotero_reads(context) for context in Spans(page.text).found]
    assert {each["rft.title"][0] for each in told} == {" ".join(hit["title"].split()) for hit in listed}
    assert len(told) == len(listed) > 3


def test_a_result_page_stays_small(client):
    assert len(client.get("/search?q=giáo+dục+quốc+phòng").data) < 60_000


@ASKED
def test_it_is_a_newspaper_article_with_all_that_is_cited():
    assert as_zotero_reads(coins(entry("Tuyển quân", "Mai Khôi, Văn Thử"))) == {
        "ctx_ver": ["Z39.88-2004"], "rft_val_fmt": ["info:ofi/fmt:kev:mtx:dc"], "rft.type": ["newspaperArticle"],
        "rft.language": ["vi"], "rft.title": ["Tuyển quân"], "rft.aucorp": ["Mai Khôi", "Văn Thử"],
        "rft.date": ["2022-01"], "rft.source": ["Báo A & B"], "rft.identifier": ["https://bao.example/1?a=1&b=%20"]}


@ASKED
@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_out_of_its_value(title):
    read = as_zotero_reads(coins(entry(title)))
    assert read["rft.title"] == [" ".join(title.replace("\x00", " ").split()) or "(Bài không có tiêu đề)"]
    assert len(read) == 8 and read == parse_qs(coins(entry(title)), errors="surrogatepass")


@ASKED
@given(st.text(), st.text())
def test_whatever_stands_in_title_and_author_comes_back(title, author):
    read = as_zotero_reads(coins(entry(title, author)))
    assert len(read["rft.title"]) == 1 and len(read.get("rft.aucorp", [])) == len(entry(title, author).article.authors)


@ASKED
@pytest.mark.parametrize(("author", "told"), AUTHORS.items())
def test_a_name_is_taken_whole(author, told):
    assert as_zotero_reads(coins(entry("Tin", author))).get("rft.aucorp", []) == told


@ASKED
@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_an_article_without_an_address_is_identified_by_its_page_here(url):
    assert as_zotero_reads(coins(entry("Tin", url=url)))["rft.identifier"] == ["http://localhost/article/a/1"]
