"""The dearest requests that a search over queries and routes finds stay within the budget, whatever they are."""

from __future__ import annotations

import random

import pytest

from search_app.web import budgets
from tests.archives import index_of
from tests.bench.budget import search

SYLLABLES = [f"{head}{tail}" for head in "bcdghklmntv" for tail in ("a", "an", "o", "ong", "i", "ich")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Articles of few different words, one of them of 400 kB: a query finds as much as it can."""
    chance = random.Random(1)
    sizes = [300] * 1_500 + [80_000]
    rows = ({"id": str(n), "title": " ".join(chance.choices(SYLLABLES, k=8)), "date": f"20{10 + n % 15}-03-01",
             "text": ". ".join(" ".join(chance.choices(SYLLABLES, k=20)) for _ in range(size // 20))}
            for n, size in enumerate(sizes))
    return index_of(tmp_path_factory.mktemp("dearest"), rows)


@pytest.mark.long
@pytest.mark.parametrize("elsewhere", [False, True])
def test_no_request_takes_much_more_than_its_budget_or_fails(make_app, folder, monkeypatch, elsewhere):
    monkeypatch.setattr(budgets, "HEAVY", float("inf"))
    app = make_app(folder, rate="0", request_seconds="1")
    app.extensions["archive"].make_ready()
    tried = [*search(app, 200, 1, elsewhere)]
    assert {each.status for each in tried} <= {200, 302, 400, 503}
    assert sum(each.status == 200 for each in tried) > 50
    dearest = max(tried, key=lambda each: each.seconds)
    assert dearest.seconds < 1.5, dearest
