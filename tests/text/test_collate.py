"""Vietnamese alphabetical order."""

import random
import unicodedata

import pytest
from hypothesis import given

from indexer.text.collate import given_name_key, vietnamese_key
from tests.text.sentences import anything

ORDERS = {
    "letters": "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
    "tones": "ma mà mả mã má mạ",
    "letters before tones": "ba bạ bai bài bám ban",
    "a syllable before what prolongs it": "an anh ánh ảnh_hưởng",
    "numbers by value": "2 10 100 an",
    "capitals last": "an An AN án",
}


@pytest.mark.parametrize("name", ORDERS)
def test_words_sort_as_in_a_dictionary(name: str) -> None:
    expected = ORDERS[name].split()
    assert sorted(shuffled(expected), key=vietnamese_key) == expected


def shuffled(words: list[str]) -> list[str]:
    return random.Random(3).sample(words, len(words))


def test_provinces_sort_as_a_reader_expects() -> None:
    expected = ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Ninh", "Bến Tre", "Cà Mau", "Cao Bằng"]
    expected += ["Đà Nẵng", "Đắk Lắk", "Điện Biên", "Gia Lai", "Huế", "Thái Bình", "Thanh Hóa"]
    assert sorted(shuffled(expected), key=vietnamese_key) == expected


def test_people_sort_by_given_name_then_middle_then_family() -> None:
    expected = ["Lê An", "Trần An", "Nguyễn Văn An", "Nguyễn Ân", "Trần Thị Bình", "Lê Văn Bình", "Đỗ Văn Đức", "K'Yă"]
    assert sorted(shuffled(expected), key=given_name_key) == expected


def test_encoding_and_tone_placement_do_not_change_the_place() -> None:
    spellings = ["hòa", "hoà", unicodedata.normalize("NFD", "hòa")]
    assert len({vietnamese_key(spelling)[:2] for spelling in spellings}) == 1


@given(anything, anything)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert (vietnamese_key(one) < vietnamese_key(other)) != (vietnamese_key(one) >= vietnamese_key(other))
    assert given_name_key(one) <= given_name_key(one)
