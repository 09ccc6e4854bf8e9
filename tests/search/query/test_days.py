"""Days of publication in a query: what is read as one, and which articles lie within."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import All, Between, Node, Not, Value
from indexer.search.query import plan
from indexer.search.query.days import Days, days, extent, within
from tests.search.query.test_reforms import Empty


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2025-07-01..", "2025-07-01", None),
        ("..2025-06-30", None, "2025-06-30"),
        ("1/7/2025..30/9/2025", "2025-07-01", "2025-09-30"),
        ("2025-07", "2025-07-01", "2025-07-31"),
        ("7/2025", "2025-07-01", "2025-07-31"),
        ("2024-02..2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-7-1", "2025-07-01", "2025-07-01"),
    ],
)
def test_a_span_is_read_at_its_own_precision(written: str, low: str | None, high: str | None) -> None:
    assert days(written) == Days(low, high)


@pytest.mark.parametrize(
    "written", ["", "..", "hôm qua", "2025-13", "31/2/2025", "2025-02-30..", "0/2025", "2025-07-02..2025-07-01",
                "1-7-2025", "2025-07-01...x", "0000-01-01"],
)  # fmt: skip
def test_what_is_no_span_of_days_is_none(written: str) -> None:
    assert days(written) is None


def holds(node: Node, key: str) -> bool:
    match node:
        case All(nodes):
            return all(holds(each, key) for each in nodes)
        case Not(inner):
            return not holds(inner, key)
        case Value(_, keys):
            return key in keys
        case Between(_, low, high):
            return (low or "") <= key and (high is None or key <= high)
    raise AssertionError(node)


DAYS = st.none() | st.dates(date(2023, 12, 1), date(2026, 2, 1)).map(date.isoformat)
# Bounds at the ends of months and years are where precision matters.
BOUNDS = DAYS | st.sampled_from(["2025-01-01", "2024-12-31", "2025-07-01", "2025-06-30", "2024-02-29", "2025-02-28"])


@given(BOUNDS, BOUNDS, st.dates(date(2023, 12, 1), date(2026, 2, 1)), st.sampled_from([4, 7, 10]))
def test_an_article_counts_where_all_the_days_it_may_be_of_lie_within(
    low: str | None, high: str | None, day: date, precision: int
) -> None:
    key = day.isoformat()[:precision]
    first, last = extent(key) or ("", "")
    inside = (low or "") <= first and last <= (high or "9999")
    assert holds(within(Days(low, high)), key) == inside


def test_a_query_asks_for_days_in_both_spellings_and_what_is_no_day_stays_words() -> None:
    node = plan("ngày:2025-07-01..2025-09-30", Empty()).query.match
    assert node == plan("ngay:1/7/2025..30/9/2025", Empty()).query.match == within(Days("2025-07-01", "2025-09-30"))
    assert plan("ngày:mai", Empty()).query.unread == ("ngày:mai",)
