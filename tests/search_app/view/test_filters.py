"""How dates, numbers, marks and addresses look in a page."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from indexer.model import Official, Province, Published
from search_app.view import filters

texts = st.text(max_size=60)
spans = st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6)


@given(texts, spans)
def test_marking_adds_only_marks(text, marks):
    html = filters.marked(text, marks)
    assert html.replace("<mark>", "").replace("</mark>", "") == escape(text)
    assert html.count("<mark>") == html.count("</mark>")


def test_marked_text_is_escaped():
    assert filters.marked("<b>&", [(0, 1)]) == "<mark>&lt;</mark>b&gt;&amp;"


@given(st.lists(texts.map(lambda t: t.replace("\n", " ")), max_size=5), spans)
def test_paragraphs_keep_the_text_and_its_marks(lines, marks):
    text = "\n".join(lines)
    whole = filters.marked(text, [(s + 0, e) for s, e in marks])
    shown = filters.paragraphs(text, marks)
    plain = [p.replace("<mark>", "").replace("</mark>", "") for p in shown]
    assert plain == [escape(line) for line in lines if line.strip()]
    if "<mark>" not in whole:
        assert not any("<mark>" in p for p in shown)


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (Published("2022-02-24", "day", "header"), "24/02/2022"),
        (Published("2022-12", "month", "meta"), "12/2022"),
        (Published("2022", "year", "url"), "2022"),
        (Published("2022", "year", "years"), "2022 (suy ra)"),
        (Published("2022-12-02", "day", "event"), "02/12/2022 (suy ra)"),
        (Published(), "chưa rõ ngày"),
    ],
)
def test_dates_are_written_the_vietnamese_way_and_admit_what_is_inferred(when, text):
    assert filters.published(when) == text


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (1706, "1.706"), (1234567, "1.234.567")])
def test_numbers_are_grouped_with_dots(value, text):
    assert filters.number(value) == text


def test_a_province_shows_its_present_name_only_where_it_differs():
    assert filters.place(Province("Kon Tum", "Quảng Ngãi", "text")) == "Kon Tum (nay là Quảng Ngãi)"
    assert filters.place(Province("Gia Lai", "Gia Lai", "text")) == "Gia Lai"


@pytest.mark.parametrize(
    ("official", "line"),
    [
        (Official("k", "Lê Thành Đô"), "Lê Thành Đô"),
        (Official("k", "Phạm Phú Ý", "Đại tá", ("Phó Tham mưu trưởng", "B")), "Đại tá Phạm Phú Ý, Phó Tham mưu trưởng"),
        (Official("k", "Phạm Phú Ý", None, ("Chỉ huy trưởng",)), "Phạm Phú Ý, Chỉ huy trưởng"),
    ],
)
def test_an_official_is_one_line(official, line):
    assert filters.person(official) == line


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://baokontum.com.vn/a?b=1#c", True),
        ("http://x.vn", True),
        ("HTTPS://x.vn/A", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//x.vn/a", False),
        ("/etc/passwd", False),
        ("https:x.vn", False),
        ("https://x.vn/a b", False),
        ("https://[x", False),
        ("file:///etc/passwd", False),
        ("", False),
        (None, False),
    ],
)
def test_only_web_addresses_become_links(url, safe):
    assert filters.safe_link(url) == (url if safe else None)


@given(st.text(min_size=1, max_size=40))
def test_an_article_s_address_gives_its_id_back(article_id):
    parts = urlsplit(filters.article_path(article_id))
    if parts.path == "/article":
        assert parse_qs(parts.query, keep_blank_values=True)["id"] == [article_id]
    else:
        assert unquote(parts.path) == f"/article/{article_id}"
        assert not parts.query and not parts.fragment


AWKWARD_IDS = ["https://x.vn/a//b?c=1#d", "../secret", "a/./b", "a/..", "/a", "a/", "a\\b", "50%", "."]


@pytest.mark.parametrize("awkward", AWKWARD_IDS)
def test_ids_that_a_path_would_not_carry_unharmed_travel_as_a_parameter(awkward):
    assert filters.article_path(awkward).startswith("/article?id=")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("toasoan@example.vn", "mailto:toasoan@example.vn"),
        ("https://example.vn/lien-he", "https://example.vn/lien-he"),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_contact_setting_becomes_a_safe_link(address, link):
    assert filters.contact(address) == link


def test_an_excerpt_ends_at_a_word():
    assert filters.excerpt("Tuyển quân năm 2022", 12) == "Tuyển quân …"
    assert filters.excerpt("Tuyển quân", 12) == "Tuyển quân"


GUESTS = "; ".join(f"đồng chí Lý Văn {n}, cán bộ tỉnh" for n in "ABCDEFGHIKLMN")
CROWD = f"Cùng dự có {GUESTS}; Đại tá Hà Văn Bốn, chủ trì."


@pytest.mark.parametrize(("name", "begins"), [
    ("Lý Văn A", "Cùng dự"), ("Hà Văn Bốn", "… "), ("HÀ VĂN BỐN", "… "), ("Ai đó", "Cùng"),
])  # fmt: skip
def test_a_quote_that_is_cut_still_names_who_it_is_about(name, begins):
    shown = filters.excerpt_with(CROWD, 100, name)
    assert shown.startswith(begins) and len(shown) <= 105
    assert name.lower() in shown.lower() or name == "Ai đó"
    assert all(word in CROWD.split() or word == "…" for word in shown.split())
