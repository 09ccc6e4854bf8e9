"""A value that nothing is called is named with the nearest there are; what our own tables know is no mistake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.search.service import search
from indexer.storage.index_folder import ServedEngine, open_engine
from tests.archives import index_of
from tests.search.query.recognised_archive import rows


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedEngine]:
    engine = open_engine(index_of(tmp_path_factory.mktemp("unknown"), rows()))
    yield engine
    engine.close()


@pytest.mark.parametrize(("facet", "value", "nearest"), [
    ("province", "Thanh Hoa1", "Thanh Hóa"),
    ("province", "Nam Đinhh", "Nam Định"),
    ("district", "Lạc Dươngg", "huyện Lạc Dương, Lâm Đồng"),
    ("official", "Hồ Sĩ Kiênn", "Hồ Sĩ Kiên"),
    ("unit", "Sư đoàn 986", "Sư đoàn 968"),
    ("topic", "tuyển quâm", "tuyển quân"),
    ("region", "Quân khu 77", "Quân khu 7"),
    ("post", "Chỉ huy trưởng Bộ CHQSS", "Chỉ huy trưởng Bộ CHQS"),
])
def test_an_unknown_value_is_named_with_the_nearest(engine: ServedEngine, facet: str, value: str, nearest: str) -> None:
    [unknown] = search(engine, "", filters={facet: [value]}).unknown
    assert (unknown.facet, unknown.value, unknown.nearest[0]) == (facet, value, nearest)
    assert value in unknown.message and nearest in unknown.message and unknown.chosen


@pytest.mark.parametrize(("facet", "value"), [
    ("province", "Cà Mau"), ("province", "ca mau"), ("province", "Hà Tây"), ("now", "Kon Tum"), ("province", "?"),
    ("district", "huyện Trà Bồng"), ("district", "huyện Trà Bồng@Quảng Ngãi"), ("commune", "phường Hồng Gai"),
    ("year", "1999"), ("topic", "diễn tập"), ("region", "9"), ("zone", "Tây Nguyên"), ("official", "ho si kien"),
    ("day", "2020-01-01.."),
])
def test_what_no_article_holds_but_our_tables_know_is_no_mistake(engine: ServedEngine, facet: str, value: str) -> None:
    assert search(engine, "", filters={facet: [value]}).unknown == ()


def test_nothing_near_is_nothing_proposed(engine: ServedEngine) -> None:
    [unknown] = search(engine, "", filters={"official": ["zzzz"]}).unknown
    assert unknown.nearest == ()


def test_a_field_with_an_unknown_value_is_named_and_its_words_are_searched(engine: ServedEngine) -> None:
    results = search(engine, 'tỉnh:"Thanh Hoa1" huấn luyện')
    [unknown] = results.unknown
    assert (unknown.value, unknown.nearest[0], unknown.chosen) == ("Thanh Hoa1", "Thanh Hóa", False)


@pytest.mark.parametrize("text", ["tỉnh:Thanh Hóa", "tỉnh:Cà Mau", "người:Kiên", "năm:1999", "suyra:không",
                                  "Nguồn: TTXVN"])
def test_a_field_that_is_understood_is_not_named(engine: ServedEngine, text: str) -> None:
    assert search(engine, text).unknown == ()
