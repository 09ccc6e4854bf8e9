"""Possible syllables, their variants, raw typing decoded, and old encodings recognised."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text import legacy
from indexer.text.legacy import from_legacy, legacy_encoding
from indexer.text.normalize import normalize, shown
from indexer.text.spelling import TONES, is_syllable, possible, variants
from indexer.text.typing import telex, vni

syllable = st.sampled_from(sorted(possible()[1]))
phrase = st.lists(syllable, min_size=1, max_size=5)


POSSIBLE = "quốc phòng hoà Hòa UỶ thuỷ quý gì giếng già giữ khuỷu nghiêng ngoằn thuở yêu ỷ xoong quyển rượu Đắk Kạn a"
IMPOSSIBLE = ["taù", "test", "ngê", "ka", "abc", "zoo", "thuong2", "cạcx", "tac", "", "28", "quân sự"]
I_AND_Y = [("sĩ", "sỹ"), ("kỷ", "kỉ"), ("lý", "lí"), ("quy", "qui"), ("mỹ", "mĩ"), ("tỷ", "tỉ"), ("quý", "quí")]


@pytest.mark.parametrize("written", POSSIBLE.split())
def test_vietnamese_syllables_are_possible(written: str) -> None:
    assert is_syllable(written)
    assert is_syllable(unicodedata.normalize("NFD", written))


@pytest.mark.parametrize("written", IMPOSSIBLE)
def test_others_are_not(written: str) -> None:
    assert not is_syllable(written)


@given(syllable)
def test_possible_syllables_are_normalised(written: str) -> None:
    assert normalize(written).lower() == written


@pytest.mark.parametrize(("one", "other"), I_AND_Y)
def test_i_and_y_are_variants_of_each_other(one: str, other: str) -> None:
    assert variants(one) == (other,)
    assert variants(other) == (one,)


@pytest.mark.parametrize("written", ["quân", "thi", "nghĩ", "huy", "nai", "may", "bay", "đi"])
def test_other_syllables_have_no_variants(written: str) -> None:
    assert variants(written) == ()


# --- typing: the encoders below are the rules of the input methods, written the other way round ---

TELEX_KEYS = {"huyền": "f", "hỏi": "r", "ngã": "x", "sắc": "s", "nặng": "j", "ngang": ""}
TELEX_LETTERS = {"ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw", "đ": "dd"}
VNI_KEYS = {"huyền": "2", "hỏi": "3", "ngã": "4", "sắc": "1", "nặng": "5", "ngang": ""}
VNI_LETTERS = {"ă": "a8", "â": "a6", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7", "đ": "d9"}


def typed(written: str, keys: dict[str, str], letters: dict[str, str], tone_last: bool = True) -> str:
    result, tone_key = "", ""
    for letter in written:
        decomposed = unicodedata.normalize("NFD", letter)
        plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if c not in TONES.values()))
        result += letters.get(plain, plain)
        key = next((keys[name] for name, mark in TONES.items() if mark and mark in decomposed), "")
        if tone_last:
            tone_key += key
        else:
            result += key
    return result + tone_key


# "gi" + "u" and "g" + "iu" are typed alike; the first, which is in use ("giũ bụi"), is what is meant.
TWINS = {"gìu", "gỉu", "gĩu", "gíu", "gịu"}
typable = st.lists(syllable.filter(lambda written: written not in TWINS), min_size=1, max_size=5)
LONG_O = re.compile("o[oòỏõóọ]")  # xoong: TELEX writes its oo as it writes ô


@given(typable, st.booleans())
def test_what_telex_types_is_decoded(words: list[str], tone_last: bool) -> None:
    raw = " ".join(typed(word, TELEX_KEYS, TELEX_LETTERS, tone_last) for word in words)
    expected = " ".join(words)
    if not any(LONG_O.search(word) for word in words):
        assert telex(raw) == (expected if expected != raw else None) or few_marks(words)


@given(typable, st.booleans())
def test_what_vni_types_is_decoded(words: list[str], tone_last: bool) -> None:
    raw = " ".join(typed(word, VNI_KEYS, VNI_LETTERS, tone_last) for word in words)
    expected = " ".join(words)
    assert vni(raw) == (expected if expected != raw else None) or few_marks(words)


def few_marks(words: list[str]) -> bool:
    return sum(not word.isascii() for word in words) < len(words) / 5


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("quoocs phongf", "quốc phòng"),
        ("nghiax vuj quaan suwj", "nghĩa vụ quân sự"),
        ("Nguyeenx Vawn A", "Nguyễn Văn A"),
        ("DDOOFN BIEEN PHONGF", "ĐỒN BIÊN PHÒNG"),
        ("vietej nam", "việt nam"),
        ("thuowngr quaan khu 7", "thưởng quân khu 7"),
        ("UBND tirnh Kon Tum", "UBND tỉnh Kon Tum"),
        ("TW ddangr", "TW đảng"),
    ],
)
def test_telex_examples(raw: str, text: str) -> None:
    assert telex(raw) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Nguye6n4", "Nguyễn"),
        ("dda5i ta1", "đại tá"),
        ("quo6c1 pho2ng", "quốc phòng"),
        ("luc75 luong75", "lực lượng"),
        ("D9a8k1 La8k1", "Đắk Lắk"),
        ("giu4 gi3u", "giũ giủ"),
    ],
)
def test_vni_examples(raw: str, text: str) -> None:
    assert vni(raw) == text


NO_TYPING = ["hoa binh", "quan su dia phuong", "quốc phòng", "hello world", "news", "UBND", "CHQS", "su30 mk2", ""]


@pytest.mark.parametrize("text", [*NO_TYPING, "covid19", "Q7 K9", "Khung bo IS keu ca vi khong duoc"])
def test_text_that_is_no_typing_is_left_alone(text: str) -> None:
    assert telex(text) is None
    assert vni(text) is None


# --- old encodings ---------------------------------------------------------------------------------

TO_TCVN3 = {letter: chr(code) for code, letter in legacy.TCVN3.items()}
VNI_PAIRS = [vowel + mark for vowel in "aeouyôö" for mark in legacy.VNI_MARKS]
TO_VNI = {letter: pair for pair in VNI_PAIRS if len(letter := legacy.from_vni(pair)) == 1}
TO_VNI |= {letter: code for code, letter in legacy.VNI_ALONE.items()}
SENTENCE = "bộ chỉ huy quân sự tỉnh tổ chức lễ giao nhận quân, đại tá nguyễn văn hòa dự và phát biểu; đồng bào ủng hộ"


@pytest.mark.parametrize(("name", "table"), [("TCVN3", TO_TCVN3), ("VNI", TO_VNI)])
def test_an_old_encoding_is_recognised_and_decoded(name: str, table: dict[str, str]) -> None:
    misread = "".join(table.get(letter, letter) for letter in SENTENCE)
    assert legacy_encoding(misread) == name
    assert from_legacy(misread) == SENTENCE
    assert legacy_encoding(shown(misread)) == name


MET = [("§¹i t¸ NguyÔn", "TCVN3"), ("Bé chØ huy qu©n sù tØnh", "TCVN3"), ("Ñaïi taù Nguyeãn", "VNI")]


@pytest.mark.parametrize(("misread", "name"), MET)
def test_old_encodings_as_they_are_met(misread: str, name: str) -> None:
    assert legacy_encoding(misread) == name


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Quý vị và các bạn",
        "L'été où était élève français à l'école",
        "Größe über Straße für die Bürger",
        "Señor Muñoz, año",
        "hello",
        "",
        "§ 12",
    ],
)
def test_proper_text_is_in_no_old_encoding(text: str) -> None:
    assert legacy_encoding(text) is None
    assert from_legacy(text) is None
