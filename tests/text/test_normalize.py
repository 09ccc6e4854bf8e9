"""One normalisation for everything: idempotent, length-preserving, blind to how a text was encoded or typed."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.text.normalize import fold, new_style, normalize, shown
from indexer.text.syllables import syllables
from tests.text.sentences import SENTENCES, anything


@given(anything)
def test_shown_and_normalize_are_idempotent(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert normalize(normalize(text)) == normalize(text)


@given(anything)
@example("Ð’–“ hoà")
def test_what_is_shown_keeps_its_length_when_normalized(text: str) -> None:
    assert len(normalize(shown(text))) == len(shown(text))


@given(anything)
def test_a_text_is_normalized_chunk_by_chunk_as_well_as_whole(text: str) -> None:
    chunks = shown(text).split(" ")
    assert " ".join(map(normalize, chunks)) == normalize(shown(text))


@given(st.lists(st.sampled_from(("hoà", "HÒA", "khoẻ", "thuỷ", "Quý", "quỳ", "oà", "hòathuỷ", "loà,")), max_size=40))
def test_syllables_are_restyled_one_by_one_however_many_stand_together(written: list[str]) -> None:
    text = " ".join(written)
    assert normalize(text) == " ".join(map(normalize, written))
    assert new_style(text) == " ".join(map(new_style, written))


@given(anything)
def test_new_style_keeps_the_length_and_normalize_takes_it_back(text: str) -> None:
    normal = normalize(text)
    assert len(new_style(normal)) == len(normal)
    assert normalize(new_style(normal)) == normal


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nfd_and_nfc_give_equal_syllables(sentence: str) -> None:
    decomposed = unicodedata.normalize("NFD", sentence)
    assert [s.text for s in syllables(decomposed)] == [s.text for s in syllables(sentence)]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ", "HÒA"),
        ("uỷ ban", "ủy ban"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("quỷ", "quỷ"),
        ("toàn", "toàn"),
        ("hoàng", "hoàng"),
        ("thuý", "thúy"),
        ("Ðắk", "Đắk"),
        ("K’Mák", "K'Mák"),
        ("2020–2025", "2020-2025"),
        ("“cờ”", '"cờ"'),
        ("quân\u200b sự\u00a0địa\u00adphương", "quân sự địaphương"),
    ],
)
def test_spellings_that_mean_the_same_become_one(written: str, normal: str) -> None:
    assert normalize(written) == normal


@pytest.mark.parametrize(
    ("text", "folded"), [("Đắk Lắk", "Dak Lak"), ("quốc phòng", "quoc phong"), ("Ƀuôn", "Buon"), ("28", "28")]
)
def test_folding_drops_accents_and_keeps_case(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "paired"),
    [
        ("quân sự", True),
        ("28-NQ", True),
        ("28/2", True),
        ("quân   sự", True),
        ("quân, sự", False),
        ("quân - sự", False),
        ("quân\nsự", False),
        ("quân (sự", False),
    ],
)
def test_neighbours_pair_unless_a_mark_with_space_or_a_new_line_parts_them(text: str, paired: bool) -> None:
    assert [s.paired for s in syllables(text)] == [paired, False]


@given(anything)
def test_offsets_slice_back_to_the_syllable(text: str) -> None:
    text = shown(text)
    for syllable in syllables(text):
        assert normalize(text)[syllable.start : syllable.end].lower() == syllable.text
