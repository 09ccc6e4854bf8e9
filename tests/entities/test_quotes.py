"""The sentence that a value rests on is quoted from the text as it stands, and no word of it is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.published import quote

WORDS = ("quân", "Nghệ", "An.", "huấn", "luyện,", "(Huế)", "2023", "và", "bộ…", "chính\u00a0trị", "x" * 30)
LONG = "Hội nghị bàn việc tuyển quân tại tỉnh Kon Tum " + "với sự tham gia của các đơn vị trong toàn tỉnh " * 8


def is_whole(text: str, begin: int, stop: int) -> bool:
    """Whether no word stands on both sides of a boundary."""
    return not any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (begin, stop))


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=120), st.data())
def test_no_word_is_cut_whatever_the_text(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    at = data.draw(st.integers(0, len(words) - 1))
    start = len(" ".join(words[:at])) + bool(at)
    found = quote(text, start, start + len(words[at]))
    assert text[found.start : found.end] == found.quote and words[at] in found.quote
    assert is_whole(text, found.start, found.end)


def test_a_sentence_longer_than_the_reach_ends_with_a_whole_word() -> None:
    start = LONG.index("Kon Tum")
    found = quote(LONG, start, start + 7)
    assert found.quote.startswith("Hội nghị") and is_whole(LONG, found.start, found.end) and len(found.quote) < 250


def test_a_word_longer_than_the_reach_is_quoted_as_a_whole() -> None:
    text = "x" * 300 + "Huế" + "a" * 300 + " hết"
    found = quote(text, 300, 303)
    assert found.quote == text.partition(" ")[0]
