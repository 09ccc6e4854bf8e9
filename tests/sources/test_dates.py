"""Which day a page or record gives for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sources.dates import date_in_url, from_machine_clock, read_date

READ = [
    ("2022-02-24", "2022-02-24"),
    ("2022-02", "2022-02"),
    ("2022", "2022"),
    (2022, "2022"),
    ("24/02/2022", "2022-02-24"),
    ("24.2.2022", "2022-02-24"),
    ("11-1-2023", "2023-01-11"),
    ("24/02/22", "2022-02-24"),
    ("2/24/2022 12:16:00 PM", "2022-02-24"),
    ("Thứ Năm, 24/02/2022 12:16", "2022-02-24"),
    ("12:16 - Thứ Năm, 24/02/2022", "2022-02-24"),
    ("Thứ ba, 20/10/2020, 00:10 (GMT+7)", "2020-10-20"),
    ("ngày 24 tháng 2 năm 2022", "2022-02-24"),
    ("15 Tháng Ba, 2023", "2023-03-15"),
    ("Tháng Ba 15, 2023", "2023-03-15"),
    ("Tháng Mười Hai 5, 2023", "2023-12-05"),
    ("Th3 15, 2023", "2023-03-15"),
    ("15 Th3 2023", "2023-03-15"),
    ("tháng 2/2022", "2022-02"),
    ("tháng 2 năm 2022", "2022-02"),
    ("năm 2022", "2022"),
    ("20220224", "2022-02-24"),
    (20220224, "2022-02-24"),
    ("20220224121600", "2022-02-24"),
    (1645680000, "2022-02-24"),
    (1645680000000, "2022-02-24"),
    ("1645680000", "2022-02-24"),
    ("2022-02-23T18:00:00Z", "2022-02-24"),
    ("2022-02-24T23:30:00+07:00", "2022-02-24"),
    ("2022-02-24T16:59:59.999Z", "2022-02-24"),
    ("2026-03-07T08:52:11.000 +07:00", "2026-03-07"),
    ("2012-12-23T14:02+07:00", "2012-12-23"),
    ("2022-02-24 23:30:00", "2022-02-24"),
    ("Wed, 23 Feb 2022 18:00:00 GMT", "2022-02-24"),
]
UNREAD: list[object] = [
    "",
    "hôm qua",
    "31/02/2022",
    "24/13/2022",
    "1945-09-02",
    "2999-01-01",
    None,
    True,
    [],
    {},
    "12:16",
    -1,
    1e300,
    float("nan"),
    10**400,
]
IN_URLS = [
    ("https://baoabc.vn/2022/02/24/tin-quan-su.html", "2022-02-24"),
    ("https://baoabc.vn/2022/02/tin-quan-su.html", "2022-02"),
    ("https://baoabc.vn/tin-quan-su-20220224.html", "2022-02-24"),
    ("https://baoabc.vn/tin-20220224123456.htm", "2022-02-24"),
    ("https://tuoitre.vn/tin-20260101084009247.htm", "2026-01-01"),
    ("https://thanhnien.vn/tin-185260304103917937.htm", "2026-03-04"),
    ("https://cafef.vn/tin-18826030622484142.chn", "2026-03-06"),
    ("http://www.baobariavungtau.com.vn/chinh-tri/202110/tri-an-936999/", "2021-10"),
    ("http://www.baoabc.com.vn/pages/20121219/tin.aspx", "2012-12-19"),
    ("http://baoabc.vn/thoi-su/hoi-nghi-nam-2023/177083.htm", None),
    ("https://baoabc.vn/tin-20229945.html", None),
    ("https://baoabc.vn/tin-4179131.html", None),
    ("https://baoabc.vn/19/12/tin.html", None),
    ("http://[bad", None),
]


@pytest.mark.parametrize(("given_date", "iso"), READ)
def test_a_date_is_read_at_its_own_precision_as_a_day_in_viet_nam(given_date: object, iso: str) -> None:
    assert read_date(given_date) == iso


@pytest.mark.parametrize("given_date", UNREAD, ids=lambda value: str(value)[:12])
def test_what_is_no_possible_date_is_none(given_date: object) -> None:
    assert read_date(given_date) is None


@pytest.mark.parametrize(("url", "iso"), IN_URLS)
def test_an_address_gives_a_date_only_where_one_is_plausible(url: str, iso: str | None) -> None:
    assert date_in_url(url) == iso


@pytest.mark.parametrize(
    ("time", "machine"),
    [
        ("2026-04-12T15:43:36.389858+07:00", True),
        ("2026-04-12T15:43:36.000000+07:00", False),
        ("2026-04-12T15:43:36.389Z", False),
    ],
)
def test_microseconds_betray_a_crawler_s_clock(time: str, machine: bool) -> None:
    assert from_machine_clock(time) is machine


@given(st.one_of(st.text(), st.integers(), st.floats(), st.from_regex(r"[0-9TZ:+./, -]{1,40}", fullmatch=True)))
def test_no_value_makes_the_reader_fail(value: object) -> None:
    assert read_date(value) is None or len(str(read_date(value))) in (4, 7, 10)


@given(st.text())
def test_no_address_makes_the_reader_fail(path: str) -> None:
    date_in_url(f"https://baoabc.vn/{path}")
