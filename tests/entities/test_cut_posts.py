"""Posts and names that the text goes on with are cut, and left out."""

from __future__ import annotations

import pytest

from indexer.entities import read_entities
from indexer.entities.officials import find_officials
from indexer.model import Article

CUT = [
    "Đại tá Lý Văn Ba, Giám đốc Học viện Bảo vệ bờ biển, đến thăm.",
    "Đại tá Lý Văn Ba, Chủ tịch Hội đồng Trường ĐH Giao thông vận tải, đến thăm.",
    "Đại tá Lý Văn Ba, phó hiệu trưởng Trường ĐH Khoa học xã hội và nhân văn, đến thăm.",
    "Đại tá Lý Văn Ba, chủ nhiệm Ủy ban Tài chính - ngân sách, đến thăm.",
]
WHOLE = [
    ("Đại tá Lý Văn Ba, Chính ủy Bộ CHQS tỉnh ôn lại truyền thống.", "Chính ủy Bộ CHQS tỉnh"),
    ("Đại tá Lý Văn Ba, Viện trưởng Viện Thiết kế trình bày diễn văn.", "Viện trưởng Viện Thiết kế"),
    ("Đại tá Lý Văn Ba, Sư đoàn trưởng Sư đoàn 5 trình bày báo cáo.", "Sư đoàn trưởng Sư đoàn 5"),
    ("Đại tá Lý Văn Ba, Tư lệnh Bộ đội Biên phòng động viên gia đình.", "Tư lệnh Bộ đội Biên phòng"),
    ("Đại tá Lý Văn Ba, Phó Giám đốc Sở Nội vụ tỉnh Hà Nam, UBND tỉnh sẽ họp.", "Phó Giám đốc Sở Nội vụ tỉnh Hà Nam"),
]


@pytest.mark.parametrize("sentence", CUT)
def test_a_post_whose_body_goes_on_in_unknown_words_is_left_out(sentence: str) -> None:
    (official,) = find_officials("", sentence)
    assert official.posts == ()


@pytest.mark.parametrize(("sentence", "post"), WHOLE)
def test_a_post_ends_before_a_verb_or_another_subject(sentence: str, post: str) -> None:
    (official,) = find_officials("", sentence)
    assert official.posts == (post,)


def test_a_post_given_to_one_is_not_the_next_ones() -> None:
    text = "Đồng chí Lý Thị Ba, Bí thư Đảng ủy xã làm Bí thư chi bộ, đồng chí Hồ Văn Tư, Chỉ huy trưởng Ban CHQS xã dự."
    posts = {official.name: official.posts for official in find_officials("", text)}
    assert posts == {"Lý Thị Ba": ("Bí thư Đảng ủy xã", "Bí thư chi bộ"),
                     "Hồ Văn Tư": ("Chỉ huy trưởng Ban CHQS xã",)}


def test_a_title_with_a_colon_names_the_speaker_of_whom_not() -> None:
    assert not any(official.posts for official in find_officials("Tổng thống Hàn Quốc: Ông Kim Jong Un muốn gặp", ""))


def test_a_body_in_capitals_is_no_person() -> None:
    assert find_officials("", "GIÁM ĐỐC BAN QLDA CÔNG TRÌNH DÂN DỤNG VÀ CÔNG NGHIỆP TỈNH") == []


def test_a_foreign_minister_without_a_country_is_not_the_countrys_own() -> None:
    found = read_entities(Article("1", "1.txt", "", "Thủ tướng Theresa Brown đến thăm xã."))
    assert [(post.level, post.cls) for official in found.officials for post in official.held] == [("nước ngoài", "")]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Tổng thống Mỹ John Smith, Thủ tướng Canada Justin Brown ghé quán.", ["John Smith", "Justin Brown"]),
        ("Cố vấn của Tổng thống Hàn Quốc, ông Chung Eui Yong nói.", []),
        ("Thiếu tá Lý Văn Nh. được điều trị.", []),
        ("Thủ tướng Yemen Ahmed Nasser Al-Rahawi tử nạn.", ["Ahmed Nasser Al-Rahawi"]),
    ],
)
def test_a_name_is_read_whole_or_left_out(sentence: str, names: list[str]) -> None:
    assert [official.name for official in find_officials("", sentence)] == names
