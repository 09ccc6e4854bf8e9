"""Portals break lines inside sentences: what is read goes on behind the break, and offsets stay."""

import pytest

from indexer.entities import read_entities
from indexer.entities.wraps import unwrapped
from indexer.model import Article

WRAPPED = """Sáng
ngày 4 tháng 6 năm 2024, Tiểu đoàn Huấn luyện 27, Bộ Chỉ huy Bộ đội
Biên phòng tỉnh Nghệ An tổ chức lễ tuyên thệ sau ba tháng huấn
luyện. Tân binh vững vàng.
Tham dự buổi lễ có Đại tá Hồ Gia
Thắng, Phó Chỉ huy trưởng Bộ Chỉ huy Bộ đội Biên phòng tỉnh
Nghệ An; đồng chí Lương Đình Phú - Phó Bí thư Huyện ủy, Chủ tịch
HĐND huyện; lãnh đạo các xã."""
JOINED = [
    ("Đại tá Hồ Gia Phú, Phó Chỉ huy trưởng Bộ\nchỉ huy quân sự tỉnh dự.", 1),
    ("Dự lễ công\nbố có Đại tá Hồ Gia Phú.", 1),
    ("Dự lễ có Đại tá Hồ Gia Phú,\nphó chỉ huy trưởng.", 1),
    (WRAPPED, 6),
]
KEPT = [
    "Quang cảnh buổi lễ\nSáng 5/5, huyện giao quân.",
    "Sáng 5/5, huyện giao quân.\nhết bài",
    "Nội dung gồm:\nbắn súng\n- ném lựu đạn",
    "Sáng 5/5, huyện giao quân\n\nHồ Văn Tư",
    "Không có dòng nào bị ngắt.",
    "",
]


@pytest.mark.parametrize(("text", "breaks"), JOINED)
def test_a_break_inside_a_sentence_becomes_a_blank(text, breaks):
    read = unwrapped(text)
    assert len(read) == len(text)
    assert text.count("\n") - read.count("\n") == breaks
    assert read.split() == text.split()


@pytest.mark.parametrize("text", [text for text in KEPT if text != KEPT[2]])
def test_a_break_between_lines_of_their_own_stays(text):
    assert unwrapped(text) is text


def test_a_list_behind_a_colon_stays():
    assert unwrapped("Nội dung gồm:\nbắn súng.") == "Nội dung gồm:\nbắn súng."


def test_names_and_posts_are_read_over_breaks():
    found = read_entities(Article("a", "a.txt", "Tuyên thệ", WRAPPED))
    assert [(person.name, person.posts) for person in found.officials] == [
        ("Hồ Gia Thắng", ("Phó Chỉ huy trưởng Bộ Chỉ huy Bộ đội Biên phòng tỉnh Nghệ An",)),
        ("Lương Đình Phú", ("Phó Bí thư Huyện ủy", "Chủ tịch HĐND huyện")),
    ]
    assert [role.name for person in found.officials for role in person.roles] == ["dự", "dự"]
    assert found.published.date == "2024-06-04"


def test_evidence_is_quoted_from_the_text_with_its_breaks():
    (first, _) = read_entities(Article("a", "a.txt", "Tuyên thệ", WRAPPED)).officials
    assert first.evidence.quote == WRAPPED[first.evidence.start : first.evidence.end]
    assert "Hồ Gia\nThắng" in first.evidence.quote
