"""What of a scraped text is the article. The texts are invented."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import StatedDate
from indexer.sources.credits import byline
from indexer.sources.header import dateline
from indexer.sources.text import clean_text
from indexer.sources.tidy import tidy
from tests.sources.pages import CAPTION, FIRST, LAST, MIDDLE, TITLE

BODY = f"{FIRST}\n{MIDDLE}\n{LAST}"


@pytest.mark.parametrize(
    "chrome",
    [
        "Bình luận",
        "Back To Top",
        "Lượt xem: 4.824",
        "Chia sẻ",
        "* Mời bạn đọc vào chuyên mục Quốc phòng an ninh xem các tin, bài liên quan.",
        "Tin liên quan\nMột tin khác về dân quân\nThêm một tin nữa về tuyển quân",
        "Từ khóa: dân quân, huấn luyện",
        "* * *",
    ],
)
def test_buttons_counters_and_other_headlines_leave_the_text(chrome: str) -> None:
    assert clean_text(f"{TITLE}\n\n{BODY}\n\n{chrome}").body == BODY


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("12:16 - Thứ Năm, 24/02/2022 Lượt xem: 4824 In bài viết", "2022-02-24"),
        ("Thứ năm, 24/02/2022, 10:18 (GMT+7)", "2022-02-24"),
        ("Cập nhật lúc: 24/02/2022 07:30 AM", "2022-02-24"),
        ("Ngày đăng: 24-02-2022 | Số lượt xem: 1.024", "2022-02-24"),
        ("24/02/2022", "2022-02-24"),
        ("Ngày 24/02/2022, huyện tổ chức hội nghị tổng kết.", None),
        ("Quyết định số 12 ngày 24/02/2022 của Ủy ban nhân dân tỉnh", None),
    ],
)
def test_a_line_that_is_only_a_date_with_its_counters_is_the_header(line: str, day: str | None) -> None:
    assert dateline(line) == day


def test_the_header_date_is_a_stamp_and_leaves_the_text() -> None:
    found = clean_text(f"{TITLE}\n\n12:16 - Thứ Tư, 15/03/2023 Lượt xem: 48 In bài viết\n\n{BODY}")
    assert (found.title, found.body, found.stamps) == (TITLE, BODY, (StatedDate("2023-03-15", "header"),))


@pytest.mark.parametrize("date", ["2023-03", "2023-03-15"])
def test_a_crawler_s_date_header_keeps_its_precision_and_leaves_with_the_section(date: str) -> None:
    found = clean_text(f" date {date} Quốc phòng, an ninh {TITLE}\n\n{BODY}")
    assert (found.title, found.body, found.stamps) == (TITLE, BODY, (StatedDate(date, "header"),))


def test_a_source_line_gives_the_address_and_the_site() -> None:
    found = clean_text(f"{TITLE}\n{BODY}\nVăn Thử\n\nNguồn Sông Lam: http://baosonglam.example.vn/a/101.htm")
    assert (found.url, found.source, found.author) == (
        "http://baosonglam.example.vn/a/101.htm",
        "baosonglam.example.vn",
        "Văn Thử",
    )
    assert found.body == BODY


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Tin, ảnh: Văn Thử", "Văn Thử"),
        ("Bài và ảnh: VĂN THỬ", "VĂN THỬ"),
        ("CTV Ngọc Thử", "Ngọc Thử"),
        ("VĂN THỬ", "VĂN THỬ"),
        ("VT", "VT"),
        ("Văn Thử - Xuân Nháp", "Văn Thử - Xuân Nháp"),
        ("(Bộ CHQS tỉnh)", "Bộ CHQS tỉnh"),
        ("Hà Thử (tổng hợp)", "Hà Thử (tổng hợp)"),
        ("Toàn cảnh hội nghị", None),
        ("Các đơn vị và cá nhân được khen thưởng", None),
        ("Hội nghị kết thúc tốt đẹp.", None),
        ("Đại tá Văn Thử chủ trì hội nghị", None),
        ("Hà Nội", None),
    ],
)
def test_a_byline_names_its_author_and_nothing_else_is_a_byline(line: str, name: str | None) -> None:
    assert byline(line) == name


def test_bylines_at_the_end_are_the_author_and_leave_the_text() -> None:
    found = clean_text(f"{TITLE}\n{BODY}\nVăn Thử - Xuân Nháp\n(Ban CHQS huyện)")
    assert (found.body, found.author) == (BODY, "Văn Thử - Xuân Nháp, Ban CHQS huyện")


@pytest.mark.parametrize("heading", ["Tin liên quan", "TIN CÙNG CHUYÊN MỤC", "Các tin khác:", "Tin mới nhất"])
def test_below_a_short_article_other_headlines_leave_though_they_are_most_of_the_lines(heading: str) -> None:
    others = "\n".join(f"Huyện thứ {n} giao quân" for n in ("nhất", "hai", "ba", "tư", "năm"))
    assert clean_text(f"{TITLE}\n\n{FIRST}\n\n{heading}\n{others}").body == FIRST
    assert LAST in clean_text(f"{TITLE}\n\n{FIRST}\n\n{heading}\n{others}\n{LAST}").body


def test_a_byline_is_found_above_a_heading_of_what_is_read_most() -> None:
    found = clean_text(f"{TITLE}\n\n{BODY}\n\nTin, ảnh: Mai Khôi\n\nXEM NHIỀU")
    assert (found.body, found.author) == (BODY, "Mai Khôi")


def test_a_line_that_stands_twice_is_kept_once_and_a_mere_scene_not_at_all() -> None:
    scene = "Toàn cảnh hội nghị."
    found = clean_text(f"{TITLE}\n{FIRST}\n{scene}\n{scene}\n{CAPTION}\n{MIDDLE}\n{CAPTION}\n{LAST}")
    assert found.body == f"{FIRST}\n{CAPTION}\n{MIDDLE}\n{LAST}"


def test_a_given_title_leaves_the_text_and_a_missing_one_is_its_first_short_line() -> None:
    assert clean_text(f"{TITLE.upper()}\n{BODY}", TITLE).body == BODY
    assert clean_text(f"{TITLE}\n{BODY}").title == TITLE
    assert clean_text(BODY, TITLE).body == BODY


def test_a_text_that_opens_with_a_sentence_keeps_it_and_its_first_words_stand_in_as_title() -> None:
    found = clean_text(BODY)
    assert found.body == BODY
    assert found.made_up
    assert FIRST.startswith(found.title.rstrip("…"))


@given(st.lists(st.sampled_from([FIRST, MIDDLE, LAST]), unique=True, min_size=1), st.sampled_from(["", TITLE]))
def test_no_sentence_is_ever_lost(sentences: list[str], title: str) -> None:
    assert clean_text("\n\n".join(sentences), title).body == "\n".join(sentences)


@given(st.text(), st.text())
def test_any_text_is_cleaned_and_tidy_is_idempotent(text: str, title: str) -> None:
    assert clean_text(text, title).body is not None
    assert tidy(tidy(text)) == tidy(text)
    assert unicodedata.is_normalized("NFC", tidy(text))
