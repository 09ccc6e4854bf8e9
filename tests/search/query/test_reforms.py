"""Former and present names of provinces and units: what is offered for them."""

from collections.abc import Iterator

import pytest

from indexer.entities.places import Era
from indexer.search.query import plan
from indexer.search.query.reforms import change, widenings


class Empty:
    def count(self) -> int:
        return 0

    def frequency(self, field: str, term: str) -> int:
        return 0

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        return iter(())


def offered(text: str) -> list[str]:
    read = plan(text, Empty())
    return [each.applied_to(text) for each in widenings(read.tree, read.bare)]


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("tuyển quân Kon Tum", 'tuyển quân (Kon Tum OR tỉnh:"Quảng Ngãi" ngày:2025-07-01..)'),
        ("kon tum tuyen quan", '(kon tum OR tỉnh:"Quảng Ngãi" ngày:2025-07-01..) tuyen quan'),
        ('tỉnh:"Gia Lai" dân quân', '(tỉnh:"Gia Lai" OR tỉnh:"Bình Định") dân quân'),
        ("tỉnh:lâm đồng", '(tỉnh:"Lâm Đồng" OR tỉnh:"Bình Thuận" OR tỉnh:"Đắk Nông")'),
        ('"Bà Rịa - Vũng Tàu"', '("Bà Rịa - Vũng Tàu" OR tỉnh:"Hồ Chí Minh" ngày:2025-07-01..)'),
        ("Hà Nội", '(Hà Nội OR tỉnh:"Hà Tây")'),
        ("Sông Bé", '(Sông Bé OR tỉnh:"Bình Dương" OR tỉnh:"Bình Phước")'),
        ("song be", '(song be OR tỉnh:"Bình Dương" OR tỉnh:"Bình Phước")'),
        ("biên phòng tỉnh Minh Hải", 'biên phòng (tỉnh Minh Hải OR tỉnh:"Cà Mau" OR tỉnh:"Bạc Liêu")'),
        ("Ban CHQS huyện", '(Ban CHQS OR "Ban Chỉ huy phòng thủ khu vực") huyện'),
        (
            "Ban Chỉ huy phòng thủ khu vực",
            '(Ban Chỉ huy phòng thủ khu vực OR "Ban CHQS huyện" OR "Ban Chỉ huy quân sự huyện" OR "Ban CHQS quận"'
            ' OR "Ban Chỉ huy quân sự quận" OR "Ban CHQS thị xã" OR "Ban Chỉ huy quân sự thị xã"'
            ' OR "Ban CHQS thành phố" OR "Ban Chỉ huy quân sự thành phố")',
        ),
        ("Ban Chỉ huy BĐBP", '(Ban Chỉ huy BĐBP OR "Bộ Chỉ huy BĐBP" OR "Bộ Chỉ huy Bộ đội Biên phòng")'),
        ("ban chi huy quan su", '(ban chi huy quan su OR "Ban Chi huy phong thu khu vuc")'),
    ],
)
def test_the_name_of_the_other_map_is_offered_beside_the_one_typed(text: str, wider: str) -> None:
    assert offered(text) == [wider]


@pytest.mark.parametrize("text", ["Cao Bằng", "Huế", "Thừa Thiên Huế", "Sơn là", "Gia lại", "dân quân", "-tỉnh:Kon",
                                  "đồng bằng sông Cửu Long", "ông Minh Hải"])
def test_nothing_is_offered_for_a_province_that_never_changed_or_for_other_words(text: str) -> None:
    assert offered(text) == []


@pytest.mark.parametrize("text", ["tuyển quân Kon Tum", "tinh:kon tum", "Hà Nội", "ban chi huy quan su"])
def test_what_is_offered_can_be_read(text: str) -> None:
    [wider] = offered(text)
    read = plan(wider, Empty())
    assert read.query.unread == ()
    assert read.bare == plan(text, Empty()).bare


def test_the_day_of_a_change_is_the_one_after_the_last_of_an_era() -> None:
    days = {"2025-06-30": "1/7/2025", "2024-12-31": "1/1/2025", "2008-07-31": "1/8/2008", "2026-04-29": "30/4/2026"}
    assert {until: change(Era("", "", "", "", until, "", "")) for until in days} == days
