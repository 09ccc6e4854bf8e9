"""Which newspaper published an article: by its site, else by its record's name; and what became of it in 2025."""

import pytest

from indexer.entities import facet_keys, read_entities
from indexer.entities.facets import UNKNOWN, told
from indexer.entities.newspapers import mergers, newspaper, newspapers, squeezed
from indexer.entities.places import table
from indexer.model import Article

PUBLISHED = [
    # address, what the record names, the newspaper, where that stands
    ("https://www.baobinhdinh.vn/tin/1", None, "Báo Bình Định", "url"),
    ("https://baobinhdinh.com.vn/tin/1", "Báo Bình Định", "Báo Bình Định", "url"),
    ("https://media.baoquankhu7.vn/x", None, "Báo Quân khu 7", "url"),
    ("https://huyenmau.bacgiang.gov.vn/x", None, "Cổng thông tin Bắc Giang", "url"),
    ("https://baomoi.com/tin-1", "Thanh Niên", "Báo Mới", "url"),
    ("https://chep-lai.example/tin-1", "Thanh Niên", "Thanh Niên", "record"),
    ("https://www.trang-la.example/tin-1", None, "trang-la.example", "url"),
    ("https://www.trang-la.example/tin-1", "www.trang-la.example", "trang-la.example", "url"),
    (None, "www.qdnd.vn", "Quân đội nhân dân", "url"),
    (None, "thanhnien", "Thanh Niên", "record"),
    (None, "Báo Thanh Niên", "Thanh Niên", "record"),
    (None, "VnExpress - Thời sự", "VnExpress", "record"),
    (None, "BÁO GIA LAI", "Báo Gia Lai", "record"),
    (None, "Báo Sông Mẫu", "Báo Sông Mẫu", "record"),
    ("javascript:alert(1)", "Báo Sông Mẫu", "Báo Sông Mẫu", "record"),
]


@pytest.mark.parametrize(("url", "source", "name", "zone"), PUBLISHED)
def test_a_newspaper_is_known_by_its_site_else_by_the_name_in_the_record(url, source, name, zone):
    found = newspaper(url, source)
    assert found is not None
    assert (found[0], found[1].zone) == (name, zone)
    assert found[1].quote in f"{url} {source}"


@pytest.mark.parametrize(("url", "source"), [(None, None), ("", "  "), ("javascript:alert(1)", None)])
def test_an_article_of_no_known_place_is_counted_as_unknown(url, source):
    one = Article("a", "a.txt", "Tin", "Bộ CHQS tỉnh Gia Lai ra quân.", url=url, source=source)
    assert facet_keys(read_entities(one), one)["source"] == (UNKNOWN,)


def test_every_article_has_one_newspaper():
    for url, source, name, _ in PUBLISHED:
        one = Article("a", "a.txt", "Tin", "", url=url, source=source)
        assert [each.key for each in told("source", read_entities(one), one)] == [name]


def test_a_merged_newspaper_leads_to_the_one_it_became_and_back():
    assert ("Báo Gia Lai từ 1/7/2025", "Báo Gia Lai") in mergers("Báo Bình Định")
    assert ("Báo Bình Định trước 1/7/2025", "Báo Bình Định") in mergers("Báo Gia Lai")
    assert list(mergers("Báo Sông Mẫu")) == []


def test_mergers_lead_both_ways():
    for name in newspapers():
        for _, other in mergers(name):
            assert name in [back for _, back in mergers(other)]


def test_the_rows_agree_and_say_where_they_are_from():
    rows = list(table("newspapers.csv"))
    assert all(row["source"] and row["entered"] for row in rows)
    assert len({row["host"] for row in rows}) == len(rows)
    assert {row["became"] for row in rows} - {""} <= {row["name"] for row in rows}
    for name in {row["name"] for row in rows}:
        assert len({(row["became"], row["since"]) for row in rows if row["name"] == name}) == 1
    assert len({squeezed(name) for name in newspapers()}) == len(newspapers())
