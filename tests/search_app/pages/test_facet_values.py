"""The page of all values of a facet: looking among them, their order, their pages; everything by a plain form."""

from __future__ import annotations

import html as markup
import re

import pytest

from search_app.pages import facet_values
from tests.archives import index_of

NAMES = ["Lê Văn Ánh", "Trần Thị Đào", "Nguyễn Văn Dũng", "Phạm Hồng Đức", "Y Bia", "Hà Văn An", "Vũ Thị Ấm"]
PLACES = ["Hồ Chí Minh", "Hà Nội", "Đồng Nai", "Gia Lai", "Kon Tum", "An Giang", "Đắk Lắk"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("choosing")
    rows = [
        {"id": f"{at}-{n}", "title": f"Tin {n} tỉnh {place}", "date": f"2022-01-{n + 1:02}",
         "text": f"Đại tá {name}, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh {place} chủ trì. Tin thứ {n} của {place}."}
        for at, (name, place) in enumerate(zip(NAMES, PLACES, strict=True)) for n in range(at + 1)
    ]  # fmt: skip
    return index_of(folder, rows)


@pytest.fixture
def client(folder, make_app):
    return make_app(folder).test_client()


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return markup.unescape(response.get_data(as_text=True))


def labels(client, address):
    return re.findall(r'type="checkbox"[^>]*><span>([^<]+?) ?<', page(client, address))


def test_people_stand_by_given_name_as_a_dictionary_has_them(client):
    expected = ["Hà Văn An", "Lê Văn Ánh", "Vũ Thị Ấm", "Y Bia", "Nguyễn Văn Dũng", "Trần Thị Đào", "Phạm Hồng Đức"]
    assert labels(client, "/facet/official?order=name") == expected


def test_places_stand_by_letter_and_ho_chi_minh_city_is_never_bare(client):
    shown = labels(client, "/facet/province?order=name")
    assert shown == ["An Giang", "Đắk Lắk", "Đồng Nai", "Gia Lai", "Hà Nội", "TP Hồ Chí Minh", "Kon Tum"]


def test_commonest_first_unless_asked_otherwise(client):
    counts = re.findall(r"<b>(\d+)</b>", page(client, "/facet/province"))
    assert list(map(int, counts)) == sorted(map(int, counts), reverse=True)
    assert labels(client, "/facet/province?order=odd") == labels(client, "/facet/province")


@pytest.mark.parametrize(
    ("find", "found"),
    [
        ("van", {"Lê Văn Ánh", "Nguyễn Văn Dũng", "Hà Văn An"}),
        ("VĂN", {"Lê Văn Ánh", "Nguyễn Văn Dũng", "Hà Văn An"}),
        ("đao", set()),
        ("dao", {"Trần Thị Đào"}),
        ("kon tum", {"Y Bia"}),
        ("khong co", set()),
    ],
)
def test_values_are_found_in_any_case_and_accents_count_where_typed(client, find, found):
    assert set(labels(client, f"/facet/official?find={find}")) == found


def test_pages_deal_out_every_value_once(client, monkeypatch):
    monkeypatch.setattr(facet_values, "LISTED", 3)
    pages = [labels(client, f"/facet/official?order=name&at={at}") for at in (1, 2, 3)]
    assert [len(each) for each in pages] == [3, 3, 1]
    assert len({name for each in pages for name in each}) == len(NAMES)
    assert labels(client, "/facet/official?order=name&at=99") == pages[2]
    assert 'name="at" value="2"' in page(client, "/facet/official?at=1")
    assert "Trang trước" not in page(client, "/facet/official?at=1")


def test_what_is_ticked_elsewhere_is_carried_along(client):
    html = page(client, "/facet/official?find=dao&official=lê văn ánh@Hồ Chí Minh&q=Tin&year=2022")
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]+)"', html))
    assert carried == {"q": "Tin", "year": "2022", "official": "lê văn ánh@Hồ Chí Minh"}


def test_what_is_ticked_and_listed_is_ticked_not_carried(client):
    html = page(client, "/facet/official?official=lê văn ánh@Hồ Chí Minh")
    assert 'value="lê văn ánh@Hồ Chí Minh" checked' in html and 'type="hidden"' not in html


def test_the_result_page_keeps_a_plain_address(client):
    answer = client.get("/search?q=Tin&year=2022&find=dao&order=name&at=1")
    assert answer.headers["Location"] == "/search?q=Tin&year=2022"


def test_the_page_is_kept_from_crawlers(client):
    assert '<meta name="robots" content="noindex, nofollow">' in page(client, "/facet/official")
    assert "Disallow: /facet/" in client.get("/robots.txt").get_data(as_text=True)


@pytest.mark.parametrize("facet", ["post_class", "post_level"])
def test_class_and_level_of_posts_are_facets(client, facet):
    assert labels(client, f"/facet/{facet}") == {"post_class": ["quân đội"], "post_level": ["tỉnh"]}[facet]
    assert f'name="{facet}"' in page(client, "/search?q=Tin")
