"""Which parts of a query name things, and what is offered for them: over an index of a few articles of our own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Results
from indexer.search.query import plan
from indexer.search.query.recognised import recognised, without
from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of
from tests.search.query.recognised_archive import rows


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    engine = open_engine(index_of(tmp_path_factory.mktemp("recognised"), rows()))
    yield engine
    engine.close()


def named(engine: ServedEngine, text: str) -> list[str]:
    """facet=keys of each part of a query, in order; topics, which stand for all that is left, apart."""
    read = plan(text, engine)
    parts = recognised(read.tree, read.query.text, read.bare, engine)
    return [f"{part.facet}={'+'.join(part.keys)}" for part, _ in parts if part.facet != "topic"]


def topics(engine: ServedEngine, text: str) -> list[str]:
    read = plan(text, engine)
    return [part.keys[0] for part, _ in recognised(read.tree, text, read.bare, engine) if part.facet == "topic"]


PEOPLE = [
    ("Đinh Quang Giang", ["official=đinh quang giang@Trung ương"]),
    ("dinh quang giang", ["official=đinh quang giang@Trung ương"]),
    ("Đại tướng Đinh Quang Giang thăm", ["official=đinh quang giang@Trung ương"]),
    ("đồng chí Hồ Sĩ Kiên", ["official=hồ sĩ kiên@Thanh Hóa"]),
    ("ông Lâm Hải Giang họp", ["official=lâm hải giang@Bình Định"]),
    ("tướng giang", ["official=đinh quang giang@Trung ương", "official=lâm hải giang@Bình Định"]),
    ("tuong giang", ["official=đinh quang giang@Trung ương", "official=lâm hải giang@Bình Định"]),
    ("bộ trưởng Giang", ["official=đinh quang giang@Trung ương"]),
    ("đại tá Kiên Thanh Hóa", ["official=hồ sĩ kiên@Thanh Hóa", "province=Thanh Hóa"]),
    ("Lê Văn Tuyền", ["official=lê văn tuyền@Thanh Hóa", "official=lê văn tuyền@Nghệ An"]),
    ("võ bình", ["official=võ bình@Nghệ An"]),  # a name of two syllables and nothing else
    ("chuyện của võ bình", []),
    ("chuyện của Võ Bình", ["official=võ bình@Nghệ An"]),
    ("vo binh", []),
    ("chỉ huy trưởng Tuyền", ["official=lê văn tuyền@Thanh Hóa"]),
]
PROVINCES = [
    ("Thanh Hóa", ["province=Thanh Hóa"]),
    ("thanh hoa", ["province=Thanh Hóa"]),
    ("giao quân ở tỉnh Thanh Hoá", ["province=Thanh Hóa"]),
    ("huấn luyện tại nam định", ["province=Nam Định"]),
    ("TP Hồ Chí Minh giao quân", ["province=Hồ Chí Minh"]),
    ("giao quân tphcm", ["province=Hồ Chí Minh"]),
    ("huan luyen o ha noi", ["province=Hà Nội"]),
    ("giao quân Hòa Bình", ["province=Hòa Bình"]),
    ("giao quân tỉnh hòa bình", ["province=Hòa Bình"]),
    ("họp ở Bình Định và Nghệ An", ["province=Bình Định", "province=Nghệ An"]),
]
LOCALITIES = [
    ("huyện Lạc Dương", ["district=huyện Lạc Dương@Lâm Đồng"]),
    ("diễn tập huyen lac duong", []),  # accents were typed: "lac" is not "Lạc"
    ("dien tap huyen lac duong", ["district=huyện Lạc Dương@Lâm Đồng"]),
    ("diễn tập Lạc Dương", ["district=huyện Lạc Dương@Lâm Đồng"]),
    ("diễn tập lạc dương", []),
    ("diễn tập lạc dương, lâm đồng", ["district=huyện Lạc Dương@Lâm Đồng"]),
    ("xã Ia O", ["commune=xã Ia O@Gia Lai"]),
    ("ra quân xã Ia O, tỉnh Gia Lai", ["commune=xã Ia O@Gia Lai"]),
    ("ra quân xã Ia O, Gia Lai", ["commune=xã Ia O@Gia Lai"]),
    ("Hải Hậu, Thanh Hóa", ["province=Thanh Hóa"]),  # that Hải Hậu is another
    ("huyện Hải Hậu, Nam Định", ["district=huyện Hải Hậu@Nam Định"]),
]
UNITS = [
    ("diễn tập Quân khu 7", ["region=Quân khu 7"]),
    ("qk7", ["region=Quân khu 7"]),
    ("quân khu bảy kiểm tra", ["region=Quân khu 7"]),
    ("Sư đoàn 968", ["unit=Sư đoàn 968"]),
    ("sư đoàn 969", []),
    ("Bộ Quốc phòng", ["unit=Bộ Quốc phòng"]),
    ("bo quoc phong kiem tra", ["unit=Bộ Quốc phòng"]),
    ("Bộ CHQS tỉnh Thanh Hóa họp", ["unit=Bộ CHQS|tỉnh|Thanh Hóa", "province=Thanh Hóa"]),
    ("bộ chỉ huy quân sự tỉnh thanh hóa", ["unit=Bộ CHQS|tỉnh|Thanh Hóa", "province=Thanh Hóa"]),
    ("Ban CHQS huyện Lạc Dương", ["unit=Ban CHQS|huyện|Lạc Dương|Lâm Đồng"]),
    ("Bộ Tư lệnh Thủ đô Hà Nội", ["unit=Bộ Tư lệnh Thủ đô Hà Nội"]),
]
TIMES = [
    ("giao quân năm 2024", ["year=2024"]),
    ("giao quan nam 2024", ["year=2024"]),
    ("cuối năm 2024", ["year=2024"]),
    ("giao quân 2023-2024", ["year=2023+2024"]),
    ("giao quân từ năm 2022 đến năm 2024", ["year=2022+2023+2024"]),
    ("giao quân năm 1999", []),
    ("đại hội nhiệm kỳ 2020-2025", []),
    ("kế hoạch giai đoạn 2021 - 2025", []),
    ("nghị quyết 2024/QĐ", []),
    ("hội nghị 02/12/2022", ["day=2022-12-02..2022-12-02"]),
    ("hội nghị ngày 2 tháng 12 năm 2022", ["day=2022-12-02..2022-12-02"]),
    ("hội nghị tháng 12/2022", ["day=2022-12-01..2022-12-31"]),
]
POSTS = [
    ("chỉ huy trưởng Bộ CHQS tỉnh", ["post=Chỉ huy trưởng|Bộ CHQS|tỉnh"]),
    ("CHT Bộ CHQS", ["post=Chỉ huy trưởng|Bộ CHQS|tỉnh"]),
    ("chi huy truong bo chi huy quan su tinh", ["post=Chỉ huy trưởng|Bộ CHQS|tỉnh"]),
    ("CHT BCHQS tỉnh Thanh Hóa", ["post=Chỉ huy trưởng|Bộ CHQS|tỉnh", "province=Thanh Hóa"]),
    ("phó chỉ huy trưởng Bộ CHQS tỉnh", ["post=Phó Chỉ huy trưởng|Bộ CHQS|tỉnh"]),
    ("phó tư lệnh quân khu 7", ["region=Quân khu 7"]),  # nobody is, and the Tư lệnh is another
    ("nguyên chỉ huy trưởng Bộ CHQS tỉnh", []),
    ("chủ tịch", []),
    ("phó chủ tịch tỉnh Nghệ An", ["post=Phó Chủ tịch|UBND|tỉnh", "province=Nghệ An"]),
    ("bộ trưởng quốc phòng", ["post=Bộ trưởng|Bộ Quốc phòng|trung ương"]),
    ("tư lệnh quân khu 7", ["post=Tư lệnh|Quân khu|quân khu", "region=Quân khu 7"]),
    ("chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023",
     ["post=Chỉ huy trưởng|Bộ CHQS|tỉnh", "province=Thanh Hóa", "year=2023"]),
]
ORDINARY = ["huấn luyện", "hòa bình cho biển đảo", "danh gia lai", "đánh giá lại", "chủ tịch Hồ Chí Minh", "giang",
            "chiến thắng Điện Biên Phủ", "quân đội nhân dân", "hải hậu", "văn tuyền", "tinh than", "dan quan tu ve",
            "đường Hồ Chí Minh trên biển", "thắng lợi"]  # fmt: skip


@pytest.mark.parametrize(("text", "parts"), PEOPLE + PROVINCES + LOCALITIES + UNITS + TIMES + POSTS)
def test_a_part_that_names_something_is_recognised(engine: ServedEngine, text: str, parts: list[str]) -> None:
    assert named(engine, text) == parts


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_words_name_nothing(engine: ServedEngine, text: str) -> None:
    assert named(engine, text) == []


def test_a_topic_is_recognised_where_nothing_else_is_left(engine: ServedEngine) -> None:
    assert topics(engine, "tuyển quân Gia Lai") == ["tuyển quân"]
    assert topics(engine, "lễ tuyển quân Gia Lai") == []


@pytest.mark.parametrize("text", ['"Thanh Hóa"', "tỉnh:Thanh Hóa", "-Thanh", "(Thanh Hóa OR Nghệ An)"])
def test_what_the_reader_put_in_quotes_fields_or_groups_is_left_alone(engine: ServedEngine, text: str) -> None:
    assert named(engine, text) == []


def offered(results: Results) -> list[tuple[str, str, int]]:
    return [(each.label, each.text, each.count) for each in results.narrowings]


def test_all_parts_are_offered_together_and_each_alone(engine: ServedEngine) -> None:
    results = search(engine, "lễ giao nhận quân năm 2024 ở Thanh Hóa")
    assert offered(results)[0] == ("2024 · Thanh Hóa", "lễ giao nhận quân", 1)
    assert [label for label, _, _ in offered(results)[1:]] == ["2024", "Thanh Hóa"]
    narrowing = results.narrowings[0]
    assert search(engine, narrowing.text, filters=narrowing.filters).total == narrowing.count


def test_every_offer_finds_what_it_says(engine: ServedEngine) -> None:
    for text, _ in PEOPLE + PROVINCES + LOCALITIES + UNITS + TIMES + POSTS:
        for each in search(engine, text).narrowings:
            found = search(engine, each.text, filters=each.filters)
            assert found.total == each.count > 0, (text, each)


def test_what_finds_nothing_is_not_offered(engine: ServedEngine) -> None:
    assert search(engine, "mưa lũ ở Hà Nội").narrowings == ()


def test_nothing_is_applied_unasked(engine: ServedEngine) -> None:
    results = search(engine, "giao quân 2023")
    assert results.query.filters == () and results.narrowings


def test_a_part_that_a_filter_already_says_is_not_offered(engine: ServedEngine) -> None:
    results = search(engine, "lễ giao nhận quân năm 2024 ở Thanh Hóa", filters={"province": ["Thanh Hóa"]})
    assert [part.facet for part in results.recognised] == ["year"]


@pytest.mark.parametrize(("text", "left"), [
    ("lễ giao nhận quân năm 2024 ở Thanh Hóa", "lễ giao nhận quân"),
    ("Thanh Hóa: huấn luyện", "huấn luyện"),
    ("trong năm 2024", ""),
    ("cuối năm 2024", ""),
    ("các bài về Thanh Hóa", "các bài"),
    ("huấn luyện, Thanh Hóa, 2023", "huấn luyện"),
])
def test_function_words_and_signs_go_with_the_part(engine: ServedEngine, text: str, left: str) -> None:
    read = plan(text, engine)
    parts = recognised(read.tree, read.query.text, read.bare, engine)
    assert without(text, *(part for part, main in parts if main)) == left


# --- cards ----------------------------------------------------------------------------------------------


def test_a_name_leads_with_a_card_and_the_exact_phrase(engine: ServedEngine) -> None:
    results = search(engine, "Hồ Sĩ Kiên")
    [card] = results.people
    assert (card.name, card.place, card.articles) == ("Hồ Sĩ Kiên", "Thanh Hóa", 1)
    assert [(held.post, held.first) for held in card.posts] == [("Chỉ huy trưởng Bộ CHQS", "2021")]


def test_a_phrase_is_offered_where_it_finds_fewer(engine: ServedEngine) -> None:
    results = search(engine, "văn tuyền lê")
    assert results.people == () and all(each.kind != "phrase" for each in results.narrowings)


def test_the_name_of_a_place_offers_the_exact_phrase(tmp_path: Path) -> None:
    titles = {"place": "Tân binh Nam Định lên đường", "apart": "Nam giới được khám theo quy định"}
    rows = [{"id": id, "title": title, "text": f"{title}. Buổi lễ kết thúc."} for id, title in titles.items()]
    engine = open_engine(index_of(tmp_path, rows))
    found = search(engine, "Nam Định")
    engine.close()
    assert found.total == 2
    assert [(each.text, each.count) for each in found.narrowings if each.kind == "phrase"] == [('"Nam Định"', 1)]


def test_namesakes_are_two_cards(engine: ServedEngine) -> None:
    assert {card.place for card in search(engine, "Lê Văn Tuyền").people} == {"Thanh Hóa", "Nghệ An"}
    assert [card.place for card in search(engine, "Lê Văn Tuyền Nghệ An").people] == ["Nghệ An"]


def test_the_articles_of_the_named_come_first(engine: ServedEngine) -> None:
    hits = search(engine, "tướng giang").hits
    assert hits[0].entry.id in ("tw24", "tw25")


def test_a_name_with_post_and_place_has_its_card(engine: ServedEngine) -> None:
    text = "Đại tá Hồ Sĩ Kiên, Chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa"
    assert [card.name for card in search(engine, text).people] == ["Hồ Sĩ Kiên"]


def test_two_values_of_one_facet_are_alternatives(engine: ServedEngine) -> None:
    [together] = [each for each in search(engine, "họp ở Bình Định và Nghệ An").narrowings if each.kind == "together"]
    assert together.label == "Bình Định / Nghệ An" and set(together.filters["province"]) == {"Bình Định", "Nghệ An"}


def test_a_sentence_that_names_someone_has_no_card(engine: ServedEngine) -> None:
    assert search(engine, "Đinh Quang Giang thăm đơn vị").people == ()


def test_a_province_has_a_card(engine: ServedEngine) -> None:
    card = search(engine, "nam dinh").province
    assert card is not None and (card.name, card.now, card.articles) == ("Nam Định", "Ninh Bình", 1)
    assert search(engine, "giao quân Nam Định").province is None


# --- questions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "holders"), [
    ("Ai là chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?", ["Lê Văn Tuyền"]),
    ("Ai là chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa?", ["Lê Văn Tuyền", "Hồ Sĩ Kiên"]),
    ("chỉ huy trưởng Bộ CHQS Thanh Hóa năm 2021 là ai", ["Hồ Sĩ Kiên"]),
    ("ai la chi huy truong bo chqs tinh thanh hoa nam 2021", ["Hồ Sĩ Kiên"]),
    ("Ai là Bộ trưởng Bộ Quốc phòng?", ["Đinh Quang Giang"]),
    ("bộ trưởng quốc phòng là ai", ["Đinh Quang Giang"]),
    ("Ai đang giữ chức Tư lệnh Quân khu 7?", ["Trần Hữu Thắng"]),
    ("phó chủ tịch tỉnh Nghệ An là ai", ["Lê Văn Tuyền"]),
    ("Ai là Tư lệnh Quân khu 4?", []),
    ("Ai là chỉ huy trưởng Bộ CHQS tỉnh Nghệ An?", []),
    ("Ai là chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2022?", []),
    ("Ai huấn luyện dân quân ở Thanh Hóa?", []),
    ("chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa", []),
])
def test_a_question_for_a_post_is_answered_where_articles_say(
    engine: ServedEngine, text: str, holders: list[str]
) -> None:
    assert [answer.name for answer in search(engine, text).answers] == holders


def test_an_answer_gives_the_sentence_and_its_article_which_comes_first(engine: ServedEngine) -> None:
    results = search(engine, "Ai là chỉ huy trưởng Bộ CHQS tỉnh Thanh Hóa năm 2023?")
    [answer] = results.answers
    assert (answer.id, answer.published, answer.rank) == ("th23", "2023-03-01", "Đại tá")
    assert "Lê Văn Tuyền" in answer.quote
    assert results.hits[0].entry.id == "th23"
