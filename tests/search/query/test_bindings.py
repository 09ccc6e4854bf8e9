"""chức: with người:, tỉnh: and năm: asks for one mention; posts compare as parsed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.entities.post_keys import Bound, post_key
from indexer.entities.posts import parse_post
from indexer.entities.unaccented import accented
from indexer.model import All, AnyOf, Node, Not, Value
from indexer.search.query import plan
from indexer.search.query.bindings import Asked, mention_keys

# person, post, province of the article, year: one article each, named by its letter.
ARTICLES = {
    "a": [("lê văn diện@Thanh Hóa", "CHT Bộ CHQS tỉnh Thanh Hóa", "Thanh Hóa", "2023")],
    "b": [("lê văn diện@Thanh Hóa", "Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh", "Thanh Hóa", "2024")],
    "c": [("vũ văn tùng@Thanh Hóa", "Phó Chỉ huy trưởng Bộ CHQS tỉnh", "Thanh Hóa", "2023"),
          ("hồ văn tư@Nghệ An", "Chỉ huy trưởng Bộ CHQS tỉnh Nghệ An", "Thanh Hóa", "2023")],
    "d": [("hà văn bốn@Thanh Hóa", "nguyên Chỉ huy trưởng Bộ CHQS tỉnh", "Thanh Hóa", "2023")],
    "e": [("trần văn sáu@Quân khu 7", "Tư lệnh Quân khu 7", "Bình Dương", "2022")],
    "f": [("ngô văn bảy@Thanh Hóa", "Chỉ huy trưởng Ban CHQS huyện Nga Sơn", "Thanh Hóa", "2023")],
    "g": [("lý văn tám@Hà Nội", "Tư lệnh Bộ Tư lệnh Thủ đô Hà Nội", "Hà Nội", "2023")],
}  # fmt: skip


def keys_of(article: str) -> dict[str, set[str]]:
    keys: dict[str, set[str]] = {"mention": set(), "post": set(), "official": set(), "province": set(), "year": set()}
    for person, written, province, year in ARTICLES[article]:
        post = parse_post(written, (province,))
        where = "" if post.level == "quân khu" else post.place if post.level == "tỉnh" else province
        bound = Bound(person, post.status, post.head, post.body, post.level, post.place, where, year)
        found = (bound.key(), post_key(post), person, province, year)
        for facet, key in zip(keys, found, strict=True):
            keys[facet].add(key)
    return keys


class Index:
    """As much of an index as reading a query needs: the facet keys of ARTICLES."""

    def __init__(self) -> None:
        self.keys = {article: keys_of(article) for article in ARTICLES}

    def count(self) -> int:
        return len(self.keys)

    def frequency(self, field: str, term: str) -> int:
        return dict(self.terms(field)).get(term, 0)

    def terms(self, field: str, prefix: str = "") -> Iterator[tuple[str, int]]:
        held = Counter(key for keys in self.keys.values() for key in keys.get(field, ()) if key.startswith(prefix))
        yield from sorted(held.items())

    def found(self, node: Node) -> set[str]:
        if isinstance(node, Value):
            return {article for article, keys in self.keys.items() if keys.get(node.facet, set()) & set(node.keys)}
        if isinstance(node, All):
            return set.intersection(set(self.keys), *map(self.found, node.nodes))
        if isinstance(node, AnyOf):
            return set().union(*map(self.found, node.nodes))
        return set(self.keys) - self.found(node.node) if isinstance(node, Not) else set()


INDEX = Index()


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ('chức:"Chỉ huy trưởng Bộ CHQS" tỉnh:"Thanh Hóa" năm:2023', "a"),
        ('chức:"Chỉ huy trưởng Bộ CHQS" tỉnh:"Thanh Hóa"', "ab"),
        ('chức:"CHT Bộ CHQS" năm:2024..', "b"),
        ('chức:"Chỉ huy trưởng Bộ CHQS" tỉnh:"Nghệ An"', "c"),
        ('chức:"Chỉ huy trưởng Bộ CHQS tỉnh Nghệ An"', "c"),
        ('chức:"Chỉ huy trưởng"', "abcf"),
        ('chức:"Phó Chỉ huy trưởng"', "c"),
        ('chức:"nguyên Chỉ huy trưởng" tỉnh:"Thanh Hóa"', "d"),
        ('chức:"Chỉ huy trưởng" người:"Lê Văn Diện" năm:2023', "a"),
        ('chức:"Chỉ huy trưởng" người:"Vũ Văn Tùng"', ""),
        ('chức:"Tư lệnh Quân khu 7" tỉnh:"Bình Dương"', "e"),
        ('chức:"Tư lệnh Quân khu 7" tỉnh:"Thanh Hóa"', ""),
        ('chức:"Tư lệnh" tỉnh:"Hà Nội"', "g"),
        ('chức:"chi huy truong bo chqs" tỉnh:"Thanh Hóa"', "ab"),
        ('chức:"Chỉ huy trưởng Ban CHQS huyện" tỉnh:"Thanh Hóa"', "f"),
        ('tỉnh:"Thanh Hóa" -chức:"Chỉ huy trưởng"', "d"),
    ],
)
def test_a_post_binds_to_person_province_and_year(query: str, articles: str) -> None:
    assert INDEX.found(plan(query, INDEX).query.match) == set(articles)


def test_a_post_nobody_holds_is_searched_as_words() -> None:
    assert "mention" not in str(plan('chức:"quản giáo" tỉnh:"Thanh Hóa"', INDEX).query.match)


def test_the_keys_of_all_mentions_are_those_of_the_index() -> None:
    assert set(mention_keys(INDEX, Asked())) == {key for key, _ in INDEX.terms("mention")}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chi huy truong bo chqs", "chỉ huy trưởng bộ chqs"),
        ("pho bi thu tinh uy", "phó bí thư tỉnh ủy"),
        ("Chỉ huy truong", "Chỉ huy truong"),
        ("giam doc so y te", "giám đốc so y te"),
    ],
)
def test_a_post_without_any_accent_is_read_by_the_tables(typed: str, meant: str) -> None:
    assert accented(typed) == meant


@given(st.text(max_size=40))
def test_any_value_of_a_post_is_planned(value: str) -> None:
    plan(f'chức:"{value}" tỉnh:"Thanh Hóa"', INDEX)
    accented(value)
