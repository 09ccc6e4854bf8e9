"""Accents guessed from the words of the archive: they order, and only queries without any."""

from collections.abc import Iterator

import pytest

from indexer.search.query import plan
from indexer.search.query.guess import guesses
from indexer.text import syllables

WORDS = {"quốc_phòng": 90, "quốc_phong": 2, "quân_sự": 40, "quân_sử": 35, "bộ_chỉ_huy": 8, "phòng_không": 20}


class Held:
    def count(self) -> int:
        return 100

    def frequency(self, field: str, term: str) -> int:
        return dict(self.terms(field, term)).get(term, 0)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        single = {syllable: count for word, count in WORDS.items() for syllable in word.split("_")}
        held = {"word": WORDS, "syllable": single}.get(field, {})
        return ((term, count) for term, count in sorted(held.items()) if term.startswith(prefix))


def guessed(text: str) -> dict[str, float]:
    return {form: round(sure, 2) for form, sure in guesses(syllables(text), Held())}


@pytest.mark.parametrize(
    ("text", "accents"),
    [
        ("quoc phong", {"quốc": 1.0, "phòng": 0.98}),
        ("quan su", {"quân": 1.0}),
        ("bo chi huy", {"bộ": 1.0, "chỉ": 1.0, "huy": 1.0}),
        ("quoc, phong", {}),
        ("phong", {}),
        ("xyz abc", {}),
        ("", {}),
    ],
)
def test_words_that_agree_speak_for_the_accents_of_their_syllables(text: str, accents: dict[str, float]) -> None:
    assert guessed(text) == accents


def weights(text: str) -> dict[str, float]:
    return {s.term: s.weight for s in plan(text, Held()).query.scoring if s.field == "syllable"}


def test_a_guess_orders_queries_without_accents_and_no_others() -> None:
    assert weights("quoc phong")["quốc"] > 0
    assert "quốc" not in weights("quoc phòng")


def test_a_guess_never_decides_a_match() -> None:
    assert "quốc" not in str(plan("quoc phong", Held()).query.match)
