"""The gazetteer: which names are places, when, and where a text names them."""

import pytest

from indexer.entities import places
from indexer.text import normalize

NAMED = [
    # sentence, (kind, name, provinces) of each place in order
    ("Tại tỉnh Kon Tum sáng nay trời mưa.", [("province", "Kon Tum", ("Kon Tum",))]),
    ("Điểm cầu tỉnh ĐIện Biên có 40 đại biểu.", [("province", "Điện Biên", ("Điện Biên",))]),
    ("Giữ môi trường hòa bình, thống nhất ý chí.", []),
    ("Hòa bình là điều ai cũng mong.", []),
    ("Đoàn thăm tỉnh Hòa Bình.", [("province", "Hòa Bình", ("Hòa Bình",))]),
    ("Lớp học mở ở TP.HCM tuần trước.", [("province", "Hồ Chí Minh", ("Hồ Chí Minh",))]),
    ("Lớp học mở ở TPHCM tuần trước.", [("province", "Hồ Chí Minh", ("Hồ Chí Minh",))]),
    ("LLVT BR-VT ra quân.", [("province", "Bà Rịa - Vũng Tàu", ("Bà Rịa - Vũng Tàu",))]),
    ("Bà Rịa – Vũng Tàu mở hội trại.", [("province", "Bà Rịa - Vũng Tàu", ("Bà Rịa - Vũng Tàu",))]),
    ("Mưa lớn ở Thừa Thiên - Huế.", [("province", "Huế", ("Huế",))]),
    ("tỉnh Đăk Lăk và tỉnh Bắc Cạn", [("province", "Đắk Lắk", ("Đắk Lắk",)), ("province", "Bắc Kạn", ("Bắc Kạn",))]),
    ("huyện Lạc Dương họp", [("district", "Lạc Dương", ("Lâm Đồng",))]),
    ("huyện Quảng Ninh ở đâu", [("district", "Quảng Ninh", ("Quảng Bình",))]),
    ("TP Vinh đón tân binh", [("district", "Vinh", ("Nghệ An",))]),
    ("Tàu cập cảng Vũng Tàu rồi ra khơi", [("district", "Vũng Tàu", ("Bà Rịa - Vũng Tàu",))]),
    ("quận 3 có 12 phường", [("district", "3", ("Hồ Chí Minh",))]),
    ("huyện Châu Thành A mới tách", [("district", "Châu Thành A", ("Hậu Giang",))]),
    ("Thị xã Sơn Tây mở hội", [("district", "Sơn Tây", ("Hà Nội", "Hà Tây"))]),
    ("xã Không Ai Biết không có trong bảng", []),
    ("thành phố Hoà Bình và thành phố Hòa Bình", [("province", "Hòa Bình", ("Hòa Bình",))] * 2),
]


@pytest.mark.parametrize(("sentence", "expected"), NAMED)
def test_a_text_names_these_places_and_no_others(sentence, expected):
    found = [(place.kind, place.name, place.provinces) for place in places.mentions(normalize(sentence))]
    assert found == expected


def test_a_mention_spans_its_unit_word_and_name():
    text = "Sáng nay, UBND huyện Lạc Dương họp."
    (place,) = places.mentions(text)
    assert text[place.start : place.end] == "huyện Lạc Dương"
    assert text[place.name_start : place.end] == "Lạc Dương"


PREFIXES = [
    ("Lạc Dương Sử Thanh Hoài", "huyện", 2),
    ("Lê Ngọc Tuấn", "tỉnh", 0),
    ("kon tum Lê Ngọc Tuấn", "tỉnh", 2),
    ("Châu Thành A Nguyễn Văn Bảy", "huyện", 3),
    ("Vinh Trần Ngọc Tú", "thành phố", 1),
    ("Dương Minh Châu Trần Văn Tân", "huyện", 3),
    ("Trần Văn Thời", "tỉnh", 0),
    ("Đắk Lắk", None, 2),
    ("", "huyện", 0),
]


@pytest.mark.parametrize(("words", "unit", "size"), PREFIXES)
def test_a_place_prefix_is_the_longest_known_name_of_its_unit(words, unit, size):
    assert places.place_prefix(words.split(), unit) == size


def test_the_unit_word_and_the_day_narrow_where_a_district_lies():
    assert places.districts("huyện Lạc Dương") == ("Lâm Đồng",)
    assert len(places.districts("huyện Châu Thành")) > 5
    assert places.districts("huyện Mê Linh", "2022-05-01") == ("Hà Nội",)
    assert places.districts("huyện Không Có") == ()


SUCCESSIONS = [
    ("Kon Tum", None, "Quảng Ngãi"),
    ("Kon Tum", "2022-12-14", "Quảng Ngãi"),
    ("Hà Tây", "2006-01-01", "Hà Nội"),
    ("Phú Yên", "2024", "Đắk Lắk"),
    ("Gia Lai", "2022", "Gia Lai"),
    ("Bình Định", "2025-06-30", "Gia Lai"),
    ("Huế", "2020", "Huế"),
    ("Bắc Giang", "2021-10", "Bắc Ninh"),
]


@pytest.mark.parametrize(("name", "day", "now"), SUCCESSIONS)
def test_every_province_leads_to_the_one_of_today(name, day, now):
    assert places.present(name, day) == now


def test_a_merged_province_has_one_row_before_and_one_after():
    assert places.era("Gia Lai", "2025-06-30").until == "2025-06-30"
    assert places.era("Gia Lai", "2025-07-01").since == "2025-07-01"
    assert places.era("Kon Tum", "2025-07-01") is None
    assert places.era("Đồng Nai", "2026-05-01").kind == "thành phố"
    assert places.era("Đồng Nai", "2026-01").kind == "tỉnh"


COUNTS = [("2008-07-31", 64), ("2008-08-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-11-01", 34)]


@pytest.mark.parametrize(("day", "count"), COUNTS)
def test_the_country_has_as_many_provinces_as_the_law_says(day, count):
    assert sum(places.era(name, day) is not None for name in list(places.gazetteer().eras)) == count


def test_every_row_leads_to_a_known_province():
    known = set(places.gazetteer().eras)
    for table in ("districts.csv", "communes.csv", "mastheads.csv"):
        assert {row["province"] for row in places.table(table)} <= known
    assert {row["name"] for row in places.table("spellings.csv")} <= known
    assert {row["province"] for row in places.table("domains.csv") if row["province"]} <= known
    assert {row["successor"] for row in places.table("provinces.csv") if row["successor"]} <= known


def test_every_name_is_normalised():
    names = {row["name"] for table in ("provinces.csv", "districts.csv", "communes.csv") for row in places.table(table)}
    assert {name for name in names if normalize(name) != name} == set()
