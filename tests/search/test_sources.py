"""Readers ask for a newspaper by its name or its site, and are offered what became of it."""

import json

import pytest

from indexer.ingest.run import build
from indexer.search.archive import open_engine
from indexer.search.service import search

TEXT = "Ban CHQS huyện tổ chức huấn luyện dân quân, nội dung số {}."
ARTICLES = [
    ("bd1", "https://baobinhdinh.vn/1", "Báo Bình Định", "2024-03-01"),
    ("bd2", "https://baobinhdinh.com.vn/2", None, "2024-04-01"),
    ("gl1", "https://baogialai.com.vn/1", None, "2025-09-01"),
    ("la1", "https://trang-la.example/1", None, "2025-09-02"),
    ("kr1", None, None, "2025-09-03"),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sources")
    rows = [{"id": id, "title": f"Huấn luyện {id}", "text": TEXT.format(id), "date": date, "url": url, "source": source}
            for id, url, source, date in ARTICLES]
    (folder / "tin.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    build(folder / "index", [str(folder / "tin.jsonl")], workers=1)
    return open_engine(folder / "index")


def ids(results):
    return sorted(hit.entry.id for hit in results.hits)


@pytest.mark.parametrize(("query", "found"), [
    ('nguồn:"Báo Bình Định"', ["bd1", "bd2"]),
    ("nguon:baobinhdinh", ["bd1", "bd2"]),
    ("source:baobinhdinh.com.vn", ["bd1", "bd2"]),
    ("nguồn:trang-la", ["la1"]),
    ("-nguồn:baobinhdinh", ["gl1", "kr1", "la1"]),
])  # fmt: skip
def test_a_newspaper_is_asked_for_by_any_part_of_its_name_or_site(engine, query, found):
    assert ids(search(engine, query)) == found


@pytest.mark.parametrize(("value", "found"), [
    ("Báo Bình Định", ["bd1", "bd2"]), ("bao binh dinh", ["bd1", "bd2"]), ("baobinhdinh.vn", ["bd1", "bd2"]),
    ("baobinh", []), ("?", ["kr1"]),
])  # fmt: skip
def test_a_filter_takes_a_whole_name_or_site(engine, value, found):
    assert ids(search(engine, filters={"source": [value]})) == found


def test_both_sites_of_a_newspaper_are_one_value_and_an_unknown_one_is_counted(engine):
    [facet] = [each for each in search(engine).facets if each.name == "source"]
    counts = {value.value: value.count for value in facet.values}
    assert counts == {"Báo Bình Định": 2, "Báo Gia Lai": 1, "trang-la.example": 1, "?": 1}
    assert [value.label for value in facet.values if value.value == "?"] == ["chưa rõ"]


@pytest.mark.parametrize(("chosen", "label"), [
    ("Báo Gia Lai", "Gộp cả Báo Bình Định trước 1/7/2025 (+2)"),
    ("Báo Bình Định", "Gộp cả Báo Gia Lai từ 1/7/2025 (+1)"),
])  # fmt: skip
def test_a_newspaper_is_offered_with_the_one_it_merged_with(engine, chosen, label):
    offers = search(engine, filters={"source": [chosen]}).offers
    [offer] = [offer for offer in offers if offer.label == label]
    assert set(offer.filters["source"]) == {"Báo Bình Định", "Báo Gia Lai"}
