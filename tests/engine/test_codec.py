"""Whoosh opens our index as its own and finds the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import whoosh.index
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as native
from whoosh.scoring import BM25F

from indexer.engine.invert import invert
from indexer.engine.whoosh import create, open_engine
from indexer.engine.writer import WhooshWriter
from indexer.model import All, AnyOf, Not, Phrase, Prefix, Query, ScoringTerm, Value, Word
from tests.contract.articles import article
from tests.contract.test_against_reference import OFFICIALS, PATIENT, PROVINCES, SYLLABLES, changes

ARTICLES = [
    article("a", "Kon Tum tuyển quân", "dân_quân tự_vệ quân_sự", keys={"province": ("Kon Tum",)}),
    article("b", "Gia Lai", "giao quân", lead="lễ giao quân", keys={"province": ("Gia Lai",), "year": ("2022",)}),
    article("c", "Diễn_tập", "khu_vực phòng_thủ tỉnh Gia Lai", keys={"official": ("x, y", "z")}),
]


def write(folder: Path, *batches) -> None:
    create(folder)
    for added, deleted in batches:
        with WhooshWriter(folder, small_segment=0) as writer:
            writer.add(invert(added))
            writer.delete(deleted)
            writer.commit()


words = st.sampled_from([*SYLLABLES, "xa"])
leaves = st.one_of(
    words.map(lambda word: (Word(word), native.Term("syllable", word))),
    words.map(lambda word: (Prefix(word[:1]), native.Prefix("syllable", word[:1]))),
    st.lists(words, min_size=2, max_size=3).map(
        lambda row: (Phrase(tuple(map(Word, row))), native.Phrase("syllable", row))
    ),
    st.sampled_from(PROVINCES).map(lambda key: (Value("province", (key,)), native.Term("province", key))),
    st.sampled_from(OFFICIALS).map(lambda key: (Value("official", (key,)), native.Term("official", key))),
)


def combined(inner):
    some = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        some.map(lambda pairs: (All(tuple(ours for ours, _ in pairs)), native.And([each for _, each in pairs]))),
        some.map(lambda pairs: (AnyOf(tuple(ours for ours, _ in pairs)), native.Or([each for _, each in pairs]))),
        inner.map(lambda pair: (Not(pair[0]), native.Not(pair[1]))),
    )


@PATIENT
@given(
    history=st.lists(changes, min_size=1, max_size=4),
    asked=st.lists(st.recursive(leaves, combined, max_leaves=4), min_size=1, max_size=6),
)
def test_whoosh_matches_what_we_match(history, asked):
    with TemporaryDirectory() as name:
        write(Path(name), *history)
        engine = open_engine(Path(name))
        with whoosh.index.open_dir(name).searcher() as searcher:
            for ours, theirs in asked:
                # Whoosh's Not alone is a mask; beside Every it is the query that we mean.
                theirs = native.And([native.Every(), theirs])
                found = {hit.id for hit in engine.find(Query(match=ours, limit=99)).hits}
                assert {searcher.stored_fields(number)["id"] for number in searcher.docs_for_query(theirs)} == found


def test_whoosh_scores_a_word_in_the_same_order(tmp_path):
    write(tmp_path, (ARTICLES, ()))
    found = open_engine(tmp_path).find(Query(match=Word("quân"), scoring=(ScoringTerm("syllable", "quân", 1.0),)))
    with whoosh.index.open_dir(str(tmp_path)).searcher(weighting=BM25F()) as searcher:
        hits = searcher.search(native.Term("syllable", "quân"))
        assert [hit["id"] for hit in hits] == [hit.id for hit in found.hits]


def test_whoosh_walks_all_terms_in_order(tmp_path):
    write(tmp_path, (ARTICLES[:2], ()), (ARTICLES[2:], ()))
    with whoosh.index.open_dir(str(tmp_path)).reader() as reader:
        terms = list(reader.all_terms())
        assert terms == sorted(terms)
        for name, text in terms:
            assert reader.term_info(name, text).doc_frequency() == reader.doc_frequency(name, text) > 0
            assert len(list(reader.postings(name, text).all_ids())) == reader.doc_frequency(name, text)
        assert list(reader.expand_prefix("official", "x")) == [b"x, y"]
        assert [reader.stored_fields(number)["id"] for number in reader.all_doc_ids()] == ["a", "b", "c"]


@pytest.mark.parametrize(("typed", "suggested"), [("quâm", "quân"), ("giai", "giao")])
def test_whoosh_suggests_from_our_terms(tmp_path, typed, suggested):
    write(tmp_path, (ARTICLES, ()))
    with whoosh.index.open_dir(str(tmp_path)).reader() as reader:
        assert suggested in set(reader.terms_within("syllable", typed, 1))


def test_whoosh_facets_come_from_our_postings(tmp_path):
    from whoosh.sorting import FieldFacet

    write(tmp_path, (ARTICLES, ()))
    with whoosh.index.open_dir(str(tmp_path)).searcher() as searcher:
        hits = searcher.search(native.Every(), groupedby={"province": FieldFacet("province", allow_overlap=True)})
        assert {key: len(held) for key, held in hits.groups("province").items() if key} == {"Gia Lai": 1, "Kon Tum": 1}
