"""Places above and below the province: asked for in the query, chosen as filters, shown where they help, taken away."""

import csv
import io
import json
import re

import pytest

from indexer.ingest.run import build

NAMED = {
    "lac-duong": ("2022-05-01", "UBND huyện Lạc Dương, tỉnh Lâm Đồng họp bàn huấn luyện dân quân."),
    "chau-thanh-1": ("2022-06-01", "UBND huyện Châu Thành, tỉnh Tiền Giang họp bàn huấn luyện dân quân."),
    "chau-thanh-2": ("2022-07-01", "UBND huyện Châu Thành, tỉnh Bến Tre họp bàn huấn luyện dân quân."),
    "ia-o": ("2025-09-01", "Đồn Biên phòng tập huấn dân quân tại xã Ia O, tỉnh Gia Lai."),
    "hong-gai": ("2025-10-01", "UBND phường Hồng Gai, tỉnh Quảng Ninh huấn luyện dân quân."),
    "kon-tum": ("2022-08-01", "Bộ CHQS tỉnh Kon Tum huấn luyện dân quân."),
}
ELSEWHERE = ["An Giang", "Bắc Ninh", "Cà Mau", "Đắk Lắk", "Đồng Nai", "Hà Tĩnh", "Nghệ An", "Sơn La"]


@pytest.fixture(scope="module")
def client(make_app, tmp_path_factory):
    folder = tmp_path_factory.mktemp("places")
    rows = [{"id": id, "title": f"Tin số {n}", "text": text, "date": day}
            for n, (id, (day, text)) in enumerate(NAMED.items())]
    rows += [{"id": name, "title": f"Tin từ {name}", "text": f"Tỉnh {name} mở hội thao.", "date": "2021-01-01"}
             for name in ELSEWHERE]
    (folder / "a.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    build(folder / "index", [str(folder / "a.jsonl")], default_path=str(folder), workers=1)
    return make_app(folder / "index").test_client()


def found(client, **asked):
    return sorted(hit["id"] for hit in client.get("/api/search", query_string=asked).json["hits"])


FIELDS = [
    ('huyện:"Lạc Dương"', ["lac-duong"]),
    ("huyen:lac duong", ["lac-duong"]),
    ('huyện:"Châu Thành"', ["chau-thanh-1", "chau-thanh-2"]),
    ('huyện:"huyện Châu Thành, Tiền Giang"', ["chau-thanh-1"]),
    ('huyen:"chau thanh ben tre"', ["chau-thanh-2"]),
    ('xã:"Ia O"', ["ia-o"]),
    ("phuong:hong gai", ["hong-gai"]),
    ('vùng:"Tây Nguyên" năm:2022', ["kon-tum", "lac-duong"]),
    ("vung:tay nguyen nam:2022", ["kon-tum", "lac-duong"]),
    ("quânkhu:9 huấn luyện", ["chau-thanh-1", "chau-thanh-2"]),
    ('quankhu:"quan khu 3"', ["hong-gai"]),
]


@pytest.mark.parametrize(("query", "expected"), FIELDS)
def test_a_field_asks_for_a_place(client, query, expected):
    assert found(client, q=query) == expected


FILTERS = [
    ({"district": "Lạc Dương"}, ["lac-duong"]),
    ({"district": "huyện Châu Thành@Tiền Giang"}, ["chau-thanh-1"]),
    ({"commune": "xã Ia O"}, ["ia-o"]),
    ({"zone": "Tây Nguyên", "year": "2022"}, ["kon-tum", "lac-duong"]),
    ({"region": "9", "q": "huấn luyện"}, ["chau-thanh-1", "chau-thanh-2"]),
]


@pytest.mark.parametrize(("chosen", "expected"), FILTERS)
def test_a_filter_takes_a_place_by_its_key_or_name(client, chosen, expected):
    assert found(client, **chosen) == expected


def boxes(client, **asked):
    """The values a result page offers to tick, by parameter."""
    html = client.get("/search", query_string=asked).get_data(as_text=True)
    return {tuple(each) for each in re.findall(r'name="(\w+)" value="([^"]+)"', html)}


def test_districts_are_offered_within_a_chosen_province_or_region_only(client):
    assert not any(name == "district" for name, _ in boxes(client, q="họp OR hội thao"))
    assert ("district", "huyện Lạc Dương@Lâm Đồng") in boxes(client, province="Lâm Đồng")
    assert ("district", "huyện Lạc Dương@Lâm Đồng") in boxes(client, zone="Tây Nguyên")


def test_regions_are_offered_above_many_provinces_only(client):
    every = boxes(client, sort="oldest")
    assert {("zone", "Tây Nguyên"), ("region", "Quân khu 9")} <= every
    assert not any(name in ("zone", "region") for name, _ in boxes(client, province="Lâm Đồng"))


def test_a_chosen_place_stays_visible_at_zero(client):
    assert ("district", "huyện Lạc Dương@Lâm Đồng") in boxes(client, q="hội thao", district="huyện Lạc Dương@Lâm Đồng")


def test_an_article_page_shows_the_place_with_its_evidence(client):
    html = client.get("/article/lac-duong").get_data(as_text=True)
    assert re.search(r'huyện Lạc Dương, Lâm Đồng</a> <a class="wrong".*?</a><blockquote>', html)


def test_the_page_of_a_province_lists_its_places_with_counts(client):
    html = client.get("/provinces/lam-dong").get_data(as_text=True)
    assert re.search(r'huyện Lạc Dương <span class="count">1</span>', html)
    assert "Châu Thành" not in html


def test_a_file_has_a_column_for_districts_and_one_for_communes(client):
    text = client.get("/search.csv", query_string={"district": "Lạc Dương"}).get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert (row["districts"], row["communes"]) == ("huyện Lạc Dương, Lâm Đồng", "")
