"""The gate: how well pages in real sites' layouts are taken apart must not fall, nor behind trafilatura."""

from __future__ import annotations

import re

import pytest

from tests.quality.pages.made import Page, layouts, pages
from tests.quality.pages.score import Score, letters, ours, score, trafilatura_s


@pytest.fixture(scope="module")
def every() -> list[Page]:
    return list(pages())


@pytest.fixture(scope="module")
def mine(every: list[Page]) -> Score:
    return score(every, ours)


def test_there_are_enough_pages_in_the_layouts_of_enough_sites(every: list[Page]) -> None:
    assert len({made.site for made in layouts()}) >= 40
    assert sum(not page.is_list for page in every) >= 80


def test_every_label_is_on_its_page(every: list[Page]) -> None:
    for page in every:
        shown = re.sub(r"<[^<>]{1,200}>", " ", page.markup)
        assert letters(page.title) in letters(shown), page.name
        assert all(line in page.markup for line in page.text), page.name


def test_titles_dates_and_authors_are_right(mine: Score) -> None:
    assert mine.title >= 0.99
    assert (mine.date_wrong, mine.author_wrong) == (0, 0)
    assert mine.date_right >= 0.98
    assert mine.author_right >= 0.98


def test_no_article_is_lost_and_no_list_is_taken_for_one(mine: Score) -> None:
    assert (mine.lost, mine.lists) == (0, 0)


def test_the_text_is_whole_and_nothing_else(mine: Score) -> None:
    assert mine.precision >= 0.98
    assert mine.recall >= 0.98


def test_the_text_is_better_than_trafilatura_s(every: list[Page], mine: Score) -> None:
    pytest.importorskip("trafilatura", reason="pip install trafilatura, to score beside it")
    assert mine.f1 >= score(every, trafilatura_s).f1 + 0.03
