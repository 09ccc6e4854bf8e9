"""Thousands of generated queries to both engines: the same totals, the same counts, the same scores, the same order.

Inherent and stated: a score is a sum of single-precision numbers taken in another order, so two articles whose scores
differ by less than one in ten thousand may change places. Nothing else may differ, on one shard or on three.
"""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from indexer.engine import whoosh
from indexer.engine.cluster import indices, mapping
from indexer.engine.cluster.engine import OpenSearchEngine
from indexer.engine.cluster.writer import OpenSearchWriter
from indexer.model import (
    All,
    AnyOf,
    Between,
    Filter,
    Node,
    Not,
    Pair,
    Phrase,
    Prefix,
    Query,
    ScoringTerm,
    Share,
    Value,
    Word,
)
from indexer.text.normalize import fold
from tests.contract.articles import article

QUERIES = 1_500  # on each number of shards
ARTICLES = 600
NEAR = 1e-4
WORDS = [
    "quân", "quan", "quản", "sự", "su", "sử", "dân", "dan", "dẫn", "an", "anh", "ánh", "năm", "nam", "nắm", "tổ", "to",
    "tỉnh", "tinh", "huyện", "huyen", "biên", "bien", "phòng", "phong", "tuyển", "tuyên", "giao", "lễ", "đại", "đảo",
]
PEOPLE = [f"người {n}" for n in range(40)]
YEARS = [str(year) for year in range(2015, 2024)]
PLACES = ["Gia Lai", "Kon Tum", "Huế", "Đắk Lắk", "?"]
FACETS = ("province", "official", "year", "ship")


def drawn_article(n: int, chance: random.Random):
    def token(word: str) -> str:
        return word + chance.choice(("", "", "", ",", f"_{chance.choice(WORDS)}"))

    def zone(most: int) -> str:
        return " ".join(map(token, chance.choices(WORDS, range(len(WORDS), 0, -1), k=chance.randint(0, most))))

    year = chance.choice(YEARS)
    keys = {"province": (chance.choice(PLACES),), "official": tuple(chance.sample(PEOPLE, chance.randint(0, 4))),
            "year": (year,)}
    day = chance.choice((None, year, f"{year}-0{chance.randint(1, 9)}", f"{year}-0{chance.randint(1, 9)}-1{n % 10}"))
    return article(f"{n}", zone(8), zone(60), lead=zone(10), date=day, keys=keys,
                   entities=[zone(2) for _ in range(chance.randint(0, 2))])


def drawn_word(chance: random.Random) -> Word:
    folded = chance.random() < 0.4
    text = chance.choice([*WORDS, "không"])
    return Word(fold(text) if folded else text, folded, chance.random() < 0.2)


def drawn_node(chance: random.Random, depth: int = 3) -> Node:
    kind = chance.choice(("word", "word", "pair", "phrase", "near", "prefix", "value", "between",
                          *(("all", "any", "not", "share") if depth else ())))
    several = tuple(drawn_node(chance, depth - 1) for _ in range(chance.randint(0, 4))) if depth else ()
    match kind:
        case "phrase" | "near":
            words = tuple(drawn_word(chance) for _ in range(chance.randint(1, 4)))
            return Phrase(words, chance.randint(1, 6) if kind == "near" else 0)
        case "pair":
            return Pair(f"{fold(chance.choice(WORDS))} {fold(chance.choice(WORDS))}")
        case "prefix":
            beginning = chance.choice(("q", "t", "tu", "đ", "bi", "zz"))
            return Prefix(beginning, chance.random() < 0.5, chance.random() < 0.2)
        case "value":
            return Value("official", tuple(chance.sample(PEOPLE, chance.randint(0, 3))))
        case "between":
            return Between("year", chance.choice((None, *YEARS)), chance.choice((None, *YEARS)))
        case "all":
            return All(several)
        case "any":
            return AnyOf(several)
        case "not":
            return Not(drawn_node(chance, depth - 1))
        case "share":
            return Share(several, chance.choice((0.0, 0.3, 0.5, 0.75, 1.0)), chance.random() < 0.5)
    return drawn_word(chance)


def drawn_query(chance: random.Random) -> Query:
    scoring = [ScoringTerm("syllable", chance.choice(WORDS), chance.random() + 0.1),
               ScoringTerm("folded", fold(chance.choice(WORDS)), 0.5),
               ScoringTerm("pair", f"{fold(chance.choice(WORDS))} {fold(chance.choice(WORDS))}", 0.4),
               ScoringTerm("word", f"{chance.choice(WORDS)}_{chance.choice(WORDS)}", 0.6)]
    filters = [Filter("province", tuple(chance.sample(PLACES, chance.randint(1, 2)))),
               Filter("official", tuple(chance.sample(PEOPLE, chance.randint(1, 3))))]
    return Query(
        match=drawn_node(chance), scoring=tuple(chance.sample(scoring, chance.randint(0, 4))),
        filters=tuple(chance.sample(filters, chance.choice((0, 0, 1, 2)))),
        sort=chance.choice(("relevance", "relevance", "newest", "oldest")),
        offset=chance.choice((0, 0, 5, 40)), limit=chance.choice((0, 10, 20, 1000)),
        facets=tuple((facet, chance.randint(1, 12)) for facet in chance.sample(FACETS, chance.randint(0, 3))))


@pytest.mark.parametrize("shards", [1, 3])
def test_both_engines_answer_thousands_of_queries_alike(place, tmp_path, shards):
    chance = random.Random(shards)
    where = replace(place, shards=shards, replicas="0")
    index = indices.create_next(where, {})
    whoosh.create(tmp_path / "index")
    with OpenSearchWriter(where, index) as there, whoosh.WhooshWriter(tmp_path / "index", small_segment=0) as here:
        for part in range(3):  # with replaced and deleted articles in between
            articles = [drawn_article(n, chance) for n in range(part * 150, part * 150 + ARTICLES // 2)]
            gone = [str(n) for n in chance.sample(range(ARTICLES), 40)]
            there.add(mapping.invert(articles))
            here.add(whoosh.invert(articles))
            assert there.delete(gone) == here.delete(gone)
            there.commit()
            here.commit()
    one, other = whoosh.open_engine(tmp_path / "index"), OpenSearchEngine(where, index)
    assert list(one.ids()) == list(other.ids())
    for number in range(QUERIES):
        query = drawn_query(chance)
        alike(one.find(query), other.find(query), f"query {number}: {query}")
    other.close()


def alike(one, other, query):
    assert (one.total, one.facets) == (other.total, other.facets), query
    assert len(one.hits) == len(other.hits), query
    for mine, theirs in zip(one.hits, other.hits, strict=True):
        assert mine.score == pytest.approx(theirs.score, rel=NEAR, abs=1e-6), query
    if [hit.id for hit in one.hits] != [hit.id for hit in other.hits]:
        moved = [(mine, theirs) for mine, theirs in zip(one.hits, other.hits, strict=True) if mine.id != theirs.id]
        assert all(mine.score > 0 for mine, _ in moved), query  # by date the order is exact
