"""For a question, of articles with the same words that one comes first in which they stand close together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engine.port import Engine
from indexer.engine.whoosh import open_engine
from indexer.search.closeness import FIRST, WEIGHT, WINDOW, find
from indexer.search.query import plan
from indexer.search.service import run_queries, search
from tests.quality.relevance import built

FILLER = "nước non cây lá mây trời sông suối đồi núi gió mưa nắng hoa cỏ chim cá đá cát bờ bãi"
WORDS = "đại, đội, trưởng, dân, quân, biển"  # no pairs, which would tell the articles apart by themselves
LEAD = f"{FILLER}. " * 4
SCATTERED = LEAD + f" {FILLER}. ".join(WORDS.split(", "))
CLOSE = f"{LEAD} {WORDS}. {FILLER}. {FILLER}. {FILLER}. {FILLER}. {FILLER}. {FILLER}."
QUESTION = f"Ai là {WORDS}?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Many short articles with scattered words, which BM25 prefers, and a long one with the same words in a row."""
    rows = [(f"scattered-{n:02}", "", SCATTERED) for n in range(FIRST - 1)]
    rows += [("close", "", CLOSE), *((f"other-{n}", "", FILLER) for n in range(40))]
    folder: Path = tmp_path_factory.mktemp("closeness") / "index"
    engine = open_engine(built(rows, folder))
    yield engine
    engine.close()


def ids(engine: Engine, text: str, **options: object) -> list[str]:
    return [hit.entry.id for hit in search(engine, text, **options).hits]  # type: ignore[arg-type]


def test_an_article_with_the_words_of_a_question_in_one_place_comes_first(engine: Engine) -> None:
    assert ids(engine, QUESTION)[0] == "close"
    assert ids(engine, QUESTION, off={"question"})[0] != "close"


def test_the_order_is_one_on_pages_of_any_size_and_in_a_batch(engine: Engine) -> None:
    whole = ids(engine, QUESTION, limit=50)
    assert len(whole) == len(set(whole)) >= FIRST
    for limit in (3, 7, 10):
        pages = [id for page in range(1, 50 // limit) for id in ids(engine, QUESTION, page=page, limit=limit)]
        assert pages[: len(whole)] == whole[: len(pages)]
    [(_, batch)] = run_queries(engine, [("q", QUESTION)], 50)
    assert batch[:FIRST] == whole[:FIRST]


def test_scores_fall_along_the_result(engine: Engine) -> None:
    scores = [hit.score for hit in search(engine, QUESTION, limit=50).hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("text", [WORDS, '"quân, biển"', "nước non cây lá"])
def test_nothing_changes_for_what_is_no_question(engine: Engine, text: str) -> None:
    query = plan(text, engine).query
    assert find(engine, query) == engine.find(query)


def test_a_question_sorted_by_day_is_left_in_its_order(engine: Engine) -> None:
    assert ids(engine, QUESTION, sort="newest", limit=50)[-1] == "close"


def test_the_window_and_the_weight_are_those_that_were_measured() -> None:
    assert (WINDOW, WEIGHT, FIRST) == (20, 0.2, 10)
