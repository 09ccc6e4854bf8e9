"""Which districts, or since July 2025 which communes, an article is about; vùng through time."""

import pytest

from indexer.entities import facet_keys, label, read_entities
from indexer.entities.places import era, gazetteer, table, zone
from indexer.model import Article, StatedDate

LATER = "Buổi chiều, các đơn vị về vị trí. " * 20  # puts what follows below the lead

ABOUT = [
    # day, text, the places the article is about
    ("2022-12-02", "Sáng nay, UBND huyện Lạc Dương họp.", ["huyện Lạc Dương@Lâm Đồng"]),
    ("2022-12-02", "Bí thư Huyện ủy Lạc Dương cùng Ban CHQS huyện Lạc Dương họp.", ["huyện Lạc Dương@Lâm Đồng"]),
    ("2021-03-01", "Bộ CHQS tỉnh Đồng Tháp giao quân tại TP Cao Lãnh.", ["thành phố Cao Lãnh@Đồng Tháp"]),
    ("2021-03-01", "Bộ CHQS tỉnh Đồng Tháp giao quân tại huyện Cao Lãnh.", ["huyện Cao Lãnh@Đồng Tháp"]),
    ("2022-03-01", "Lễ ra quân tại huyện Châu Thành, tỉnh Tiền Giang.", ["huyện Châu Thành@Tiền Giang"]),
    ("2022-03-01", "Lễ giao quân mở ở thành phố Lào Cai, tỉnh Lào Cai.", ["thành phố Lào Cai@Lào Cai"]),
    ("2022-03-01", "Công an TP Hà Nội và Ban CHQS quận Ba Đình tuần tra.", ["quận Ba Đình@Hà Nội"]),
    ("2022-03-01", "Tổ công tác tuần tra tại thôn 3, xã Đắk Blô, huyện Đắk Glei, tỉnh Kon Tum.",
     ["huyện Đắk Glei@Kon Tum"]),
    ("2025-09-01", "Đồn Biên phòng tổ chức lễ phát động tại xã Ia O, tỉnh Gia Lai.", ["xã Ia O@Gia Lai"]),
    ("2025-09-01", "Bộ CHQS tỉnh Lâm Đồng thăm đặc khu Phú Quý.", ["đặc khu Phú Quý@Lâm Đồng"]),
]  # fmt: skip
NOT_ABOUT = [
    ("2022-03-01", "Bộ CHQS tỉnh Kon Tum họp. Binh nhất Nam quê huyện Đắk Glei."),
    ("2022-03-01", "Bộ CHQS tỉnh Kon Tum biểu dương anh Nam (sinh năm 1999, ở huyện Đắk Glei)."),
    ("2022-03-01", "Bộ CHQS tỉnh Kon Tum kiểm tra các huyện Đắk Glei, huyện Đắk Hà và huyện Sa Thầy."),
    ("2022-03-01", f"Bộ CHQS tỉnh Kon Tum họp. {LATER}Ở huyện Đắk Hà, công tác tốt."),
    ("2022-03-01", "Dự lễ của tỉnh Kon Tum có Bí thư Huyện ủy Đắk Hà, Bí thư Huyện ủy Sa Thầy."),
    ("2022-03-01", "Bộ CHQS tỉnh Kon Tum diễn tập tại xã Ia O."),  # communes only since July 2025
    ("2025-09-01", "Bộ CHQS tỉnh Gia Lai giao quân tại huyện Chư Sê."),  # and districts until then
    ("2022-03-01", "Đoàn công tác đến thăm huyện Châu Thành."),  # which of ten?
]


def keys(day: str, text: str) -> dict[str, tuple[str, ...]]:
    article = Article("a", "a.txt", "Tin trong tỉnh", text, stamps=(StatedDate(day, "meta"),))
    return facet_keys(read_entities(article), article)


@pytest.mark.parametrize(("day", "text", "expected"), ABOUT)
def test_an_article_is_about_these_districts_or_communes(day, text, expected):
    found = keys(day, text)
    assert [*found["district"], *found["commune"]] == expected
    assert bool(found["commune"]) == (day >= "2025-07-01")


@pytest.mark.parametrize(("day", "text"), NOT_ABOUT)
def test_a_place_named_by_the_way_is_not_what_an_article_is_about(day, text):
    found = keys(day, text)
    assert (found["district"], found["commune"]) == ((), ())


def test_the_sentence_that_names_a_district_is_its_evidence():
    text = "Trời nắng đẹp. Sáng nay, UBND huyện Lạc Dương họp. Hội nghị kết thúc."
    (place,) = read_entities(Article("a", "a.txt", "Tin", text)).localities
    assert place.evidence.quote == "Sáng nay, UBND huyện Lạc Dương họp."
    assert text[place.evidence.start : place.evidence.end] == place.evidence.quote


def test_a_place_is_shown_with_its_province():
    assert label("district", "huyện Châu Thành@Tiền Giang") == "huyện Châu Thành, Tiền Giang"


VUNG = [
    ("Kon Tum", "2022-01-01", "Tây Nguyên"),
    ("Lâm Đồng", "2022-01-01", "Tây Nguyên"),
    ("Lâm Đồng", "2025-12-01", "Duyên hải Nam Trung Bộ và Tây Nguyên"),
    ("Long An", None, "Đồng bằng sông Cửu Long"),
    ("Tây Ninh", "2026", "Đông Nam Bộ"),
    ("Hà Tây", "2007-01-01", "Đồng bằng sông Hồng"),
    ("Kon Tum", "2026-01-01", None),
]


@pytest.mark.parametrize(("province", "day", "expected"), VUNG)
def test_a_province_lies_in_the_region_of_its_day(province, day, expected):
    assert zone(province, day) == expected


@pytest.mark.parametrize(("day", "regions"), [("2025-06-30", 6), ("2025-07-01", 6)])
def test_every_province_of_a_day_lies_in_one_region(day, regions):
    on_map = [name for name in gazetteer().eras if era(name, day)]
    assert len({zone(name, day) for name in on_map}) == regions
    assert None not in {zone(name, day) for name in on_map}


def test_every_row_of_the_regions_has_its_source():
    assert all(row["source"] and row["checked"] for row in table("zones.csv"))
