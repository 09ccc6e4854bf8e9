"""Who counts as an official, by what name, rank and posts, and on what evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.officials import find_officials
from indexer.entities.person_keys import label, official_key, with_key
from indexer.entities.titles import Parts, parts_of
from indexer.entities.words import Words
from indexer.model import Official
from indexer.text import shown

from .officials_cases import CASES, NOBODY, Person

PIECES = [
    *("Đại tá", "ĐẠI TÁ", "Lê Văn Diện", "Sử Thanh Hoài", "K'Mák", "H’Hen", "Chủ tịch UBND tỉnh", "Kon Tum", "huyện"),
    *("các đồng chí", "ông", "nguyên", "kiêm", "TP.", "hoà", "1", " ", "\n", ".", ",", "-", ";", ":", "(", ")"),
]


@pytest.mark.parametrize(("sentence", "people"), CASES, ids=[sentence[:40] for sentence, _ in CASES])
def test_a_hard_sentence_names_exactly_these_officials(sentence: str, people: list[Person]) -> None:
    assert [(o.name, o.rank, o.posts) for o in find_officials("", shown(sentence))] == people


@pytest.mark.parametrize("sentence", NOBODY)
def test_without_a_rank_or_post_of_his_own_nobody_is_an_official(sentence: str) -> None:
    assert [o.name for o in find_officials("", shown(sentence))] == []


def test_a_person_is_one_official_with_the_posts_of_all_mentions_and_the_first_rank() -> None:
    text = "Đại tá Lê Văn Ba dự lễ.\nThiếu tướng Lê Văn Ba, Chính ủy Quân khu.\nLê Văn Ba, Chính ủy Quân khu 5, nói."
    (official,) = find_officials("", text)
    assert (official.rank, official.posts) == ("Đại tá", ("Chính ủy Quân khu 5",))


def test_officials_come_in_the_order_of_their_first_mention_title_first() -> None:
    people = find_officials("Đại tá Hồ Văn Hai thăm đơn vị", "Trung tá Cao Văn Một đón Đại tá Hồ Văn Hai.")
    zones = [(o.name, o.evidence and o.evidence.zone) for o in people]
    assert zones == [("Hồ Văn Hai", "title"), ("Cao Văn Một", "text")]


def test_a_shouted_headline_is_read_by_the_names_of_the_text() -> None:
    (official,) = find_officials("ĐẠI TÁ LÊ VĂN BA THĂM TÂN BINH", "Sáng 5-2, Đại tá Lê Văn Ba thăm tân binh.")
    assert official.name == "Lê Văn Ba"


def test_a_short_form_in_the_headline_is_the_person_of_the_text() -> None:
    (official,) = find_officials("Đại tá Diện thăm tân binh", "Đại tá Lê Văn Diện, Chính ủy Bộ CHQS tỉnh, đến thăm.")
    assert (official.name, official.evidence and official.evidence.zone) == ("Lê Văn Diện", "title")


def test_evidence_is_the_sentence_with_its_offsets_and_an_abbreviation_does_not_cut_it() -> None:
    text = "Sáng 5.2 trời lạnh. Bí thư Thành uỷ TP. Huế Lê Văn Tư đến thăm. Mọi người vui."
    (official,) = find_officials("", text)
    assert official.evidence and official.evidence.quote == "Bí thư Thành uỷ TP. Huế Lê Văn Tư đến thăm."
    assert text[official.evidence.start : official.evidence.end] == official.evidence.quote


@pytest.mark.parametrize(
    ("posts", "provinces", "key"),
    [
        (("Chỉ huy trưởng Bộ CHQS tỉnh",), ["Thanh Hóa"], "lê văn diện@Thanh Hóa"),
        (("Chỉ huy trưởng Bộ CHQS tỉnh",), ["Nghệ An"], "lê văn diện@Nghệ An"),
        (("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy"), ["Huế"], "lê văn diện@Huế"),
        (("Chủ tịch UBND tỉnh Kon Tum",), [], "lê văn diện@Kon Tum"),
        (("Chủ tịch UBND tỉnh Kon Tum",), ["Gia Lai"], "lê văn diện@Kon Tum"),
        (("Chủ tịch UBND tỉnh Kon Tum",), ["Gia Lai", "Kon Tum"], "lê văn diện@Kon Tum"),
        (("Chỉ huy trưởng Ban CHQS thị xã Gò Công",), ["An Giang"], "lê văn diện@Tiền Giang"),
        (("Chủ tịch UBND huyện Châu Thành",), ["An Giang"], "lê văn diện@An Giang"),
        (("Chủ tịch UBND tỉnh", "nguyên Bí thư Huyện ủy Hải Hà"), ["Gia Lai"], "lê văn diện@Gia Lai"),
        (("nguyên Bí thư Tỉnh ủy Kon Tum",), ["Gia Lai"], "lê văn diện@Gia Lai"),
        (("Chủ tịch tỉnh Kon Tum",), ["Gia Lai"], "lê văn diện@Kon Tum"),
        (("Đại biểu Quốc hội tỉnh Kon Tum",), ["Gia Lai"], "lê văn diện@Kon Tum"),
        (("Ủy viên Trung ương Đảng", "Bí thư Tỉnh ủy Kon Tum"), [], "lê văn diện@Kon Tum"),
        (("Giám đốc khách sạn Bình Dương",), ["Gia Lai"], "lê văn diện@Gia Lai"),
        (("Phó Tư lệnh Quân khu 5",), ["Kon Tum"], "lê văn diện@Quân khu 5"),
        (("Bộ trưởng Bộ Quốc phòng",), ["Huế"], "lê văn diện@Trung ương"),
        (("Phó Tư lệnh", "Tham mưu trưởng Quân khu 4"), ["Huế"], "lê văn diện@Quân khu 4"),
        ((), ["Huế"], "lê văn diện@Huế"),
        ((), ["Huế", "Quảng Trị"], "lê văn diện@"),
    ],
)
def test_a_key_keeps_namesakes_apart(posts: tuple[str, ...], provinces: list[str], key: str) -> None:
    assert with_key(Official("", "Lê Văn Diện", None, posts), provinces).key == key


@pytest.mark.parametrize("name", ["Lê Văn Diện", "K'Mák", "Rơ Chăm H'Hồng", "Xổm-phon Mít-thạ-phon"])
def test_a_key_is_shown_as_the_name(name: str) -> None:
    assert label(official_key(name, "Kon Tum")) == name


@pytest.mark.parametrize(
    "post",
    [
        Parts("nguyên Phó Chủ tịch UBND tỉnh Kon Tum", "nguyên", "Phó Chủ tịch", "UBND tỉnh", "Kon Tum"),
        Parts("Chỉ huy trưởng Bộ CHQS tỉnh", "đương nhiệm", "Chỉ huy trưởng", "Bộ CHQS tỉnh"),
        Parts("quyền Giám đốc Sở Y tế", "quyền", "Giám đốc", "Sở Y tế"),
        Parts("cố Bí thư Huyện ủy Lạc Dương", "cố", "Bí thư", "Huyện ủy", "Lạc Dương"),
        Parts("Chính ủy", "đương nhiệm", "Chính ủy"),
        Parts("Phó Tư lệnh Quân khu 4", "đương nhiệm", "Phó Tư lệnh", "Quân khu 4"),
        Parts("Thủ tướng Campuchia", "đương nhiệm", "Thủ tướng", "", "Campuchia"),
    ],
)
def test_a_post_comes_apart_into_status_head_body_and_place(post: Parts) -> None:
    assert parts_of(post.text) == post


@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_read_and_evidence_stands_where_it_says(raw: str) -> None:
    text = shown(raw)
    for official in find_officials("", text):
        assert official.evidence and text[official.evidence.start : official.evidence.end] == official.evidence.quote
        assert official.rank or official.posts


@given(st.text(max_size=60).map(shown))
def test_words_stand_at_their_offsets(text: str) -> None:
    words = Words(text)
    at = range(words.size)
    assert all(words.text[words.start(i) : words.ends[i]] == words.words[i] for i in at)
