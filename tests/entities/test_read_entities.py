"""Where, when and who of whole articles, and what becomes of it in facets, labels and search words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities import AT_ONCE, entity_words, facet_keys, label, province_label, read_all, read_entities
from indexer.model import Article, Entities, Province, Published, StatedDate

LONG_TITLE = "Hội nghị tổng kết công tác quốc phòng, quân sự năm 2022"


def article(body: str, title: str = LONG_TITLE, **record) -> Article:
    return Article(id="a", path="a.txt", title=title, body=body, **record)


ARTICLES = [
    # each needs another way to its province and year
    (
        article(
            "(kontumtv.vn) – Chiều ngày 14/12, UBND tỉnh họp bàn năm 2023.", stamps=(StatedDate("2022-12", "header"),)
        ),
        ("Kon Tum", "Quảng Ngãi", "dateline", "2022-12", "header"),
    ),
    (
        article("Chủ tịch UBND tỉnh Nguyễn Thanh Ngọc chủ trì. Năm 2022, tỉnh giao đủ quân; bàn tuyển quân năm 2023."),
        ("Tây Ninh", "Tây Ninh", "official", "2022", "years"),
    ),
    (
        article("Ngày 2/12, UBND huyện Lạc Dương họp. Bàn nhiệm vụ năm 2023."),
        ("Lâm Đồng", "Lâm Đồng", "district", "2022-12-02", "event"),
    ),
    (
        article("Sáng 11-1, Bộ CHQS tỉnh họp. Diễn tập tỉnh Thanh Hóa năm 2022 tốt. Nhiệm vụ năm 2023 nặng hơn."),
        ("Thanh Hóa", "Thanh Hóa", "text", "2023-01-11", "event"),
    ),
]


@pytest.mark.parametrize(("given_article", "expected"), ARTICLES)
def test_where_and_when_of_a_whole_article(given_article, expected):
    found = read_entities(given_article)
    (province,) = found.provinces
    assert (province.name, province.now, province.basis, found.published.date, found.published.basis) == expected


def test_articles_read_at_once_are_read_as_if_alone():
    many = [each for each, _ in ARTICLES] * AT_ONCE
    assert read_all([(each, None) for each in many]) == [read_entities(each) for each in many]
    assert read_all([]) == []


def test_nothing_known_is_said_to_be_unknown():
    found = read_entities(article("Trời trong xanh.", title="Tản văn"))
    keys = facet_keys(found, article("Trời trong xanh."))
    assert (found.provinces, found.published.date) == ((), None)
    assert (keys["province"], keys["now"], keys["year"]) == (("?",), ("?",), ("?",))
    assert {label(facet, "?") for facet in ("province", "now", "year")} == {"chưa rõ"}


def test_evidence_is_quoted_as_the_paper_printed_it():
    body = "Sáng nay, “Ngày hội” mở ở huyện Lạc Dương – Uỷ ban dự."
    (province,) = read_entities(article(body)).provinces
    assert province.evidence.quote == body[province.evidence.start : province.evidence.end]
    assert "“Ngày hội”" in province.evidence.quote


def test_facet_keys_name_the_province_then_and_now_and_its_military_region():
    one = article("Bộ CHQS tỉnh Kon Tum ra quân.", source="kontumtv.vn", stamps=(StatedDate("2022-03-01", "meta"),))
    keys = facet_keys(read_entities(one), one)
    assert keys["province"] == ("Kon Tum",)
    assert keys["now"] == ("Quảng Ngãi",)
    assert keys["year"] == ("2022",)
    assert keys["region"] == ("Quân khu 5",)
    assert keys["source"] == ("Đài PT-TH Kon Tum",)


LABELS = [
    ("province", "Hồ Chí Minh", "TP Hồ Chí Minh"),
    ("now", "Huế", "Huế"),
    ("province", "Huế", "Huế (Thừa Thiên Huế)"),
    ("province", "Kon Tum", "Kon Tum"),
    ("year", "2022", "2022"),
    ("official", "lê văn diện@Thanh Hóa", "Lê Văn Diện"),
]


@pytest.mark.parametrize(("facet", "key", "shown"), LABELS)
def test_a_key_is_shown_as_readers_know_it(facet, key, shown):
    assert label(facet, key) == shown


@pytest.mark.parametrize(("day", "shown"), [("2022-12", "Thừa Thiên Huế"), ("2025-03-01", "Huế"), ("2026", "Huế")])
def test_hue_was_thua_thien_hue_until_the_end_of_2024(day, shown):
    assert province_label("Huế", day) == shown


def test_an_article_is_also_found_by_the_words_of_its_entities():
    one = article("Chủ tịch UBND tỉnh Nguyễn Thanh Ngọc chủ trì. Năm 2022, tỉnh giao đủ quân.")
    words = entity_words(read_entities(one))
    assert "tỉnh Tây Ninh" in words
    assert "Chủ tịch UBND tỉnh Nguyễn Thanh Ngọc" in words
    assert "năm 2022" in words


def test_a_merged_province_is_found_under_both_names():
    found = Entities(Published("2022", "year", "years"), provinces=(Province("Kon Tum", "Quảng Ngãi", "text"),))
    assert {"tỉnh Kon Tum", "tỉnh Quảng Ngãi"} <= set(entity_words(found))


FRAGMENTS = ["tỉnh Kon Tum", "22/12/1944 - 22/12/2022", "ngày", "14/12", "năm", "2023", "UBND", "TP.HCM", "Sáng 31/2,"]
PIECES = st.sampled_from([*FRAGMENTS, "\n", "–", "“", "ĐIện Biên", "0/0", "Quý Sửu"])


@given(st.lists(PIECES | st.text(max_size=12), max_size=25).map(" ".join))
def test_reading_never_fails_and_evidence_lies_in_the_text(body):
    one = article(body, title="")
    found = read_entities(one)
    for evidence in (found.published.evidence, *(province.evidence for province in found.provinces)):
        assert evidence is None or evidence.zone != "text" or 0 <= evidence.start <= evidence.end
