"""Which bodies and units an article names, each with its level and place and the words it rests on."""

import pytest

from indexer.entities import facet_keys, label, read_entities
from indexer.entities.facets import UNKNOWN, names, told
from indexer.entities.places import table
from indexer.entities.unit_keys import unit_label
from indexer.entities.units import FORMS, MOST
from indexer.model import Article, StatedDate

KON_TUM = "Tỉnh Kon Tum ra quân huấn luyện. "


def article(text, title="Tin", day="2023-03-01"):
    return Article("a", "a.txt", title, text, stamps=(StatedDate(day, "meta"),))


def shown(text, **said):
    one = article(text, **said)
    return [label("unit", each.key) for each in told("unit", read_entities(one), one)]


NAMED = [
    ("Bộ CHQS tỉnh Gia Lai tổ chức hội nghị.", ["Bộ CHQS tỉnh Gia Lai"]),
    ("Bộ Chỉ huy Quân sự tỉnh Gia Lai tổ chức hội nghị.", ["Bộ CHQS tỉnh Gia Lai"]),
    ("BỘ CHỈ HUY QUÂN SỰ TỈNH GIA LAI tổ chức hội nghị.", ["Bộ CHQS tỉnh Gia Lai"]),
    ("Bộ CHQS Gia Lai tổ chức hội nghị.", ["Bộ CHQS tỉnh Gia Lai"]),
    ("Ban CHQS huyện Lạc Dương ra quân.", ["Ban CHQS huyện Lạc Dương"]),
    ("Ban CHQS huyện Châu Thành, tỉnh Tiền Giang ra quân.", ["Ban CHQS huyện Châu Thành, Tiền Giang"]),
    ("Ban CHQS TP. Vinh, tỉnh Nghệ An ra quân.", ["Ban CHQS thành phố Vinh"]),
    ("Công an huyện Lạc Dương nhận nhiệm vụ.", ["Công an huyện Lạc Dương"]),
    ("Công an tỉnh Gia Lai Nguyễn Văn Mẫu dự.", ["Công an tỉnh Gia Lai"]),
    ("Ủy ban nhân dân TP Đà Nẵng họp.", ["UBND TP Đà Nẵng"]),
    ("UBND thành phố Huế, tỉnh Thừa Thiên Huế họp.", ["UBND thành phố Huế"]),
    ("UBND quận 2, TP Hồ Chí Minh họp.", ["UBND quận 2"]),
    ("Huyện ủy Lạc Dương họp.", ["Huyện ủy Lạc Dương"]),
    ("Thành ủy Hà Nội họp.", ["Thành ủy Hà Nội"]),
    ("Bộ Tư lệnh Thủ đô ra quân.", ["Bộ Tư lệnh Thủ đô Hà Nội"]),
    ("Bộ Tư lệnh TP Hồ Chí Minh ra quân.", ["Bộ Tư lệnh TP Hồ Chí Minh"]),
    ("Đoàn công tác Quân khu 7 và Quân khu V đến thăm.", ["Quân khu 7", "Quân khu 5"]),
    ("Cán bộ Trung đoàn 48, Sư đoàn 320 thăm.", ["Trung đoàn 48", "Sư đoàn 320"]),
    ("Tàu của Vùng 4 Hải quân và Vùng Cảnh sát biển 3 cập cảng.", ["Vùng 4 Hải quân", "Vùng Cảnh sát biển 3"]),
    (KON_TUM + "Đồn Biên phòng Ia Mẫu tuần tra.", ["Đồn Biên phòng Ia Mẫu, Kon Tum"]),
    (KON_TUM + "Đồn Biên phòng cửa khẩu Ia Mẫu tuần tra.", ["Đồn Biên phòng Ia Mẫu, Kon Tum"]),
    # what is left out is the article's
    (KON_TUM + "Bộ CHQS tỉnh chủ trì.", ["Bộ CHQS tỉnh Kon Tum"]),
    (KON_TUM + "UBND tỉnh, Công an tỉnh cùng dự.", ["UBND tỉnh Kon Tum", "Công an tỉnh Kon Tum"]),
    (KON_TUM + "Đồng chí Bí thư Tỉnh ủy dự.", ["Tỉnh ủy Kon Tum"]),
    # a unit with a name of its own is at home where the words behind it, a border gate or a district say
    (KON_TUM + "Đồn Biên phòng Ia Mẫu (huyện Mẫu Đơn, tỉnh Sơn La) tuần tra.", ["Đồn Biên phòng Ia Mẫu, Sơn La"]),
    (KON_TUM + "Đồn Biên phòng Ia Mẫu (Mẫu Đơn, Sơn La) tuần tra.", ["Đồn Biên phòng Ia Mẫu, Sơn La"]),
    (KON_TUM + "Đồn Biên phòng Ia Mẫu - tỉnh Sơn La tuần tra.", ["Đồn Biên phòng Ia Mẫu, Sơn La"]),
    (KON_TUM + "Đồn Biên phòng Ia Mẫu thuộc Bộ Chỉ huy BĐBP tỉnh Sơn La tuần tra.",
     ["Đồn Biên phòng Ia Mẫu, Sơn La", "Bộ Chỉ huy BĐBP tỉnh Sơn La"]),
    (KON_TUM + "Đồn Biên phòng cửa khẩu quốc tế Lao Bảo gửi hoa.", ["Đồn Biên phòng Lao Bảo, Quảng Trị"]),
    (KON_TUM + "Đồn Biên phòng cửa khẩu Hữu Nghị gửi hoa.", ["Đồn Biên phòng Hữu Nghị, Lạng Sơn"]),
    ("Tỉnh Nghệ An ra quân. Đồn Biên phòng Thanh Thủy tuần tra.", ["Đồn Biên phòng Thanh Thủy, Nghệ An"]),
    (KON_TUM + "Đồn Biên phòng Thanh Thủy gửi hoa.", ["Đồn Biên phòng Thanh Thủy"]),  # two gates have that name
    (KON_TUM + "Đồn Biên phòng Y Tý gửi hoa.", ["Đồn Biên phòng Y Tý"]),  # a commune far away
    # a number is no district
    (KON_TUM + "Ban Chỉ huy Phòng thủ khu vực 4 – Ia Mẫu mở lớp.", ["Ban Chỉ huy phòng thủ khu vực 4, Kon Tum"]),
    (KON_TUM + "Ban Chỉ huy Phòng thủ khu vực 7 mở lớp.", ["Ban Chỉ huy phòng thủ khu vực 7, Kon Tum"]),
    # a province cut at its dash
    ("Bộ CHQS tỉnh Bà Rịa – Vũng Tàu họp.", ["Bộ CHQS tỉnh Bà Rịa - Vũng Tàu"]),
    ("Bộ CHQS tỉnh Thừa Thiên - Huế họp.", ["Bộ CHQS Huế"]),
    # who stands behind a unit word is no place
    (KON_TUM + "Giám đốc Công an tỉnh Lê Văn Mẫu dự.", ["Công an tỉnh Kon Tum"]),
    (KON_TUM + "Chủ tịch UBND tỉnh Đại tá Lê Văn Mẫu dự.", ["UBND tỉnh Kon Tum"]),
    # what posts alone tell
    (KON_TUM + "Đại tướng Lê Văn Mẫu, Bộ trưởng Bộ Quốc phòng đến thăm.", ["Bộ Quốc phòng"]),
]
NONE = [
    "Bộ CHQS tỉnh tổ chức hội nghị.",
    "Công an huyện nhận nhiệm vụ.",
    "Công an và dân quân phối hợp tuần tra.",
    "Ông Mẫu nguyên là bộ đội biên phòng.",
    "Theo nghị định của Chính phủ và thông tư của Bộ Quốc phòng.",
    "Quân khu và các đơn vị ra quân.",
    "Sư đoàn 1.200 người ra quân.",
    # provinces of other countries, whatever the article is on
    KON_TUM + "Đoàn gặp Công an tỉnh Hủa Phăn (Lào).",
    KON_TUM + "Đoàn gặp Bộ Chỉ huy Quân sự tỉnh Attapư.",
    KON_TUM + "Đoàn gặp Công an tỉnh Mondulkiri, Campuchia.",
    KON_TUM + "Đoàn gặp UBND tỉnh Xê Kông.",
    KON_TUM + "Đoàn gặp Công an tỉnh Vân Nam (Trung Quốc).",
    KON_TUM + "Đoàn gặp Công an huyện Sốp Bau.",
    "Huyện ủy tổ chức hội nghị.",
]


@pytest.mark.parametrize(("text", "expected"), NAMED, ids=lambda value: str(value)[:50])
def test_a_unit_is_known_by_its_body_level_and_place(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_a_unit_whose_place_stays_open_is_counted_as_unknown(text):
    one = article(text)
    assert facet_keys(read_entities(one), one)["unit"] == (UNKNOWN,)


def test_a_unit_has_the_sentence_that_names_it_first_as_evidence():
    text = "Mở đầu là lễ chào cờ. Bộ CHQS tỉnh Gia Lai – đơn vị chủ trì – khai mạc.\nBộ CHQS tỉnh Gia Lai kết luận."
    one = article(text)
    [found] = told("unit", read_entities(one), one)
    assert found.evidence.quote == "Bộ CHQS tỉnh Gia Lai – đơn vị chủ trì – khai mạc."
    assert text[found.evidence.start : found.evidence.end] == found.evidence.quote


def test_a_title_is_evidence_too():
    one = article("Nội dung.", title="Sư đoàn 5 ra quân")
    [found] = told("unit", read_entities(one), one)
    assert (found.evidence.zone, found.evidence.quote) == ("title", "Sư đoàn 5 ra quân")


def test_a_place_that_became_a_city_has_one_key_at_all_times():
    before, since = shown("Bộ CHQS tỉnh Đồng Nai họp."), shown("Bộ CHQS thành phố Đồng Nai họp.", day="2026-06-01")
    assert before == since == ["Bộ CHQS Đồng Nai"]


def test_an_article_that_lists_units_gives_a_bounded_number():
    assert len(shown("Dự có " + ", ".join(f"Trung đoàn {number}" for number in range(1, 90)) + ".")) == MOST


def test_a_unit_goes_by_every_way_to_write_its_body():
    assert "bộ chỉ huy quân sự tỉnh Gia Lai" in names("unit", "Bộ CHQS|tỉnh|Gia Lai")
    assert "Bộ CHQS tỉnh Gia Lai" in names("unit", "Bộ CHQS|tỉnh|Gia Lai")


@pytest.mark.parametrize("key", ["", "|", "|||", "Bộ CHQS|tỉnh|Không Có", "a|b|c|d|e"])
def test_any_key_an_address_may_bring_is_shown(key):
    assert isinstance(unit_label(key), str)


def test_the_rows_agree_and_say_where_they_are_from():
    rows = list(table("unit_names.csv"))
    assert all(row["source"] and row["entered"] and row["form"] in FORMS for row in rows)
    assert all(row["written"] == row["written"].lower() for row in rows)
    assert len({row["written"] for row in rows}) == len(rows)
    for body in {row["body"] for row in rows}:
        assert len({(row["form"], row["level"]) for row in rows if row["body"] == body}) == 1
