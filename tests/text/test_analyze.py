"""What Terms promise: parallel arrays, exact offsets, gaps between zones, words made of whole syllables."""

import importlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyze import LEAD_SYLLABLES, POSITION_GAP, analyze, analyze_all, words_of
from indexer.text.chunks import Reader
from indexer.text.normalize import fold, shown
from indexer.text.syllables import syllables
from tests.text.sentences import SENTENCES, anything, newslike

room = importlib.import_module("indexer.text.analyze")  # the package exports the function under this name

entities = st.lists(st.sampled_from(["Tây Ninh", "Chủ tịch UBND tỉnh", "K'Mák", "", "!"]), max_size=4)
articles = given(anything.map(shown), anything.map(shown), entities)


@articles
def test_an_article_has_the_syllables_of_its_parts(title: str, text: str, words: list[str]) -> None:
    terms = analyze(title, text, words)
    in_title, in_text = syllables(title), syllables(text)
    in_entities = [syllable for word in words for syllable in syllables(word)]
    expected = in_title + in_text + in_entities
    assert list(terms.syllables) == [syllable.text for syllable in expected]
    assert list(terms.folded) == [fold(syllable.text) for syllable in expected]
    assert list(terms.paired) == [syllable.paired for syllable in expected]
    shown_ones = in_title + in_text
    assert list(terms.starts) == [s.start for s in shown_ones] + [0] * len(in_entities)
    assert list(terms.ends) == [s.end for s in shown_ones] + [0] * len(in_entities)
    assert (terms.title, terms.body) == (len(in_title), len(shown_ones))
    assert terms.lead == terms.title + min(LEAD_SYLLABLES, len(in_text))


@articles
def test_positions_run_on_within_a_zone_and_leap_between_zones(title: str, text: str, words: list[str]) -> None:
    terms = analyze(title, text, words)
    sizes = [terms.title, terms.body - terms.title, *(len(syllables(word)) for word in words)]
    at = 0
    for size in sizes:
        zone = list(terms.positions[at : at + size])
        assert zone == list(range(zone[0], zone[0] + size)) if zone else True
        if zone and at:
            assert zone[0] - terms.positions[at - 1] > POSITION_GAP
        at += size


@articles
def test_every_syllable_is_in_exactly_one_word(title: str, text: str, words: list[str]) -> None:
    terms = analyze(title, text, words)
    bounds = [*terms.word_at, len(terms.syllables)]
    assert len(terms.words) == len(terms.word_at)
    spelled = ["_".join(terms.syllables[a:b]) for a, b in pairwise(bounds)]
    assert spelled == list(terms.words)
    assert not terms.words or terms.word_at[0] == 0
    assert all("" not in word.split("_") for word in terms.words)


@given(st.lists(st.tuples(anything.map(shown), newslike.map(shown), entities), max_size=5))
def test_articles_read_at_once_are_as_read_alone(several: list[tuple[str, str, list[str]]]) -> None:
    assert analyze_all(several) == [analyze(*article) for article in several]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bộ chỉ huy quân sự", ["bộ", "chỉ_huy", "quân_sự"]),
        ("hòa bình", ["hòa_bình"]),
        ("hoà bình", ["hòa_bình"]),
        ("Ông K'Mák đến", ["ông", "k'mák", "đến"]),
        ("12,5 %", ["12_5"]),
        ("quân, sự", ["quân", "sự"]),
        ("", []),
        ("!!!", []),
    ],
)
def test_words_are_whole_syllables(text: str, words: list[str]) -> None:
    assert [word for word, _ in words_of(text)] == words


def test_a_table_that_is_full_is_begun_anew_and_reads_the_same(monkeypatch) -> None:
    expected = [analyze(sentence, sentence) for sentence in SENTENCES]
    small = Reader(room.take_apart, limit=5)
    monkeypatch.setattr(room, "reader", lambda: small)
    assert [analyze(sentence, sentence) for sentence in SENTENCES] == expected
    assert len(small.chunks.numbers) < 100


def test_threads_may_share_what_has_been_read(monkeypatch) -> None:
    texts = [f"{sentence} {n} {sentence[n:]}" for n in range(40) for sentence in SENTENCES]
    expected = [analyze("", text) for text in texts]
    fresh = Reader(room.take_apart, limit=200)
    monkeypatch.setattr(room, "reader", lambda: fresh)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(lambda text: analyze("", text), texts)) == expected
    finally:
        sys.setswitchinterval(interval)


def test_reading_vietnamese_imports_neither_pyvi_nor_scikit_learn() -> None:
    program = (
        "import sys; from indexer.text import analyze; analyze('Quân sự', 'quốc phòng');"
        "print([m for m in ('pyvi', 'sklearn', 'pycrfsuite', 'scipy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
