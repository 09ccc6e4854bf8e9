"""A province that merged: each page counts by the map it shows, and offers the other."""

from __future__ import annotations

import re

import pytest

from tests.search_app.over_time import write_archive

ROW = re.compile(r'<a href="/provinces/([a-z-]+)">[^<]*<span class="count">(\d+)</span>')


@pytest.fixture(scope="module")
def reader(make_app, tmp_path_factory):
    return make_app(write_archive(tmp_path_factory.mktemp("eras"))).test_client()


def shown(reader, address):
    return reader.get(address).get_data(as_text=True)


def test_the_list_of_provinces_counts_each_era_by_its_own_map(reader):
    now, then = shown(reader, "/provinces").split("<h2>Trước 1/7/2025</h2>")
    now, then = dict(ROW.findall(now)), dict(ROW.findall(then))
    assert "kon-tum" not in now and int(now["quang-ngai"]) == int(then["kon-tum"]) > 0
    assert int(now["gia-lai"]) > int(then["gia-lai"])  # the articles since the reform


def test_switching_the_map_takes_the_chosen_province_along(reader):
    page = shown(reader, "/search?province=Kon+Tum")
    [other] = re.findall(r'href="([^"]+)"[^>]*>Địa giới hiện nay', page)
    assert "province_now=Qu%E1%BA%A3ng+Ng%C3%A3i" in other and "province=Kon" not in other


def test_the_map_offers_the_articles_under_other_names(reader):
    page = shown(reader, "/map?province=Quảng+Ngãi")
    assert "Gộp cả Kon Tum" in page and 'href="/map?' in page
