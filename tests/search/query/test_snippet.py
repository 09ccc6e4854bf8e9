"""Highlights and snippets: every matched form, nothing else, never a cut syllable."""

import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.search.query import plan
from indexer.search.query.marker import Marker, folded_text
from indexer.search.query.snippet import snippet
from indexer.text import fold, shown, syllables
from tests.search.query.test_planner import Words

TEXT = (
    "Sáng 20/1, Bộ Chỉ huy quân sự tỉnh họp bàn. Hội nghị nghe báo cáo về công tác quốc phòng, an ninh.\n"
    "Già làng K’Mák kể chuyện; quân và dân hoà thuận. Đại tá Lê Văn Ba chủ trì. Ðoàn 28-NQ/TW đi Quân khu 7."
)


def marked(query: str, text: str = TEXT, *, title: bool = False) -> list[str]:
    marker = Marker(plan(query, Words()).query.match)
    return [text[a:b] for a, b in marker.spans(text, title=title)]


@pytest.mark.parametrize(
    ("query", "spans"),
    [
        ("quan", ["quân", "quân", "Quân"]),
        ("quân sự", ["quân sự", "quân", "Quân"]),
        ('"quân sự"', ["quân sự"]),
        ('"quoc phong an ninh"', ["quốc phòng, an ninh"]),
        ('"chỉ huy quân"', ["Chỉ huy quân"]),
        ("huấn*", []),
        ("ngh*", ["nghị nghe"]),
        ("k'mák", ["K’Mák"]),
        ("k", []),
        ("hòa", ["hoà"]),
        ("đoàn", ["Ðoàn"]),
        ("28-NQ/TW", ["28-NQ/TW"]),
        ("QPAN", ["quốc phòng, an ninh"]),
        ('"dân quân"~2', ["quân", "dân"]),
        ('"dân họp"~2', []),
        ("tít:sáng", []),
        ("-quân", []),
        ("năm:2022", []),
        ("", []),
    ],
)
def test_every_matched_form_is_marked_and_nothing_else(query: str, spans: list[str]) -> None:
    assert marked(query) == spans


def test_title_words_are_marked_in_titles_only() -> None:
    assert marked("tít:sáng", "Sáng nay", title=True) == ["Sáng"]


def test_the_window_with_most_of_the_query_is_shown() -> None:
    text = "Quân đi qua. " + "Không có gì ở đây cả. " * 40 + "Nghĩa vụ quân sự năm nay. " + "Hết chuyện rồi. " * 40
    lines, marks = snippet(Marker(plan("nghia vu quan su", Words()).query.match), text)
    assert "Nghĩa vụ quân sự" in [lines[a:b] for a, b in marks]
    assert lines.startswith("… ")
    assert lines.endswith(" …")


def test_a_text_without_matches_begins_at_its_beginning() -> None:
    lines, marks = snippet(Marker(plan("zzz", Words()).query.match), TEXT, length=30)
    assert TEXT.startswith(lines.removesuffix(" …").replace("\n", " "))
    assert marks == ()


def test_the_text_comes_out_plain() -> None:
    lines, _ = snippet(Marker(plan("quân", Words()).query.match), "quân <b>&amp; 'sự'</b>")
    assert lines == "quân <b>&amp; 'sự'</b>"


VIETNAMESE = st.lists(
    st.sampled_from(["quân", "Sự", "hoà", "đ", "k'mák", "7", "QK7", ", ", " ", "\n", "-", ". ", "…", "a", "’"])
).map("".join)


@example("00A´A0", "hoa", 5)  # an apostrophe of another kind joins as well
@given(VIETNAMESE | st.text(), st.sampled_from(["quân sự", "hoa", '"quân sự"', "7", "k'mák"]), st.integers(5, 60))
def test_a_snippet_never_cuts_a_syllable_and_its_marks_are_syllables(text: str, query: str, length: int) -> None:
    text = shown(text)
    lines, marks = snippet(Marker(plan(query, Words()).query.match), text, length)
    inner = lines.removeprefix("… ").removesuffix(" …")
    assert inner in text.replace("\n", " ")
    whole = {text[s.start : s.end] for s in syllables(text)}
    assert {lines[s.start : s.end] for s in syllables(lines)} <= whole
    starts = {s.start for s in syllables(lines)}
    assert all(start in starts and end <= len(lines) for start, end in marks)


@given(VIETNAMESE, st.sampled_from(["quân", "quan", "sự", "hòa", "hoa", "k'mak", "k", "7", "a", "đ"]))
def test_marks_are_what_the_index_would_match(text: str, word: str) -> None:
    text = shown(text)
    bare = word == fold(word)
    expected = [(s.start, s.end) for s in syllables(text) if (fold(s.text) if bare else s.text) == word]
    marker = Marker(plan(word, Words(), off=frozenset({"abbreviation"})).query.match)
    assert [span for span, _ in marker.finds(text)] == expected


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    text = shown(text)
    assume(not re.search("[\U00010000-\U0010ffff\ud800-\udfff]", text))
    folded = folded_text(text)
    assert len(folded) == len(text)
    assert all(fold(c) == f for c, f in zip("ăâđêôơư", folded_text("ăâđêôơư"), strict=True))
    assert folded_text(unicodedata.normalize("NFC", "Quốc Phòng")) == "quoc phong"
