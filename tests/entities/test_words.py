"""Cutting a text into words chunk by chunk gives what the pattern finds in it as a whole."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from indexer.entities.words import SENTENCE_ENDS, WORD, cut
from indexer.text import normalize

PARTS = st.sampled_from(["Đại", "tá", "K'", "Mít", "-thạ", "UVT", ".Ư", "TP", ".", "!", "?", "…", "\n", " ", "  ", "'",
                         "-", "(", ")", ",", "28", "_", "ª", "²", "Ǆ", "a\u0301x", "đồng chí", "tỉnhBình"])  # fmt: skip
TEXTS = st.one_of(st.lists(PARTS, max_size=30).map("".join), st.text(max_size=60)).map(normalize)


@given(TEXTS)
@example("200 m² đất, K' và UVT. nói: _")
@example("Đại tá Mít-thạ-phon, UVT.Ư; TP.Huế.\n Bà H'Yim nói: \"Được!\"")
def test_no_word_reaches_over_a_blank(text: str) -> None:
    words, ends, marks = cut(text)
    whole = list(WORD.finditer(text))
    assert (words, ends) == ([word[0] for word in whole], [word.end() for word in whole])
    assert marks == [at for at, word in enumerate(words) if word in SENTENCE_ENDS]
