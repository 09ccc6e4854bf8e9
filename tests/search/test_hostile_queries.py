"""Whatever is typed, a page comes back, its figures agree, and the work it took is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.engine.port import Engine
from indexer.model import Found, Query
from indexer.search.service import search
from indexer.storage.index_folder import open_engine
from tests.profiles import examples

MOST_QUESTIONS = 60  # to the engine for one page, empty results with all their explanations included

PIECES = [
    "quân", "sự", "quan", "Kon Tum", "huấn*", "a*", "*", '"', "“", "”", "(", ")", "-", "- ", "=", " ", "~3", "~9999",
    " OR ", " HOẶC ", " NOT ", "AND", "tỉnh:", "tinhnay:", "năm:", "2020..", "..", "9999", "người:", "tít:", "nguồn:",
    "QPAN", "BCHQS", "xyzzy", "quoocs", "qua6n", "K'Mák", "́", "\u200b", "\x00", "\n", "\ud800", "😀", "Đ", "ð", "ﬁ",
    "İ", "%", "/", "\\", "<b>", "1,66", "28-NQ/TW",
]  # fmt: skip


class Counting:
    """The engine, and how often it was asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.questions = engine, 0

    def find(self, query: Query) -> Found:
        self.questions += 1
        return self.engine.find(query)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Iterator[Engine]:
    engine = open_engine(sample_index)
    yield engine
    engine.close()


typed = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.builds(lambda piece, times: piece * times, st.sampled_from(PIECES), st.integers(1, 600)),
)


@settings(max_examples=examples(1.5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=typed, widen=st.booleans(), page=st.integers(1, 3))
def test_any_query_gives_a_page_whose_figures_agree(engine: Engine, text: str, widen: bool, page: int) -> None:
    counting = Counting(engine)
    results = search(counting, text, widen=widen, page=page, facets=(("year", 500),))  # type: ignore[arg-type]
    assert counting.questions <= MOST_QUESTIONS
    assert len(results.hits) == min(10, max(0, results.total - 10 * (page - 1)))
    assert sum(value.count for value in results.facets[0].values) == results.total
    for hit in results.hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


@pytest.mark.parametrize("piece", PIECES)
def test_a_thousand_times_the_same_piece_gives_a_page(engine: Engine, piece: str) -> None:
    assert search(engine, piece * 1000).total <= engine.count()
