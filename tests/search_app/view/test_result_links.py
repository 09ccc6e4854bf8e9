"""Offers of other names, as links of a result page."""

import pytest

from indexer.model import Offer
from indexer.search.saved_search import SavedSearch
from search_app.view.links import on_map
from search_app.view.result_links import offer_link
from tests.search.test_two_maps import folder

__all__ = ["folder"]  # pytest finds the fixture here


def test_an_offer_leads_to_its_query_and_its_filters_in_place_of_those_chosen() -> None:
    wanted = SavedSearch().changed(q="tuyển quân", province=("Gia Lai",), year=("2022",), page=3)
    offer = Offer("Gộp cả Bình Định trước 1/7/2025 (+3)", "tuyển quân", 3, {"province": ("Gia Lai", "Bình Định")})
    link = offer_link(wanted, offer)
    assert link.text == offer.label
    there = SavedSearch().changed(q="tuyển quân", province=("Bình Định", "Gia Lai"), year=("2022",))
    assert link.href == "/search?" + there.query_string()


def test_an_offer_can_take_a_filter_away() -> None:
    query = '(tỉnh:"Kon Tum" OR tỉnh:"Quảng Ngãi" ngày:2025-07-01..)'
    offer = Offer("Gộp cả Quảng Ngãi từ 1/7/2025 (+1)", query, 1, {"province": ()})
    link = offer_link(SavedSearch().changed(province=("Kon Tum",)), offer)
    assert link.href == "/search?" + SavedSearch(q=offer.text).query_string()


def test_an_offer_of_any_accents_widens_the_search_and_keeps_its_text() -> None:
    wanted = SavedSearch().changed(q="quôc phòng", year=("2022",))
    link = offer_link(wanted, Offer("viết với dấu khác (814)", "quoc phong", 814, kind="accents", count=815))
    assert link.href == "/search?" + wanted.changed(widen=True).query_string()


def test_the_days_of_publication_stand_in_the_address_and_on_the_page(folder, make_app):
    client = make_app(folder / "index").test_client()
    assert client.get("/api/search?from=1/7/2025&to=2025-12").json["total"] == 3
    assert client.get("/api/search?from=hôm qua").status_code == 400
    page = client.get("/search?q=nhập ngũ&from=2025-07-01").get_data(as_text=True)
    assert "Ngày đăng: từ 01/07/2025" in page and 'name="from" value="2025-07-01"' in page
    assert 'type="date" name="from"' in client.get("/facet/year?q=nhập ngũ").get_data(as_text=True)


def test_one_line_below_the_total_says_what_counts_and_switches_it(folder, make_app):
    client = make_app(folder / "index").test_client()
    strict = client.get("/search?q=nhập ngũ").get_data(as_text=True)
    assert "Bài có đủ các từ, đúng dấu." in strict
    assert 'off=all">Tính cả bài thiếu từ</a>' in strict
    wide = client.get("/search?q=nhập ngũ&off=all").get_data(as_text=True)
    assert "Bài có phần lớn các từ." in wide
    assert 'off=share">Chỉ tính bài đủ từ</a>' in wide
    assert "Bài có đủ các từ" not in client.get("/search?q=").get_data(as_text=True)


@pytest.mark.parametrize(("map_", "other", "chosen"), [
    ("province=Kon+Tum", "now", "province_now=Qu%E1%BA%A3ng+Ng%C3%A3i"),
    ("map=now&province_now=Qu%E1%BA%A3ng+Ng%C3%A3i", "then", "province=Kon+Tum&province=Qu%E1%BA%A3ng+Ng%C3%A3i"),
    ("province=%3F", "now", "province_now=%3F"),
])
def test_chosen_provinces_become_those_of_the_other_map(map_, other, chosen):
    search, _ = SavedSearch.parse(map_)
    assert chosen in on_map(search, other).query_string()
