"""What a table promises its reader: samples that say so, stop words, order, and no more of a text than may be seen."""

from __future__ import annotations

import pytest

from indexer.model import budget
from indexer.search.kwic import kwic
from indexer.search.saved_search import SavedSearch
from indexer.search.statistics import collocates as tables
from indexer.search.statistics import files, frequency, keyness
from indexer.search.statistics.lines import Near
from indexer.search.statistics.neighbours import Reach
from indexer.search.statistics.nodes import NoPlaces
from tests.search.statistics.archives import index_of
from tests.search.statistics.naive import Text

MANY = [Text(f"b{at:02}", ["tin"], ["dân_quân", "huấn_luyện", *(["giỏi"] if at % 2 else ["của"])]) for at in range(40)]
EVERYTHING = tables.Wish(order="joint", minimum=1, stop_words=True, limit=100)


def test_a_sample_says_so_and_the_same_seed_draws_the_same():
    engine = index_of(MANY, 3)
    once, again, other = (tables.collocates(engine, SavedSearch(q="dân quân"), wish=EVERYTHING, seed=seed, most=10)
                          for seed in (1, 1, 2))
    assert once.read == again.read and once.read.is_sample and (once.read.articles, once.read.read) == (40, 10)
    assert once.rows == again.rows and once.places == 10
    assert other.read.seed == 2 and other.places == 10
    whole = tables.collocates(engine, SavedSearch(q="dân quân"), wish=EVERYTHING)
    assert not whole.read.is_sample and whole.places == 40


def test_the_draw_does_not_depend_on_the_order_of_the_index():
    one, other = index_of(MANY), index_of(MANY[::-1], 4)
    read = [set(engine.forward_words(tables.as_asked(engine, "dân quân", {}, 0)[0], 7, 3).ids)
            for engine in (one, other)]
    assert read[0] == read[1] and len(read[0]) == 7


def test_in_a_sample_the_corpus_is_scaled_with_it():
    engine = index_of(MANY)
    found = tables.collocates(engine, SavedSearch(q="dân quân"), wish=EVERYTHING, most=10)
    assert found.corpus == pytest.approx(40 * 3 * 10 / 40, abs=2)


@pytest.mark.parametrize(("stop", "listed"), [(False, {"huấn luyện", "giỏi", "tin"}),
                                              (True, {"huấn luyện", "giỏi", "tin", "của"})])
def test_function_words_are_listed_only_if_asked_for(stop, listed):
    wish = frequency.Wish(stop_words=stop)
    assert {row.word for row in frequency.frequencies(index_of(MANY), SavedSearch(), wish=wish).rows} == {
        "dân quân", *listed}


def test_equal_scores_follow_the_vietnamese_alphabet():
    engine = index_of([Text("a", [], ["đá", "ăn", "da", "đà", "âm", "dân"])])
    assert [row.word for row in frequency.frequencies(engine, SavedSearch()).rows] == [
        "ăn", "âm", "da", "dân", "đà", "đá"]


def test_a_row_that_few_articles_hold_is_left_out_for_those_who_may_not_read_them():
    texts = [*MANY[:4], Text("z", [], ["dân_quân", "bí_mật", "riêng"])]
    engine = index_of(texts)
    wish = tables.Wish(minimum=1, least_articles=2, stop_words=True, order="joint")
    assert "bí mật" not in {row.word for row in tables.collocates(engine, SavedSearch(q="dân quân"), wish=wish).rows}
    pairs = frequency.frequencies(engine, SavedSearch(), wish=frequency.Wish(size=2, least_articles=2))
    assert {row.word for row in pairs.rows} == {"dân quân huấn luyện", "huấn luyện giỏi"}


def test_more_than_three_words_in_a_row_are_not_counted():
    with pytest.raises(ValueError, match="only of 1 to 3"):
        frequency.frequencies(index_of(MANY[:1]), SavedSearch(), wish=frequency.Wish(size=4))


@pytest.mark.parametrize("q", ["", "năm:2024", '"dân luyện"~3'])
def test_a_query_without_places_has_no_collocates(q):
    with pytest.raises(NoPlaces):
        tables.collocates(index_of(MANY[:3]), SavedSearch(q=q))


@pytest.mark.parametrize("ask", [
    lambda engine: tables.collocates(engine, SavedSearch(q="dân quân")),
    lambda engine: keyness.keyness(engine, SavedSearch(q="dân quân")),
    lambda engine: frequency.frequencies(engine, SavedSearch(), wish=frequency.Wish(size=2)),
])
def test_what_costs_more_than_the_budget_is_refused_before_it_begins(ask):
    engine = index_of(MANY)
    engine.word_counts(tables.as_asked(engine, "tin", {}, 0)[0], 1)  # what serves all requests is made
    with budget.within(budget.Budget(1e-9, 1 << 30)), pytest.raises(budget.OverBudget):
        ask(engine)


def test_a_near_word_keeps_only_the_lines_that_have_it():
    engine = index_of([Text("a", ["dân_quân", "giỏi"], ["giỏi", "dân_quân", "tin", "dân_quân"])])
    near = Near("giỏi", Reach("word", "left", 1))
    found = kwic(engine, "dân quân", near=near)
    assert found.total_lines == 1 and found.lines[0].zone == "text"
    assert kwic(engine, "dân quân", near=Near("không có", near.reach)).total_lines == 0


def test_file_and_json_have_the_same_figures():
    found = tables.collocates(index_of(MANY), SavedSearch(q="dân quân"))
    lines, data = files.as_lines(found), files.as_json(found)
    assert [tuple(row.values()) for row in data["rows"]] == list(lines.rows)
    assert data["read"] == {"articles": 40, "read": 40, "seed": 1, "sample": False}
