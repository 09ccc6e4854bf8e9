"""Readers ask for a body or unit by its name or a part of it, in any spelling of its body."""

import json

import pytest

from indexer.ingest.run import build
from indexer.search.archive import open_engine
from indexer.search.service import search

ARTICLES = [
    ("gl1", "Bộ CHQS tỉnh Gia Lai mở hội nghị."), ("gl2", "Bộ Chỉ huy Quân sự tỉnh Gia Lai ra quân."),
    ("gl3", "Công an tỉnh Gia Lai tuần tra."), ("bd1", "Bộ CHQS tỉnh Bình Định mở hội nghị."),
    ("qk", "Đoàn công tác Quân khu 5 kiểm tra."), ("mo", "Thanh niên lên đường."),
]  # fmt: skip


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("units")
    rows = [{"id": id, "title": f"Tin {id}", "text": text, "date": "2024-03-01"} for id, text in ARTICLES]
    (folder / "tin.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    build(folder / "index", [str(folder / "tin.jsonl")], workers=1)
    return open_engine(folder / "index")


def ids(results):
    return sorted(hit.entry.id for hit in results.hits)


@pytest.mark.parametrize(("query", "found"), [
    ('đơnvị:"Bộ CHQS tỉnh Gia Lai"', ["gl1", "gl2"]),
    ('donvi:"bo chi huy quan su tinh gia lai"', ["gl1", "gl2"]),
    ('unit:"tỉnh Gia Lai"', ["gl1", "gl2", "gl3"]),
    ('đơnvị:"Bộ CHQS"', ["bd1", "gl1", "gl2"]),
    ("đơnvị:Quân khu 5", ["qk"]),
])  # fmt: skip
def test_a_unit_is_asked_for_by_any_part_of_its_name(engine, query, found):
    assert ids(search(engine, query)) == found


@pytest.mark.parametrize(("value", "found"), [
    ("Bộ CHQS tỉnh Gia Lai", ["gl1", "gl2"]), ("Bộ CHQS|tỉnh|Gia Lai", ["gl1", "gl2"]), ("Bộ CHQS", []), ("?", ["mo"]),
])  # fmt: skip
def test_a_filter_takes_a_whole_name(engine, value, found):
    assert ids(search(engine, filters={"unit": [value]})) == found


def test_units_are_counted_under_their_names_and_unknown_ones_too(engine):
    [facet] = [each for each in search(engine).facets if each.name == "unit"]
    assert {value.label: value.count for value in facet.values} == {
        "Bộ CHQS tỉnh Gia Lai": 2, "Công an tỉnh Gia Lai": 1, "Bộ CHQS tỉnh Bình Định": 1, "Quân khu 5": 1,
        "chưa rõ": 1}  # fmt: skip
