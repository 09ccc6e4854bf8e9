"""Offers of other names, as links of a result page."""

from indexer.search import Offer
from search_app.links import offered
from search_app.params import Request


def test_an_offer_leads_to_its_query_and_its_filters_in_place_of_those_chosen() -> None:
    wanted = Request(q="tuyển quân", province=("Gia Lai",), year=("2022",), page=3)
    offer = Offer("Gộp cả Bình Định trước 1/7/2025 (+3)", "tuyển quân", 3, {"province": ("Gia Lai", "Bình Định")})
    link = offered(wanted, offer)
    assert link.text == offer.label
    there = Request(q="tuyển quân", province=("Bình Định", "Gia Lai"), year=("2022",))
    assert link.href == "/search?" + there.query_string()


def test_an_offer_can_take_a_filter_away() -> None:
    query = '(tỉnh:"Kon Tum" OR tỉnh:"Quảng Ngãi" năm:2025..)'
    offer = Offer("Gộp cả Quảng Ngãi từ năm 2025 (+1)", query, 1, {"province": ()})
    link = offered(Request(province=("Kon Tum",)), offer)
    assert link.href == "/search?" + Request(q=offer.text).query_string()
