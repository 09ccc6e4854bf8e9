"""Other readings of a query that finds nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Found, Query
from indexer.search.query import plan
from indexer.search.query.correct import SWITCHES, readings
from indexer.search.query.spelling import distance, respelled, variant
from indexer.text import fold

HELD = {
    "folded": {"quan": 9, "su": 9, "huan": 5, "luyen": 4, "nghiem": 3, "an": 9},
    "syllable": {"quân": 8, "quan": 2, "sự": 9, "huấn": 5, "luyện": 4, "sĩ": 7, "sỹ": 2, "nghiêm": 3},
    "pair": {"huan luyen": 4, "quan su": 8},
}


class Held:
    def count(self) -> int:
        return 10

    def frequency(self, field: str, term: str) -> int:
        return HELD.get(field, {}).get(term, 0)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return ((term, n) for term, n in sorted(HELD.get(field, {}).items()) if term.startswith(prefix))


    def find(self, query: Query) -> Found:
        """Only pairs are asked for: as many articles as hold both syllables beside each other."""
        words = query.match.words
        return Found(HELD["pair"].get(" ".join(fold(word.text) for word in words), 0) if all(
            word.text in HELD["syllable"] for word in words) else 0, ())


@pytest.mark.parametrize(
    ("text", "kind", "reading"),
    [
        ("quaan suwj", "typing", "quân sự"),
        ("nguyen van", "typing", None),
        ("hua61n luye65n", "typing", "huấn luyện"),
        ("bác sỹ", "variant", "bác sĩ"),
        ("hunấ luyện", "spelling", "huấn luyện"),
        ("hun luyen", "spelling", "huan luyen"),
        ("quân sư", "marks", "quân sự"),
        ("quân sư", "accents", "quân sư"),
        ("quânsự", "spaces", "quân sự"),
        ("huanluyen", "spaces", "huan luyen"),
        ("quân sự", "share", "quân sự"),
        ('"sự quân"', "phrase", "sự quân"),
        ('"sự quân" năm:2022 tít:"huấn luyện" -"an sự"', "phrase", 'sự quân năm:2022 tít:"huấn luyện" -"an sự"'),
    ],
)
def test_each_kind_of_reading(text: str, kind: str, reading: str | None) -> None:
    found = {r.applied.kind: r.text.strip() for r in readings(plan(text, Held()), Held())}
    assert found.get(kind) == reading


def test_a_reading_switched_off_is_not_taken() -> None:
    kinds = {r.applied.kind for r in readings(plan("quaan suwj", Held()), Held(), frozenset({"typing"}))}
    assert "typing" not in kinds


def test_every_reading_has_a_sentence_for_the_reader() -> None:
    assert all(r.applied.label for r in readings(plan('quaan suwj "x y"', Held()), Held()))


def test_spelling_proposes_only_what_articles_hold_and_neighbours_decide() -> None:
    assert respelled(["hoan", "luyen"], Held(), accents=False) == {"hoan": "huan"}
    assert respelled(["xyz"], Held(), accents=False) == {}


def test_short_words_are_never_respelled_wildly() -> None:
    assert respelled(["x"], Held(), accents=True) == {}


@pytest.mark.parametrize(
    ("word", "other", "edits"),
    [("huan", "huan", 0), ("huna", "huan", 1), ("luyenn", "luyen", 1), ("nghime", "nghiem", 1), ("hualn", "huan", 1),
     ("nguhyem", "nghiem", 2), ("", "an", 2)],
)
def test_distance_counts_letters_left_out_put_in_changed_and_swapped(word: str, other: str, edits: int) -> None:
    assert distance(word, other) == distance(other, word) == edits


@pytest.mark.parametrize(
    "text", ["a" * 500, "ngh" * 300, "nghiexx " * 60, " ".join(f"xyza{'bcdegh'[n % 6]}{'lmno' * n}" for n in range(60))]
)
def test_looking_for_another_spelling_is_bounded_whatever_is_typed(text: str) -> None:
    class Counting(Held):
        asked = 0

        def frequency(self, field: str, term: str) -> int:
            self.asked += 1
            return super().frequency(field, term)

    lexicon = Counting()
    respelled(text.split(), lexicon, accents=True)
    assert lexicon.asked < 4000


def test_i_and_y_follow_the_archive() -> None:
    assert variant("sỹ", Held()) == "sĩ"
    assert variant("sĩ", Held()) is None


def test_every_kind_that_can_be_switched_off_is_documented() -> None:
    told = (Path(__file__).parents[3] / "docs" / "query-language.md").read_text(encoding="utf-8")
    table = told.partition("## What is read on your behalf")[2].partition("**Weighed**")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(SWITCHES) - {"all", "english"}
    assert "`off=all`" in told and "english" in told
