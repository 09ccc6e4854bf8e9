"""What a query costs is known before a posting is read, and a query that costs too much is not begun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engine import cost, matching
from indexer.engine.cost import estimate
from indexer.engine.whoosh import WhooshEngine
from indexer.model import All, AnyOf, Not, Phrase, Prefix, Query, Share, Value, Word, budget
from indexer.model.budget import Budget, OverBudget
from indexer.storage.index_folder import current_folder
from tests.archives import index_of

SENTENCE = "Đơn vị của huyện và xã họp bàn việc của dân quân, của tự vệ và của lực lượng dự bị tại thôn số {}. "
ROWS = [{"id": str(n), "title": f"Bài {n}", "text": SENTENCE.format(n) * 30, "date": "2023-01-01"} for n in range(60)]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    return WhooshEngine.open(current_folder(index_of(tmp_path_factory.mktemp("cost"), ROWS)))


def near(*words):
    return Phrase(tuple(map(Word, words)), 99)


words = st.sampled_from(["của", "và", "dân", "quân", "xã", "khôngcó"]).map(Word)
leaves = words | st.lists(words, min_size=2, max_size=4).map(lambda w: Phrase(tuple(w), 0)) | st.lists(
    words, min_size=2, max_size=4).map(lambda w: Phrase(tuple(w), 9)) | st.sampled_from(["c", "đ"]).map(Prefix)
trees = st.recursive(leaves, lambda inner: st.lists(inner, min_size=1, max_size=3).map(tuple).flatmap(
    lambda nodes: st.sampled_from([All(nodes), AnyOf(nodes), Share(nodes, 0.5), Not(nodes[0])])), max_leaves=8)


@given(trees, trees)
def test_more_to_find_never_costs_less(engine, one, other):
    engine.clear_cache()
    both = estimate(engine._index, AnyOf((one, other)))
    assert both.seconds >= estimate(engine._index, one).seconds > 0
    assert both.size >= estimate(engine._index, one).size


@pytest.mark.parametrize(("cheap", "dear"), [
    (Word("thôn"), near("của", "và")),
    (Phrase((Word("của"), Word("huyện"))), near("của", "huyện")),
    (near("của", "và"), near("của", "và", "quân")),
    (Word("thôn"), Prefix("t")),
])
def test_a_window_costs_more_than_a_phrase_and_a_prefix_more_than_a_word(engine, cheap, dear):
    engine.clear_cache()
    assert estimate(engine._index, cheap).seconds < estimate(engine._index, dear).seconds


def test_what_was_found_before_costs_nothing(engine):
    node = near("của", "và")
    engine.clear_cache()
    before = estimate(engine._index, node)
    engine.find(Query(match=node))
    assert before.seconds > 0 and estimate(engine._index, node).seconds == 0


@pytest.mark.parametrize("node", [near("của", "và"), AnyOf((near("của", "và"), Word("dân"))), Value("year", ("2023",))])
def test_a_query_over_budget_is_refused_before_it_begins(engine, node):
    engine.clear_cache()
    with budget.within(Budget(1e-9, 1 << 30)) as held, pytest.raises(OverBudget, match="work"):
        engine.find(Query(match=node))
    assert held.planned == 0 and not engine._index.match_cache.holds(node)


def test_a_query_that_would_hold_too_much_at_once_is_refused(engine):
    engine.clear_cache()
    with budget.within(Budget(10, 10_000)), pytest.raises(OverBudget, match="memory"):
        engine.find(Query(match=near("của", "và")))
    assert engine.find(Query(match=near("của", "và"))).total == len(ROWS)


def test_every_kind_of_node_has_a_cost():
    assert cost.RULES.keys() == matching.RULES.keys()
