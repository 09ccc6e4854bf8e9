"""A figure says what it shows without its page, in SVG and PNG, and its numbers come as CSV."""

from __future__ import annotations

import struct
from itertools import takewhile
from xml.etree import ElementTree

import pytest

from tests.search_app.over_time import rows_of, total, write_archive

ASKED = "q=tuyển+quân&province=Gia+Lai"
PATHS = ["/timeline", "/map", "/silence", "/compare"]


@pytest.fixture(scope="module")
def reader(make_app, tmp_path_factory):
    return make_app(write_archive(tmp_path_factory.mktemp("figures"))).test_client()


def svg(reader, address):
    response = reader.get(address)
    assert response.status_code == 200 and response.mimetype == "image/svg+xml"
    return ElementTree.fromstring(response.get_data())


def texts(tree):
    return [" ".join(element.itertext()) for element in tree.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_figure_names_query_filters_sources_day_and_link(reader, path, prefix):
    said = " ".join(texts(svg(reader, f"{prefix}{path}.svg?{ASKED}")))
    assert "tuyển quân" in said and "Gia Lai" in said
    assert ("nguồn" in said or "newspapers" in said) and "http://localhost" in said


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("asked", ["q=tuyển+quân", "q=huấn+luyện&map=now", "q=khongcogi", "show=share&q=quân&q=tỉnh"])
def test_every_shape_has_a_colour(reader, path, asked):
    for element in svg(reader, f"{path}.svg?{asked}").iter():
        assert element.get("fill") is None or element.get("fill") == "none" or element.get("fill")[:1] in "#u"
        assert element.get("fill") != "" and element.get("stroke") != ""


@pytest.mark.parametrize("path", ["/map", "/silence"])
def test_a_cell_on_few_articles_has_a_hatched_edge_and_the_caption_says_so(reader, path):
    drawn, page = svg(reader, f"{path}.svg?q=tuyển+quân"), reader.get(f"{path}?q=tuyển+quân").get_data(as_text=True)
    assert any(element.get("fill") == "url(#few)" for element in drawn.iter())
    assert any("vạch chéo" in text for text in texts(drawn)) and 'few"' in page


@pytest.mark.parametrize("path", ["/timeline", "/map", "/silence"])
def test_its_link_leads_to_as_many_articles_as_it_says(reader, path):
    said = texts(svg(reader, f"{path}.svg?{ASKED}"))
    at = next(at for at, text in enumerate(said) if text.startswith("http://localhost"))
    link = said[at] + "".join(takewhile(lambda text: " " not in text, said[at + 1:]))  # a long one has several lines
    origin = next(text for text in said if "lập ngày" in text)
    assert int(origin.split(" bài")[0]) == total(reader, link.removeprefix("http://localhost"))


@pytest.mark.parametrize("path", PATHS)
def test_a_png_is_twice_the_size_of_the_svg(reader, path):
    tree = svg(reader, f"{path}.svg?{ASKED}")
    data = reader.get(f"{path}.png?{ASKED}").get_data()
    assert data.startswith(b"\x89PNG") and struct.unpack(">I", data[16:20])[0] == 2 * int(tree.get("width"))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_the_package_a_png_leads_to_the_svg(reader, path, prefix, monkeypatch):
    monkeypatch.setattr("search_app.view.figures.find_spec", lambda name: None)
    assert reader.get(f"{prefix}{path}.png?{ASKED}").location.startswith(f"{prefix}{path}.svg?")
    assert "PNG" not in reader.get(f"{path}?{ASKED}").get_data(as_text=True)


@pytest.mark.parametrize("path", PATHS)
def test_hostile_words_stay_words(reader, path):
    tree = svg(reader, f"{path}.svg?q=<script>alert(1)</script>&province=\"><image+href=x>")
    assert not [each for each in tree.iter() if each.tag.endswith(("script", "image"))]


@pytest.mark.parametrize("path", PATHS)
def test_a_long_query_stays_within_the_figure(reader, path):
    tree = svg(reader, f"{path}.svg?q={'+'.join(['quân'] * 150)}")
    assert int(tree.get("height")) < 2000 and max(map(len, texts(tree))) < 600


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_offers_its_figure_and_numbers_for_the_same_search(reader, path, prefix):
    page = reader.get(f"{prefix}{path}?q=tuyển+quân&year=2024").get_data(as_text=True)
    for ending in ("svg", "png", "csv"):
        assert f'href="{prefix}{path}.{ending}?q=tuy%E1%BB%83n+qu%C3%A2n&amp;year=2024"' in page


def test_the_map_as_numbers_has_each_tile_and_the_unknown(reader):
    rows = rows_of(reader, "/map.csv?q=tuyển+quân")
    assert len([row for row in rows if row["province"]]) == 65
    assert {row["province"]: row["articles"] for row in rows}["Gia Lai"] != "0"


@pytest.mark.parametrize("path", PATHS)
def test_everything_drawn_has_a_colour(reader, path):
    assert {each.get("fill") for each in svg(reader, f"{path}.svg?q=tuyển+quân").iter()}.isdisjoint({"", "None"})


def test_bars_on_few_articles_are_hatched_and_the_caption_says_so(reader):
    said = reader.get("/timeline.svg?q=tuyển+quân").get_data(as_text=True)
    assert 'fill="url(#few)"' in said and "dưới 5 bài" in said
    page = reader.get("/timeline?q=tuyển+quân").get_data(as_text=True)
    assert 'fill="url(#few)"' in page and "Cột gạch chéo" in page
