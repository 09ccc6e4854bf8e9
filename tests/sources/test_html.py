"""What of a page is the article, and what only stands around it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Article, Problem, StatedDate
from indexer.sources import find, read
from indexer.sources.found import Found
from indexer.sources.html import read_page
from tests.profiles import examples
from tests.sources import pages

ARTICLES = {
    name: getattr(pages, name)
    for name in (
        [
            "ONLY_JSON_LD",
            "BROKEN_JSON_LD",
            "OPEN_GRAPH",
            "MICRODATA",
            "DNN_PORTAL",
            "LIFERAY_PORTAL",
            "AMP",
            "BROKEN_HTML",
            "HOSTILE",
            "WORDPRESS",
        ]
    )
}


def article(markup: str, url: str | None = None) -> Found:
    found = read_page(markup, url)
    assert isinstance(found, Found), found
    return found


def of_file(folder: Path, data: bytes, name: str = "trang.html") -> Article | Problem:
    (folder / name).write_bytes(data)
    (item,) = (item for file in find([folder]).files for item in read(file))
    return item


@pytest.mark.parametrize("name", ARTICLES)
def test_title_and_every_sentence_of_the_article_are_found(name: str) -> None:
    found = article(ARTICLES[name])
    assert found.title == pages.TITLE
    assert [line for line in found.body.split("\n") if len(line) > 60][-3:] == [pages.FIRST, pages.MIDDLE, pages.LAST]


@pytest.mark.parametrize("name", ARTICLES)
def test_nothing_that_stands_around_an_article_is_in_it(name: str) -> None:
    found = article(ARTICLES[name])
    text = f"{found.lead}\n{found.body}"
    foreign = [
        *pages.OTHERS,
        pages.COMMENT,
        pages.CAPTION,
        "Chuyên mục số",
        "Giấy phép",
        "Chia sẻ",
        "2023 07:30",
        "Số lượt",
    ]
    assert [words for words in foreign if words in text] == []


@pytest.mark.parametrize(
    ("name", "stamps"),
    [
        ("ONLY_JSON_LD", [("2023-03-15", "meta")]),
        ("BROKEN_JSON_LD", [("2023-03-15", "meta")]),
        ("OPEN_GRAPH", [("2023-03-15", "meta")]),
        ("MICRODATA", [("2023-03-15", "header")]),
        ("DNN_PORTAL", [("2023-03-15", "header")]),
        ("LIFERAY_PORTAL", [("2023-03-15", "header")]),
        ("AMP", [("2023-03-15", "header")]),
        ("WORDPRESS", [("2023-03-15", "header")]),
        ("GALLERY", []),
        ("HOSTILE", []),
    ],
)
def test_the_date_is_the_article_s_own_as_a_day_in_viet_nam(name: str, stamps: list[tuple[str, str]]) -> None:
    found = article(getattr(pages, name))
    assert found.stamps == tuple(StatedDate(*stamp) for stamp in stamps)


@pytest.mark.parametrize(
    ("name", "author"),
    [("ONLY_JSON_LD", "Lê Thị Thử"), ("OPEN_GRAPH", "Văn Thử"), ("DNN_PORTAL", "Văn Thử"), ("MICRODATA", None)],
)
def test_the_author_is_a_person_and_never_the_site_itself(name: str, author: str | None) -> None:
    assert article(getattr(pages, name)).author == author


@pytest.mark.parametrize("name", ["OPEN_GRAPH", "MICRODATA"])
def test_the_marked_summary_is_the_lead_and_not_in_the_body(name: str) -> None:
    found = article(getattr(pages, name))
    assert found.lead == pages.LEAD
    assert pages.LEAD not in found.body


@pytest.mark.parametrize(
    ("name", "url", "source"),
    [
        ("ONLY_JSON_LD", "https://baosonglam.example.vn/quoc-phong/hoan-thanh-huan-luyen-101.html", "Báo Sông Lam"),
        ("OPEN_GRAPH", "https://baosonglam.example.vn/a-102.html", "Báo Sông Lam"),
        ("AMP", "https://baosonglam.example.vn/goc-103.html", "baosonglam.example.vn"),
        ("DNN_PORTAL", None, None),
    ],
)
def test_address_and_site_are_those_the_page_declares(name: str, url: str | None, source: str | None) -> None:
    found = article(getattr(pages, name))
    assert (found.url, found.source) == (url, source)


@pytest.mark.parametrize("name", ["LIST", "LIST_OF_ARTICLES", "HOME"])
def test_a_list_or_home_page_is_not_an_article(name: str) -> None:
    assert "not an article" in str(read_page(getattr(pages, name)))


def test_captions_are_the_text_of_a_page_that_is_only_pictures() -> None:
    assert article(pages.GALLERY).body == f"{pages.FIRST}\n{pages.LAST}"


def test_a_page_s_clock_is_not_its_date() -> None:
    body = f"{pages.CLOCK}<h1>{pages.TITLE}</h1><div class='entry-content'>{pages.PARAGRAPHS}</div>"
    assert article(pages.page("", body)).stamps == ()


def test_dates_of_related_articles_are_not_the_article_s() -> None:
    related = f"<div class='related'><ul>{pages.RELATED}</ul></div>"
    body = f"<h1>{pages.TITLE}</h1>{related}<div class='entry-content'>{pages.PARAGRAPHS}</div>"
    assert article(pages.page("", body)).stamps == ()


def test_a_saved_page_s_comment_gives_its_address() -> None:
    saved = "<!-- saved from url=(0044)https://baosonglam.example.vn/tin/20230315-a.html -->"
    body = f"<h1>{pages.TITLE}</h1><article>{pages.PARAGRAPHS}</article>"
    found = article(saved + pages.page("", body))
    assert found.url == "https://baosonglam.example.vn/tin/20230315-a.html"
    assert found.stamps == (StatedDate("2023-03-15", "url"),)


def test_a_canonical_link_to_the_home_page_is_nobody_s_id(tmp_path: Path) -> None:
    head = "<link rel='canonical' href='https://baosonglam.example.vn/'><meta property='og:type' content='article'>"
    item = of_file(
        tmp_path, pages.page(head + "<meta property='og:url' content='/tin-104.html'>", pages.PARAGRAPHS).encode()
    )
    assert isinstance(item, Problem) or item.id == "trang.html"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_a_page_reads_the_same_in_every_encoding_it_was_saved_in(tmp_path: Path, encoding: str) -> None:
    markup = (
        pages.OPEN_GRAPH.replace('charset="utf-8"', 'charset="windows-1258"')
        if encoding == "cp1258"
        else pages.OPEN_GRAPH
    )
    item = of_file(tmp_path, in_encoding(markup, encoding))
    assert isinstance(item, Article)
    assert item.title == pages.TITLE
    assert pages.MIDDLE in item.body


def in_encoding(text: str, encoding: str) -> bytes:
    """windows-1258 has letters with marks, but tones only as combining characters."""
    if encoding != "cp1258":
        return text.encode(encoding)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    pieces = []
    for character in text:
        parts = unicodedata.normalize("NFD", character)
        tone = "".join(part for part in parts if part in tones)
        pieces.append(unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones)) + tone)
    return "".join(pieces).encode("cp1258", "xmlcharrefreplace")


def test_decomposed_letters_and_no_break_spaces_come_out_composed_and_plain() -> None:
    found = article(unicodedata.normalize("NFD", pages.OPEN_GRAPH).replace("Ban Chỉ", "Ban\u00a0Chỉ"))
    assert found.title == pages.TITLE
    assert pages.FIRST in found.body


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<table><tr><td>",
                "</table>",
                "<a",
                "href=x>",
                "</a>",
                "<article>",
                "<h1>",
                "<br>",
                "<img>",
                "<!--",
                "-->",
                "<script>",
                "</script>",
                "<script",
                'type="application/ld+json">{"@type":"NewsArticle","datePublished":',
                "</article>",
                "<title>",
                "<time",
                "datetime=1>",
                "&amp;",
                "&#xD800;",
                "<meta",
                "property=og:title",
                "content=",
                "<svg>",
                "<iframe>",
                "<figure>",
                "<![CDATA[",
                "<?xml",
            ]
        ),
        st.just(pages.FIRST),
        st.text(max_size=30),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=examples(0.6))
@given(MARKUP)
def test_any_markup_gives_an_article_or_a_reason(markup: str) -> None:
    found = read_page(markup)
    assert found
    if isinstance(found, Found):
        assert (found.title + found.lead + found.body).encode()


@pytest.mark.parametrize("opening", ["<div>", "<font><b>", "<table><tr><td>", "<ul><li>", "<a href=x>", "<blockquote>"])
def test_depth_overflows_nothing(opening: str) -> None:
    assert read_page(opening * 20_000 + pages.PARAGRAPHS)
