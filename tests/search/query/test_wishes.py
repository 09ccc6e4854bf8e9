"""Quotation marks: a wish in a pasted headline, a condition where the reader sets them."""

import pytest

from indexer.model import Node, Phrase, Share
from indexer.search.query import plan
from indexer.search.query.marker import wanted
from tests.search.query.test_planner import Words, weights

HEADLINES = [
    '"Tiến lên - Vững bước": Hội thao quân sự tỉnh khép lại',
    "“Tiến lên - Vững bước”: hội thao quân sự tỉnh khép lại",
    'Hội thao “Vững bước” của dân quân các xã biên giới',
    'Xã vùng cao đón tân binh "mừng sinh nhật" trong doanh trại',
]
OWN = [
    '"dân quân" huấn luyện',
    '"dân quân tự vệ" Lạng Sơn',
    '"nền quốc phòng toàn dân vững mạnh của ta"',
    '="dân quân" huấn luyện ở các xã biên giới',
    '"dân quân"~5 huấn luyện ở các xã biên giới',
    '"dân quân" huấn luyện ở các xã biên giới năm:2022',
    '"dân quân" huấn luyện ở các xã biên giới -mưa',
    '("dân quân" OR "tự vệ") huấn luyện ở các xã biên giới',
]


def phrases(node: Node) -> list[Node]:
    return [leaf for leaf in wanted(node) if isinstance(leaf, Phrase)]


@pytest.mark.parametrize("text", HEADLINES)
def test_quotes_in_a_pasted_headline_are_a_wish_that_is_told(text: str) -> None:
    read = plan(text, Words(), off=frozenset({"abbreviation"}))
    assert isinstance(read.query.match, Share)
    assert not phrases(read.query.match)
    assert [a.kind for a in read.query.applied] == ["wish", "share"]
    assert {"vung buoc", "sinh nhat"} & weights(text, "pair").keys()


@pytest.mark.parametrize("text", HEADLINES)
def test_a_reader_can_make_them_a_condition_again(text: str) -> None:
    assert phrases(plan(text, Words(), off=frozenset({"wish"})).query.match)


@pytest.mark.parametrize("text", OWN)
def test_quotes_that_a_reader_sets_are_a_condition(text: str) -> None:
    read = plan(text, Words())
    assert phrases(read.query.match)
    assert "wish" not in [a.kind for a in read.query.applied]
