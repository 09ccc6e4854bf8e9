"""Posts compare as parsed: what is the same post in other words, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.person_keys import with_key
from indexer.entities.posts import parse_post, same_post
from indexer.entities.successors import successors
from indexer.entities.words import rows
from indexer.model import Official

# written, provinces of the article | status, head, body, class, level, place
PARSED = [
    ("CHT Bộ CHQS tỉnh", "Thanh Hóa | đương nhiệm, Chỉ huy trưởng, Bộ CHQS, quân đội, tỉnh, Thanh Hóa"),
    ("Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh Kon Tum",
     "Gia Lai | đương nhiệm, Chỉ huy trưởng, Bộ CHQS, quân đội, tỉnh, Kon Tum"),
    ("Chỉ huy trưởng Bộ CHQS tỉnh", " | đương nhiệm, Chỉ huy trưởng, Bộ CHQS, quân đội, tỉnh, "),
    ("Q. Chỉ huy trưởng Ban CHQS huyện Ngọc Hồi",
     "Kon Tum | quyền, Chỉ huy trưởng, Ban CHQS, quân đội, huyện, Ngọc Hồi"),
    ("nguyên Phó Chỉ huy trưởng", "Huế | nguyên, Phó Chỉ huy trưởng, , quân đội, , "),
    ("chỉ huy phó Ban CHQS xã", "Huế | đương nhiệm, Phó Chỉ huy trưởng, Ban CHQS, quân đội, xã, "),
    ("Tư lệnh Bộ Tư lệnh Thủ đô Hà Nội", " | đương nhiệm, Tư lệnh, Bộ Tư lệnh, quân đội, tỉnh, Hà Nội"),
    ("Chính ủy Bộ Tư lệnh TP. Hồ Chí Minh", " | đương nhiệm, Chính ủy, Bộ Tư lệnh, quân đội, tỉnh, Hồ Chí Minh"),
    ("Phó Tư lệnh Bộ Tư lệnh Thành phố",
     "Hồ Chí Minh | đương nhiệm, Phó Tư lệnh, Bộ Tư lệnh, quân đội, tỉnh, Hồ Chí Minh"),
    ("Chính ủy Quân khu V", "Kon Tum | đương nhiệm, Chính ủy, Quân khu, quân đội, quân khu, Quân khu 5"),
    ("Phó Tư lệnh Bộ Tư lệnh Quân khu 4", "Huế | đương nhiệm, Phó Tư lệnh, Quân khu, quân đội, quân khu, Quân khu 4"),
    ("Tư lệnh Vùng 2 Hải quân", " | đương nhiệm, Tư lệnh, Vùng 2 Hải quân, quân đội, quân khu, "),
    ("Chủ nhiệm Chính trị Quân khu", " | đương nhiệm, Chủ nhiệm Chính trị, Quân khu, quân đội, quân khu, "),
    ("Cục trưởng Cục Chính trị Quân khu 5",
     " | đương nhiệm, Cục trưởng, Cục Chính trị, quân đội, quân khu, Quân khu 5"),
    ("Chỉ huy trưởng Ban Chỉ huy PTKV 4 - Bình Liêu",
     "Quảng Ninh | đương nhiệm, Chỉ huy trưởng, Ban Chỉ huy phòng thủ khu vực, quân đội, khu vực, Bình Liêu"),
    ("Chỉ huy trưởng BĐBP tỉnh", "Hà Tĩnh | đương nhiệm, Chỉ huy trưởng, Bộ Chỉ huy BĐBP, biên phòng, tỉnh, Hà Tĩnh"),
    ("Tư lệnh Bộ đội Biên phòng", "Hà Tĩnh | đương nhiệm, Tư lệnh, Bộ Tư lệnh BĐBP, biên phòng, trung ương, "),
    ("Đồn phó", "Hà Tĩnh | đương nhiệm, Phó Đồn trưởng, Đồn Biên phòng, biên phòng, , "),
    ("UVBTV Tỉnh ủy", "Kon Tum | đương nhiệm, Ủy viên Ban Thường vụ, Tỉnh ủy, Đảng, tỉnh, Kon Tum"),
    ("Ủy viên Ban Thường vụ Tỉnh ủy", "Kon Tum | đương nhiệm, Ủy viên Ban Thường vụ, Tỉnh ủy, Đảng, tỉnh, Kon Tum"),
    ("Tỉnh ủy viên", "Kon Tum | đương nhiệm, Ủy viên Ban Chấp hành, Tỉnh ủy, Đảng, tỉnh, Kon Tum"),
    ("Ủy viên dự khuyết Ban Chấp hành Trung ương Đảng",
     "Kon Tum | đương nhiệm, Ủy viên, Trung ương Đảng, Đảng, trung ương, "),
    ("UVTW Đảng", "Kon Tum | đương nhiệm, Ủy viên, Trung ương Đảng, Đảng, trung ương, "),
    ("Bí thư Thành ủy", "Đà Nẵng | đương nhiệm, Bí thư, Thành ủy, Đảng, tỉnh, Đà Nẵng"),
    ("Bí thư Thành ủy Vinh", "Nghệ An | đương nhiệm, Bí thư, Thành ủy, Đảng, huyện, Vinh"),
    ("Chủ tịch UBND TP Kon Tum", "Kon Tum | đương nhiệm, Chủ tịch, UBND, chính quyền, huyện, Kon Tum"),
    ("Chủ tịch Ủy ban nhân dân xã Đăk Hà", "Quảng Ngãi | đương nhiệm, Chủ tịch, UBND, chính quyền, xã, Đăk Hà"),
    ("Phó Chủ tịch Thường trực HĐND tỉnh khóa XI", "Huế | đương nhiệm, Phó Chủ tịch, HĐND, chính quyền, tỉnh, Huế"),
    ("đại biểu Quốc hội (Kon Tum)", " | đương nhiệm, Đại biểu Quốc hội, Quốc hội, chính quyền, trung ương, Kon Tum"),
    ("Bộ trưởng Quốc phòng", " | đương nhiệm, Bộ trưởng, Bộ Quốc phòng, chính quyền, trung ương, "),
    ("Giám đốc Sở Lao động - Thương binh và Xã hội",
     "Huế | đương nhiệm, Giám đốc, Sở Lao động - Thương binh và Xã hội, chính quyền, tỉnh, Huế"),
    ("Trưởng phòng Tham mưu, Công an tỉnh", "Huế | đương nhiệm, Trưởng phòng, Tham mưu, công an, tỉnh, Huế"),
    ("Chủ tịch Ủy ban MTTQ Việt Nam tỉnh", "Huế | đương nhiệm, Chủ tịch, MTTQ, MTTQ và đoàn thể, tỉnh, Huế"),
    ("Bí thư Tỉnh đoàn", "Huế | đương nhiệm, Bí thư, Tỉnh đoàn, MTTQ và đoàn thể, tỉnh, Huế"),
    ("Chủ nhiệm Chính trị Tổng cục Công nghiệp Quốc phòng",
     " | đương nhiệm, Chủ nhiệm Chính trị, Tổng cục Công nghiệp Quốc phòng, quân đội, , "),
    ("Đảng ủy viên Quân khu 7", " | đương nhiệm, Ủy viên Ban Chấp hành, Đảng ủy, Đảng, quân khu, Quân khu 7"),
    ("Ủy viên Thường vụ Quân ủy T.Ư",
     " | đương nhiệm, Ủy viên Ban Thường vụ, Quân ủy Trung ương, Đảng, trung ương, "),
    ("Trưởng Ban Tuyên giáo Tỉnh ủy", "Huế | đương nhiệm, Trưởng ban, Ban Tuyên giáo, Đảng, tỉnh, Huế"),
    ("Trưởng Ban Tuyên giáo Trung ương", "Huế | đương nhiệm, Trưởng ban, Ban Tuyên giáo, Đảng, trung ương, "),
    ("Thủ tướng Campuchia", "Huế | đương nhiệm, Thủ tướng, Chính phủ, , nước ngoài, Campuchia"),
    ("Phó Tổng Tham mưu trưởng QĐND Việt Nam",
     " | đương nhiệm, Phó Tổng Tham mưu trưởng, Bộ Tổng Tham mưu, quân đội, trung ương, "),
]  # fmt: skip
SAME = [
    ("Chỉ huy trưởng", "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh"),
    ("Chỉ huy trưởng", "CHT Bộ CHQS"),
    ("Chỉ huy trưởng Bộ CHQS", "Chỉ huy trưởng Bộ chỉ huy quân sự tỉnh Hà Tĩnh"),
    ("Bộ CHQS", "Phó Chỉ huy trưởng Bộ CHQS tỉnh"),
    ("Chủ tịch UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh"),
    ("nguyên Bí thư Tỉnh ủy", "cựu Bí thư Tỉnh ủy"),
    ("Phó Bí thư Tỉnh ủy", "Phó Bí thư Thường trực Tỉnh ủy"),
    ("Chỉ huy trưởng Bộ Chỉ huy BĐBP", "Chỉ huy trưởng BĐBP tỉnh"),
]
OTHER = [
    ("Chỉ huy trưởng", "Phó Chỉ huy trưởng Bộ CHQS tỉnh"),
    ("Chỉ huy trưởng", "nguyên Chỉ huy trưởng Bộ CHQS tỉnh"),
    ("Chỉ huy trưởng", "quyền Chỉ huy trưởng Bộ CHQS tỉnh"),
    ("Chỉ huy trưởng Bộ CHQS", "Chỉ huy trưởng Ban CHQS huyện"),
    ("Chỉ huy trưởng Bộ CHQS", "Chỉ huy trưởng Bộ Chỉ huy BĐBP tỉnh"),
    ("Chủ tịch UBND tỉnh", "Chủ tịch UBND huyện"),
    ("Chủ tịch UBND", "Chủ tịch HĐND tỉnh"),
    ("Bí thư", "Phó Bí thư Tỉnh ủy"),
    ("Tư lệnh Quân khu 7", "Tư lệnh Quân khu 5"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "row"), PARSED, ids=[written for written, _ in PARSED])
def test_a_post_comes_apart_into_canonical_parts(written: str, row: str) -> None:
    province, parts = map(str.strip, row.split("|"))
    post = parse_post(written, (province,) if province else ())
    have = [post.status, post.head, post.body, post.cls, post.level, post.place]
    assert have == [part.strip() for part in parts.split(",")]


@pytest.mark.parametrize(("asked", "held"), SAME)
def test_one_post_in_other_words_is_the_same(asked: str, held: str) -> None:
    assert same_post(parse_post(asked), parse_post(held))


@pytest.mark.parametrize(("asked", "held"), OTHER)
def test_a_deputy_a_former_holder_and_another_body_are_other_posts(asked: str, held: str) -> None:
    assert not same_post(parse_post(asked), parse_post(held))


def test_thanh_pho_is_a_province_only_where_the_article_is_about_a_city_of_that_rank() -> None:
    levels = [parse_post("Chủ tịch UBND thành phố", (name,)).level for name in ("Đà Nẵng", "Nghệ An")]
    assert levels == ["tỉnh", "huyện"]


def test_an_official_holds_his_posts_taken_apart_with_the_articles_province() -> None:
    (post,) = with_key(Official("", "Lê Văn Ba", None, ("CHT Bộ CHQS tỉnh",)), ["Thanh Hóa"]).held
    assert (post.text, post.head, post.place) == ("CHT Bộ CHQS tỉnh", "Chỉ huy trưởng", "Thanh Hóa")


@pytest.mark.parametrize(
    ("body", "day", "level", "place", "became"),
    [
        ("Ban CHQS", "2026-01-01", "huyện", "", ["Ban Chỉ huy phòng thủ khu vực"]),
        ("Ban CHQS", None, "", "", ["Ban Chỉ huy phòng thủ khu vực"]),
        ("Ban CHQS", "2025-06-30", "huyện", "", []),
        ("Ban CHQS", "2026-01-01", "xã", "", []),
        ("Bộ Chỉ huy BĐBP", "2025-07-01", "", "", ["Ban Chỉ huy BĐBP"]),
        ("Bộ CHQS", "2026-01-01", "", "", []),
        ("Bộ CHQS", "2015-01-01", "tỉnh", "Hà Nội", ["Bộ Tư lệnh"]),
    ],
)
def test_a_body_has_the_successor_of_its_level_place_and_day(
    body: str, day: str | None, level: str, place: str, became: list[str]
) -> None:
    assert [next_.body for next_ in successors(body, day, level, place)] == became


def test_every_row_about_a_body_gives_its_source_and_the_day_it_was_checked() -> None:
    assert all(row["source"] and row["checked"] for row in rows("units.csv"))


@given(st.text(max_size=80), st.lists(st.sampled_from(["Huế", "Kon Tum", "Atlantis"]), max_size=2))
def test_any_words_are_read_as_a_post_that_keeps_them(text: str, provinces: list[str]) -> None:
    post = parse_post(text, tuple(provinces))
    assert post.text == text and post.status
